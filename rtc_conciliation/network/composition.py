"""The network at a date: who belonged to it, by stakeholder group, by Ambito and by ASST, and month by month."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

import frappe
from frappe import _
from frappe.query_builder import Order
from frappe.utils import getdate

from rtc_conciliation.common import clock
from rtc_conciliation.common.papers.plain_values import to_day
from rtc_conciliation.common.web.arguments import read_day
from rtc_conciliation.rules.network.membership import ADMITTED

OTHER_GROUP = "Other"


def get_composition(programme: str, on_date: str | None = None) -> dict:
	"""The composition of the network of `programme` at `on_date` (ISO; today by default), for the staff.

	The shape is that of `compose_network`. Raises PermissionError, DoesNotExistError or BadDateError.
	"""
	if not frappe.has_permission("RTC Member", "report"):
		frappe.throw(_("You may not read the members of the network."), frappe.PermissionError)
	frappe.get_doc("RTC Programme", programme).check_permission("read")
	return compose_network(programme, read_day(on_date) if on_date else clock.now().date())


def compose_network(programme: str, on_date: date) -> dict:
	"""Members of the network of `programme` at `on_date`.

	{"date", "total", "groups": [{"group", "count", "members": [...]}], "territories": [{"territory", "asst",
	"count"}]}: every group in the order of the Select, Ambiti by ASST and name, members with none last.
	"""
	members = list_members(programme, on_date)
	return {"date": to_day(on_date), **arrange_members(members)}


def arrange_members(members: list[dict]) -> dict:
	return {
		"total": len(members),
		"groups": group_by_type(members),
		"territories": group_by_territory(members),
	}


def get_tables() -> tuple:
	return frappe.qb.DocType("RTC Member"), frappe.qb.DocType("RTC Member Period")


def query_periods(programme: str, status: str, on_date: date | None = None):
	"""A query of members with their periods of `status`; with `on_date` those that hold it."""
	member, period = get_tables()
	query = (
		frappe.qb.from_(member)
		.join(period)
		.on((period.parent == member.name) & (period.parenttype == "RTC Member"))
		.where(member.programme == programme)
		.where(period.status == status)
	)
	if on_date is None:
		return query
	return query.where(period.from_date <= on_date).where(
		period.to_date.isnull() | (period.to_date >= on_date)
	)


def list_members(programme: str, on_date: date) -> list[dict]:
	"""One row per organisation, by name; of two adhesions the later one tells, the earlier gives `since`."""
	member, _period = get_tables()
	kind = frappe.qb.DocType("RTC Organisation Type")
	territory = frappe.qb.DocType("RTC Territory")
	rows = (
		query_periods(programme, ADMITTED, on_date)
		.left_join(kind)
		.on(kind.name == member.organisation_type)
		.left_join(territory)
		.on(territory.name == member.territory)
		.select(
			member.name.as_("adhesion"),
			member.organisation,
			member.organisation_name.as_("name"),
			member.organisation_type.as_("type"),
			kind.stakeholder_group.as_("group"),
			member.tax_code,
			member.municipality,
			member.territory,
			territory.asst,
			member.valid_from.as_("since"),
		)
		.orderby(member.valid_from, order=Order.asc)
		.orderby(member.name, order=Order.asc)
		.run(as_dict=True)
	)
	members: dict[str, dict] = {}
	for row in rows:
		who = (
			row.pop("organisation") or row.tax_code
		)  # a merged organisation may have adhered under two codes
		earlier = members.get(who)
		row.since = earlier["since"] if earlier else to_day(row.since)
		members[who] = {key: value or "" for key, value in row.items()}
	return sorted(members.values(), key=lambda row: (row["name"].casefold(), row["tax_code"]))


def group_by_type(members: list[dict]) -> list[dict]:
	groups = {group: [] for group in list_stakeholder_groups()}
	for row in members:
		groups.get(row["group"], groups[OTHER_GROUP]).append(row)
	return [{"group": group, "count": len(rows), "members": rows} for group, rows in groups.items()]


def list_stakeholder_groups() -> list[str]:
	field = frappe.get_meta("RTC Organisation Type").get_field("stakeholder_group")
	return [*dict.fromkeys([*field.options.split("\n"), OTHER_GROUP])]


def group_by_territory(members: list[dict]) -> list[dict]:
	counts: dict[tuple[str, str], int] = {}
	for row in members:
		key = (row["asst"], row["territory"])
		counts[key] = counts.get(key, 0) + 1
	# a place without an ASST comes after those with one, no place at all last
	order = sorted(counts, key=lambda key: (not key[1], not key[0], key))
	return [{"territory": place, "asst": asst, "count": counts[asst, place]} for asst, place in order]


def count_by_month(programme: str, until: date) -> list[dict]:
	"""[{"date", "total"}]: members on the last day of each month from the programme's first to `until`.

	The last point is `until` itself. One query, whatever the number of months.
	"""
	start, end = frappe.db.get_value("RTC Programme", programme, ("start_date", "end_date"))
	start, until = getdate(start), min(getdate(until), getdate(end))
	spells = list_spells(programme)
	return [
		{"date": to_day(point), "total": len({who for who, first, last in spells if first <= point <= last})}
		for point in list_month_ends(start, until)
	]


def list_spells(programme: str) -> list[tuple[str, date, date]]:
	"""(organisation, first day, last day) of each period of membership; without an end `date.max`."""
	member, period = get_tables()
	rows = (
		query_periods(programme, ADMITTED)
		.select(member.organisation, member.tax_code, period.from_date, period.to_date)
		.run()
	)
	return [(organisation or code, first, last or date.max) for organisation, code, first, last in rows]


def list_month_ends(start: date, until: date) -> Iterator[date]:
	year, month = start.year, start.month
	while (end := date(year, month, monthrange(year, month)[1])) < until:
		yield end
		year, month = (year + 1, 1) if month == 12 else (year, month + 1)
	if until >= start:
		yield until
