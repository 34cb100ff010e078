"""The letter with the outcome of an application and the act that approves a ranking, for their print formats.

Marks, reasons and amounts come from the ranking as it was frozen, never from what is on the records today. Plain data,
not yet escaped, in Italian.
"""

import json
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, get_url, getdate, quoted

from rtc_conciliation.awards.mails import ROUTE
from rtc_conciliation.awards.published_projects import BELOW, FUNDED, NOT_ADMITTED, NOT_FUNDED
from rtc_conciliation.common import kept_names
from rtc_conciliation.common.papers import letter, print_data
from rtc_conciliation.common.papers.kinds import Kind, Step, get_step_of, tell_awaited_state
from rtc_conciliation.common.papers.plain_values import to_amount
from rtc_conciliation.common.papers.qr import draw_qr_picture
from rtc_conciliation.rules.award import codes as rules

RANKING, ENTRY = "RTC Ranking", "RTC Ranking Entry"
DECIDED = (FUNDED, NOT_FUNDED, BELOW)
ENTRY_FIELDS = "position outcome score requested granted partial reason criteria".split()


def rtc_award_letter(doc) -> dict:
	"""The outcome of an application, of a ranking that was approved and has decided it.

	Not asked for permission on the ranking: the letter tells the applicant their own row of it.
	"""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	entry, ranking = get_frozen_entry(doc)
	address = get_url(f"/{ROUTE}/{quoted(doc.name)}")
	return {
		**letter.get_letter_data(doc, kept_names.get_issuer(doc, *kept_names.DECIDED)),
		"number": doc.name,
		"day": (ranking.approved_on or ranking.act_date) if ranking else None,
		"outcome": entry.outcome if entry else "",
		"entry": entry or {},
		"ranking_act": letter.make_protocol(ranking.act_number, ranking.act_date) if ranking else {},
		"marks": list_marks(entry, call) if entry else [],
		"threshold": call.score_threshold,
		"cup": doc.cup or "",
		"cor": doc.cor or "",
		"due": doc.acceptance_due,
		"state_aid": bool(call.state_aid and doc.cor),
		"address": address,
		"qr": draw_qr_picture(address, _("QR code of {0}").format(address)),
	}


def get_frozen_entry(doc) -> tuple:
	"""(row of `doc` in the approved ranking that decided it, that ranking), or (None, None)."""
	fields = ["act_number", "act_date", "approved_on", "call"]
	filters = {"name": doc.get("ranking") or "", "docstatus": 1}
	ranking = frappe.db.get_value(RANKING, filters, fields, as_dict=True)
	where = {"parent": doc.get("ranking"), "parenttype": RANKING, "application": doc.name}
	entry = ranking and frappe.db.get_value(ENTRY, where, ENTRY_FIELDS, as_dict=True)
	return (entry, ranking) if entry else (None, None)


def list_marks(entry, call) -> list[dict]:
	"""[{"criterion", "max", "min", "score"}] in the order of the call's grid, then what is no longer in it."""
	given = json.loads(entry.criteria) if isinstance(entry.criteria, str) else dict(entry.criteria or {})
	rows = [
		{
			"criterion": row.criterion,
			"max": row.max_score,
			"min": row.min_score or None,
			"score": Decimal(str(given.pop(row.criterion))),
		}
		for row in call.criteria
		if row.criterion in given
	]
	return rows + [
		{"criterion": name, "max": None, "min": None, "score": Decimal(str(score))}
		for name, score in given.items()
	]


def rtc_award_act(doc) -> dict:
	"""The act that approves a ranking: a draft of it until it is approved, with the codes as they stand."""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	programme = frappe.get_cached_doc("RTC Programme", doc.programme or call.programme)
	issuer = kept_names.get_issuer(doc, "Approved")
	codes = get_codes(doc, [row.application for row in doc.entries if row.outcome == FUNDED])
	lists = {outcome: [] for outcome in (*DECIDED, NOT_ADMITTED)}
	for row in doc.entries:
		lists[row.outcome].append({**row.as_dict(), **codes.get(row.application, {})})
	funded = lists[FUNDED]
	return {
		"header": print_data.make_header(issuer),
		"ready": cint(doc.docstatus) == 1,
		"number": doc.name,
		"scrolling": doc.kind == "Scrolling",
		"previous": get_previous_act(doc),
		"act": letter.make_protocol(doc.act_number, doc.act_date),
		"call": {"title": call.title, **letter.make_protocol(call.act_number, call.act_date)},
		"panel": get_panel_act(doc.call),
		"legal_basis": issuer["legal_basis"],
		"officer": programme.procedure_officer or "",
		"pot": doc.pot,
		"granted": sum((to_amount(row["granted"]) for row in funded), Decimal(0)),
		"lists": lists,
		"state_aid": bool(call.state_aid),
		"days": cint(call.acceptance_days) or rules.USUAL_DAYS,
		"due": rules.get_term(getdate(doc.approved_on), call.acceptance_days) if doc.approved_on else None,
		"digest": doc.digest or "",
		"appeal": letter.get_appeal(programme),
	}


def get_codes(doc, names: list[str]) -> dict[str, dict]:
	"""The codes of the applications; the CUP as the ranking has frozen it, once it has."""
	rows = frappe.get_all(
		"RTC Application",
		filters={"name": ("in", names or [""])},
		fields=["name", "lead_tax_code", "cup", "cor"],
		limit_page_length=0,
	)
	frozen = frappe.parse_json(doc.snapshot or "{}") if doc.docstatus else {}
	cups = {row["application"]: row.get("cup") for row in frozen.get("entries", ())}
	return {
		row.name: {"tax_code": row.lead_tax_code, "cup": cups.get(row.name) or row.cup, "cor": row.cor}
		for row in rows
	}


def get_previous_act(doc) -> dict:
	if not doc.get("previous_ranking"):
		return {}
	number, day = frappe.db.get_value(RANKING, doc.previous_ranking, ["act_number", "act_date"]) or ("", None)
	return letter.make_protocol(number, day)


def get_panel_act(call: str) -> dict:
	"""The act that appointed the panel of the call, where one did."""
	if not frappe.db.exists("DocType", "RTC Panel"):
		return {}
	number, day = frappe.db.get_value("RTC Panel", {"call": call}, ["act_number", "act_date"]) or ("", None)
	return letter.make_protocol(number, day) if number else {}


def get_letter_step(doc) -> Step | None:
	entry, ranking = get_frozen_entry(doc)
	if not entry or doc.workflow_state not in DECIDED:
		return None
	return Step(doc.ranking, get_datetime(ranking.approved_on or ranking.act_date))


def tell_before_letter(doc) -> str:
	return _("no approved ranking has decided on {0} yet.").format(doc.name)


def get_act_step(doc) -> Step | None:
	return get_step_of(doc, "Approved", earlier=doc.approved_on) if cint(doc.docstatus) == 1 else None


PAPERS = {
	"RTC Outcome Letter": Kind("RTC Application", get_letter_step, tell_before_letter, at_step=False),
	"RTC Award Act": Kind(RANKING, get_act_step, tell_awaited_state, drafts=True),
}
