"""What core keeps about a record in records of its own, which a System Manager may list without asking the record.

A version of a review has its marks, a comment may have anything: who must not read the record reads neither.
"""

from collections import defaultdict

import frappe
from frappe import _

from rtc_conciliation.access import conflicts, rankings, reviews
from rtc_conciliation.access.panel_assignments import APPLICATION, REVIEW
from rtc_conciliation.access.roles import is_staff
from rtc_conciliation.access.sql import RECORD, get_doctypes, get_read_condition, is_ours, select_names

#: records whose history follows their own permission
FOLLOWED = (
	APPLICATION,
	"RTC Formal Check",
	"RTC Integration Request",
	"RTC Conflict Declaration",
	REVIEW,
	rankings.DOCTYPE,
)


def version_query(user: str | None = None) -> str:
	return condition("Version", "ref_doctype", "docname", user)


def comment_query(user: str | None = None) -> str:
	return condition("Comment", "reference_doctype", "reference_name", user)


def communication_query(user: str | None = None) -> str:
	return condition("Communication", "reference_doctype", "reference_name", user)


def tag_query(user: str | None = None) -> str:
	"""A tag tells the title of its record: the office sees those of records that it reads, others their own."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	if not is_staff(user):
		return f"`tabTag Link`.`owner` = {frappe.db.escape(user)}"
	conditions = [tag_condition(doctype, user) for doctype in get_doctypes()]
	return " and ".join(f"({one})" for one in conditions if one)


def tag_condition(doctype: str, user: str) -> str:
	"""The condition on tags of `doctype`; "" where `user` reads all of it."""
	of, seen = f"`tabTag Link`.`document_type` != '{doctype}'", get_read_condition(doctype, user)
	if not seen:
		return "" if seen == "" else of
	return f"{of} or `tabTag Link`.`document_name` in (select `name` from `tab{doctype}` where {seen})"


def condition(doctype: str, kind: str, name: str, user: str | None) -> str:
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	of, named = f"ifnull(`tab{doctype}`.`{kind}`, '')", f"`tab{doctype}`.`{name}`"
	readable = (
		f"select `review`.`name` from `tab{REVIEW}` as `review` where {reviews.review_query(user, 'review')}"
	)
	parts = [f"({of} != '{REVIEW}' or {named} in ({readable}))"]
	if closed := conflicts.get_closed_sql(user):
		parts.append(f"({of} not in ('{APPLICATION}', 'RTC Formal Check') or {named} not in ({closed}))")
		parts += [
			f"({of} != '{about}' or {named} not in (select `about`.`name` from `tab{about}` as `about` "
			f"where `about`.`application` in ({closed})))"
			for about in ("RTC Integration Request", "RTC Conflict Declaration")
		]
	if ranking := rankings.ranking_query(user, RECORD):
		parts.append(
			f"({of} != '{rankings.DOCTYPE}' or {named} in {select_names(rankings.DOCTYPE, ranking)})"
		)
	return f"({' and '.join(parts)})"


def version_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	return is_readable(doc, "ref_doctype", "docname", user)


def comment_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	return is_readable(doc, "reference_doctype", "reference_name", user)


def is_readable(doc, kind: str, name: str, user: str | None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str) or doc.get(kind) not in FOLLOWED or not doc.get(name):
		return True
	if not frappe.db.exists(doc.get(kind), doc.get(name)):
		return True
	return bool(frappe.has_permission(doc.get(kind), "read", doc=doc.get(name), user=user))


# -- the timeline of a record


#: what of core's `docinfo` is a list of what somebody did
DONE = (
	"comments assignment_logs attachment_logs info_logs like_logs workflow_logs shared versions views "
	"energy_point_logs milestones communications automated_messages additional_timeline_content assignments"
).split()


def reads_what_others_wrote() -> bool:
	"""The office reads the timeline of a record; whoever else reads the record sees there what they did themselves."""
	return frappe.session.user == "Administrator" or is_staff(frappe.session.user)


def narrow_docinfo() -> None:
	"""Take out of the answer what core tells of a record of this app to whom it is not for."""
	info = frappe.response.get("docinfo")
	if not info or not is_ours(info.doctype) or reads_what_others_wrote():
		return
	for key in DONE:
		info[key] = [row for row in info.get(key) or () if row.get("owner") == frappe.session.user]
	info.tags = ""
	own = frappe.session.user
	info.user_info = {own: info.user_info[own]} if own in info.user_info else {}
	named = [file.name for file in info.attachments]
	readable = set(frappe.get_list("File", {"name": ("in", named or [""])}, pluck="name"))
	info.attachments = [file for file in info.attachments if file.name in readable]


# -- what core hangs on any record that a request names


#: core's DocType → its fields that name a record
REFERENCES = {
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Document Share Key": ("reference_doctype", "reference_docname"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
}


#: kinds of comments that people write by themselves
WRITTEN = ("Comment", "Like")


def guard_reference(doc, method=None) -> None:
	"""`validate` of these: nobody writes beside a record, follows or shares it, who may not read it."""
	if doc.doctype == "Comment" and doc.comment_type not in WRITTEN:
		return  # what the app and core note of a step, whoever takes it
	kind, name = (doc.get(field) for field in REFERENCES[doc.doctype])
	if not kind or not name or not is_ours(kind) or not frappe.db.exists(kind, name):
		return
	for user in {frappe.session.user, doc.get("user") or frappe.session.user}:
		if not may_hang(doc.doctype, kind, name, user):
			frappe.throw(
				_("{0} is not a record that {1} may read.").format(frappe.bold(name), frappe.bold(user)),
				frappe.PermissionError,
				title=_("Not Permitted"),
			)


def may_hang(doctype: str, kind: str, name: str, user: str) -> bool:
	"""A guest's form leaves a comment on what it has just made; the app itself writes others' notices."""
	if user == "Administrator" or (user == "Guest" and doctype in ("Comment", "Communication")):
		return True
	return bool(frappe.has_permission(kind, "read", doc=name, user=user))


def drop_blind_followers() -> None:
	"""Every five minutes: who may not read a record any more is not mailed its changes by core."""
	fields = ["name", "user", "ref_doctype", "ref_docname"]
	rows = [row for row in frappe.get_all("Document Follow", fields=fields) if is_ours(row.ref_doctype)]
	users = {row.user for row in rows}
	enabled = set(frappe.get_all("User", {"name": ("in", list(users)), "enabled": 1}, pluck="name"))
	followed = defaultdict(list)
	for row in rows:
		followed[row.user, row.ref_doctype].append(row)
	for (user, doctype), follows in followed.items():
		seen = get_seen(doctype, {row.ref_docname for row in follows}, user) if user in enabled else set()
		for row in follows:
			if row.ref_docname not in seen:
				frappe.delete_doc("Document Follow", row.name, force=True)


def get_seen(doctype: str, records: set[str], user: str) -> set[str]:
	"""The names of those of `records` that a list shows to `user`."""
	condition = get_read_condition(doctype, user)
	if condition is None:
		return set()
	table = f"`tab{doctype}`"
	listed = ", ".join(frappe.db.escape(str(name)) for name in records)
	where = f"{table}.`name` in ({listed})" + (f" and ({condition})" if condition else "")
	return set(frappe.db.sql_list(f"select {table}.`name` from {table} where {where}"))
