"""What may be done with the files of a record, by the state the record is in."""

import frappe
from frappe.core.doctype.file.file import has_permission as core_has_permission

from rtc_conciliation.access import states

ATTACH = ("Attach", "Attach Image")
#: the records whose files are private and follow the record's state
GOVERNED = (
	"RTC Member",
	"RTC Application",
	"RTC Integration Request",
	"RTC Plan",
	"RTC Meeting",
	"RTC Ranking",
	"RTC Panel",
)


def file_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	"""What was sent stays as it was sent, and other files of a record follow its state; the rest is core's to say.

	A permission and not an event: core takes a file from the disk before it runs the events of its deletion. Core is
	asked here because on v15 the last hook alone decides, so that a mere True would open every file to everybody.
	"""
	if isinstance(doc, str) or doc.is_new():
		return True
	if ptype in ("write", "delete") and not may_change(doc):
		return False
	return core_allows(doc, ptype, user or frappe.session.user)


def may_change(doc) -> bool:
	fields = ("attached_to_doctype", "attached_to_name", "file_url")
	file = frappe.db.get_value("File", doc.name, fields, as_dict=True)
	if not file or file.attached_to_doctype not in GOVERNED or not file.attached_to_name:
		return True
	if not frappe.db.exists(file.attached_to_doctype, file.attached_to_name):
		return True
	record = frappe.get_doc(file.attached_to_doctype, file.attached_to_name)
	if record.docstatus and any(row.get(field) == file.file_url for row, field in attach_fields(record)):
		return False
	if any(row.get("closed") and row.get(field) == file.file_url for row, field in attach_fields(record)):
		return False  # minutes of a sitting that are closed
	return states.may_edit(states.definition(record.doctype), record.get(states.STATE))


def core_allows(doc, ptype: str, user: str) -> bool:
	attached = doc.attached_to_doctype and doc.attached_to_name
	if attached and not frappe.db.exists(doc.attached_to_doctype, doc.attached_to_name):
		return not doc.is_private or doc.owner == user  # core would fail to load the record
	return bool(core_has_permission(doc, ptype, user))


def attach_fields(doc):
	"""(row, fieldname) of every Attach field of `doc` and of its rows."""
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			if df.fieldtype in ATTACH:
				yield row, df.fieldname
