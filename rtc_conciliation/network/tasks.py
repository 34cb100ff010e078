"""What of the network waits for somebody, and its figures."""

from frappe import _

from rtc_conciliation.common.figures import list_values, make_figure
from rtc_conciliation.common.tasks import TaskKind

TASKS = (
	TaskKind(
		"RTC Member", "Received", "Adhesion to be examined", title="organisation_name", button="Examine"
	),
	TaskKind(
		"RTC Member", "Under Review", "Adhesion to be decided", title="organisation_name", button="Decide"
	),
	TaskKind(
		"RTC Meeting",
		"Planned",
		"Meeting: invitations, then mark it as held",
		due="starts_on",
		button="Prepare",
	),
	TaskKind("RTC Meeting", "Held", "Minutes to be approved", button="Approve"),
)


def list_figures() -> list[dict]:
	filters = {"workflow_state": "Admitted"}
	members = list_values("RTC Member", "name", filters)
	return [make_figure(_("Members of the Network"), len(members), "RTC Member", filters)]
