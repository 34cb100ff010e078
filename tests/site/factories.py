"""Makes what tests need, with sensible values; keyword arguments replace them."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date

from rtc_conciliation.awards import approval, award
from rtc_conciliation.common import clock
from tests.site.making import (
	ADMIN,
	APPLICANT,
	AUDITOR,
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	MORE,
	OFFICER,
	OTHER_APPLICANT,
	PASSWORD,
	PDF,
	SECOND_EVALUATOR,
	SECOND_OFFICER,
	SUBSTITUTE,
	THIRD_EVALUATOR,
	USERS,
	acting,
	as_administrator,
	make,
	make_user,
	make_users,
	upload,
	upload_as_applicant,
	walk,
)
from tests.site.values import ASKED, PLAN_SECTIONS, TAX_CODES, action, cost, partner, seat

#: states of an application for which no formal check is needed, and those after it
BEFORE_ADMISSION = ("Draft", "Submitted", "Withdrawn", "Under Formal Check")
PAST_CHECK = ("Admissible", "Under Evaluation")
#: states that only an approved ranking gives
DECIDED = ("Funded", "Eligible Not Funded", "Below Threshold")


#: tells the call that tests share
SHARED = {
	"title": "Manifestazione di prova",
	"programme": "Programma di prova",
	"workflow_state": "Published",
}


def programme(**values):
	values = {
		"title": "Programma di prova",
		"ats_name": "ATS di prova",
		"office_email": "conciliazione@ats.example.org",
		"legal_basis": "DGR XII/5464 del 9/12/2025",
		"start_date": "2025-12-09",
		"end_date": "2035-12-31",
		"project_start": "2026-11-01",
		"project_end": "2035-11-01",
		"endowment": 872000,
		"mail_providers": "rtc.test",  # applicants and evaluators of the tests are not ties of one body
		**values,
	}
	name = frappe.db.exists("RTC Programme", values["title"])
	return frappe.get_doc("RTC Programme", name) if name else make("RTC Programme", values)


def call(state: str = "Published", **values):
	"""A call open for a day before and a day after now, walked to `state` as the roles do.

	Without any wish of its own a test gets the one that the session has made for all."""
	if not values and state == "Published" and (shared := frappe.db.exists("RTC Call", SHARED)):
		return frappe.get_doc("RTC Call", shared)
	with acting(OFFICER):
		doc = make(
			"RTC Call",
			{
				"title": SHARED["title"],
				"programme": values.pop("programme", None) or as_administrator(programme).name,
				"opening": add_to_date(clock.now(), days=-1),
				"closing": add_to_date(clock.now(), days=1),
				"project_start": "2026-11-01",
				"project_end": "2028-11-01",
				"endowment": 400000,
				"act_number": "1/2026",
				"act_date": "2026-05-01",
				"required_documents": [{"document": "Accordo di partenariato", "mandatory": 1}],
				"declarations": [{"declaration": "DURC", "mandatory": 1, "text": "L'ente è in regola."}],
				**values,
			},
		)
	walk(
		doc,
		[(DIRECTOR, "Approve", "Approved"), (MANAGER, "Publish", "Published"), (MANAGER, "Close", "Closed")],
		state,
	)
	return doc.reload() or doc


def application(state: str = "Draft", user: str | None = None, **values):
	"""A complete application that meets every rule of `call()`, walked to `state`."""
	user = user or APPLICANT
	with acting(user):
		doc = make("RTC Application", application_values(**values))
	steps = [
		(user, "Send", "Submitted"),
		(OFFICER, "Start Formal Check", "Under Formal Check"),
		(MANAGER, "Declare Admissible", "Admissible"),
		(MANAGER, "Start Evaluation", "Under Evaluation"),
	]
	if state in DECIDED:
		walk(doc, steps, "Under Formal Check")
		pass_checks(doc.name)
		doc.reload()
		walk(doc, steps, "Under Evaluation")
		ranked(doc, state)
	elif state == "Withdrawn":
		walk(doc, steps, "Submitted")
		steps = [(user, "Withdraw", "Withdrawn")]
	if state in BEFORE_ADMISSION:
		walk(doc, steps, state)
	if state in (*BEFORE_ADMISSION, *DECIDED):
		return doc.reload() or doc
	if frappe.db.get_value("RTC Application", doc.name, "workflow_state") not in PAST_CHECK:
		walk(doc, steps, "Under Formal Check")
		pass_checks(doc.name)
		doc.reload()
	walk(doc, steps, state)
	return doc.reload() or doc


def ranked(doc, outcome: str = "Funded", **values):
	"""An approved ranking with an entry for `doc`, carried to it as the approval does; the ranking.

	Its entry is written as it stands: how rankings are computed and approved is told by tests of their own."""
	granted = doc.requested_contribution if outcome == "Funded" else 0
	entry = {
		"application": doc.name,
		"application_title": doc.title,
		"lead_name": doc.lead_name,
		"position": 0 if outcome == "Below Threshold" else 1,
		"score": 50 if outcome == "Below Threshold" else 75,
		"outcome": outcome,
		"requested": doc.requested_contribution,
		"granted": granted,
		"criteria": "{}",
		"docstatus": 1,
		**values,
	}
	ranking = frappe.get_doc(
		{
			"doctype": "RTC Ranking",
			"name": f"PROVA-{frappe.generate_hash(length=8)}",
			"title": "Graduatoria di prova",
			"call": doc.call,
			"programme": doc.programme,
			"kind": "Ranking",
			"pot": 400000,
			"workflow_state": "Approved",
			"docstatus": 1,
			"act_number": "4/2026",
			"act_date": "2026-09-20",
			"entries": [entry],
		}
	)
	for row in (ranking, *ranking.entries):
		row.parent = None if row is ranking else ranking.name
		row.db_insert()
	with acting(DIRECTOR):
		approval.decide_application(ranking, ranking.entries[0])
		award.award_application(ranking)
	return ranking


def pass_checks(application_name: str, **failed):
	"""The officer answers the formal check; `failed`: number of a row as `row_1` → the note of what is wrong."""
	with acting(OFFICER):
		check = frappe.get_doc("RTC Formal Check", application_name)
		for row in check.items:
			note = failed.get(f"row_{row.idx}")
			row.update({"answer": "Failed" if note else "Passed", "note": note})
		return check.save()


def integration(state: str = "Sent", application_name: str | None = None, **values):
	"""A request of integration about an application under formal check, walked to `state`."""
	name = application_name or application("Under Formal Check").name
	with acting(OFFICER):
		doc = make("RTC Integration Request", {"application": name, "items": ASKED, **values})
	if state == "Draft":
		return doc
	with acting(MANAGER):
		apply_workflow(doc, "Send Request")
	if state in ("Answered", "Closed"):
		answer(doc.name)
	if state == "Closed":
		with acting(OFFICER):
			doc.reload()
			doc.outcome = "Complete"
			doc.save()
			apply_workflow(doc, "Close Request")
	return doc.reload() or doc


def answer(name: str, user: str | None = None):
	with acting(user or APPLICANT):
		doc = frappe.get_doc("RTC Integration Request", name)
		for row in doc.items:
			row.answer_text = "Ecco il chiarimento"
			row.answer_file = upload("integrazione.pdf") if row.kind == "File" else None
		doc.save()
		return apply_workflow(doc, "Send Answer")


def question(state: str = "Received", **values):
	"""A question about the shared call, walked to `state` as the roles do."""
	with acting(OFFICER):
		doc = make(
			"RTC Call Question",
			{
				"call": values.pop("call", None) or as_administrator(call).name,
				"subject": "Partner in due domande",
				"question": "Sono la signora Bianchi: un Comune può stare in due domande?",
				"answer": "Sì, come partner.",
				**values,
			},
		)
	walk(
		doc,
		[(OFFICER, "Submit Answer", "Answered"), (MANAGER, "Publish Answer", "Published")],
		state,
	)
	return doc.reload() or doc


def application_values(**values) -> dict:
	call_name = values.pop("call", None) or as_administrator(call).name
	return {
		"call": call_name,
		"title": "Tempo per la valle",
		"abstract": "Servizi di cura e spostamenti più brevi.",
		"pec": "capofila@pec.example.org",
		"legal_representative": "Ada Prova",
		"start_date": "2026-11-01",
		"end_date": "2028-11-01",
		"partners": [
			partner(0, "Comune di Prova", "Comune", role="Lead", budget=60000, cofinancing_cash=30000),
			partner(1, "Cooperativa Prova", "Cooperativa sociale di tipo A", budget=30000),
			partner(2, "Associazione Prova", "Associazione di promozione sociale", budget=10000),
		],
		"actions": [
			action("Doposcuola", "Accesso ai servizi di cura e assistenza"),
			action("Navetta", "Mobilità casa-lavoro"),
		],
		"recipients": [
			{"recipient_category": "Soci lavoratori delle società cooperative", "expected_number": 40}
		],
		"costs": [cost(70000, "Contribution"), cost(30000, "Co-financing")],
		"declarations": [{"declaration": "DURC", "accepted": 1}],
		"attachments": [{"document": "Accordo di partenariato", "file": upload_as_applicant("accordo.pdf")}],
		**values,
	}


def member(state: str = "Received", index: int = 5, **values):
	with acting(OFFICER):
		doc = make(
			"RTC Member",
			{
				"programme": values.pop("programme", None) or as_administrator(programme).name,
				"organisation_name": "Associazione Aderente",
				"organisation_type": "Associazione di promozione sociale",
				"tax_code": TAX_CODES[index],
				"municipality": "Bergamo",
				"territory": "Bergamo",
				"pec": "aderente@pec.example.org",
				"email": "aderente@example.org",
				"legal_representative": "Bruna Prova",
				"privacy_accepted": 1,
				"act_number": "3/2026",
				"act_date": "2026-05-06",
				**values,
			},
		)
	steps = [(OFFICER, "Start Review", "Under Review"), (MANAGER, "Admit", "Admitted")]
	walk(doc, [*steps, (MANAGER, "Suspend", "Suspended")], state)
	return doc.reload() or doc


def organisation(index: int = 5, **values):
	values = {
		"organisation_name": f"Ente {index}",
		"organisation_type": "Associazione di promozione sociale",
		"tax_code": TAX_CODES[index],
		**values,
	}
	return make("RTC Organisation", values)


def body(**values):
	with acting(OFFICER):
		values = {
			"title": "Comunità di prova",
			"kind": "Comunità di Pratica",
			"programme": values.pop("programme", None) or as_administrator(programme).name,
			"established_on": "2026-05-20",
			"seats": [seat("Ada Prova", of_ats=1, office="President", email="ada@ats.example.org")],
			**values,
		}
		return make("RTC Body", values)


def meeting(state: str = "Planned", **values):
	"""A meeting of last month, walked to `state` as the roles do."""
	with acting(OFFICER):
		doc = make(
			"RTC Meeting",
			{
				"title": "Riunione di prova",
				"body": values.pop("body", None) or body().name,
				"starts_on": "2026-06-10 15:00:00",
				"ends_on": "2026-06-10 17:00:00",
				"attendees": [{"person": "Ada Prova"}],
				**values,
			},
		)
	steps = [(OFFICER, "Mark as Held", "Held"), (MANAGER, "Approve Minutes", "Minutes Approved")]
	walk(doc, [(OFFICER, "Cancel Meeting", "Cancelled")] if state == "Cancelled" else steps, state)
	return doc.reload() or doc


def plan(state: str = "Draft", **values):
	"""A Plan walked to `state`; past the draft it is complete, with a member of the network if there is none."""
	programme_name = values.pop("programme", None) or as_administrator(programme).name
	if state != "Draft":
		ensure_member(programme_name)
	with acting(OFFICER):
		doc = make(
			"RTC Plan",
			{
				"title": "Piano di prova",
				"programme": programme_name,
				"reference_date": clock.now().date(),
				"act_number": "2/2026",
				"act_date": "2026-09-30",
				"sections": [dict(row) for row in PLAN_SECTIONS],
				"community_members": [{"organisation_name": "Provincia di Prova", "person": "Carla Prova"}],
				"community_outcome": "<p>Tre incontri</p>",
				**values,
			},
		)
	walk_plan(doc, "Approved" if state == "Sent" else state)
	if state == "Sent":
		doc.reload()
		send_plan(doc)
	return doc.reload() or doc


def walk_plan(doc, state: str = "Approved") -> None:
	walk(
		doc, [(OFFICER, "Send to the Comitato", "To the Comitato"), (DIRECTOR, "Approve", "Approved")], state
	)


def send_plan(doc) -> None:
	with acting(MANAGER):
		doc.update({"protocol_number": "77/2026", "protocol_date": "2026-10-07"})
		doc.pec_receipt = upload("ricevuta.pdf")
		doc.save()
		apply_workflow(doc, "Mark as Sent")


def ensure_member(programme_name: str) -> None:
	if not frappe.db.exists("RTC Member", {"programme": programme_name, "workflow_state": "Admitted"}):
		member("Admitted", index=3, programme=programme_name, organisation_name="Ente della Rete")
