"""How a ranking is computed: the order from the scores, the money from the available funds.

The order of a Ranking comes from the evaluation; that of a Scrolling is the frozen one of the ranking before it.
`rules/award/ranking.py` and `rules/award/allocation.py` decide, here is read and written.
"""

import json
from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.awards.award import RENOUNCED
from rtc_conciliation.common import clock
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers.plain_values import to_amount
from rtc_conciliation.evaluation import scores as evaluation
from rtc_conciliation.rules.award import allocation, reasons
from rtc_conciliation.rules.award import ranking as rules
from rtc_conciliation.rules.values import to_text

DOCTYPE, APPLICATION = "RTC Ranking", "RTC Application"
FUNDED, NOT_FUNDED = allocation.FUNDED, allocation.NOT_FUNDED
BELOW, NOT_ADMITTED = "Below Threshold", "Not Admitted"
SCROLLING = "Scrolling"
#: of a call whose ranking can be computed
OVER = ("Closed", "Concluded")
#: states in which an application waits for a decision before its evaluation
UNDECIDED = ("Submitted", "Under Formal Check", "Integration Requested", "Admissible")
#: what a computation writes into an entry and what has to be the same when it is approved
COMPUTED = (
	"position application protocol_number application_title lead_name arrived_on score outcome requested granted "
	"offered pot_ends partial by_reserve placing reason criteria spread flagged"
).split()
NUMBERS = frozenset({"score", "requested", "granted", "offered", "spread"})
_SHOWN = 10


class NotReadyError(frappe.ValidationError):
	"""The ranking cannot be computed yet; the message lists what is missing."""


class ChangedError(frappe.ValidationError):
	"""What the ranking was computed from is not any more as it was."""


def compute(doc) -> None:
	"""Fill the entries of `doc` from what the records say now. Raises NotReadyError."""
	fill(doc, compute_entries(doc))
	doc.held = float(get_awarded_total(doc.call)) if doc.kind == SCROLLING else 0.0
	doc.computed_on = clock.now()


def allocate_again(doc) -> None:
	"""Share out the available funds anew in the order in which the entries are."""
	rows = [get_entry_values(row) for row in doc.entries]
	fill(doc, allocate_funds(doc, rows, doc.pot, get_answers(doc)))


def fill(doc, rows: list[dict]) -> None:
	given = {row.application: row for row in doc.entries}
	kept = []
	for values in rows:
		row = given.get(values["application"])
		answer = row.partial_accepted if row and values["partial"] else ""
		kept.append({**values, "partial_accepted": answer if is_still_answered(row, values) else ""})
	doc.set("entries", kept)


def compute_entries(doc) -> list[dict]:
	"""The entries as they follow from the records now."""
	with use_italian():  # the reasons are kept as they go out
		rows = order_reserves(doc) if doc.kind == SCROLLING else order_entries(doc.call)
	return allocate_funds(doc, rows, doc.pot, get_answers(doc))


def list_differences(doc) -> list[str]:
	"""Names of the applications whose entry would not be the same if it were computed now; raises NotReadyError."""
	then = {row.application: get_entry_values(row) for row in doc.entries}
	now = {row["application"]: row for row in compute_entries(doc)}
	return [
		name
		for name in dict.fromkeys([*now, *then])
		if comparable(now.get(name)) != comparable(then.get(name))
	]


def comparable(row: dict | None) -> dict:
	values = dict(row or {})
	for field in NUMBERS & values.keys():
		values[field] = Decimal(str(values[field] or 0)).quantize(Decimal("1e-6"))
	return {field: "" if value in (None, 0) else str(value) for field, value in values.items()}


def get_entry_values(row) -> dict:
	return {field: row.get(field) for field in COMPUTED}


# -- the order


def order_entries(call_name: str) -> list[dict]:
	"""Entries in order, without money: the eligible by position, then those below the threshold, then the not admitted."""
	call = frappe.get_cached_doc("RTC Call", call_name)
	applications = list_applications(call_name)
	scores = evaluation.get_final_scores(call_name)
	require_ready(call, applications, scores)
	places = rules.rank_cases(
		call.as_dict(), [make_case(row, scores[row.name]) for row in applications if row.name in scores]
	)
	return [make_entry(row, scores[row["application"]]) for row in places] + [
		list_not_admitted(row) for row in applications if row.workflow_state == "Not Admissible"
	]


