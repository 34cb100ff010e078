"""How far the evaluation of a call is, for the form of its panel: who has reviewed what, marks once they are submitted."""

import frappe
from frappe import _

from rtc_conciliation.access import panel_assignments
from rtc_conciliation.common.papers.charts import rtc_strip_plot

TEMPLATE = "rtc_conciliation/templates/evaluation/panel_progress.html"
#: where somebody stands with an application
DECLARES, BEGINS, WRITES, DONE, SHUT = "To Declare", "To Begin", "Begun", "Submitted", "Conflict"


def render_progress(panel) -> str:
	return frappe.render_template(
		TEMPLATE, {"rows": list_rows(panel.call), "appointed": panel.workflow_state != "Draft"}
	)


def next_step(application) -> str:
	"""What an application under evaluation waits for, in words, for whoever may read its panel; else ""."""
	if application.workflow_state != panel_assignments.UNDER_EVALUATION or not frappe.has_permission(
		panel_assignments.PANEL, "read"
	):
		return ""
	from rtc_conciliation.evaluation import scores

	found = panel_assignments.get_evaluation(application.call, application.name)
	if not found.seats:
		return _("Next: the evaluation panel of the call is to be appointed.")
	duty = found.duty(application.name)
	done = _("The panel evaluates it: {0} of {1} reviews submitted.").format(
		len(duty.counted), len(duty.reviewers)
	)
	if missing := scores.describe_missing(found, application.name):
		return f"{done} {missing}."
	return f"{done} " + _(
		"Next: the ranking of the call; the score and the contribution come with its approval."
	)


def list_rows(call: str) -> list[dict]:
	"""[{"application", "title", "lead", "people": [{"person", "state", "total"}], "result", "plot"}] that the reader may see."""
	from rtc_conciliation.evaluation import scores

	seen = frappe.get_list(
		panel_assignments.APPLICATION,
		filters={"call": call, "workflow_state": panel_assignments.UNDER_EVALUATION},
		fields=["name", "title", "lead_name"],
		order_by="name asc",
		limit_page_length=0,
	)
	if not seen:
		return []
	found, results = panel_assignments.get_evaluation(call), scores.get_final_scores(call)
	readable = set(
		frappe.get_list(panel_assignments.REVIEW, filters={"call": call}, pluck="name", limit_page_length=0)
	)
	names = scores.get_names({seat.user: seat.person for seat in found.seats})
	most = sum(row.max_score for row in frappe.get_cached_doc("RTC Call", call).criteria)
	return [
		make_row(found, one, results[one.name], readable, names, most) for one in seen if one.name in results
	]


def make_row(
	found: panel_assignments.Evaluation, application, result: dict, readable: set, names: dict, most: float
) -> dict:
	people = list_people(found, application.name, readable, names)
	totals = [person["total"] for person in people if person["total"] is not None]
	plot = {"label": "", "maximum": most, "marks": totals, "flagged": result["flagged"]}
	plot["mean"] = result["total"] if result["complete"] and totals else None
	return {
		"application": application.name,
		"title": application.title,
		"lead": application.lead_name,
		"people": people,
		"result": result if result["complete"] and totals else {**result, "total": None},
		"plot": rtc_strip_plot(application.name, [plot]) if totals else "",
	}


def list_people(
	found: panel_assignments.Evaluation, application: str, readable: set, names: dict
) -> list[dict]:
	own = {row.evaluator: row for row in found.individual(application)}
	duty, shut = found.duty(application), found.shut_out(application)
	told = []
	for user in dict.fromkeys(
		[*duty.reviewers, *(user for user in own if user not in duty.reviewers), *sorted(shut)]
	):
		review = own.get(user)
		total = review.total if review and review.name in readable and user in duty.counted else None
		state = SHUT if user in shut else get_standing(found, application, user, review)
		told.append({"person": names.get(user, user), "state": state, "total": total})
	return told


def get_standing(found: panel_assignments.Evaluation, application: str, user: str, review) -> str:
	if review:
		return DONE if review.workflow_state == panel_assignments.SUBMITTED else WRITES
	return BEGINS if found.declaration(application, user) else DECLARES
