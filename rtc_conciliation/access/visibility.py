"""Which records a person sees.

Every permission query has a `has_permission` beside it that says the same of one record; a test holds the
two together. Their rows follow them (`rows`).
"""

import frappe

from rtc_conciliation.access import colleagues, conflicts, sql
from rtc_conciliation.access.roles import EVALUATOR, is_staff

PUBLIC_CALL_STATES = ("Published", "Closed", "Concluded")


def application_query(user: str | None = None, table: str = "tabRTC Application") -> str:
	"""Own applications, those shared with oneself, and for staff those that were sent; SQL for a WHERE clause.

	Who evaluates has none here: they read them in their own desk, and what they must not see no role of theirs opens.
	"""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	escaped = frappe.db.escape(user, percent=False)
	own = (
		f"`{table}`.`owner` = {escaped} or `{table}`.`applicant` = {escaped} "
		f"or `{table}`.`name` in ({colleagues.get_shared_sql(user)})"
	)
	if is_staff(user):
		open_to = conflicts.get_open_condition(f"`{table}`.`name`", user)
		sent = f"`{table}`.`docstatus` > 0"
		return f"({own} or ({sent} and {open_to}))" if open_to else f"({own} or {sent})"
	return "1=0" if user == "Guest" else f"({own})"


def application_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	"""Staff never see an unsent draft of somebody else; everybody else sees their own and those shared with them."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if user == "Guest":
		return False
	# What the database says: a document in memory may carry an applicant that the sender wrote themselves.
	stored = None if isinstance(doc, str) else colleagues.get_applicant(doc.name)
	if not stored:  # the DocType itself, or a new document: the roles decide
		return True
	if user in (stored.owner, stored.applicant):
		return True
	if is_staff(user) and stored.docstatus > 0 and not conflicts.is_closed(doc.name, user):
		return True
	return colleagues.can(doc.name, ptype, user)


def profile_query(user: str | None = None) -> str:
	"""Everybody has a profile of their own organisation, and nobody reads another's."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	return f"`tabRTC Applicant Profile`.`user` = {frappe.db.escape(user, percent=False)}"


def profile_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str):
		return True
	stored = doc.name and frappe.db.get_value("RTC Applicant Profile", doc.name, "user")
	return not stored or stored == user


def call_query(user: str | None = None) -> str:
	"""Staff and evaluators see every call, others those that were published."""
	user = user or frappe.session.user
	if user == "Administrator" or sees_every_call(user):
		return ""
	states = ", ".join(frappe.db.escape(state) for state in PUBLIC_CALL_STATES)
	return f"`tabRTC Call`.`workflow_state` in ({states})"


def call_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str) or sees_every_call(user):
		return True
	return doc.workflow_state in PUBLIC_CALL_STATES


def sees_every_call(user: str) -> bool:
	return is_staff(user) or EVALUATOR in frappe.get_roles(user)


def colleague_query(user: str | None = None) -> str:
	condition = application_query(user, sql.RECORD)
	return (
		condition
		and f"`tab{colleagues.DOCTYPE}`.`application` in {sql.select_names('RTC Application', condition)}"
	)


def colleague_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	"""Read by whoever may read the application; made by its applicant alone."""
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str):
		return True
	stored = None if doc.is_new() else frappe.db.get_value(colleagues.DOCTYPE, doc.name, "application")
	application = stored or doc.application
	if not application:  # a blank record: the roles decide
		return True
	if ptype in ("create", "write"):
		return colleagues.is_applicant(application, user)
	return application_has_permission(frappe._dict(name=application), ptype, user)
