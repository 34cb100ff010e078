"""What of the evaluation waits for somebody."""

import frappe
from frappe import _

from rtc_conciliation.access import panel_assignments
from rtc_conciliation.common.tasks import TaskKind, make_task
from rtc_conciliation.evaluation import reviewing

PAGE = ["rtc-evaluation"]


def list_own() -> list[dict]:
	"""What the reader has to declare on or to begin as a member of a panel; begun reviews are records of their own."""
	if not frappe.has_permission(panel_assignments.DECLARATION, "read"):
		return []
	found = [reviewing.describe_call(call) for call in reviewing.list_calls(frappe.session.user)]
	declare = [
		(row, _("Conflict of interest to be declared"), _("Declare"))
		for call in found
		for row in call["to_declare"]
	]
	begin = [
		(row, _("Application to be reviewed"), _("Evaluate"))
		for call in found
		for row in call["rows"]
		if not row["review"]
	]
	return [
		make_task(
			"RTC Application",
			row["application"],
			row["title"] or row["application"],
			reason,
			button=button,
			route=PAGE,
		)
		for row, reason, button in (*declare, *begin)
	]


TASKS = (
	TaskKind("RTC Application", "Admissible", "Evaluation to be started", button="Start It"),
	TaskKind(
		"RTC Panel", "Draft", "Panel to be completed and appointed", title="call_title", button="Appoint"
	),
	TaskKind("RTC Review", "Draft", "Review to be finished", title="application", button="Go On"),
	list_own,
)
