"""A closed call whose applications are evaluated, laid into the database as the evaluation leaves it."""

import frappe
from frappe.model.workflow import apply_workflow

from tests.site import factories
from tests.site.factories import DIRECTOR, OFFICER, acting
from tests.site.rows import fill

QUALITY, ACTIONS = "Qualità", "Azioni"
GRID = [
	{"criterion": QUALITY, "max_score": 60, "kind": "Judgement"},
	{"criterion": ACTIONS, "max_score": 40, "min_score": 10, "kind": "Judgement"},
]
THREE = ("uno@rtc.test", "due@rtc.test", "tre@rtc.test")
PARTS = {"areas": "RTC Call Area", "reserves": "RTC Call Reserve", "tie_breaks": "RTC Call Tie Break"}


def closed_call(name: str = "PROVA-CALL", **values) -> str:
	"""A closed call of 100,000 euro with GRID; its name."""
	tables = {"criteria": GRID, **{table: values.pop(table, []) for table in PARTS}}
	row = {
		"name": name, "title": "Manifestazione valutata", "programme": factories.programme().name,
		"workflow_state": "Closed", "opening": "2026-01-01 09:00:00", "closing": "2026-03-01 12:00:00",
		"project_start": "2026-11-01", "project_end": "2028-11-01", "endowment": 100000, "score_threshold": 60,
		"evaluation_method": "Mean", "min_reviews": 3, "spread_alert": 20, **values,
	}  # fmt: skip
	fill("RTC Call", [row])
	for table, rows in tables.items():
		parent = {"parent": name, "parenttype": "RTC Call", "parentfield": table}
		doctype = PARTS.get(table, "RTC Call Criterion")
		fill(doctype, [{**parent, "idx": idx, **one} for idx, one in enumerate(rows, 1)])
	return name


def evaluate(call: str, stories: list[dict], users=THREE) -> list[str]:
	"""Applications under evaluation with the submitted reviews of `users`; their names.

	A story is {"requested", "marks": one (quality, actions) for each user, None where they have a conflict} and fields of
	the application; `areas` and `territories` are those of its actions."""
	panel = frappe.db.get_value("RTC Panel", {"call": call}) or appoint(call, users)
	rows, actions, reviews, scores, conflicts = [], [], [], [], []
	programme = frappe.db.get_value("RTC Call", call, "programme")
	for number, story in enumerate(stories, 1):
		story = dict(story)
		name = story.pop("name", f"{call}-{number:02}")
		areas, territories = story.pop("areas", ["Time saving"]), story.pop("territories", ["Bergamo"])
		marks = story.pop("marks", [(50, 30)] * len(users))
		requested = story.pop("requested", 40000)
		rows.append(
			{
				"name": name, "call": call, "programme": programme, "docstatus": 1, "workflow_state": "Under Evaluation",
				"title": f"Progetto {number}", "lead_name": f"Ente {number}", "lead_tax_code": f"{number:011}",
				"protocol_number": f"{number}/2026", "sent_on": f"2026-02-{number % 27 + 1:02} 10:00:00",
				"applicant": factories.APPLICANT, "requested_contribution": requested,
				"total_cost": requested * 2, "cofinancing_amount": requested, "cup": f"E19G{number + 26000010000:011}",
				"start_date": "2026-11-01", "end_date": "2028-11-01", "pec": "ente@pec.example.org", **story,
			}
		)  # fmt: skip
		parent = {"parent": name, "parenttype": "RTC Application", "parentfield": "actions"}
		places = [(area, None) for area in areas] + [
			(areas[0] if areas else None, place) for place in territories
		]
		actions += [
			{**parent, "idx": idx, "title": f"Azione {idx}", "area": area, "territory": place}
			for idx, (area, place) in enumerate(places, 1)
		]
		for user, given in zip(users, marks, strict=False):
			if given is None:
				conflicts.append(
					{"application": name, "call": call, "panel": panel, "evaluator": user, "declaration": "Conflict",
					"reason": "Parente del legale rappresentante", "declaration_key": f"{name}|{user}"}
				)  # fmt: skip
				continue
			by_user = f"{name}-{user[:4]}"
			reviews.append(submitted(by_user, name, call, user))
			scores += [
				{"parent": by_user, "parenttype": "RTC Review", "parentfield": "scores", "idx": idx,
				"criterion": one["criterion"], "kind": "Judgement", "max_score": one["max_score"], "score": f"{mark:.2f}"}
				for idx, (one, mark) in enumerate(zip(GRID, given, strict=True), 1)
			]  # fmt: skip
	names = [row["name"] for row in rows]
	for doctype, of in (
		("RTC Application", rows),
		("RTC Application Action", actions),
		("RTC Review", reviews),
		("RTC Review Score", scores),
		("RTC Conflict Declaration", conflicts),
	):
		fill(doctype, of)
	return names


def review(application: str, users=THREE) -> None:
	"""The panel of the call of `application`, and reviews of it with four fifths of all points."""
	call = frappe.get_doc("RTC Call", frappe.db.get_value("RTC Application", application, "call"))
	appoint(call.name, users)
	for user in users:
		name = f"{application}-{user[:4]}"
		fill("RTC Review", [submitted(name, application, call.name, user)])
		row = {"parent": name, "parenttype": "RTC Review", "parentfield": "scores"}
		fill(
			"RTC Review Score",
			[
				{
					**row,
					"idx": one.idx,
					"criterion": one.criterion,
					"kind": one.kind,
					"score": f"{one.max_score * 0.8:.2f}",
				}
				for one in call.criteria
			],
		)


def submitted(name: str, application: str, call: str, user: str) -> dict:
	return {
		"name": name, "application": application, "call": call, "evaluator": user, "kind": "Individual",
		"workflow_state": "Submitted", "submitted_on": "2026-03-20 10:00:00", "review_key": f"{application}|Individual|{user}",
	}  # fmt: skip


def appoint(call: str, users) -> str:
	"""The panel of `call`, with the first of `users` in the chair; its name."""
	panel = f"{call}-P"
	fill("RTC Panel", [{"name": panel, "call": call, "workflow_state": "Appointed"}])
	seat = {"parent": panel, "parenttype": "RTC Panel", "parentfield": "members", "from_date": "2026-02-01"}
	office = ["Chair", *["Member"] * (len(users) - 1)]
	fill(
		"RTC Panel Member",
		[
			{**seat, "idx": idx, "user": user, "person": user, "office": office[idx - 1]}
			for idx, user in enumerate(users, 1)
		],
	)
	return panel


def computed(call: str, **values):
	"""A ranking of `call`, computed by the officer."""
	with acting(OFFICER):
		doc = factories.make("RTC Ranking", {"call": call, **values})
		doc.compute()
		return doc


def proposed(call: str, **values):
	doc = computed(call, **values)
	with acting(OFFICER):
		return apply_workflow(doc, "Propose")


def approved(call: str, **values):
	doc = proposed(call, **values)
	with acting(DIRECTOR):
		return approve(doc)


def approve(doc):
	"""The Director writes the act and approves."""
	doc = frappe.get_doc(doc.doctype, doc.name)
	doc.update({"act_number": "44/2026", "act_date": "2026-04-10"})
	doc.save()
	return apply_workflow(doc, "Approve")


def states_of(names: list[str]) -> list[str]:
	stored = dict(
		frappe.get_all("RTC Application", {"name": ("in", names)}, ["name", "workflow_state"], as_list=True)
	)
	return [stored[name] for name in names]


def shown(doc) -> list[tuple]:
	"""(position, application, outcome, granted) of the entries."""
	return [(row.position, row.application, row.outcome, row.granted) for row in doc.entries]
