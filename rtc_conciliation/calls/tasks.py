"""What of the calls waits for somebody, and their figures."""

import frappe
from frappe import _

from rtc_conciliation.common.figures import make_figure
from rtc_conciliation.common.italian import rtc_euro
from rtc_conciliation.common.tasks import TaskKind

NOTICE = "/api/method/rtc_conciliation.calls.api.download_notice?call="

TASKS = (
	TaskKind(
		"RTC Call",
		"Draft",
		"Call to be completed and approved",
		due="opening",
		button="Complete or Approve",
		amount="endowment",
		paper=NOTICE,
	),
	TaskKind(
		"RTC Call",
		"Approved",
		"Approved call to be published",
		due="opening",
		button="Publish",
		amount="endowment",
		paper=NOTICE,
	),
	TaskKind("RTC Call", "Published", "Open call: it closes by itself", due="closing", waits=True),
	TaskKind("RTC Call Question", "Received", "Question to be answered", title="subject", button="Reply"),
	TaskKind("RTC Call Question", "Answered", "Answer to be published", title="subject", button="Publish"),
)


def list_figures() -> list[dict]:
	if not frappe.has_permission("RTC Programme", "read"):
		return []
	filters = {"status": "Active"}
	amounts = frappe.get_list("RTC Programme", filters=filters, pluck="endowment", limit_page_length=0)
	total = sum(amount or 0 for amount in amounts)
	return [make_figure(_("Endowment of the Active Programmes"), total, "RTC Programme", filters, rtc_euro)]
