"""What everybody may read of rankings and of the projects that they fund: only of rankings that were published.

Bodies by their name; a natural person by its code (`records/pseudonyms.py`). Who was not admitted, or stays below
the threshold, stands there with the number of its protocol and nothing else. No contacts, no people, no reasons: those
are in the letter that each gets.
"""

import frappe
from frappe.utils import cint

from rtc_conciliation.documents.figures import day, money
from rtc_conciliation.documents.projects import children, distinct
from rtc_conciliation.records import pseudonyms
from rtc_conciliation.records.awards import RENOUNCED
from rtc_conciliation.rules import taxcodes
from rtc_conciliation.rules.plain_text import as_typed

APPLICATION, RANKING, ENTRY = "RTC Application", "RTC Ranking", "RTC Ranking Entry"
PUBLISHED = "Published"
FUNDED, NOT_FUNDED, BELOW, NOT_ADMITTED = "Funded", "Eligible Not Funded", "Below Threshold", "Not Admitted"
#: outcomes in which a body is named
NAMED = (FUNDED, NOT_FUNDED)
FIELDS = (
	"name title acronym call programme ranking lead_name lead_tax_code start_date end_date total_cost granted_amount "
	"cofinancing_amount cup award_act_number award_act_date acceptance_state"
).split()


def public_name(name: str | None, tax_code: str | None) -> str:
	"""Never the name of a natural person, though a lead or partner may be one that trades alone."""
	return pseudonyms.of(tax_code) if taxcodes.is_valid_person_code(tax_code) else plain(name)


def plain(value) -> str:
	return as_typed(value or "")


# -- rankings


def rankings() -> list[dict]:
	"""Every published ranking, the last first: {"name", "title", "call", "kind", act, "published_on", "pot"}."""
	rows = frappe.get_all(
		RANKING,
		filters={"workflow_state": PUBLISHED},
		fields=[
			"name",
			"title",
			"call",
			"kind",
			"act_number",
			"act_date",
			"published_on",
			"pot",
			"digest",
			"previous_ranking",
		],
		order_by="published_on desc, name desc",
		limit_page_length=0,
	)
	return [head(row) for row in rows]


def head(row) -> dict:
	return {
		"name": row.name,
		"title": plain(row.title),
		"call": row.call,
		"call_title": plain(frappe.get_cached_value("RTC Call", row.call, "title")),
		"kind": row.kind,
		"act_number": plain(row.act_number),
		"act_date": day(row.act_date),
		"published_on": day(row.published_on),
		"pot": money(row.pot),
		"digest": row.digest or "",
		"previous": row.previous_ranking or "",
	}


def ranking(name: str) -> dict | None:
	"""A published ranking, None where there is none: {**head, "lists": {outcome: [row]}, "granted"}.

	Besides the heads of its neighbours: "before", that which it scrolls, and "after", that which scrolls it; or None.
	"""
	known = rankings()
	found = next((one for one in known if one["name"] == name), None)
	if not found:
		return None
	before = next((one for one in known if one["name"] == found["previous"]), None)
	after = next((one for one in known if one["previous"] == name), None)
	entries = frappe.get_all(
		ENTRY,
		filters={"parent": name, "parenttype": RANKING},
		fields=[
			"position",
			"application",
			"protocol_number",
			"application_title",
			"lead_name",
			"score",
			"outcome",
			"requested",
			"granted",
			"partial",
		],
		order_by="position asc, idx asc",
		limit_page_length=0,
	)
	codes = tax_codes([row.application for row in entries if row.outcome in NAMED])
	lists: dict[str, list[dict]] = {FUNDED: [], NOT_FUNDED: [], BELOW: [], NOT_ADMITTED: []}
	for row in entries:
		lists[row.outcome].append(as_entry(row, codes.get(row.application)))
	granted = money(sum(row.granted or 0 for row in entries if row.outcome == FUNDED))
	return {**found, "lists": lists, "granted": granted, "before": before, "after": after}


def tax_codes(names: list[str]) -> dict[str, str]:
	filters = {"name": ("in", names or [""])}
	return dict(
		frappe.get_all(APPLICATION, filters, ["name", "lead_tax_code"], as_list=True, limit_page_length=0)
	)


def as_entry(row, tax_code: str | None) -> dict:
	number = row.protocol_number or row.application
	if row.outcome not in NAMED:
		score = money(row.score) if row.outcome == BELOW else ""
		return {"number": number, "score": score}
	return {
		"position": cint(row.position),
		"number": number,
		"application": row.application,
		"title": plain(row.application_title),
		"lead": public_name(row.lead_name, tax_code),
		"score": money(row.score),
		"requested": money(row.requested),
		"granted": money(row.granted),
		"partial": bool(row.partial),
	}


# -- projects


def projects(renounced: bool = False) -> list[dict]:
	"""The funded projects of published rankings, by act and title; a fixed number of queries.

	With `renounced` those too whose lead gave the contribution back: the register still links to them.
	"""
	published = [row["name"] for row in rankings()]
	found = frappe.get_all(
		APPLICATION,
		filters={
			"workflow_state": FUNDED,
			"ranking": ("in", published or [""]),
			"acceptance_state": ("!=", "" if renounced else RENOUNCED),
		},
		fields=FIELDS,
		order_by="award_act_date desc, title asc, name asc",
		limit_page_length=0,
	)
	names = [row.name for row in found] or [""]
	actions = children("RTC Application Action", names, ["area", "territory"])
	return [as_project(row, actions[row.name]) for row in found]


def as_project(row, actions: list) -> dict:
	return {
		"name": row.name,
		"title": plain(row.title),
		"acronym": plain(row.acronym),
		"call": row.call,
		"call_title": plain(frappe.get_cached_value("RTC Call", row.call, "title")),
		"ranking": row.ranking,
		"renounced": row.acceptance_state == RENOUNCED,
		"lead": public_name(row.lead_name, row.lead_tax_code),
		"areas": distinct(item.area for item in actions),
		"territories": distinct(item.territory for item in actions),
		"start_date": day(row.start_date),
		"end_date": day(row.end_date),
		"total_cost": money(row.total_cost),
		"cofinancing": money(row.cofinancing_amount),
		"granted": money(row.granted_amount),
		"cup": row.cup or "",
		"act_number": plain(row.award_act_number),
		"act_date": day(row.award_act_date),
	}


def project(name: str) -> dict | None:
	"""One of `projects` with abstract, partners, actions and recipients; None where it is not public."""
	found = next((one for one in projects(renounced=True) if one["name"] == name), None)
	if not found:
		return None
	partners = children("RTC Application Partner", [name], ["organisation_name", "tax_code", "role"])[name]
	actions = children("RTC Application Action", [name], ["title", "area", "territory"])[name]
	recipients = children("RTC Application Recipient", [name], ["recipient_category", "expected_number"])[
		name
	]
	return {
		**found,
		"abstract": plain(frappe.db.get_value(APPLICATION, name, "abstract")),
		"partners": [
			{"name": public_name(row.organisation_name, row.tax_code), "role": row.role or ""}
			for row in partners
		],
		"actions": [{**row, "title": plain(row.title)} for row in actions],
		"recipients": [
			{"category": row.recipient_category or "", "expected": cint(row.expected_number)}
			for row in recipients
		],
	}
