"""The members of the network at a date, as the Plan counts them; and how many there were month by month."""

from datetime import date
from itertools import groupby

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.network.composition import arrange_members, count_by_month, list_members

#: filter → field of a member's row; also what the rows can be arranged by
KINDS = ("group", "territory", "asst")


def execute(filters: dict | None = None):
	if not frappe.has_permission("RTC Member", "report"):
		frappe.throw(_("You may not read the members of the network."), frappe.PermissionError)
	filters = filters or {}
	if not (filters.get("programme") and filters.get("on_date")):
		return columns(), [], _("Choose the programme and the date.")
	on_date = getdate(filters["on_date"])
	everybody = list_members(filters["programme"], on_date)
	members = [member for member in everybody if is_wanted(member, filters)]
	network = arrange_members(members)
	if filters.get("chart") == "time":
		shown, message = over_time(filters["programme"], on_date), whole_network(everybody, members)
	else:
		shown, message = by_kind(network, filters.get("arranged_by")), None
	return columns(), rows(members, filters.get("arranged_by")), message, shown, summary(network)


def is_wanted(member: dict, filters: dict) -> bool:
	if filters.get("group") and (member["group"] or "Other") != filters["group"]:
		return False
	if filters.get("territory") and member["territory"] != filters["territory"]:
		return False
	return (filters.get("asst") or "").strip().casefold() in member["asst"].casefold()


def whole_network(everybody: list[dict], members: list[dict]) -> str | None:
	return (
		None
		if len(everybody) == len(members)
		else _("The chart shows the whole network, without the filters.")
	)


def rows(members: list[dict], arranged_by: str | None) -> list[dict]:
	"""One row a member; arranged by group, Ambito or ASST under a heading with the number."""
	told = [{**member, "group": _(member["group"] or "Other"), "indent": 0} for member in members]
	if arranged_by not in KINDS:
		return told
	told.sort(key=lambda row: (not row[arranged_by], row[arranged_by].casefold()))
	made = []
	for kind, found in groupby(told, key=lambda row: row[arranged_by]):
		found = list(found)
		heading = _("{0}: {1}").format(kind or _("None"), len(found))
		made.append({"name": heading, "heading": 1, "indent": 0})
		made += [{**row, "indent": 1} for row in found]
	return made


def columns() -> list[dict]:
	return [
		{"fieldname": "name", "label": _("Name"), "fieldtype": "Data", "width": 300},
		{"fieldname": "group", "label": _("Stakeholder Group"), "fieldtype": "Data", "width": 180},
		{"fieldname": "type", "label": _("Type"), "fieldtype": "Data", "width": 200},
		{"fieldname": "tax_code", "label": _("Tax Code"), "fieldtype": "Data", "width": 120},
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


def by_kind(network: dict, arranged_by: str | None) -> dict:
	if arranged_by == "territory":
		counts = [(row["territory"] or _("None"), row["count"]) for row in network["territories"]]
	elif arranged_by == "asst":
		totals: dict[str, int] = {}
		for row in network["territories"]:
			asst = row["asst"] or _("None")
			totals[asst] = totals.get(asst, 0) + row["count"]
		counts = list(totals.items())
	else:
		counts = [(_(row["group"]), row["count"]) for row in network["groups"] if row["count"]]
	return {
		"type": "bar",
		"data": {
			"labels": [name for name, _count in counts],
			"datasets": [{"name": _("Members"), "values": [count for _name, count in counts]}],
		},
	}


def over_time(programme: str, until: date) -> dict:
	points = count_by_month(programme, until)
	return {
		"type": "line",
		"data": {
			"labels": [getdate(point["date"]).strftime("%m/%Y") for point in points],
			"datasets": [{"name": _("Members"), "values": [point["total"] for point in points]}],
		},
		"lineOptions": {"regionFill": 1, "hideDots": int(len(points) > 36)},
		"axisOptions": {"xIsSeries": 1},
	}


def summary(network: dict) -> list[dict]:
	places = [row for row in network["territories"] if row["territory"]]
	return [
		{"label": _("Members"), "value": network["total"], "datatype": "Int"},
		{"label": _("Ambiti represented"), "value": len(places), "datatype": "Int"},
	]
