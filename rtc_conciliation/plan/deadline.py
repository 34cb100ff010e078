"""The day by which the Plan must be with the Region."""

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.common import clock

#: a Plan in one of these states was sent
SENT_STATES = ("Sent", "Validated", "With Observations")


def open_deadlines() -> list[dict]:
	"""Programmes not closed whose Plan was never sent, by deadline: [{"name", "title", "plan_deadline"}]."""
	sent = frappe.get_all(
		"RTC Plan", filters={"workflow_state": ("in", SENT_STATES)}, pluck="programme", distinct=True
	)
	return frappe.get_all(
		"RTC Programme",
		filters={
			"status": ("!=", "Closed"),
			"plan_deadline": ("is", "set"),
			"name": ("not in", sent or [""]),
		},
		fields=["name", "title", "plan_deadline"],
		order_by="plan_deadline asc",
	)


def count_days_to(deadline) -> int:
	return (getdate(deadline) - clock.now().date()).days


def get_days_left() -> dict | str:
	"""For the number card: days to the next deadline, below zero once it has passed; words when none is left."""
	frappe.has_permission("RTC Plan", "read", throw=True)
	programmes = open_deadlines()
	if not programmes:
		return _("None")
	return {
		"value": count_days_to(programmes[0].plan_deadline),
		"fieldtype": "Int",
		"route": ["Form", "RTC Programme", programmes[0].name],
	}
