"""The decision page: the ranking, the pot, the marks and their spread, conflicts, partners, areas and Ambiti covered.

Assembled from the records while the ranking is a draft or proposed, read as frozen once it is approved. A fixed number
of queries whatever the number of applications; only plain JSON values come out.
"""

import json
from collections import Counter, defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation.documents.figures import amount, moment, money, share
from rtc_conciliation.documents.figures import day as iso_day
from rtc_conciliation.records import evaluation, ranking
from rtc_conciliation.rules.ranking import precedence

SCHEMA = 1
TEMPLATE = "rtc_conciliation/templates/includes/ranking_preview.html"
#: the three lists of a ranking, and what is in each
LISTS = {
	"funded": (ranking.FUNDED,),
	"waiting": (ranking.NOT_FUNDED,),
	"refused": (ranking.BELOW, ranking.NOT_ADMITTED),
}


def assemble(doc) -> dict:
	"""{"schema", "ranking", "programme", "call", "criteria", "precedence", "reserves", "budget", "entries",
	"evaluators", "areas", "territories", "conflicts"}; amounts and marks are text with two decimals, dates ISO."""
	if doc.docstatus and doc.snapshot:
		return json.loads(doc.snapshot) if isinstance(doc.snapshot, str) else doc.snapshot
	return live(doc)


def live(doc) -> dict:
	"""What `assemble` gives, as the records are now."""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	entries = entry_rows(doc)
	return {
		"schema": SCHEMA,
		"ranking": heading(doc),
		"programme": {field: programme.get(field) or "" for field in ("title", "ats_name", "office")},
		"call": {
			**{field: call.get(field) or "" for field in ("name", "title", "act_number")},
			"act_date": iso_day(call.act_date),
			"closing": moment(call.closing),
			"threshold": money(call.score_threshold),
			"endowment": money(call.endowment),
			"partial_funding": bool(cint(call.partial_funding)),
		},
		"criteria": [
			{"criterion": row.criterion, "max_score": money(row.max_score), "min_score": money(row.min_score)}
			for row in call.criteria
		],
		"precedence": precedence(call.as_dict()),
		"reserves": [] if doc.kind == ranking.SCROLLING else reserves(call, entries),
		"budget": budget(doc, entries),
		"entries": entries,
		"evaluators": list(dict.fromkeys(mark["evaluator"] for row in entries for mark in row["marks"])),
		"areas": covered(entries, "areas"),
		"territories": covered(entries, "territories"),
		"conflicts": conflicts(doc.call),
	}


def heading(doc) -> dict:
	return {
		**{
			field: doc.get(field) or ""
			for field in ("name", "title", "kind", "previous_ranking", "act_number", "approved_by")
		},
		"pot": money(doc.pot),
		"held": money(doc.held),
		"act_date": iso_day(doc.act_date),
		"computed_on": moment(doc.computed_on),
		"approved_on": moment(doc.approved_on),
	}


def entry_rows(doc) -> list[dict]:
	"""The entries in their order, with what the applications and the reviews say of them."""
	names = [row.application for row in doc.entries] or [""]
	applications = {
		row.name: row
		for row in frappe.get_all(
			ranking.APPLICATION,
			filters={"name": ("in", names)},
			fields=["name", "cup", "total_cost", "cofinancing_amount"],
			limit_page_length=0,
		)
	}
	partners = partners_of(names)
	places = ranking.covered(names)
	marks = marks_of(doc)
	return [
		{
			"position": cint(row.position),
			"application": row.application,
			"protocol_number": row.protocol_number or "",
			"title": row.application_title or "",
			"lead": row.lead_name or "",
			"arrived_on": moment(row.arrived_on),
			"score": money(row.score),
			"outcome": row.outcome or "",
			"reason": row.reason or "",
			**{field: money(row.get(field)) for field in ("requested", "granted", "offered", "spread")},
			"pot_ends": bool(cint(row.pot_ends)),
			"partial": bool(cint(row.partial)),
			"partial_accepted": row.partial_accepted or "",
			"by_reserve": row.by_reserve or "",
			"flagged": bool(cint(row.flagged)),
			"criteria": json.loads(row.criteria or "{}"),
			"cup": (of := applications.get(row.application, {})).get("cup") or "",
			"cofinancing_percent": share(of.get("cofinancing_amount"), of.get("total_cost")),
			"partners": partners.get(row.application, []),
			"areas": places.get(row.application, {}).get("areas", []),
			"territories": places.get(row.application, {}).get("territories", []),
			"marks": marks.get(row.application, []),
		}
		for row in doc.entries
	]


