"""What of the calls waits for somebody, and their figures."""

from frappe import _

from rtc_conciliation.common.figures import add_amounts, list_values, make_figure
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
	filters = {"status": "Active"}
	total = add_amounts(list_values("RTC Programme", "endowment", filters))
	return [make_figure(_("Endowment of the Active Programmes"), total, "RTC Programme", filters, rtc_euro)]
