"""How far an application is, as the subjects tell it: `rtc_applicant_steps` of hooks.py names a function of each, in the order of time.

Each function takes applications (documents, or rows with COLUMNS) that their reader may read, and the moment of which
it tells; it gives {name: [what `describe` makes]}.
"""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime

from rtc_conciliation.common import clock
from rtc_conciliation.common.italian import rtc_day, rtc_minute
from rtc_conciliation.common.tables import load_table
from rtc_conciliation.rules.application.progress import DONE, NEXT, NOW, STOPPED, Application, Step

SUBJECTS = "rtc_applicant_steps"
#: what of an application the functions read
COLUMNS = (
	"name",
	"call",
	"workflow_state",
	"sent_on",
	"modified",
	"ranking",
	"granted_amount",
	"acceptance_state",
	"acceptance_due",
	"accepted_on",
)


def collect_steps(applications: list, moment: datetime | None = None) -> dict[str, list[dict]]:
	"""Name → its steps in the order of time, as of `moment` (now); a few queries, whatever the number of applications."""
	if not applications:
		return {}
	moment = moment or clock.now()
	told = [ask(applications, moment) for ask in load_table(SUBJECTS).values()]
	return {row.name: [step for part in told for step in part.get(row.name, [])] for row in applications}


def get_case(row) -> Application:
	call = frappe.get_cached_doc("RTC Call", row.call)
	return Application(
		row.workflow_state,
		get_datetime(call.opening),
		get_datetime(call.closing),
		call.workflow_state == "Published",
		row.sent_on and get_datetime(row.sent_on),
		get_datetime(row.modified),
	)


def describe(step: Step, title: str, note: str = "", address: str = "", when: str = "") -> dict:
	"""A step in the reader's language, plain text: {"what", "status", "status_label", "mine", "title", "when", "note", "address"}."""
	return {
		"what": step.what,
		"status": step.status,
		"status_label": get_status_label(step),
		"mine": step.mine,
		"title": title,
		"when": when or say_when(step),
		"note": note,
		"address": address,
	}


def get_status_label(step: Step) -> str:
	if step.mine:
		return _("Waits for you")
	return {DONE: _("Happened"), NOW: _("Under way"), NEXT: _("Still to come"), STOPPED: _("Ended")}[
		step.status
	]


def say_when(step: Step) -> str:
	if step.by:
		return _("by {0}").format(write(step.by))
	return write(step.on) if step.on else ""


def write(moment) -> str:
	return rtc_minute(moment) if hasattr(moment, "hour") else rtc_day(moment)


def get_current(steps: list[dict]) -> dict | None:
	"""What an application is at: what waits for its applicant, else what goes on, else what comes next."""
	mine = [step for step in steps if step["mine"]]
	going = [step for step in steps if step["status"] == NOW]
	ended = [step for step in steps if step["status"] == STOPPED]
	coming = [step for step in steps if step["status"] == NEXT]
	return next(iter([*mine, *going, *ended, *coming]), None)
