"""A ranking tells of every application of its call: until it is published, who must not see one of them reads none of it."""

import frappe

from rtc_conciliation.access import conflicts

DOCTYPE = "RTC Ranking"
PUBLISHED = "Published"


def ranking_query(user: str | None = None, table: str = f"tab{DOCTYPE}") -> str:
	user = user or frappe.session.user
	calls = "" if user == "Administrator" else conflicts.get_closed_calls_sql(user)
	return calls and f"(`{table}`.`workflow_state` = '{PUBLISHED}' or `{table}`.`call` not in ({calls}))"


def ranking_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str) or not doc.call:
		return True
	stored = doc.name and frappe.db.get_value(DOCTYPE, doc.name, ("call", "workflow_state"), as_dict=True)
	if stored and stored.workflow_state == PUBLISHED:
		return True
	return not conflicts.has_closed(stored.call if stored else doc.call, user)
