"""Who wrote a record: kept by the server at each change of its content, so that nobody approves what they wrote.

Core's history will not do: Customize Form switches it off, a System Manager deletes it, and core v16 keeps none in
tests. One row of RTC Preparation for each record and user, which nobody writes or deletes; the maker of a record
needs none, being its `owner`.
"""

import hashlib

import frappe
from frappe.core.doctype.version.version import get_diff
from frappe.utils import cint, now

from rtc_conciliation.access import colleagues

DOCTYPE = "RTC Preparation"
FIELDS = ("name", "creation", "modified", "owner", "modified_by", "record_type", "record", "part", "user")
#: fields that name who prepared a record, besides `owner`; the server alone writes them
PREPARERS = ("applicant", "sent_by", "prepared_by")
#: what the one who decides writes for their decision; everything else is what they decide on
OF_THE_DECISION = {
	"RTC Call": {"act_number", "act_date"},
	"RTC Call Question": {"decision_reason"},
	"RTC Meeting": {"decision_reason"},
	"RTC Member": {
		*("act_number", "act_date", "decision_reason", "protocol_number", "protocol_date"),
		*("valid_from", "valid_to"),
	},
	"RTC Panel": {"act_number", "act_date"},
	"RTC Plan": {"act_number", "act_date"},
	"RTC Ranking": {"act_number", "act_date"},
	"RTC Review": {"reopen_reason", "reopen_sitting"},
}
#: of an application that was sent the office writes the codes of the award, which the act of its ranking approves
CODES, OF_CODES = frozenset({"cup", "cor", "no_aid_reason"}), "Codes"


def is_preparer(before, user: str) -> bool:
	"""Does `user` stand behind the record as it is stored? Core asks `owner` only, which is Guest for public forms."""
	if user == "Administrator":
		return False
	if user in {before.owner, *(before.get(field) for field in PREPARERS)}:
		return True
	if has_written(before.doctype, before.name, user) or has_uploaded(before, user):
		return True
	return before.doctype == colleagues.APPLICATION and colleagues.has_worked_at(before.name, user)


def restore_names(doc, before=None) -> None:
	"""Who made and who prepared a record is taken from what is stored, whatever was sent."""
	if doc.meta.has_field("prepared_by"):
		doc.prepared_by = before.prepared_by if before else None
	if before:
		doc.owner, doc.creation = before.owner, before.creation


def record_change(doc, before) -> None:
	"""Keeps that the session's user writes `doc`, if they change more of it than what belongs to the decision."""
	user, part = frappe.session.user, OF_CODES if cint(before.docstatus) else ""
	if user in ("Administrator", before.owner) and not part:
		return
	if not has_written(doc.doctype, doc.name, user, part) and changes_content(before, doc):
		record_preparer(doc.doctype, doc.name, user, part)


def record_preparer(doctype: str, name: str, user: str | None = None, part: str = "") -> None:
	"""Keeps that `user`, the session's by default, wrote this record or this part of it."""
	user = user or frappe.session.user
	if user not in ("Administrator", "Guest"):
		frappe.db.bulk_insert(DOCTYPE, FIELDS, [make_row(doctype, name, user, part)], ignore_duplicates=True)


def make_row(doctype: str, name: str, user: str, part: str = "") -> tuple:
	"""The values of FIELDS."""
	at = now()
	return (make_key(doctype, name, user, part), at, at, user, user, doctype, name, part, user)


def make_key(doctype: str, name: str, user: str, part: str = "") -> str:
	return hashlib.sha256("\n".join((doctype, str(name), user, part)).encode()).hexdigest()[:32]


def has_written(doctype: str, name: str, user: str, part: str = "") -> bool:
	return bool(frappe.db.exists(DOCTYPE, make_key(doctype, name, user, part)))


def list_written_codes(applications: list[str], user: str) -> list[str]:
	"""Those of `applications` whose codes `user` wrote; one query."""
	keys = {make_key(colleagues.APPLICATION, name, user, OF_CODES): name for name in applications}
	found = frappe.get_all(DOCTYPE, {"name": ("in", list(keys) or [""])}, pluck="name", limit_page_length=0)
	return sorted(keys[name] for name in found)


def has_uploaded(before, user: str) -> bool:
	"""Did `user` upload what the record names as its file? Another may have written its address into the field."""
	fields = before.meta.get("fields", {"fieldtype": ("in", ("Attach", "Attach Image"))})
	urls = [url for df in fields if (url := before.get(df.fieldname))]
	if not urls or before.doctype == colleagues.APPLICATION:
		return False
	filters = {"attached_to_doctype": before.doctype, "attached_to_name": before.name}
	return bool(frappe.db.exists("File", {**filters, "file_url": ("in", urls), "owner": user}))


def changes_content(before, doc) -> bool:
	"""Does `doc` differ from what is stored in what somebody else has to decide on?"""
	diff = get_diff(before, doc)
	return bool(diff) and is_content(doc.doctype, diff, cint(before.docstatus))


def is_content(doctype: str, diff, docstatus: int = 0) -> bool:
	"""The same of a difference as `get_diff` gives it and as core's versions keep it."""
	changed = {one[0] for one in diff.get("changed") or ()}
	changed |= {one[0] for table in ("added", "removed", "row_changed") for one in diff.get(table) or ()}
	if doctype == colleagues.APPLICATION and docstatus:
		return bool(changed & CODES)
	return bool(changed - OF_THE_DECISION.get(doctype, frozenset()) - {"workflow_state", "docstatus"})
