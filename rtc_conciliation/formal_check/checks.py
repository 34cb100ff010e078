"""The formal check of an application beside it: made when it starts, asked when it is decided."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import escape_html

from rtc_conciliation.access import preparers, states
from rtc_conciliation.common import clock
from rtc_conciliation.rules.formal_check import checks as rules

DOCTYPE = "RTC Formal Check"
#: states of the application in which it is checked
CHECKED_IN = ("Under Formal Check", "Integration Requested")
SUBMITTED, START = "Submitted", "Start Formal Check"
UNDER_CHECK, ADMISSIBLE, NOT_ADMISSIBLE = "Under Formal Check", "Admissible", "Not Admissible"


class OpenChecksError(frappe.ValidationError):
	"""The formal check is not finished, or something in it failed."""


def get_check(application: str):
	"""The formal check of an application, None before there is one."""
	return frappe.get_doc(DOCTYPE, application) if frappe.db.exists(DOCTYPE, application) else None


def lock_check(application: str):
	"""The same as it is now, and it stays so: who decides by it holds the application, and who answers waits for that."""
	exists = frappe.db.exists(DOCTYPE, application)
	return frappe.get_doc(DOCTYPE, application, for_update=True) if exists else None


def ensure_check(application):
	return (
		get_check(application.name)
		or frappe.get_doc({"doctype": DOCTYPE, "application": application.name}).insert()
	)


def start_check(application: str) -> str:
	"""The button of the form: name of the check; the step is taken, or the check made, where that was not done yet."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	doc = frappe.get_doc("RTC Application", application, for_update=True)
	doc.check_permission("write")
	if doc.workflow_state == SUBMITTED:
		doc = apply_workflow(doc, START)
	if doc.workflow_state in CHECKED_IN and not frappe.db.exists(DOCTYPE, application):
		frappe.db.savepoint("formal_check")
		try:
			ensure_check(doc)
		except frappe.DuplicateEntryError:  # of two who press at once the second finds it made
			frappe.db.rollback(save_point="formal_check")
			frappe.clear_last_message()
	return application


def get_reasons(application: str) -> str:
	"""What failed in the check, as the reasons of a refusal; "" where nothing did."""
	doc = get_check(application)
	(doc or frappe.new_doc(DOCTYPE)).check_permission("read")
	return rules.list_reasons(doc.plain_items()) if doc else ""


def guard_decision(application) -> None:
	"""Called by the application before it enters a state: is the check such that it may?"""
	if states.enters(application, ADMISSIBLE):
		guard_admission(application)
	elif states.enters(application, NOT_ADMISSIBLE):
		check = lock_check(application.name)
		if check:
			guard_own(check)
			if not application.decision_reason:
				application.decision_reason = rules.list_reasons(check.plain_items())
			check.db_set("decided_on", clock.now(), update_modified=False)


def guard_admission(application) -> None:
	check = lock_check(application.name)
	if not check:
		refuse_decision(
			[_("The formal check was not made. Open it from the application and answer every check.")]
		)
	items = check.plain_items()
	lines = [
		_("{0}: not answered yet.").format(frappe.bold(escape_html(row["item"])))
		for row in rules.open_items(items)
	]
	lines += [
		_("{0}: failed. Ask for an integration and answer it again, or declare it not admissible.").format(
			frappe.bold(escape_html(row["item"]))
		)
		for row in rules.list_failed_items(items)
	]
	if lines:
		refuse_decision(lines)
	guard_own(check)
	check.db_set("decided_on", clock.now(), update_modified=False)


def guard_own(check) -> None:
	"""Who answered the checks does not decide on them, nor who did before somebody else answered anew."""
	if frappe.session.user != "Administrator" and has_answered(check):
		frappe.throw(
			_("You answered the formal check: another person must decide."),
			states.SelfApprovalError,
			title=_("Self-Approval Refused"),
		)


def has_answered(check) -> bool:
	"""Did the session's user answer a check, even if somebody else answered it anew?"""
	user = frappe.session.user
	answered = user in {row.answered_by for row in check.items}
	return answered or preparers.has_written(DOCTYPE, check.name, user)


def refuse_decision(lines: list[str]) -> None:
	frappe.throw(lines, OpenChecksError, title=_("Formal Check Not Finished"), as_list=True)
