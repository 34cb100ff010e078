"""The network at a date: who belonged to it, by stakeholder group and by Ambito."""

from datetime import date

import frappe
from frappe.query_builder import Order

from rtc_conciliation.documents.figures import day

#: an adhesion that was admitted and perhaps ended later; the dates say whether it was valid
MEMBER_STATES = ("Admitted", "Ended")
OTHER_GROUP = "Other"


def composition(programme: str, on_date: date) -> dict:
	"""Members of the network of `programme` at `on_date`.

	{"date", "total", "groups": [{"group", "count", "members": [...]}], "territories": [{"territory", "asst",
	"count"}]}: every group in the order of the Select, Ambiti by ASST and name, members with none last.
	"""
	members = members_at(programme, on_date)
	return {
		"date": day(on_date),
		"total": len(members),
		"groups": by_group(members),
		"territories": by_territory(members),
	}


def members_at(programme: str, on_date: date) -> list[dict]:
	"""One row per organisation, by name; of two adhesions the later one tells, the earlier gives `since`."""
	member = frappe.qb.DocType("RTC Member")
	kind = frappe.qb.DocType("RTC Organisation Type")
	territory = frappe.qb.DocType("RTC Territory")
	rows = (
		frappe.qb.from_(member)
		.left_join(kind)
		.on(kind.name == member.organisation_type)
		.left_join(territory)
		.on(territory.name == member.territory)
		.select(
			member.name.as_("adhesion"),
			member.organisation_name.as_("name"),
			member.organisation_type.as_("type"),
			kind.stakeholder_group.as_("group"),
			member.tax_code,
			member.municipality,
			member.territory,
			territory.asst,
			member.valid_from.as_("since"),
		)
		.where(member.programme == programme)
		.where(member.workflow_state.isin(MEMBER_STATES))
		.where(member.valid_from <= on_date)
		.where(member.valid_to.isnull() | (member.valid_to >= on_date))
		.orderby(member.valid_from, order=Order.asc)
		.orderby(member.name, order=Order.asc)
		.run(as_dict=True)
	)
	members: dict[str, dict] = {}
	for row in rows:
		earlier = members.get(row.tax_code)
		row.since = earlier["since"] if earlier else day(row.since)
		members[row.tax_code] = {key: value or "" for key, value in row.items()}
	return sorted(members.values(), key=lambda row: (row["name"].casefold(), row["tax_code"]))


def by_group(members: list[dict]) -> list[dict]:
	groups = {group: [] for group in stakeholder_groups()}
	for row in members:
		groups.get(row["group"], groups[OTHER_GROUP]).append(row)
	return [{"group": group, "count": len(rows), "members": rows} for group, rows in groups.items()]


def stakeholder_groups() -> list[str]:
	field = frappe.get_meta("RTC Organisation Type").get_field("stakeholder_group")
	return [*dict.fromkeys([*field.options.split("\n"), OTHER_GROUP])]


def by_territory(members: list[dict]) -> list[dict]:
	counts: dict[tuple[str, str], int] = {}
	for row in members:
		key = (row["asst"], row["territory"])
		counts[key] = counts.get(key, 0) + 1
	# a place without an ASST comes after those with one, no place at all last
	order = sorted(counts, key=lambda key: (not key[1], not key[0], key))
	return [{"territory": place, "asst": asst, "count": counts[asst, place]} for asst, place in order]
