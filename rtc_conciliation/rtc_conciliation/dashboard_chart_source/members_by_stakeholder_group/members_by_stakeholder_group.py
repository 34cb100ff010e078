from collections import Counter

import frappe
from frappe import _


@frappe.whitelist()
def get() -> dict:
	"""How many members the network has in each stakeholder group, largest first."""
	frappe.has_permission("RTC Member", "read", throw=True)
	groups = frappe.get_list(
		"RTC Member", filters={"workflow_state": "Admitted"}, pluck="stakeholder_group", limit_page_length=0
	)
	count = Counter(group or "Other" for group in groups).most_common()
	return {
		"labels": [_(group) for group, _number in count],
		"datasets": [{"name": _("Members"), "values": [number for _group, number in count]}],
	}
