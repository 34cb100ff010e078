"""The calls of a programme, the projects that they funded and the money that this took."""

from collections import defaultdict

import frappe
from frappe.query_builder.functions import Count

from rtc_conciliation.access.visibility import PUBLIC_CALL_STATES
from rtc_conciliation.documents.figures import amount, day, moment, money, share

FUNDED = "Funded"
NOT_FUNDED = "Eligible Not Funded"


def published_calls(programme: str) -> list[dict]:
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
			"act_date": day(row.act_date),
			"opening": moment(row.opening),
			"closing": moment(row.closing),
			"endowment": money(row.endowment),
			"applications": sent.get(row.name, 0),
		}
		for row in calls
	]


def decided_applications(programme: str) -> tuple[list[dict], list[dict]]:
	"""The projects funded and those admissible but not funded, best first."""
	rows = frappe.get_all(
		"RTC Application",
		filters={"programme": programme, "workflow_state": ("in", (FUNDED, NOT_FUNDED))},
		fields=[
			"name", "workflow_state", "title", "acronym", "abstract", "call", "lead_name", "lead_tax_code",
			"start_date", "end_date", "total_cost", "cofinancing_amount", "requested_contribution",
			"granted_amount", "cup",
		],
		order_by="score desc, title asc, name asc",
	)  # fmt: skip
	names = [row.name for row in rows] or [""]
	partners = children("RTC Application Partner", names, ["organisation_name", "organisation_type", "role"])
	actions = children("RTC Application Action", names, ["area", "territory"])
	recipients = children("RTC Application Recipient", names, ["expected_number"])
	lists: dict[str, list[dict]] = {FUNDED: [], NOT_FUNDED: []}
	for row in rows:
		lists[row.workflow_state].append(
			project(row, partners[row.name], actions[row.name], recipients[row.name])
		)
	return lists[FUNDED], lists[NOT_FUNDED]


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


def project(row, partners: list, actions: list, recipients: list) -> dict:
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
		"start_date": day(row.start_date),
		"end_date": day(row.end_date),
		"total_cost": money(row.total_cost),
		"cofinancing": money(row.cofinancing_amount),
		"cofinancing_percent": share(row.cofinancing_amount, row.total_cost),
		"requested": money(row.requested_contribution),
		"granted": money(row.granted_amount),
		"cup": row.cup or "",
	}


def distinct(values) -> list[str]:
	return [value for value in dict.fromkeys(values) if value]


def resources(programme, funded: list[dict]) -> dict:
	"""What the programme has, what the funded projects take of it, and what is left."""
	totals = {
		key: sum(amount(row[key]) for row in funded) for key in ("granted", "cofinancing", "total_cost")
	}
	return {
		"endowment": money(programme.endowment),
		"years": [{"year": row.year, "amount": money(row.amount)} for row in programme.budget_years],
		**{key: money(total) for key, total in totals.items()},
		"residue": money(amount(programme.endowment) - totals["granted"]),
		"recipients": sum(row["recipients"] for row in funded),
	}
