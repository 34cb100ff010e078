"""Who sees a review, a declaration of conflict and a panel.

A review is its author's until it is submitted. Submitted, it is read by the office, and by the other members for
whom it is of the same application once their own is submitted too: nobody is led by another's marks. A member who
has a role of the office besides reads as a member. With a conflict nothing of the application is left, not even
one's own review. Each query has a `has_permission` beside it that says the same of one record; a test holds them
together.
"""

import frappe

from rtc_conciliation.access import conflict_links, conflicts, panel_assignments
from rtc_conciliation.access.panel_assignments import (
	APPOINTED,
	CONFLICT,
	DECLARATION,
	MEMBER,
	PANEL,
	REVIEW,
	SUBMITTED,
)
from rtc_conciliation.access.roles import MANAGER, is_staff
from rtc_conciliation.common import clock
from rtc_conciliation.rules.evaluation import scoring

INDIVIDUAL = "Individual"
#: what the office does with a submitted review, besides reading it
OF_OFFICE = frozenset({"read", "print", "email", "report", "export", "select"})


def review_query(user: str | None = None, table: str = f"tab{REVIEW}") -> str:
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	who = frappe.db.escape(user, percent=False)
	own = f"`{table}`.`evaluator` = {who}"
	peers = (
		f"(`{table}`.`workflow_state` = '{SUBMITTED}' and `{table}`.`application` in ("
		f"select `mine`.`application` from `tab{REVIEW}` as `mine` where `mine`.`evaluator` = {who} "
		f"and `mine`.`kind` = '{INDIVIDUAL}' and `mine`.`workflow_state` = '{SUBMITTED}'))"
	)
	seen = f"{own} or {peers}"
	if is_staff(user):
		office = f"`{table}`.`workflow_state` = '{SUBMITTED}'"
		if conflicts.has_or_had_seat(user):
			office += f" and `{table}`.`call` not in ({calls_sql(user)})"
		seen += f" or ({office})"
	return (
		f"(({seen}) and `{table}`.`application` not in ("
		f"select `shut`.`application` from `tab{DECLARATION}` as `shut` "
		f"where `shut`.`evaluator` = {who} and `shut`.`declaration` = '{CONFLICT}'))"
	)


def calls_sql(user: str) -> str:
	"""SELECT of the calls in whose appointed panel `user` sits: there they are a member and nothing else."""
	who, today = frappe.db.escape(user, percent=False), frappe.db.escape(str(clock.now().date()))
	return (
		f"select `panel`.`call` from `tab{PANEL}` as `panel` "
		f"inner join `tab{MEMBER}` as `seat` on `seat`.`parent` = `panel`.`name` "
		f"where `panel`.`workflow_state` = '{APPOINTED}' and `seat`.`user` = {who} "
		f"and (`seat`.`to_date` is null or `seat`.`to_date` >= {today})"
	)


def review_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str):
		return True
	stored = doc.name and frappe.db.get_value(
		REVIEW, doc.name, ("application", "call", "evaluator", "workflow_state"), as_dict=True
	)
	if not stored:  # a blank record, or one about to be made: the controller asks
		return True
	if has_conflict(stored.application, user):
		return False
	if stored.evaluator == user:
		return ptype != "delete"
	if stored.workflow_state != SUBMITTED:
		return False
	if has_submitted(stored.application, user):
		return ptype in OF_OFFICE
	if not is_staff(user) or conflicts.has_seat(stored.call, user):
		return False
	return ptype in OF_OFFICE or (ptype == "write" and MANAGER in frappe.get_roles(user))


def has_conflict(application: str, user: str) -> bool:
	return bool(
		frappe.db.exists(
			DECLARATION, {"application": application, "evaluator": user, "declaration": CONFLICT}
		)
	)


def has_submitted(application: str, user: str) -> bool:
	filters = {"application": application, "evaluator": user, "kind": INDIVIDUAL, "workflow_state": SUBMITTED}
	return bool(frappe.db.exists(REVIEW, filters))


def declaration_query(user: str | None = None) -> str:
	"""The office reads all, who declares their own."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	own = f"`tab{DECLARATION}`.`evaluator` = {frappe.db.escape(user, percent=False)}"
	if not is_staff(user):
		return own
	return office_part(own, conflicts.get_open_condition(f"`tab{DECLARATION}`.`application`", user))


def office_part(own: str, open_to: str) -> str:
	return f"({own} or {open_to})" if open_to else ""


def declaration_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str):
		return True
	stored = doc.name and frappe.db.get_value(
		DECLARATION, doc.name, ("application", "evaluator"), as_dict=True
	)
	if not stored:
		return True
	if stored.evaluator == user:
		return True
	return ptype in OF_OFFICE and is_staff(user) and not conflicts.is_closed(stored.application, user)


def may_read(application: str, user: str) -> bool:
	"""May `user` read this application as a member of its panel, today?"""
	found = panel_assignments.get_evaluation_of_application(application)
	if not found or not found.may_read(application, user):
		return False
	# what the records tell by now: a tie that came after the declaration closes the application too
	return application not in conflict_links.find_links(user, found.panel, [application])


def may_review(application: str, user: str, kind: str = scoring.INDIVIDUAL) -> bool:
	"""May `user` write the review of this kind, today?"""
	if not may_read(application, user):
		return False
	if kind == scoring.INDIVIDUAL:
		return True
	found = panel_assignments.get_evaluation_of_application(application)
	method = frappe.db.get_value("RTC Call", found.call, "evaluation_method")
	return method == scoring.CONSENSUS and found.writer(application) == user
