"""How far the evaluation of a call is, for the form of its panel: who has reviewed what, marks once they are submitted."""

import frappe
from frappe import _

from rtc_conciliation.access import duties
from rtc_conciliation.documents.charts import rtc_strip_plot

TEMPLATE = "rtc_conciliation/templates/includes/panel_progress.html"
#: where somebody stands with an application
DECLARES, BEGINS, WRITES, DONE, SHUT = "To Declare", "To Begin", "Begun", "Submitted", "Conflict"


def html(panel) -> str:
	return frappe.render_template(
		TEMPLATE, {"rows": rows(panel.call), "appointed": panel.workflow_state != "Draft"}
	)


def next_step(application) -> str:
	"""What an application under evaluation waits for, in words, for whoever may read its panel; else ""."""
	if application.workflow_state != duties.UNDER_EVALUATION or not frappe.has_permission(
		duties.PANEL, "read"
	):
		return ""
	from rtc_conciliation.records import evaluation

	found = duties.of_call(application.call, application.name)
	if not found.seats:
		return _("Next: the evaluation panel of the call is to be appointed.")
	duty = found.duty(application.name)
	done = _("The panel evaluates it: {0} of {1} reviews submitted.").format(
		len(duty.counted), len(duty.reviewers)
	)
	if missing := evaluation.missing(found, application.name):
		return f"{done} {missing}."
	return f"{done} " + _(
		"Next: the ranking of the call; the score and the contribution come with its approval."
	)


def rows(call: str) -> list[dict]:
	"""[{"application", "title", "lead", "people": [{"person", "state", "total"}], "result", "plot"}] that the reader may see."""
	from rtc_conciliation.records import evaluation

	seen = frappe.get_list(
		duties.APPLICATION,
		filters={"call": call, "workflow_state": duties.UNDER_EVALUATION},
		fields=["name", "title", "lead_name"],
		order_by="name asc",
		limit_page_length=0,
	)
	if not seen:
		return []
	found, results = duties.of_call(call), evaluation.final_scores(call)
	readable = set(frappe.get_list(duties.REVIEW, filters={"call": call}, pluck="name", limit_page_length=0))
	names = evaluation.names_of({seat.user: seat.person for seat in found.seats})
	most = sum(row.max_score for row in frappe.get_cached_doc("RTC Call", call).criteria)
	return [row(found, one, results[one.name], readable, names, most) for one in seen if one.name in results]


def row(found: duties.Evaluation, application, result: dict, readable: set, names: dict, most: float) -> dict:
	people = people_of(found, application.name, readable, names)
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


def people_of(found: duties.Evaluation, application: str, readable: set, names: dict) -> list[dict]:
	own = {row.evaluator: row for row in found.individual(application)}
	duty, shut = found.duty(application), found.shut_out(application)
	told = []
	for user in dict.fromkeys(
		[*duty.reviewers, *(user for user in own if user not in duty.reviewers), *sorted(shut)]
	):
		review = own.get(user)
		total = review.total if review and review.name in readable and user in duty.counted else None
		state = SHUT if user in shut else standing(found, application, user, review)
		told.append({"person": names.get(user, user), "state": state, "total": total})
	return told


def standing(found: duties.Evaluation, application: str, user: str, review) -> str:
	if review:
		return DONE if review.workflow_state == duties.SUBMITTED else WRITES
	return BEGINS if found.declaration(application, user) else DECLARES