def list_applications(call: str) -> list:
	"""The applications sent to a call and not withdrawn, by arrival."""
	return frappe.get_all(
		APPLICATION,
		filters={"call": call, "docstatus": 1},
		fields=[
			"name", "title", "workflow_state", "protocol_number", "lead_name", "sent_on", "requested_contribution",
			"cofinancing_amount", "total_cost", "decision_reason",
		],
		order_by="sent_on asc, name asc",
		limit_page_length=0,
	)  # fmt: skip


def require_ready(call, applications: list, scores: dict) -> None:
	problems = []
	if call.workflow_state not in OVER:
		problems.append(_("The call is not closed: close it, then compute the ranking."))
	waiting = [row.name for row in applications if row.workflow_state in UNDECIDED]
	if waiting:
		problems.append(
			_("Not decided yet, or its evaluation has not begun: {0}. Finish the formal check first.").format(
				join_names(waiting)
			)
		)
	for name, score in sorted(scores.items()):
		if not score["complete"]:
			problems.append(
				_("{0} is not fully evaluated: {1}").format(frappe.bold(name), escape_html(score["missing"]))
			)
	if not scores:
		problems.append(_("No application of the call is under evaluation: there is nothing to rank."))
	if problems:
		frappe.throw(
			problems[:20], NotReadyError, title=_("The Ranking Cannot Be Computed Yet"), as_list=True
		)


def make_case(row, score: dict) -> dict:
	"""An application as `rules.rank_cases` wants it."""
	return {
		"application": row.name,
		"row": row,
		"total": score["total"],
		"criteria": {to_text(name): mark for name, mark in score["criteria"].items()},
		"cofinancing": to_amount(row.cofinancing_amount),
		"total_cost": to_amount(row.total_cost),
		"arrived_on": row.sent_on,
		"protocol_number": row.protocol_number,
	}


def make_entry(place: dict, score: dict) -> dict:
	marks = {name: rules.format_score(mark).replace(",", ".") for name, mark in place["criteria"].items()}
	return {
		**make_entry_of_application(place["row"]),
		"position": place["position"],
		"score": float(place["total"]),
		"outcome": "" if place["eligible"] else BELOW,
		"placing": reasons.describe_reason(place["reasons"], _),
		"criteria": json.dumps(marks, ensure_ascii=False),
		"spread": float(score["spread"] or 0),
		"flagged": cint(score["flagged"]),
	}


def list_not_admitted(row) -> dict:
	return {
		**make_entry_of_application(row),
		"position": 0,
		"score": 0.0,
		"outcome": NOT_ADMITTED,
		"placing": row.decision_reason or "",
		"criteria": "{}",
		"spread": 0.0,
		"flagged": 0,
	}


def make_entry_of_application(row) -> dict:
	return {
		"application": row.name,
		"protocol_number": row.protocol_number or "",
		"application_title": row.title,
		"lead_name": row.lead_name or "",
		"arrived_on": row.sent_on,
		"requested": row.requested_contribution,
	}


# -- the order of an earlier ranking


def order_reserves(doc) -> list[dict]:
	"""Those whom the ranking before left without money and who still wait, in its order."""
	previous = frappe.get_doc(DOCTYPE, doc.previous_ranking)
	rows = [get_entry_values(row) for row in previous.entries if row.outcome == NOT_FUNDED]
	names = [row["application"] for row in rows] or [""]
	filters = {"name": ("in", names), "workflow_state": NOT_FUNDED}
	waiting = set(frappe.get_all(APPLICATION, filters, pluck="name", limit_page_length=0))
	rows = [{**row, "outcome": ""} for row in rows if row["application"] in waiting]
	if not rows:
		frappe.throw(
			_(
				"No application of the ranking {0} still waits for money: there is nobody to go on with."
			).format(frappe.bold(previous.name)),
			NotReadyError,
			title=_("The Ranking Cannot Be Computed Yet"),
		)
	return rows


