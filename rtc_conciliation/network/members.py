"""The network as everybody may read it: bodies, never people or contacts."""

from datetime import date

import frappe

from rtc_conciliation.network.cartogram import draw_cartogram
from rtc_conciliation.network.composition import compose_network
from rtc_conciliation.rules.plain_text import as_typed

#: of a member, what the public page shows
PUBLIC = ("name", "type", "municipality", "territory", "since")


def get_public_network(programme: str, on_date: date) -> dict:
	"""Texts are not escaped, though core keeps "<" as "&lt;".

	{"programme", "title", "ats", "date", "total", "groups", "territories", "map"} of the members at `on_date`.

	Groups without members are left out, Ambiti without members are not.
	"""
	frame = frappe.get_cached_doc("RTC Programme", programme)
	found = compose_network(programme, on_date)
	groups = [
		{
			"group": group["group"],
			"count": group["count"],
			"members": [{key: as_typed(str(row[key])) for key in PUBLIC} for row in group["members"]],
		}
		for group in found["groups"]
		if group["count"]
	]
	counts: dict[str, int] = {}
	for row in found["territories"]:
		counts[row["territory"]] = counts.get(row["territory"], 0) + row["count"]
	places = list_territories(counts)
	return {
		"programme": programme,
		"title": frame.title,
		"ats": frame.ats_name,
		"date": str(found["date"]),
		"total": found["total"],
		"groups": groups,
		"territories": places,
		"elsewhere": counts.get("", 0),
		"map": draw_cartogram(places),
	}


def list_territories(counts: dict[str, int]) -> list[dict]:
	"""Every Ambito in use or with members: {"name", "asst", "count", "column", "row"}, by ASST and name."""
	rows = frappe.get_all(
		"RTC Territory",
		fields=["name", "asst", "disabled", "map_column", "map_row"],
		order_by="asst asc, name asc",
		limit_page_length=0,
	)
	return [
		{
			"name": row.name,
			"asst": row.asst or "",
			"count": counts.get(row.name, 0),
			"column": row.map_column or 0,
			"row": row.map_row or 0,
		}
		for row in rows
		if not row.disabled or counts.get(row.name)
	]
