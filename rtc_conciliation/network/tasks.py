"""What of the network waits for somebody, and its figures."""

import frappe
from frappe import _

from rtc_conciliation.common.figures import make_figure
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
	if not frappe.has_permission("RTC Member", "read"):
		return []
	filters = {"workflow_state": "Admitted"}
	members = frappe.get_list("RTC Member", filters=filters, pluck="name", limit_page_length=0)
	return [make_figure(_("Members of the Network"), len(members), "RTC Member", filters)]
