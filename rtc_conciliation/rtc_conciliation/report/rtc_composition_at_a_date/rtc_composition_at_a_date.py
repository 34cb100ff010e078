"""The members of the network at a date, as the Plan counts them."""

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.documents.composition import composition


def execute(filters: dict | None = None):
	if not frappe.has_permission("RTC Member", "report"):
		frappe.throw(_("You may not read the members of the network."), frappe.PermissionError)
	filters = filters or {}
	if not (filters.get("programme") and filters.get("on_date")):
		return columns(), [], _("Choose the programme and the date.")
	network = composition(filters["programme"], getdate(filters["on_date"]))
	rows = [
		{**member, "group": _(group["group"])} for group in network["groups"] for member in group["members"]
	]
	return columns(), rows, None, chart(network), summary(network)


def columns() -> list[dict]:
	return [
		{"fieldname": "group", "label": _("Stakeholder Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "name", "label": _("Name"), "fieldtype": "Data", "width": 280},
		{"fieldname": "type", "label": _("Type"), "fieldtype": "Data", "width": 200},
		{"fieldname": "municipality", "label": _("Municipality"), "fieldtype": "Data", "width": 140},
		{"fieldname": "territory", "label": _("Ambito"), "fieldtype": "Data", "width": 180},
		{"fieldname": "asst", "label": "ASST", "fieldtype": "Data", "width": 180},
		{"fieldname": "since", "label": _("Since"), "fieldtype": "Date", "width": 110},
		{
			"fieldname": "adhesion",
			"label": _("Adhesion"),
			"fieldtype": "Link",
			"options": "RTC Member",
			"width": 170,
		},
	]


def chart(network: dict) -> dict:
	groups = [row for row in network["groups"] if row["count"]]
	return {
		"type": "bar",
		"data": {
			"labels": [_(row["group"]) for row in groups],
			"datasets": [{"name": _("Members"), "values": [row["count"] for row in groups]}],
		},
	}


def summary(network: dict) -> list[dict]:
	places = [row for row in network["territories"] if row["territory"]]
	return [
		{"label": _("Members"), "value": network["total"], "datatype": "Int"},
		{"label": _("Ambiti represented"), "value": len(places), "datatype": "Int"},
	]
