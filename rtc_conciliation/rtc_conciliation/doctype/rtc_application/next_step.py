"""What an application that was sent waits for, in words, and the record in which that is done: the banner of its form."""

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from rtc_conciliation.access import panel_assignments
from rtc_conciliation.common import clock
from rtc_conciliation.common.italian import rtc_minute
from rtc_conciliation.evaluation import panel_progress, scores
from rtc_conciliation.formal_check import checks, integrations
from rtc_conciliation.rules.formal_check import checks as rules

CALL, RANKING = "RTC Call", "RTC Ranking"


def describe_next_step(application) -> dict:
	"""{"text" (not escaped), "doctype", "name"} of the record to go to; {} where the state alone says it.

	No record is named that the session's user may not read, nor anything told that only it says.
	"""
	describe = STEPS.get(application.workflow_state)
	found = describe(application) if describe and cint(application.docstatus) == 1 else None
	if not found:
		return {}
	text, doctype, name = found
	may_read = name and frappe.has_permission(doctype, "read", doc=name)
	return {"text": text, "doctype": doctype, "name": name} if may_read else {}


def of_submitted(application) -> tuple | None:
	state, closing = frappe.db.get_value(CALL, application.call, ("workflow_state", "closing"))
	if state != "Published" or not application.protocol_number:
		return None
	text = _("Sent. The call is open until {0}: until then it can be withdrawn and sent anew.")
	return text.format(rtc_minute(closing)), CALL, application.call


def of_check(application) -> tuple | None:
	check = checks.get_check(application.name)
	if not check:
		return None
	draft = get_request(application.name, "Draft")
	if draft:
		text = _("A request of integration is in draft. Next: the RTC Manager sends it.")
		return text, integrations.DOCTYPE, draft.name
	items = check.plain_items()
	unanswered, failed = len(rules.open_items(items)), len(rules.list_failed_items(items))
	if unanswered:
		text = _("Checks that wait for an answer: {0} of {1}. Next: the RTC Officer answers them.")
		text = text.format(unanswered, len(items))
	elif failed:
		text = _(
			"Checks that failed: {0}. Request an integration, or the RTC Manager declares it not admissible."
		).format(failed)
	else:
		text = _("All checks are answered and none failed. Next: the RTC Manager declares it admissible.")
	return text, checks.DOCTYPE, check.name


def of_integration(application) -> tuple | None:
	request = get_request(application.name, *integrations.OPEN)
	if not request:
		return None
	if request.workflow_state == "Answered":
		text = _(
			"The applicant answered on {0}. Next: read the answer, write the outcome, close the request."
		)
		text = text.format(rtc_minute(request.answered_on))
	elif get_datetime(request.due_on) < clock.now():
		text = _(
			"The term of {0} is over and there is no answer: close the request, or wait for a late one."
		).format(rtc_minute(request.due_on))
	else:
		text = _("Waiting for the applicant until {0}.").format(rtc_minute(request.due_on))
	return text, integrations.DOCTYPE, request.name


def get_request(application: str, *states: str):
	"""The one that waits for the office first, the oldest of those."""
	filters = {"application": application, "workflow_state": ("in", states)}
	fields = ["name", "workflow_state", "due_on", "answered_on"]
	rows = frappe.get_all(integrations.DOCTYPE, filters, fields, order_by="creation asc")
	return min(rows, key=lambda row: row.workflow_state != "Answered", default=None)


def of_admissible(application) -> tuple | None:
	panel = frappe.db.get_value(
		panel_assignments.PANEL, {"call": application.call}, ("name", "workflow_state"), as_dict=True
	)
	if not panel or panel.workflow_state == "Dissolved":
		text = _("Admissible. Next: the evaluation panel of the call is to be named, then the RTC Manager starts the evaluation.")  # fmt: skip
		return text, CALL, application.call
	text = _("Admissible. Next: the RTC Manager starts the evaluation.")
	if panel.workflow_state == "Draft":
		text = _("Admissible. Next: the RTC Director appoints the panel, then the RTC Manager starts the evaluation.")  # fmt: skip
	return text, panel_assignments.PANEL, panel.name


def of_evaluation(application) -> tuple | None:
	"""As long as reviews are missing the panel's turn; then that of the ranking, as far as it has come."""
	text = panel_progress.next_step(application)
	if not text:
		return None
	found = panel_assignments.get_evaluation(application.call, application.name)
	if not found.seats or scores.describe_missing(found, application.name):
		return text, *((panel_assignments.PANEL, found.panel) if found.panel else (CALL, application.call))
	ranking = frappe.db.get_value(
		RANKING,
		{"call": application.call, "workflow_state": ("in", ("Draft", "Proposed"))},
		("name", "workflow_state"),
		as_dict=True,
		order_by="creation desc",
	)
	if not ranking:
		return text, panel_assignments.PANEL, found.panel
	steps = {
		"Draft": _("All reviews are in. Next: the ranking, in draft, is computed and proposed."),
		"Proposed": _("All reviews are in and the ranking is proposed. Next: the RTC Director approves it."),
	}
	return steps[ranking.workflow_state], RANKING, ranking.name


def of_ranked(application) -> tuple | None:
	if not application.ranking or application.acceptance_state == "Awaited":
		return None
	state = frappe.db.get_value(RANKING, application.ranking, "workflow_state")
	if state != "Approved":
		return None
	text = _("The ranking is approved and not published yet. Next: the RTC Manager publishes it.")
	return text, RANKING, application.ranking


STEPS = {
	"Submitted": of_submitted,
	"Under Formal Check": of_check,
	"Integration Requested": of_integration,
	"Admissible": of_admissible,
	"Under Evaluation": of_evaluation,
	"Eligible Not Funded": of_ranked,
	"Below Threshold": of_ranked,
}
