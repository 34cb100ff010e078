"""Who sees a request of integration, and who answers it: whoever the application lets read and write.

One rule for the request, its rows and its files; a test holds the ways in together. Staff read every request
as they read every application that was sent, but for those that are closed to them (`conflicts`); others see it once
it was sent.
"""

import frappe

from rtc_conciliation.access import conflicts, sql
from rtc_conciliation.access.roles import is_staff
from rtc_conciliation.access.visibility import application_query

DOCTYPE = "RTC Integration Request"
#: before it is sent a request is the office's own
UNSENT = "Draft"


def request_query(user: str | None = None, table: str = f"tab{DOCTYPE}") -> str:
	"""SQL for a WHERE clause, "" for those who see all."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	if is_staff(user):
		return conflicts.get_open_condition(f"`{table}`.`application`", user)
	own = sql.select_names("RTC Application", application_query(user, "application"), "application")
	return f"(`{table}`.`workflow_state` != '{UNSENT}' and `{table}`.`application` in {own})"


def request_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str):
		return True
	stored = doc.name and frappe.db.get_value(
		DOCTYPE, doc.name, ("application", "workflow_state"), as_dict=True
	)
	if is_staff(user):
		return not conflicts.is_closed(stored.application if stored else doc.application, user)
	if not stored or stored.workflow_state == UNSENT:
		return False
	return may_on_application(stored.application, "write" if ptype == "write" else "read", user)


def may_answer(doc, user: str | None = None) -> bool:
	"""Does `doc` wait for an answer that this user may give from the portal?"""
	user = user or frappe.session.user
	return doc.workflow_state == "Sent" and may_on_application(doc.application, "write", user)


def may_on_application(application: str, ptype: str, user: str) -> bool:
	"""The one place that asks the application: its applicant, and whoever it lets in besides."""
	doc = frappe.get_cached_doc("RTC Application", application)  # core asks for every applicant of the site
	return bool(frappe.has_permission("RTC Application", ptype, doc=doc, user=user))
