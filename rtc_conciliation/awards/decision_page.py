"""The decision page: the ranking, the available funds, the marks and their spread, conflicts, partners, areas and Ambiti covered.

Assembled from the records while the ranking is a draft or proposed, read as frozen once it is approved. A fixed number
of queries whatever the number of applications; only plain JSON values come out.
"""

import json
from collections import Counter, defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation.awards import compute
from rtc_conciliation.common.papers.plain_values import to_amount, to_moment, to_money, to_share
from rtc_conciliation.common.papers.plain_values import to_day as iso_day
from rtc_conciliation.evaluation import scores as evaluation
from rtc_conciliation.rules.award.ranking import get_precedence

SCHEMA = 1
TEMPLATE = "rtc_conciliation/templates/awards/ranking_preview.html"
#: the three lists of a ranking, and what is in each
LISTS = {
	"funded": (compute.FUNDED,),
	"waiting": (compute.NOT_FUNDED,),
	"refused": (compute.BELOW, compute.NOT_ADMITTED),
}


def assemble_decision(doc) -> dict:
	"""{"schema", "ranking", "programme", "call", "criteria", "precedence", "reserves", "budget", "entries",
	"evaluators", "areas", "territories", "conflicts"}; amounts and marks are text with two decimals, dates ISO."""
	if doc.docstatus and doc.snapshot:
		return json.loads(doc.snapshot) if isinstance(doc.snapshot, str) else doc.snapshot
	return assemble_live(doc)


def assemble_live(doc) -> dict:
	"""What `assemble_decision` gives, as the records are now."""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	entries = make_entry_rows(doc)
	return {
		"schema": SCHEMA,
		"ranking": make_heading(doc),
		"programme": {field: programme.get(field) or "" for field in ("title", "ats_name", "office")},
		"call": {
			**{field: call.get(field) or "" for field in ("name", "title", "act_number")},
			"act_date": iso_day(call.act_date),
			"closing": to_moment(call.closing),
			"threshold": to_money(call.score_threshold),
			"endowment": to_money(call.endowment),
			"partial_funding": bool(cint(call.partial_funding)),
		},
		"criteria": [
			{
				"criterion": row.criterion,
				"max_score": to_money(row.max_score),
				"min_score": to_money(row.min_score),
			}
			for row in call.criteria
		],
		"precedence": get_precedence(call.as_dict()),
		"reserves": [] if doc.kind == compute.SCROLLING else list_reserves(call, entries),
		"budget": get_budget(doc, entries),
		"entries": entries,
		"evaluators": list(dict.fromkeys(mark["evaluator"] for row in entries for mark in row["marks"])),
		"areas": count_coverage(entries, "areas"),
		"territories": count_coverage(entries, "territories"),
		"conflicts": list_conflicts(doc.call),
	}


def make_heading(doc) -> dict:
	return {
		**{
			field: doc.get(field) or ""
			for field in ("name", "title", "kind", "previous_ranking", "act_number", "approved_by")
		},
		"pot": to_money(doc.pot),
		"held": to_money(doc.held),
		"act_date": iso_day(doc.act_date),
		"computed_on": to_moment(doc.computed_on),
		"approved_on": to_moment(doc.approved_on),
	}


def make_entry_rows(doc) -> list[dict]:
	"""The entries in their order, with what the applications and the reviews say of them."""
	names = [row.application for row in doc.entries] or [""]
	applications = {
		row.name: row
		for row in frappe.get_all(
			compute.APPLICATION,
			filters={"name": ("in", names)},
			fields=["name", "cup", "total_cost", "cofinancing_amount"],
			limit_page_length=0,
		)
	}
	partners = get_partners(names)
	places = compute.get_coverage(names)
	marks = get_marks(doc)
	return [
		{
			"position": cint(row.position),
			"application": row.application,
			"protocol_number": row.protocol_number or "",
			"title": row.application_title or "",
			"lead": row.lead_name or "",
			"arrived_on": to_moment(row.arrived_on),
			"score": to_money(row.score),
			"outcome": row.outcome or "",
			"reason": row.reason or "",
			**{field: to_money(row.get(field)) for field in ("requested", "granted", "offered", "spread")},
			"pot_ends": bool(cint(row.pot_ends)),
			"partial": bool(cint(row.partial)),
			"partial_accepted": row.partial_accepted or "",
			"by_reserve": row.by_reserve or "",
			"flagged": bool(cint(row.flagged)),
			"criteria": json.loads(row.criteria or "{}"),
			"cup": (of := applications.get(row.application, {})).get("cup") or "",
			"cofinancing_percent": to_share(of.get("cofinancing_amount"), of.get("total_cost")),
			"partners": partners.get(row.application, []),
			"areas": places.get(row.application, {}).get("areas", []),
			"territories": places.get(row.application, {}).get("territories", []),
			"marks": marks.get(row.application, []),
		}
		for row in doc.entries
	]


