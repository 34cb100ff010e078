"""Admissible or not: the decision taken on the screen of the check, on what was seen there, and once."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import escape_html, get_fullname

from rtc_conciliation.access import preparers
from rtc_conciliation.formal_check import checks

OUTCOMES = {"Declare Admissible": checks.ADMISSIBLE, "Declare Not Admissible": checks.NOT_ADMISSIBLE}


class DecidedError(frappe.ValidationError):
	"""Somebody else was quicker."""


class ChangedCheckError(frappe.ValidationError):
	"""The check is not any more what was seen."""


def has_prepared(application, check) -> bool:
	"""May the reader not decide, having answered the checks or written the application?"""
	user = frappe.session.user
	if user == "Administrator":
		return False
	return checks.has_answered(check) or preparers.is_preparer(application, user)


def decide(application: str, action: str, seen: str, reason: str = "") -> str:
	"""The state after `action`, one of OUTCOMES; `seen` is when the check that was read was last changed.

	Raises DecidedError, ChangedCheckError and what the step itself refuses.
	"""
	frappe.has_permission("RTC Application", "write", throw=True)
	if action not in OUTCOMES:
		frappe.throw(_("There is no such decision. Reload the page."), frappe.ValidationError)
	doc = frappe.get_doc("RTC Application", application, for_update=True)
	doc.check_permission("write")
	if doc.workflow_state != checks.UNDER_CHECK:
		refuse_second(doc)
	check = checks.lock_check(application)
	if check and str(check.modified) != seen:
		refuse_unseen(check)
	if OUTCOMES[action] == checks.NOT_ADMISSIBLE and reason.strip():
		doc.decision_reason = reason
		doc.save()
	return apply_workflow(doc, action).workflow_state


def refuse_second(doc) -> None:
	frappe.throw(
		_("Nothing was changed: {0} is already in the state {1}; the last to change it was {2}.").format(
			frappe.bold(escape_html(doc.name)),
			frappe.bold(_(doc.workflow_state)),
			escape_html(get_fullname(doc.modified_by)),
		),
		DecidedError,
		title=_("Already Decided"),
	)


def refuse_unseen(check) -> None:
	frappe.throw(
		_(
			"Nothing was decided: {0} changed the check after you opened it. It is shown as it is now: read it, then decide."
		).format(escape_html(get_fullname(check.modified_by))),
		ChangedCheckError,
		title=_("Check Changed"),
	)
