"""What the reviews of a call come to, for the ranking and for whoever follows the evaluation."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation.access import panel_assignments
from rtc_conciliation.rules.evaluation import scoring

SCORE = "RTC Review Score"
USUAL_REVIEWS = 3


def get_final_scores(call: str) -> dict[str, dict]:
	"""Application → what its reviews come to, for every application of `call` under evaluation.

	{"criteria": {criterion: Decimal}, "total": Decimal, "reviews": int, "spread": Decimal, "flagged": bool,
	"complete": bool, "missing": str, "marks": {evaluator: {criterion: Decimal}}}. Only submitted reviews count, of
	members without a conflict who sat when they submitted them (`rules.evaluation.panel.duty`); by the method of the call it is
	their mean or the consensus review. `describe_missing` says in the reader's language what `complete` waits for. The number
	of queries does not depend on how many applications there are. Asks nobody's permission: the caller does.
	"""
	found = panel_assignments.get_evaluation(call)
	document = frappe.get_cached_doc("RTC Call", call)
	marks = get_submitted_marks(found)
	names = get_names({seat.user: seat.person for seat in found.seats})
	return {
		application: get_final_score(found, application, document, marks, names)
		for application in found.applications
	}


def get_final_score(
	found: panel_assignments.Evaluation, application: str, call, marks: dict, names: dict[str, str]
) -> dict:
	duty = found.duty(application)
	by_user = {row.evaluator: row.name for row in found.individual(application)}
	counted = {user: marks.get(by_user[user], {}) for user in duty.counted}
	consensus = get_agreed_review(found, application)
	method = call.evaluation_method or scoring.MEAN
	missing = describe_missing_of_duty(duty, call, bool(consensus), names)
	return {
		**scoring.get_outcome(
			method, counted, marks.get(consensus.name, {}) if consensus else None, call.spread_alert
		),
		"reviews": len(counted),
		"complete": not missing,
		"missing": missing,
		"marks": counted,
	}


def get_agreed_review(found: panel_assignments.Evaluation, application: str):
	"""The consensus review once it is submitted, else None."""
	consensus = found.consensus(application)
	return consensus if consensus and consensus.workflow_state == panel_assignments.SUBMITTED else None


def describe_missing(found: panel_assignments.Evaluation, application: str) -> str:
	"""What one application still waits for before the ranking, "" when nothing."""
	call = frappe.get_cached_doc("RTC Call", found.call)
	names = get_names({seat.user: seat.person for seat in found.seats})
	return describe_missing_of_duty(
		found.duty(application), call, bool(get_agreed_review(found, application)), names
	)


def describe_missing_of_duty(duty, call, agreed: bool, names: dict[str, str]) -> str:
	"""What an application still waits for, "" when nothing."""
	told = []
	if duty.waited:
		told.append(
			_("Reviews missing: {0}").format(", ".join(names.get(user, user) for user in duty.waited))
		)
	least = cint(call.min_reviews) or USUAL_REVIEWS
	there = len(duty.counted) + len(duty.waited)
	if there < least:
		told.append(
			_("Only {0} of {1} reviewers: appoint a member or a substitute without a conflict").format(
				there, least
			)
		)
	if not told and call.evaluation_method == scoring.CONSENSUS and not agreed:
		told.append(_("The consensus review is missing"))
	return "; ".join(told)


def get_submitted_marks(found: panel_assignments.Evaluation) -> dict[str, dict[str, Decimal]]:
	"""Review → {criterion: mark} of the submitted reviews, in the order of the grid."""
	names = [
		row.name
		for application in found.applications
		for row in found.reviews.get(application, ())
		if row.workflow_state == panel_assignments.SUBMITTED
	]
	marks: dict[str, dict[str, Decimal]] = {name: {} for name in names}
	for row in frappe.get_all(
		SCORE,
		{"parent": ("in", names or [""]), "parenttype": panel_assignments.REVIEW},
		["parent", "criterion", "score"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	):
		marks[row.parent][row.criterion] = (scoring.read(row.score) or scoring.ZERO).quantize(scoring.ZERO)
	return marks


def get_names(persons: dict[str, str]) -> dict[str, str]:
	"""User → name to be shown: the one written in the panel, else the user's."""
	unnamed = [user for user, person in persons.items() if person in ("", user)]
	users = dict(
		frappe.get_all("User", {"name": ("in", unnamed or [""])}, ["name", "full_name"], as_list=True)
	)
	return {user: users.get(user) or person or user for user, person in persons.items()}
