"""What core keeps about a record in records of its own, which a System Manager may list without asking the record.

A version of a review has its marks, a comment may have anything: who must not read the record reads neither.
"""

import frappe

from rtc_conciliation.access import conflicts, rankings, reviews
from rtc_conciliation.access.duties import APPLICATION, REVIEW
from rtc_conciliation.access.parts import RECORD, names

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


def condition(doctype: str, kind: str, name: str, user: str | None) -> str:
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	of, named = f"ifnull(`tab{doctype}`.`{kind}`, '')", f"`tab{doctype}`.`{name}`"
	readable = (
		f"select `review`.`name` from `tab{REVIEW}` as `review` where {reviews.review_query(user, 'review')}"
	)
	parts = [f"({of} != '{REVIEW}' or {named} in ({readable}))"]
	if closed := conflicts.closed_sql(user):
		parts.append(f"({of} not in ('{APPLICATION}', 'RTC Formal Check') or {named} not in ({closed}))")
		parts += [
			f"({of} != '{about}' or {named} not in (select `about`.`name` from `tab{about}` as `about` "
			f"where `about`.`application` in ({closed})))"
			for about in ("RTC Integration Request", "RTC Conflict Declaration")
		]
	if ranking := rankings.ranking_query(user, RECORD):
		parts.append(f"({of} != '{rankings.DOCTYPE}' or {named} in {names(rankings.DOCTYPE, ranking)})")
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
