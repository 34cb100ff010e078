"""The calls of a programme, the projects that they funded and the money that this took."""

from collections import defaultdict
from decimal import Decimal

import frappe
from frappe.query_builder.functions import Count, Sum

from rtc_conciliation.access.visibility import PUBLIC_CALL_STATES
from rtc_conciliation.common.papers.plain_values import (
	to_amount,
	to_day,
	to_moment,
	to_money,
	to_plain_number,
	to_share,
)

FUNDED = "Funded"
NOT_FUNDED = "Eligible Not Funded"
BELOW = "Below Threshold"
RENOUNCED = "Renounced"
#: dates of the programme that the timetable shows, with their words
EVENTS = {
	"start_date": "Start of the Programme",
	"calls_deadline": "Last day to publish the calls",
	"plan_deadline": "Last day to send the Plan to the Region",
	"project_start": "Start of the projects",
	"project_end": "End of the projects",
	"end_date": "End of the Programme",
}


def list_published_calls(programme: str) -> list[dict]:
	"""The calls that were published, by opening, each with the number of applications sent."""
	calls = frappe.get_all(
		"RTC Call",
		filters={"programme": programme, "workflow_state": ("in", PUBLIC_CALL_STATES)},
		fields=["name", "title", "act_number", "act_date", "opening", "closing", "endowment"],
		order_by="opening asc, name asc",
	)
	application = frappe.qb.DocType("RTC Application")
	sent = dict(
		frappe.qb.from_(application)
		.select(application.call, Count("*"))
		.where((application.programme == programme) & (application.docstatus == 1))
		.groupby(application.call)
		.run()
	)
	return [
		{
			"name": row.name,
			"title": row.title,
			"act_number": row.act_number or "",
			"act_date": to_day(row.act_date),
			"opening": to_moment(row.opening),
			"closing": to_moment(row.closing),
			"endowment": to_money(row.endowment),
			"applications": sent.get(row.name, 0),
		}
		for row in calls
	]


def list_decided_applications(programme: str) -> dict:
	"""The outcome of the calls: {"projects", "not_funded", "ranking", "times_of_city", "indicators", "targets", "areas"}.

	Projects best first; the other lists in their order. A fixed number of queries.
	"""
	rows = frappe.get_all(
		"RTC Application",
		filters={"programme": programme, "workflow_state": ("in", (FUNDED, NOT_FUNDED, BELOW))},
		fields=[
			"name", "workflow_state", "title", "acronym", "abstract", "call", "lead_name", "lead_tax_code",
			"start_date", "end_date", "total_cost", "cofinancing_amount", "requested_contribution",
			"granted_amount", "cup", "score", "acceptance_state",
		],
		order_by="score desc, title asc, name asc",
	)  # fmt: skip
	names = [row.name for row in rows if row.workflow_state != BELOW] or [""]
	partners = children("RTC Application Partner", names, ["organisation_name", "organisation_type", "role"])
	actions = children(
		"RTC Application Action", names, ["title", "area", "territory", "start_date", "end_date"]
	)
	recipients = children("RTC Application Recipient", names, ["recipient_category", "expected_number"])
	lists: dict[str, list[dict]] = {FUNDED: [], NOT_FUNDED: [], BELOW: []}
	for row in rows:
		lists[row.workflow_state].append(
			make_project(row, partners[row.name], actions[row.name], recipients[row.name])
		)
	renounced = {row.name for row in rows if row.acceptance_state == RENOUNCED}
	funded = [row for row in lists[FUNDED] if row["name"] not in renounced]
	return {
		"projects": funded,
		"not_funded": lists[NOT_FUNDED],
		"ranking": make_ranking(programme, rows),
		"times_of_city": get_times_of_city(funded, actions),
		"indicators": list_indicators(funded),
		"targets": sum_targets(funded, recipients),
		"areas": cost_by_area(funded, actions),
	}


def make_ranking(programme: str, rows: list) -> list[dict]:
	"""The approved rankings, call by call, with what their scrollings changed; of calls without one, the applications."""
	ranked = list_approved_rankings(programme)
	calls = {row["call"] for row in ranked}
	return ranked + [
		make_ranking_row(row.call, row.title, row.lead_name, row.score, row.workflow_state, row)
		for row in rows
		if row.call not in calls
	]


def list_approved_rankings(programme: str) -> list[dict]:
	rankings = {
		row.name: row.call
		for row in frappe.get_all(
			"RTC Ranking",
			{"programme": programme, "docstatus": 1},
			["name", "call"],
			order_by="approved_on asc",
		)
	}
	entries = frappe.get_all(
		"RTC Ranking Entry",
		filters={"parent": ("in", list(rankings) or [""]), "outcome": ("in", (FUNDED, NOT_FUNDED, BELOW))},
		fields=[
			"parent", "application", "application_title", "lead_name", "score", "outcome",
			"requested as requested_contribution", "granted as granted_amount",
		],
		order_by="idx asc",
		limit_page_length=0,
	)  # fmt: skip
	entries.sort(key=lambda row: list(rankings).index(row.parent))
	found: dict[str, dict] = {}
	for row in entries:  # a scrolling comes after the ranking that it goes on from, and keeps its order
		found[row.application] = make_ranking_row(
			rankings[row.parent], row.application_title, row.lead_name, row.score, row.outcome, row
		)
	return list(found.values())


def make_ranking_row(call: str, title: str, lead: str | None, score, state: str, amounts) -> dict:
	return {
		"call": call,
		"title": title,
		"lead": lead or "",
		"score": f"{score or 0:.2f}",
		"state": state,
		"requested": to_money(amounts.requested_contribution),
		"granted": to_money(amounts.granted_amount),
	}


