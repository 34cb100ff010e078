"""What the list of one's applications says is asked of the applicant now, and by when."""

import frappe
from frappe import _
from frappe.utils import cint, format_datetime, get_datetime, getdate

from rtc_conciliation.common import clock
from rtc_conciliation.common.tables import load_table

#: hook: key of a row in list and form → function of applications that gives {name: value}
SUBJECTS = "rtc_applicant_news"


def describe_pending(rows: list) -> dict[str, str]:
	"""Name of the application → one sentence, for those of which something is asked; nothing for the others.

	`rows` have name, call, workflow_state and blocking_findings. One look at each thing for all rows, never a
	query for each.
	"""
	return {row.name: text for row in rows if (text := describe_state(row))}


def describe_state(row) -> str:
	return describe_draft(row) if row.workflow_state == "Draft" else ""


def describe_draft(row) -> str:
	call = frappe.get_cached_doc("RTC Call", row.call)
	points = cint(row.blocking_findings)
	left = describe_time_left(call)
	if not left:
		return _("Not sent. The call no longer takes applications.")
	if not points:
		return _("Ready to be sent.") + " " + left
	return (
		_("{0} point to be corrected before sending.")
		if points == 1
		else _("{0} points to be corrected before sending.")
	).format(points) + f" {left}"


def describe_time_left(call) -> str:
	"""How long a draft can still be sent; "" once it cannot."""
	now, closing = clock.now(), get_datetime(call.closing)
	if call.workflow_state != "Published" or now >= closing:
		return ""
	if now < get_datetime(call.opening):
		return _("It can be sent from {0}.").format(format_datetime(call.opening, "d MMMM yyyy, HH:mm"))
	days = (getdate(closing) - now.date()).days
	until = format_datetime(closing, "d MMMM yyyy, HH:mm")
	if days == 0:
		return _("Today is the last day, until {0}.").format(format_datetime(closing, "HH:mm"))
	if days == 1:
		return _("Tomorrow is the last day: until {0}.").format(until)
	return _("{0} days left: until {1}.").format(days, until)


def collect_news(applications: list) -> dict[str, dict]:
	"""Key → {application: what a subject says of it}, from the tables that `rtc_applicant_news` of hooks.py names.

	`applications`: documents, or rows with `applicant_steps.COLUMNS`.
	"""
	return {key: ask(applications) if applications else {} for key, ask in load_table(SUBJECTS).items()}
