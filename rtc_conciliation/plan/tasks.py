"""What of the Plan waits for somebody."""

import frappe

from rtc_conciliation.common.tasks import TaskKind


def get_deadlines(rows: list) -> dict:
	"""Plan → the day by which its programme's Plan must be with the Region."""
	programmes = {row.programme for row in rows}
	filters = {"name": ("in", list(programmes) or [""])}
	days = dict(
		frappe.get_list("RTC Programme", filters=filters, fields=["name", "plan_deadline"], as_list=True)
	)
	return {row.name: days.get(row.programme) for row in rows}


def make_kind(state: str, reason: str) -> TaskKind:
	return TaskKind("RTC Plan", state, reason, due=get_deadlines, fields=("programme",))


TASKS = (
	make_kind("Draft", "Plan to be completed and sent to the Comitato"),
	make_kind("To the Comitato", "Plan to be approved"),
	make_kind("Approved", "Approved Plan to be sent to the Region"),
)