def get_awarded_total(call: str) -> Decimal:
	"""Euro awarded to applications of the call that were not renounced."""
	filters = {"call": call, "workflow_state": FUNDED, "acceptance_state": ("!=", RENOUNCED)}
	return sum(
		map(to_amount, frappe.get_all(APPLICATION, filters, pluck="granted_amount", limit_page_length=0)),
		Decimal(0),
	)


def get_returned_total(previous) -> Decimal:
	"""Euro that the approved ranking `previous` could give and that nobody holds: what was left and what was renounced."""
	return max(
		Decimal(0), to_amount(previous.held) + to_amount(previous.pot) - get_awarded_total(previous.call)
	)


# -- the money


def allocate_funds(doc, rows: list[dict], pot, given: dict[str, dict]) -> list[dict]:
	"""`rows` with outcome, amounts and reasons for `pot`; `given` are the answers of the leads, as `get_answers` has them."""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	reserves = [] if doc.kind == SCROLLING else [row.as_dict() for row in call.reserves]
	places = get_coverage([row["application"] for row in rows]) if reserves else {}
	eligible = [
		{
			"application": row["application"],
			"position": row["position"],
			"requested": to_amount(row["requested"]),
			**places.get(row["application"], {"areas": (), "territories": ()}),
		}
		for row in rows
		if row["position"]
	]
	partial = bool(cint(call.partial_funding))
	outcome = allocation.allocate(to_amount(pot), eligible, reserves, partial)
	end = outcome["end"]
	if end and is_still_answered(given.get(end), outcome["shares"][end]):
		said = {end: given[end]["partial_accepted"]}
		outcome = allocation.allocate(to_amount(pot), eligible, reserves, partial, said)
	with use_italian():
		return [
			add_share(row, outcome["shares"].get(row["application"]), row["application"] == outcome["end"])
			for row in rows
		]


def add_share(row: dict, share: dict | None, pot_ends: bool) -> dict:
	told = [row["placing"], reasons.describe_reason(share["reasons"], _) if share else ""]
	return {
		**row,
		"outcome": share["outcome"] if share else row["outcome"],
		"granted": float(share["granted"]) if share else 0.0,
		"offered": float(share["offered"]) if share else 0.0,
		"pot_ends": cint(pot_ends),
		"partial": cint(share["partial"]) if share else 0,
		"by_reserve": share["by_reserve"] if share else "",
		"reason": " ".join(part for part in told if part),
	}


def get_answers(doc) -> dict[str, dict]:
	"""What the leads said to a partial contribution, with the amount that they were offered."""
	return {
		row.application: {"partial_accepted": row.partial_accepted, "offered": row.offered}
		for row in doc.entries
		if row.partial_accepted
	}


def is_still_answered(given, share) -> bool:
	"""Does the answer stand for what is offered now? Who accepted takes more too, who refused also refuses less."""
	if not given:
		return False
	then, now = to_amount(given.get("offered")), to_amount(share["offered"])
	return now >= then if given.get("partial_accepted") == allocation.ACCEPTED else now <= then


def get_coverage(applications: list[str]) -> dict[str, dict]:
	"""Application → {"areas", "territories"} of its actions, each in order and once; one query."""
	rows = frappe.get_all(
		"RTC Application Action",
		filters={"parent": ("in", applications or [""]), "parenttype": APPLICATION},
		fields=["parent", "area", "territory"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	found: dict[str, dict] = defaultdict(lambda: {"areas": [], "territories": []})
	for row in rows:
		for table, value in (("areas", row.area), ("territories", row.territory)):
			if value and value not in found[row.parent][table]:
				found[row.parent][table].append(value)
	return found


def join_names(names: list[str]) -> str:
	shown = ", ".join(escape_html(name) for name in names[:_SHOWN])
	return shown if len(names) <= _SHOWN else _("{0} and {1} more").format(shown, len(names) - _SHOWN)