def get_times_of_city(funded: list[dict], actions: dict) -> list[dict]:
	"""The actions of the funded projects under L.R. 28/2004: areas that do not count towards the minimum."""
	areas = set(frappe.get_all("RTC Area", filters={"counts_towards_minimum": 0}, pluck="name"))
	return [
		{
			"project": row["title"],
			"action": item.title or "",
			"area": item.area,
			"territory": item.territory or "",
			"start_date": to_day(item.start_date),
			"end_date": to_day(item.end_date),
		}
		for row in funded
		for item in actions[row["name"]]
		if item.area in areas
	]


def list_indicators(funded: list[dict]) -> list[dict]:
	names = [row["name"] for row in funded] or [""]
	kept = children("RTC Application Indicator", names, ["indicator", "unit", "baseline", "target", "source"])
	return [
		{
			"project": row["title"],
			"indicator": item.indicator or "",
			"unit": item.unit or "",
			"baseline": to_plain_number(item.baseline),
			"target": to_plain_number(item.target),
			"source": item.source or "",
		}
		for row in funded
		for item in kept[row["name"]]
	]


def sum_targets(funded: list[dict], recipients: dict) -> list[dict]:
	"""Final recipients that the funded projects expect, by category."""
	expected: dict[str, int] = defaultdict(int)
	for row in funded:
		for item in recipients[row["name"]]:
			expected[item.recipient_category or ""] += item.expected_number or 0
	return [{"category": category, "expected": expected[category]} for category in sorted(expected)]


def cost_by_area(funded: list[dict], actions: dict) -> list[dict]:
	"""The cost of the funded projects by the area of the action that each cost row names; "" where it names none."""
	names = [row["name"] for row in funded] or [""]
	cost = frappe.qb.DocType("RTC Application Cost")
	rows = (
		frappe.qb.from_(cost)
		.select(cost.parent, cost.action, Sum(cost.amount))
		.where(cost.parent.isin(names) & (cost.parenttype == "RTC Application"))
		.groupby(cost.parent, cost.action)
		.run()
	)
	area_of = {
		(name, (item.title or "").strip().casefold()): item.area for name in names for item in actions[name]
	}
	sums: dict[str, Decimal] = defaultdict(Decimal)
	for name, action, total in rows:
		sums[area_of.get((name, (action or "").strip().casefold())) or ""] += to_amount(total)
	return [
		{"area": area, "amount": to_money(sums[area])}
		for area in sorted(sums, key=lambda area: (not area, -sums[area], area))
		if sums[area]
	]


def children(doctype: str, parents: list[str], fields: list[str]) -> dict[str, list]:
	rows = frappe.get_all(
		doctype,
		filters={"parent": ("in", parents), "parenttype": "RTC Application"},
		fields=["parent", *fields],
		order_by="parent asc, idx asc",
	)
	grouped = defaultdict(list)
	for row in rows:
		grouped[row.parent].append(row)
	return grouped


def make_project(row, partners: list, actions: list, recipients: list) -> dict:
	return {
		"name": row.name,
		"title": row.title,
		"acronym": row.acronym or "",
		"abstract": row.abstract or "",
		"call": row.call,
		"lead": row.lead_name or "",
		"lead_tax_code": row.lead_tax_code or "",
		"partners": [
			{"name": item.organisation_name, "type": item.organisation_type or "", "role": item.role or ""}
			for item in partners
		],
		"areas": distinct(item.area for item in actions),
		"territories": distinct(item.territory for item in actions),
		"recipients": sum(item.expected_number or 0 for item in recipients),
		"start_date": to_day(row.start_date),
		"end_date": to_day(row.end_date),
		"total_cost": to_money(row.total_cost),
		"cofinancing": to_money(row.cofinancing_amount),
		"cofinancing_percent": to_share(row.cofinancing_amount, row.total_cost),
		"requested": to_money(row.requested_contribution),
		"granted": to_money(row.granted_amount),
		"cup": row.cup or "",
	}


def distinct(values) -> list[str]:
	return [value for value in dict.fromkeys(values) if value]


def sum_resources(programme, funded: list[dict], areas: list[dict]) -> dict:
	"""What the programme has, what the system action and the funded projects take of it, and what is left."""
	totals = {
		key: sum(to_amount(row[key]) for row in funded) for key in ("granted", "cofinancing", "total_cost")
	}
	system_action = to_amount(programme.get("system_action_amount"))
	return {
		"endowment": to_money(programme.endowment),
		"years": [{"year": row.year, "amount": to_money(row.amount)} for row in programme.budget_years],
		"system_action": to_money(system_action),
		**{key: to_money(total) for key, total in totals.items()},
		"residue": to_money(to_amount(programme.endowment) - system_action - totals["granted"]),
		"recipients": sum(row["recipients"] for row in funded),
		"areas": areas,
	}


def list_timetable(programme, calls: list[dict]) -> list[dict]:
	"""The dates of the programme and of its calls in order: [{"date", "event", "detail"}], `event` in English."""
	rows = [(to_day(programme.get(field)), event, "") for field, event in EVENTS.items()]
	for call in calls:
		rows.append((call["opening"][:10], "Opening of the call", call["title"]))
		rows.append((call["closing"][:10], "Closing of the call", call["title"]))
	return [{"date": date, "event": event, "detail": detail} for date, event, detail in sorted(rows) if date]
