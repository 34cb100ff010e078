"""What everybody may read of rankings and of the projects that they fund: only of rankings that were published.

Bodies by their name; a natural person by its code (`awards/pseudonyms.py`). Who was not admitted, or stays below
the threshold, stands there with the number of its protocol and nothing else. No contacts, no people, no reasons: those
are in the letter that each gets.
"""

import frappe
from frappe.utils import cint

from rtc_conciliation.awards import pseudonyms
from rtc_conciliation.awards.award import RENOUNCED
from rtc_conciliation.awards.outcomes import children, distinct
from rtc_conciliation.common.papers.plain_values import to_day, to_money
from rtc_conciliation.rules import tax_codes as taxcodes
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


def get_public_name(name: str | None, tax_code: str | None) -> str:
	"""Never the name of a natural person, though a lead or partner may be one that trades alone."""
	return pseudonyms.get_pseudonym(tax_code) if taxcodes.is_valid_person_code(tax_code) else read_text(name)


def read_text(value) -> str:
	return as_typed(value or "")


# -- rankings


def list_rankings() -> list[dict]:
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
	return [make_head(row) for row in rows]


def make_head(row) -> dict:
	return {
		"name": row.name,
		"title": read_text(row.title),
		"call": row.call,
		"call_title": read_text(frappe.get_cached_value("RTC Call", row.call, "title")),
		"kind": row.kind,
		"act_number": read_text(row.act_number),
		"act_date": to_day(row.act_date),
		"published_on": to_day(row.published_on),
		"pot": to_money(row.pot),
		"digest": row.digest or "",
		"previous": row.previous_ranking or "",
	}


def get_ranking(name: str) -> dict | None:
	"""A published ranking, None where there is none: {**head, "lists": {outcome: [row]}, "granted"}.

	Besides the heads of its neighbours: "before", that which it scrolls, and "after", that which scrolls it; or None.
	"""
	known = list_rankings()
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
	codes = get_tax_codes([row.application for row in entries if row.outcome in NAMED])
	lists: dict[str, list[dict]] = {FUNDED: [], NOT_FUNDED: [], BELOW: [], NOT_ADMITTED: []}
	for row in entries:
		lists[row.outcome].append(to_entry(row, codes.get(row.application)))
	granted = to_money(sum(row.granted or 0 for row in entries if row.outcome == FUNDED))
	return {**found, "lists": lists, "granted": granted, "before": before, "after": after}


def get_tax_codes(names: list[str]) -> dict[str, str]:
	filters = {"name": ("in", names or [""])}
	return dict(
		frappe.get_all(APPLICATION, filters, ["name", "lead_tax_code"], as_list=True, limit_page_length=0)
	)


def to_entry(row, tax_code: str | None) -> dict:
	number = row.protocol_number or row.application
	if row.outcome not in NAMED:
		score = to_money(row.score) if row.outcome == BELOW else ""
		return {"number": number, "score": score}
	return {
		"position": cint(row.position),
		"number": number,
		"application": row.application,
		"title": read_text(row.application_title),
		"lead": get_public_name(row.lead_name, tax_code),
		"score": to_money(row.score),
		"requested": to_money(row.requested),
		"granted": to_money(row.granted),
		"partial": bool(row.partial),
	}


# -- projects


def list_projects(renounced: bool = False) -> list[dict]:
	"""The funded projects of published rankings, by act and title; a fixed number of queries.

	With `renounced` those too whose lead gave the contribution back: the register still links to them.
	"""
	published = [row["name"] for row in list_rankings()]
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
	return [to_project(row, actions[row.name]) for row in found]


def to_project(row, actions: list) -> dict:
	return {
		"name": row.name,
		"title": read_text(row.title),
		"acronym": read_text(row.acronym),
		"call": row.call,
		"call_title": read_text(frappe.get_cached_value("RTC Call", row.call, "title")),
		"ranking": row.ranking,
		"renounced": row.acceptance_state == RENOUNCED,
		"lead": get_public_name(row.lead_name, row.lead_tax_code),
		"areas": distinct(item.area for item in actions),
		"territories": distinct(item.territory for item in actions),
		"start_date": to_day(row.start_date),
		"end_date": to_day(row.end_date),
		"total_cost": to_money(row.total_cost),
		"cofinancing": to_money(row.cofinancing_amount),
		"granted": to_money(row.granted_amount),
		"cup": row.cup or "",
		"act_number": read_text(row.award_act_number),
		"act_date": to_day(row.award_act_date),
	}


def get_project(name: str) -> dict | None:
	"""One of `list_projects` with abstract, partners, actions and recipients; None where it is not public."""
	found = next((one for one in list_projects(renounced=True) if one["name"] == name), None)
	if not found:
		return None
	partners = children("RTC Application Partner", [name], ["organisation_name", "tax_code", "role"])[name]
	actions = children("RTC Application Action", [name], ["title", "area", "territory"])[name]
	recipients = children("RTC Application Recipient", [name], ["recipient_category", "expected_number"])[
		name
	]
	return {
		**found,
		"abstract": read_text(frappe.db.get_value(APPLICATION, name, "abstract")),
		"partners": [
			{"name": get_public_name(row.organisation_name, row.tax_code), "role": row.role or ""}
			for row in partners
		],
		"actions": [{**row, "title": read_text(row.title)} for row in actions],
		"recipients": [
			{"category": row.recipient_category or "", "expected": cint(row.expected_number)}
			for row in recipients
		],
	}
