"""A call with its approved and published ranking: who is funded, who is not, who is a person, who was not admitted."""

from decimal import Decimal
from unittest import mock

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date

from rtc_conciliation.awards import codes as award_codes
from rtc_conciliation.common import clock
from rtc_conciliation.evaluation import scores as evaluation
from tests.site import factories
from tests.site.factories import APPLICANT, DIRECTOR, MANAGER, OFFICER, OTHER_APPLICANT, acting

PERSON = "RSSMRA85T10A562S"
CUPS = ("C11G06000000001", "E19G26000010001")
#: a title and a name that programs could take for something else
FORMULA = '=SOMMA(1;2) "Tempo", <b>per</b> tutti'
SCORES = {"body": 90, "person": 80, "waiting": 70, "below": 40}


def make_ranked_call():
	"""{"call", "ranking", "body", "person", "waiting", "below", "refused"}: names. 140,000 euro for 70,000 each."""
	call = factories.call(title="Manifestazione con graduatoria", endowment=140000)
	made = frappe._dict(call=call.name)
	made.body = sent(call, APPLICANT, "Un ente")
	made.person = sent(call, OTHER_APPLICANT, FORMULA, as_person=True)
	for key in ("waiting", "below"):
		made[key] = sent(call, APPLICANT, f"Progetto {key}")
	made.refused = sent(call, APPLICANT, "Progetto inammissibile", admit=False)
	frappe.db.set_value("RTC Call", call.name, "closing", add_to_date(clock.now(), hours=-1))
	frappe.clear_document_cache("RTC Call", call.name)
	with acting(MANAGER):
		apply_workflow(frappe.get_doc("RTC Call", call.name), "Close")
	made.ranking = ranked(made)
	return made


def sent(call, user: str, title: str, as_person: bool = False, admit: bool = True) -> str:
	values = factories.application_values(call=call.name, title=title) if user == APPLICANT else None
	if values is None:
		with acting(user):
			values = factories.application_values(call=call.name, title=title)
	if as_person:
		values["partners"][0].update({"organisation_name": "Maria Rossi", "tax_code": PERSON})
	values.pop("call")
	application = factories.application(
		"Under Evaluation" if admit else "Under Formal Check", user, call=call.name, **values
	)
	with acting(OFFICER):
		number = f"{int(application.name[-5:]):07d}/2026"
		frappe.db.set_value("RTC Application", application.name, "protocol_number", number)
	if not admit:
		factories.pass_checks(application.name, row_1="Firma assente")
		with acting(MANAGER):
			apply_workflow(frappe.get_doc("RTC Application", application.name), "Declare Not Admissible")
	return application.name


def ranked(made, publish: bool = True) -> str:
	"""Computed by the officer from these scores, approved by the director, published by the manager."""
	with mock.patch.object(evaluation, "get_final_scores", lambda call: scores(made)):
		with acting(OFFICER):
			doc = frappe.get_doc({"doctype": "RTC Ranking", "call": made.call}).insert()
			doc.compute()
			doc.update({"act_number": "15/2026", "act_date": "2026-11-20"})
			doc.save()
			codes = {made.body: {"cup": CUPS[0]}, made.person: {"cup": CUPS[1]}}
			award_codes.save_codes(doc.name, codes)
			apply_workflow(doc, "Propose")
		with acting(DIRECTOR):
			apply_workflow(frappe.get_doc("RTC Ranking", doc.name), "Approve")
	if publish:
		with acting(MANAGER):
			apply_workflow(frappe.get_doc("RTC Ranking", doc.name), "Publish")
	return doc.name


def scores(made) -> dict:
	"""As the evaluation would say them; how reviews become scores is tested with the reviews."""
	return {
		made[key]: {
			"criteria": {
				"Analisi dei bisogni": Decimal(points) / 10,
				"Innovazione": Decimal(points) * 9 / 10,
			},
			"total": Decimal(points),
			"reviews": 3,
			"spread": Decimal(0),
			"flagged": False,
			"complete": True,
			"missing": "",
			"marks": {},
		}
		for key, points in SCORES.items()
	}
