"""The formal check in the timeline of an application: requests of integration, the notice before a refusal, the outcome."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, quoted

from rtc_conciliation.common import applicant_steps
from rtc_conciliation.formal_check.integrations import DOCTYPE, ROUTE
from rtc_conciliation.rules.application import progress as rules


def list_check(applications: list, now: datetime) -> dict[str, list[dict]]:
	"""Two queries, none for drafts alone; requests as the session's user may see them."""
	names = [row.name for row in applications if row.workflow_state != rules.DRAFT]
	checks, requests = get_checks(names), get_requests(names)
	found = {}
	for row in applications:
		case, check = applicant_steps.get_case(row), checks.get(row.name) or frappe._dict()
		asked = [word_request(request, now) for request in requests.get(row.name, ())]
		notices = rules.follow_notice(case, check.notice_sent_on and getdate(check.notice_sent_on), now)
		outcome = rules.follow_check(case, check.decided_on and get_datetime(check.decided_on), now)
		# what happened within the check stands before its outcome
		found[row.name] = [
			*filter(None, asked),
			*map(word_notice, notices),
			*(word_check(step, row) for step in outcome),
		]
	return found


def get_checks(names: list[str]) -> dict:
	"""Asks nobody's permission: of a check its applicant is told the days alone on which something was sent out."""
	if not names:
		return {}
	rows = frappe.get_all(
		"RTC Formal Check",
		filters={"application": ("in", names)},
		fields=["application", "decided_on", "notice_sent_on"],
		limit_page_length=0,
	)
	return {row.application: row for row in rows}


def get_requests(names: list[str]) -> dict[str, list]:
	if not names or not frappe.has_permission(DOCTYPE, "read"):
		return {}
	rows = frappe.get_list(
		DOCTYPE,
		filters={"application": ("in", names), "sent_on": ("is", "set")},
		fields=["name", "application", "workflow_state", "sent_on", "due_on", "answered_on"],
		order_by="sent_on asc",
		limit_page_length=0,
	)
	found: dict[str, list] = {}
	for row in rows:
		found.setdefault(row.application, []).append(row)
	return found


def word_request(row, now: datetime) -> dict | None:
	answered = row.answered_on and get_datetime(row.answered_on)
	step = rules.follow_request(
		row.workflow_state, get_datetime(row.sent_on), get_datetime(row.due_on), answered
	)
	if not step:
		return None
	title = _("Answer the request of integration") if step.mine else _("Request of integration answered")
	over = step.mine and step.by < now
	note = _("The term is over: an answer is still taken, and marked as late.") if over else ""
	return applicant_steps.describe(step, title, note, f"/{ROUTE}/{quoted(row.name)}")


def word_notice(step: rules.Step) -> dict:
	note = _("Observations can be sent to the office by PEC.") if step.mine else ""
	return applicant_steps.describe(step, _("Notice before a refusal (art. 10-bis L. 241/1990)"), note)


def word_check(step: rules.Step, row) -> dict:
	notes = {
		rules.DONE: _("Not Admissible") if row.workflow_state == rules.NOT_ADMISSIBLE else _("Admissible"),
		rules.NOW: _("The office sees whether it is complete, and asks by e-mail for what is missing."),
		rules.NEXT: _("It begins once the call has closed; the office asks by e-mail for what is missing."),
	}
	return applicant_steps.describe(step, _("Formal Check"), notes[step.status])


APPLICANT_STEPS = {"formal check": list_check}
