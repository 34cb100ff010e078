"""What of rankings and awards waits for somebody, and their figures."""

from frappe import _

from rtc_conciliation.access.roles import MANAGER, OFFICER
from rtc_conciliation.awards.award import AWAITED
from rtc_conciliation.common.figures import add_amounts, list_values, make_figure
from rtc_conciliation.common.italian import rtc_euro
from rtc_conciliation.common.tasks import TaskKind

DECISION = "/api/method/rtc_conciliation.awards.api.download_decision?ranking="


def make_ranking(state: str, reason: str, button: str) -> TaskKind:
	return TaskKind("RTC Ranking", state, reason, button=button, amount="pot", paper=DECISION)


TASKS = (
	make_ranking("Draft", "Ranking to be computed and proposed", "Compute and Propose"),
	make_ranking("Proposed", "Ranking to be approved", "Approve"),
	make_ranking("Approved", "Approved ranking to be published", "Publish"),
	TaskKind(
		"RTC Application",
		"Funded",
		"Contribution to be accepted by the awardee",
		due="acceptance_due",
		filters=lambda: {"acceptance_state": AWAITED},
		waits=True,
		amount="granted_amount",
		roles=frozenset({OFFICER, MANAGER}),
	),
	TaskKind(
		"RTC Transparency Entry",
		"To Be Published",
		"Row of the transparency register to be published",
		title="project_title",
		button="Publish",
		amount="amount",
	),
)


def list_figures() -> list[dict]:
	filters = {"workflow_state": "Funded"}
	amounts = list_values("RTC Application", "granted_amount", filters)
	return [
		make_figure(_("Projects Funded"), len(amounts), "RTC Application", filters),
		make_figure(_("Contribution Granted"), add_amounts(amounts), "RTC Application", filters, rtc_euro),
	]
