"""What of the formal check waits for somebody."""

import frappe

from rtc_conciliation.common.tasks import TaskKind


def of_closed_calls() -> dict:
	"""Before a call closes its applications may still be withdrawn and sent anew."""
	calls = frappe.get_list(
		"RTC Call", filters={"workflow_state": "Closed"}, pluck="name", limit_page_length=0
	)
	return {"call": ("in", calls or [""])}


def of_ended_calls() -> dict:
	"""What is sent while a call is open is told to nobody who watches, not even that it is there."""
	open_calls = frappe.get_all("RTC Call", filters={"workflow_state": "Published"}, pluck="name")
	return {"call": ("not in", open_calls or [""])}


TASKS = (
	TaskKind(
		"RTC Application",
		"Submitted",
		"Formal check to be started",
		filters=of_closed_calls,
		told=of_ended_calls,
		button="Start It",
	),
	TaskKind(
		"RTC Application",
		"Under Formal Check",
		"Formal check to be finished and decided",
		opens="RTC Formal Check",
		button="Go On",
	),
	TaskKind(
		"RTC Integration Request",
		"Draft",
		"Request of integration to be sent",
		title="application_title",
		button="Send",
	),
	TaskKind(
		"RTC Integration Request",
		"Sent",
		"Integration asked of the applicant",
		due="due_on",
		title="application_title",
		waits=True,
	),
	TaskKind(
		"RTC Integration Request",
		"Answered",
		"Answer to be read, request to be closed",
		title="application_title",
		button="Read",
	),
)