def partners_of(names: list[str]) -> dict[str, list[str]]:
	rows = frappe.get_all(
		"RTC Application Partner",
		filters={"parent": ("in", names), "parenttype": ranking.APPLICATION, "role": ("!=", "Lead")},
		fields=["parent", "organisation_name"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	found = defaultdict(list)
	for row in rows:
		found[row.parent].append(row.organisation_name or "")
	return found


def marks_of(doc) -> dict[str, list[dict]]:
	"""Application → [{"evaluator", "total"}] by name of the evaluator; a scrolling has those of the ranking before it."""
	if doc.kind == ranking.SCROLLING:
		before = assemble(frappe.get_doc(ranking.DOCTYPE, doc.previous_ranking))
		return {row["application"]: row["marks"] for row in before["entries"]}
	scores = evaluation.final_scores(doc.call)
	names = full_names({user for score in scores.values() for user in score["marks"]})
	return {
		application: sorted(
			(
				{"evaluator": names.get(user, user), "total": money(sum(marks.values(), Decimal(0)))}
				for user, marks in score["marks"].items()
			),
			key=lambda mark: (mark["evaluator"], mark["total"]),
		)
		for application, score in scores.items()
	}


def full_names(users: set[str]) -> dict[str, str]:
	filters = {"name": ("in", sorted(users) or [""])}
	return dict(frappe.get_all("User", filters, ["name", "full_name"], as_list=True, limit_page_length=0))


def conflicts(call: str) -> list[dict]:
	rows = frappe.get_all(
		"RTC Conflict Declaration",
		filters={"call": call, "declaration": "Conflict"},
		fields=["application", "evaluator", "reason", "detected"],
		order_by="application asc, evaluator asc",
		limit_page_length=0,
	)
	names = full_names({row.evaluator for row in rows})
	return [
		{
			"application": row.application,
			"evaluator": names.get(row.evaluator, row.evaluator),
			"reason": row.reason or row.detected or "",
		}
		for row in rows
	]


def budget(doc, entries: list[dict]) -> dict:
	"""Amounts in euro; `end` is the position at which the pot ends, 0 when it is enough for all."""
	counts = Counter(row["outcome"] for row in entries)
	eligible = [row for row in entries if row["position"]]
	assigned = sum((amount(row["granted"]) for row in entries), Decimal(0))
	requested = sum((amount(row["requested"]) for row in eligible), Decimal(0))
	return {
		"pot": money(doc.pot),
		"assigned": money(assigned),
		"residue": money(amount(doc.pot) - assigned),
		"requested": money(requested),
		"missing": money(max(Decimal(0), requested - assigned)),
		"end": next((row["position"] for row in entries if row["pot_ends"]), 0),
		**{name: sum(counts[outcome] for outcome in outcomes) for name, outcomes in LISTS.items()},
	}


def reserves(call, entries: list[dict]) -> list[dict]:
	rows = []
	for row in call.reserves:
		name = (row.area if row.kind == "Area" else row.territory) or ""
		used = sum((amount(entry["granted"]) for entry in entries if entry["by_reserve"] == name), Decimal(0))
		rows.append({"kind": row.kind, "name": name, "amount": money(row.amount), "used": money(used)})
	return rows


def covered(entries: list[dict], table: str) -> list[dict]:
	"""How many funded projects and how many euro of them reach each area or Ambito; a project may reach several."""
	projects, granted = Counter(), defaultdict(Decimal)
	for entry in entries:
		if entry["outcome"] != ranking.FUNDED:
			continue
		for name in entry[table]:
			projects[name] += 1
			granted[name] += amount(entry["granted"])
	return [
		{"name": name, "projects": projects[name], "granted": money(granted[name])}
		for name in sorted(projects, key=lambda name: (-projects[name], name))
	]


def page(doc) -> dict:
	"""What the templates of the decision page show: `assemble` with the lists and what is only shown."""
	data = assemble(doc)
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
		"strip": {row["application"]: strip(row, data) for row in data["entries"] if row["marks"]},
	}


def strip(row: dict, data: dict) -> dict:
	"""The row of `charts.rtc_strip_plot` with the totals of the evaluators of one application."""
	full = sum((amount(one["max_score"]) for one in data["criteria"]), Decimal(0))
	return {
		"label": "",
		"maximum": str(full or 100),
		"marks": [mark["total"] for mark in row["marks"]],
		"mean": row["score"],
		"flagged": row["flagged"],
	}


def preview(doc) -> str:
	"""HTML of the decision page for its form; a sentence while there is nothing to decide on."""
	if doc.is_new() or not doc.entries:
		return (
			f'<p class="text-muted">{_("Save and press Compute: the ranking is made from the reviews.")}</p>'
		)
	return frappe.render_template(TEMPLATE, {"data": page(doc)})
