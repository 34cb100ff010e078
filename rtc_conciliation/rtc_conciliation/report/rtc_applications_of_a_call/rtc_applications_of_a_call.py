"""One row per application of a call that the reader may see."""

import frappe
from frappe import _
from frappe.utils import flt

from rtc_conciliation.awards.outcomes import children, distinct
from rtc_conciliation.common.papers.plain_values import to_share

MONEY = ("total_cost", "requested_contribution", "cofinancing_amount", "granted_amount")


def execute(filters: dict | None = None):
	if not (filters or {}).get("call"):
		return columns(), [], _("Choose the call.")
	rows = frappe.get_list(
		"RTC Application",
		filters={"call": filters["call"], "docstatus": 1},
		fields=["name", "title", "workflow_state", "lead_name", "sent_on", "blocking_findings", *MONEY],
		order_by="sent_on asc, name asc",
		limit_page_length=0,
	)
	names = [row.name for row in rows] or [""]
	partners = children("RTC Application Partner", names, ["name"])
	actions = children("RTC Application Action", names, ["area"])
	for row in rows:
		row.partners = len(partners[row.name])
		row.areas = "; ".join(distinct(action.area for action in actions[row.name]))
		row.cofinancing_percent = flt(to_share(row.cofinancing_amount, row.total_cost))
		row.currency = "EUR"
		row.state = _(row.workflow_state)
	return columns(), rows


def columns() -> list[dict]:
	return [
		{
			"fieldname": "name",
			"label": _("Application"),
			"fieldtype": "Link",
			"options": "RTC Application",
			"width": 160,
		},
		{"fieldname": "title", "label": _("Project Title"), "fieldtype": "Data", "width": 240},
		{"fieldname": "state", "label": _("State"), "fieldtype": "Data", "width": 150},
		{"fieldname": "lead_name", "label": _("Lead"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "partners",
			"label": _("Partners"),
			"fieldtype": "Int",
			"width": 80,
		},
		{"fieldname": "areas", "label": _("Areas"), "fieldtype": "Data", "width": 260},
		*(money(fieldname) for fieldname in MONEY),
		{
			"fieldname": "cofinancing_percent",
			"label": _("Co-financing (%)"),
			"fieldtype": "Percent",
			"width": 110,
		},
		{
			"fieldname": "blocking_findings",
			"label": _("Blocking Findings"),
			"fieldtype": "Int",
			"width": 90,
		},
		{"fieldname": "sent_on", "label": _("Sent On"), "fieldtype": "Datetime", "width": 160},
	]


def money(fieldname: str) -> dict:
	label = frappe.get_meta("RTC Application").get_label(fieldname)
	return {
		"fieldname": fieldname,
		"label": _(label),
		"fieldtype": "Currency",
		"options": "currency",
		"width": 140,
	}
