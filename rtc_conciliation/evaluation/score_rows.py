"""What a review takes from its call and its application, and what its form shows beside the marks."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access import panel_assignments, reviews
from rtc_conciliation.evaluation.scores import SCORE, get_names
from rtc_conciliation.rules.evaluation import scoring

#: of a row of the call's grid; the name is that of a row which is there already
OF_GRID = ("criterion", "description", "kind", "levels", "note_required", "max_score", "min_score")


def get_grid(call: str) -> list:
	return frappe.get_cached_doc("RTC Call", call).criteria


def keep_row(row) -> dict:
	"""What a row of the review keeps of the grid, or of itself as it is stored."""
	own = {"name": row.name} if row.doctype == SCORE else {}
	return {**own, **{name: row.get(name) for name in OF_GRID}}


def compute_marks(application: str, call: str, grid: list) -> dict[str, str]:
	"""Criterion → mark, of those that the system computes."""
	amounts = frappe.db.get_value(
		panel_assignments.APPLICATION, application, ("total_cost", "cofinancing_amount"), as_dict=True
	)
	minimum = frappe.get_cached_value("RTC Call", call, "min_cofinancing_percent")
	return {
		row.criterion: scoring.format_mark(
			scoring.compute_points(amounts.total_cost, amounts.cofinancing_amount, minimum, row.max_score)
		)
		for row in grid
		if row.kind == scoring.COMPUTED
	}


def get_step(call: str) -> str:
	return frappe.get_cached_value("RTC Call", call, "score_step") or str(scoring.STEP)


def list_sessions(call: str) -> list[date]:
	panel = frappe.db.get_value(panel_assignments.PANEL, {"call": call})
	return frappe.get_all("RTC Panel Sitting", {"parent": panel or ""}, pluck="held_on", order_by="held_on")


def get_form_data(review) -> dict:
	"""What the form shows besides the record: steps of the marks, title, and the marks of the others it may show."""
	call = frappe.get_cached_doc("RTC Call", review.call)
	user = frappe.session.user
	title = (
		""
		if call.hide_applicants
		else frappe.db.get_value(panel_assignments.APPLICATION, review.application, "title")
	)
	return {
		"step": get_step(review.call),
		"title": title,
		"call_title": call.title,
		"reads": reviews.may_read(review.application, user),
		"own": review.evaluator == user,
		"person": get_names({review.evaluator: ""})[review.evaluator],
		"others": list_others(review),
		"sittings": [str(day) for day in reversed(list_sessions(review.call))],
		"spread_alert": call.spread_alert,
	}


def list_others(review) -> list[dict]:
	"""The submitted single reviews of the same application that the reader may read: [{"person", "total", "marks"}]."""
	rows = frappe.get_list(
		panel_assignments.REVIEW,
		filters={
			"application": review.application,
			"kind": scoring.INDIVIDUAL,
			"workflow_state": panel_assignments.SUBMITTED,
			"name": ("!=", review.name),
		},
		fields=["name", "evaluator", "total"],
		order_by="creation asc",
	)
	names = get_names({row.evaluator: "" for row in rows})
	marks: dict[str, dict] = {row.name: {} for row in rows}
	for score in frappe.get_all(
		SCORE, {"parent": ("in", list(marks) or [""])}, ["parent", "criterion", "score"], order_by="idx asc"
	):
		marks[score.parent][score.criterion] = score.score
	return [{"person": names[row.evaluator], "total": row.total, "marks": marks[row.name]} for row in rows]


def tell_reopening(review) -> None:
	review.add_comment(
		"Info",
		_("Reopened as the session of {0} decided: {1}").format(
			review.get_formatted("reopen_sitting"), escape_html(review.reopen_reason)
		),
	)
