"""The meetings of the bodies in the desk's calendar."""

import frappe

from rtc_conciliation.common.web.arguments import read_filters, read_moment
from rtc_conciliation.network import invitations


def list_meetings(start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""The meetings between two moments, for the calendar view: those that the reader may see."""
	frappe.has_permission("RTC Meeting", "read", throw=True)
	asked = read_filters("RTC Meeting", filters)
	window = [
		["RTC Meeting", "starts_on", ">=", read_moment(start)],
		["RTC Meeting", "starts_on", "<=", read_moment(end)],
	]
	meetings = frappe.get_list(
		"RTC Meeting",
		filters=[*asked, *window],
		fields=["name", "title", "starts_on", "ends_on", "workflow_state"],
		order_by="starts_on asc",
		limit_page_length=0,
	)
	for row in meetings:
		row.update({"ends_on": row.ends_on or row.starts_on + invitations.USUAL_LENGTH, "all_day": 0})
	return meetings
