"""What follows from the ranking of the first call: the leads accept, the register is published."""

import frappe

from rtc_conciliation.awards import acceptance, register
from rtc_conciliation.awards.award import ACCEPTED
from rtc_conciliation.setup.demo.acting import acting, step
from rtc_conciliation.setup.demo.data import calls
from rtc_conciliation.setup.demo.data.users import MANAGER, OFFICER


def accept(call: str) -> None:
	"""All in the portal but the last, whose answer came by PEC."""
	rows = frappe.get_all(
		"RTC Application",
		filters={"call": call, "workflow_state": "Funded"},
		fields=["name", "applicant"],
		order_by="ranking_position asc",
	)
	for row in rows[:-1]:
		with acting(row.applicant, calls.ACCEPTED_ON):
			acceptance.answer(row.name, ACCEPTED)
	with acting(OFFICER, calls.ACCEPTED_BY_PEC_ON):
		acceptance.record_acceptance(
			rows[-1].name, ACCEPTED, calls.PEC_OF_ACCEPTANCE, calls.ACCEPTED_BY_PEC_ON
		)


def publish_register(call: str) -> None:
	for name in frappe.get_all(register.DOCTYPE, {"call": call}, pluck="name", order_by="name asc"):
		step(frappe.get_doc(register.DOCTYPE, name), "Publish", MANAGER, calls.RANKING_PUBLISHED_ON)
