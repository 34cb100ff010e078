"""A call whose applications are under evaluation, with the panel that reviews them."""

import frappe
from frappe.model.workflow import apply_workflow

from rtc_conciliation.access import panel_assignments
from rtc_conciliation.common import clock
from rtc_conciliation.evaluation import reviewing
from tests.site import factories
from tests.site.factories import (
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	OFFICER,
	SECOND_EVALUATOR,
	SUBSTITUTE,
	THIRD_EVALUATOR,
	acting,
)

MEMBERS = (EVALUATOR, SECOND_EVALUATOR, THIRD_EVALUATOR)
#: a small grid: one criterion of each kind
GRID = [
	{"criterion": "Azioni", "max_score": 60, "note_required": 1},
	{"criterion": "Rete", "max_score": 30, "kind": "Table", "levels": "Debole = 0\nBuona = 15\nOttima = 30"},
	{"criterion": "Cofinanziamento", "max_score": 10, "kind": "Computed"},
]
FULL = {"Azioni": "40,5", "Rete": "15"}


def make_call(applications: int = 2, **call_values):
	"""Its call, its appointed panel and its applications, by way of the controllers."""
	call = factories.call(title="Manifestazione in valutazione", criteria=GRID, **call_values)
	made = [
		factories.application("Under Evaluation", call=call.name, title=f"Progetto {number}")
		for number in range(1, applications + 1)
	]
	return frappe._dict(call=call.name, panel=panel(call=call.name), applications=[doc.name for doc in made])


def panel(state: str = "Appointed", **values):
	with acting(OFFICER):
		doc = factories.make(
			"RTC Panel",
			{"members": members(), "act_number": "9/2026", "act_date": "2026-11-20", **values},
		)
	if state != "Draft":
		with acting(DIRECTOR):
			doc = apply_workflow(doc, "Appoint")
	return doc.reload() or doc


def members() -> list[dict]:
	return [
		seat(EVALUATOR, office="Chair"),
		seat(SECOND_EVALUATOR),
		seat(THIRD_EVALUATOR),
		seat(SUBSTITUTE, office="Substitute"),
	]


def seat(user: str, **values) -> dict:
	return {"user": user, "office": "Member", "from_date": "2026-01-01", **values}


def changed(panel_name: str, change, user: str = MANAGER):
	"""The panel as `change` leaves it, saved by `user`."""
	with acting(user):
		doc = frappe.get_doc("RTC Panel", panel_name)
		change(doc)
		return doc.save()


def sitting(panel_name: str, **values):
	with acting(OFFICER):
		doc = frappe.get_doc("RTC Panel", panel_name)
		row = {"held_on": clock.now().date(), "minutes": "<p>Verbale</p>", **values}
		doc.append("sittings", row)
		return doc.save()


def declare(user: str, call: str, *conflicts: str) -> dict:
	with acting(user):
		return reviewing.declare(call, frappe.as_json(list(conflicts)), "Parentela")


def review(user: str, application: str, state: str = panel_assignments.SUBMITTED, kind="Individual", **marks):
	"""The review of `user`, with FULL marks but for those given."""
	with acting(user):
		doc = frappe.get_doc("RTC Review", reviewing.begin_review(application, kind))
		for row in doc.scores:
			if row.kind != "Computed":
				row.update({"score": {**FULL, **marks}[row.criterion], "note": "Coerente"})
		doc.save()
		return apply_workflow(doc, "Submit Review") if state == panel_assignments.SUBMITTED else doc


def everybody(evaluated_call, application: str, **marks):
	for user in MEMBERS:
		review(user, application, **marks)
