"""What of the Plan waits for somebody."""

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.common.tasks import TaskKind, make_task
from rtc_conciliation.plan.deadline import open_deadlines

PAPER = "/api/method/rtc_conciliation.plan.api.download_pdf?plan="


def get_deadlines(rows: list) -> dict:
	"""Plan → the day by which its programme's Plan must be with the Region."""
	programmes = {row.programme for row in rows}
	filters = {"name": ("in", list(programmes) or [""])}
	days = dict(
		frappe.get_list("RTC Programme", filters=filters, fields=["name", "plan_deadline"], as_list=True)
	)
	return {row.name: days.get(row.programme) for row in rows}


def make_kind(state: str, reason: str, button: str) -> TaskKind:
	return TaskKind(
		"RTC Plan",
		state,
		reason,
		due=get_deadlines,
		fields=("programme",),
		button=button,
		paper=PAPER,
	)


def list_not_begun() -> list[dict]:
	"""Programmes with a deadline for their Plan, of which there is none yet; for who may begin one."""
	if not frappe.has_permission("RTC Plan", "create"):
		return []
	begun = set(frappe.get_list("RTC Plan", pluck="programme", limit_page_length=0))
	return [
		make_task(
			"RTC Programme",
			programme.name,
			programme.title,
			_("Plan to be begun: it must be with the Region"),
			getdate(programme.plan_deadline),
			button=_("Begin"),
			route=["List", "RTC Plan"],
		)
		for programme in open_deadlines()
		if programme.name not in begun
	]


TASKS = (
	make_kind("Draft", "Plan to be completed and sent to the Comitato", "Complete"),
	make_kind("To the Comitato", "Plan to be approved", "Approve"),
	make_kind("Approved", "Approved Plan to be sent to the Region", "Send"),
	list_not_begun,
)
