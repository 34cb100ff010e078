from collections import Counter

import frappe
from frappe import _

from rtc_conciliation.access.states import definition


@frappe.whitelist()
def get() -> dict:
	"""How many applications are in each state, in the order of the workflow, as far as the reader may see."""
	frappe.has_permission("RTC Application", "read", throw=True)
	count = Counter(frappe.get_list("RTC Application", pluck="workflow_state", limit_page_length=0))
	order = dict.fromkeys(row.state for row in definition("RTC Application").states)
	shown = [state for state in order if count[state]]
	return {
		"labels": [_(state) for state in shown],
		"datasets": [{"name": _("Applications"), "values": [count[state] for state in shown]}],
	}