def get_partners(names: list[str]) -> dict[str, list[str]]:
	rows = frappe.get_all(
		"RTC Application Partner",
		filters={"parent": ("in", names), "parenttype": compute.APPLICATION, "role": ("!=", "Lead")},
		fields=["parent", "organisation_name"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	found = defaultdict(list)
	for row in rows:
		found[row.parent].append(row.organisation_name or "")
	return found


def get_marks(doc) -> dict[str, list[dict]]:
	"""Application → [{"evaluator", "total"}] by name of the evaluator; a scrolling has those of the ranking before it."""
	if doc.kind == compute.SCROLLING:
		before = assemble_decision(frappe.get_doc(compute.DOCTYPE, doc.previous_ranking))
		return {row["application"]: row["marks"] for row in before["entries"]}
	scores = evaluation.get_final_scores(doc.call)
	names = get_full_names({user for score in scores.values() for user in score["marks"]})
	return {
		application: sorted(
			(
				{"evaluator": names.get(user, user), "total": to_money(sum(marks.values(), Decimal(0)))}
				for user, marks in score["marks"].items()
			),
			key=lambda mark: (mark["evaluator"], mark["total"]),
		)
		for application, score in scores.items()
	}


def get_full_names(users: set[str]) -> dict[str, str]:
	filters = {"name": ("in", sorted(users) or [""])}
	return dict(frappe.get_all("User", filters, ["name", "full_name"], as_list=True, limit_page_length=0))


def list_conflicts(call: str) -> list[dict]:
	rows = frappe.get_all(
		"RTC Conflict Declaration",
		filters={"call": call, "declaration": "Conflict"},
		fields=["application", "evaluator", "reason", "detected"],
		order_by="application asc, evaluator asc",
		limit_page_length=0,
	)
	names = get_full_names({row.evaluator for row in rows})
	return [
		{
			"application": row.application,
			"evaluator": names.get(row.evaluator, row.evaluator),
			"reason": row.reason or row.detected or "",
		}
		for row in rows
	]


def get_budget(doc, entries: list[dict]) -> dict:
	"""Amounts in euro; `end` is the position at which the available funds ends, 0 when it is enough for all."""
	counts = Counter(row["outcome"] for row in entries)
	eligible = [row for row in entries if row["position"]]
	assigned = sum((to_amount(row["granted"]) for row in entries), Decimal(0))
	requested = sum((to_amount(row["requested"]) for row in eligible), Decimal(0))
	return {
		"pot": to_money(doc.pot),
		"assigned": to_money(assigned),
		"residue": to_money(to_amount(doc.pot) - assigned),
		"requested": to_money(requested),
		"missing": to_money(max(Decimal(0), requested - assigned)),
		"end": next((row["position"] for row in entries if row["pot_ends"]), 0),
		**{name: sum(counts[outcome] for outcome in outcomes) for name, outcomes in LISTS.items()},
	}


def list_reserves(call, entries: list[dict]) -> list[dict]:
	rows = []
	for row in call.reserves:
		name = (row.area if row.kind == "Area" else row.territory) or ""
		used = sum(
			(to_amount(entry["granted"]) for entry in entries if entry["by_reserve"] == name), Decimal(0)
		)
		rows.append({"kind": row.kind, "name": name, "amount": to_money(row.amount), "used": to_money(used)})
	return rows


def count_coverage(entries: list[dict], table: str) -> list[dict]:
	"""How many funded projects and how many euro of them reach each area or Ambito; a project may reach several."""
	projects, granted = Counter(), defaultdict(Decimal)
	for entry in entries:
		if entry["outcome"] != compute.FUNDED:
			continue
		for name in entry[table]:
			projects[name] += 1
			granted[name] += to_amount(entry["granted"])
	return [
		{"name": name, "projects": projects[name], "granted": to_money(granted[name])}
		for name in sorted(projects, key=lambda name: (-projects[name], name))
	]


def make_page(doc) -> dict:
	"""What the templates of the decision page show: `assemble_decision` with the lists and what is only shown."""
	data = assemble_decision(doc)
	labels = {row["criterion"]: f"C{number}" for number, row in enumerate(data["criteria"], 1)}
	return {
		**data,
		"lists": {
			name: [row for row in data["entries"] if row["outcome"] in outcomes]
			for name, outcomes in LISTS.items()
		},
		"labels": labels,
		"flagged": [row for row in data["entries"] if row["flagged"]],
		"frozen": bool(doc.docstatus and doc.snapshot),
		"digest": (doc.digest or "") if doc.docstatus else "",
		"state": _(doc.workflow_state) if doc.workflow_state else "",
		"strip": {row["application"]: make_strip(row, data) for row in data["entries"] if row["marks"]},
	}


def make_strip(row: dict, data: dict) -> dict:
	"""The row of `charts.rtc_strip_plot` with the totals of the evaluators of one application."""
	full = sum((to_amount(one["max_score"]) for one in data["criteria"]), Decimal(0))
	return {
		"label": "",
		"maximum": str(full or 100),
		"marks": [mark["total"] for mark in row["marks"]],
		"mean": row["score"],
		"flagged": row["flagged"],
	}


def render_preview(doc) -> str:
	"""HTML of the decision page for its form; a sentence while there is nothing to decide on."""
	if doc.is_new() or not doc.entries:
		return (
			f'<p class="text-muted">{_("Save and press Compute: the ranking is made from the reviews.")}</p>'
		)
	return frappe.render_template(TEMPLATE, {"data": make_page(doc)})
