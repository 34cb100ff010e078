from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, flt

#: as many as fit side by side
CALLS = 6
LABEL_LENGTH = 40
SUMS = ("requested_contribution", "granted_amount", "cofinancing_amount")


@frappe.whitelist()
def get() -> dict:
	"""Endowment of the latest calls beside what was requested, granted and co-financed; euro."""
	frappe.has_permission("RTC Application", "read", throw=True)
	calls = frappe.get_list(
		"RTC Call", fields=["name", "title", "endowment"], order_by="opening desc", limit_page_length=CALLS
	)[::-1]
	sums = sums_by_call([call.name for call in calls])
	columns = (
		(_("Endowment"), [flt(call.endowment) for call in calls]),
		(_("Requested"), [sums[call.name]["requested_contribution"] for call in calls]),
		(_("Granted"), [sums[call.name]["granted_amount"] for call in calls]),
		(_("Co-financing"), [sums[call.name]["cofinancing_amount"] for call in calls]),
	)
	return {
		"labels": [label(call.title) for call in calls],
		"datasets": [{"name": name, "values": values} for name, values in columns],
	}


def sums_by_call(calls: list[str]) -> dict[str, dict[str, float]]:
	rows = frappe.get_list(
		"RTC Application",
		filters={"call": ("in", calls or [""]), "docstatus": 1},
		fields=["call", *SUMS],
		limit_page_length=0,
	)
	sums = defaultdict(lambda: dict.fromkeys(SUMS, 0.0))
	for row in rows:
		for field in SUMS:
			sums[row.call][field] += flt(row[field])
	return sums


def label(title: str) -> str:
	"""Cut to fit under its bars; escaped, since the chart writes labels as HTML."""
	title = cstr(title)
	return escape_html(title if len(title) <= LABEL_LENGTH else f"{title[: LABEL_LENGTH - 1]}…")
