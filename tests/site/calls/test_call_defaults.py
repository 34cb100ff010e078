"""A new call starts from its programme by whatever way it comes in; what was sent stays, zero as well."""

import csv
import io

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date

from rtc_conciliation.applications import drafts, form_questions
from rtc_conciliation.calls import defaults, open_calls
from rtc_conciliation.common import clock, data_import
from rtc_conciliation.common.findings import RulesError
from tests.site import factories
from tests.site.factories import APPLICANT, MANAGER, OFFICER
from tests.site.http import Client, committed_rows

CALL, PROPOSED = "RTC Call", "rtc_conciliation.calls.api.get_defaults"
OWN = {
	"title": "Programma che propone",
	"system_action_amount": 72000,
	"max_contribution": 40000,
	"score_threshold": 55,
	"acceptance_days": 20,
	"requires_partner_confirmation": 1,
	"one_application_per_lead": 1,
	"hide_applicants": 1,
	"partner_commitment": "Ci impegniamo.",
	"evaluation_method": "Consensus",
	"score_step": "1",
	"min_reviews": 2,
	"criteria": [{"criterion": "Tutto", "max_score": 100, "min_score": 5}],
	"tie_breaks": [{"criterion": "Tutto"}],
	"text_limits": [{"text": "Abstract", "characters": 300}],
	"declarations": [{"declaration": "Una sola", "mandatory": 1, "text": "Vero."}],
}


def new_call(programme: str, **values) -> dict:
	return {
		"doctype": CALL,
		"title": "Nuova",
		"programme": programme,
		"opening": str(add_to_date(clock.now(), days=-1)),
		"closing": str(add_to_date(clock.now(), days=1)),
		**values,
	}


@pytest.fixture
def programme():
	return factories.programme(**OWN).name


def test_what_is_not_said_comes_from_the_programme(programme, as_user):
	with as_user(OFFICER):
		call = frappe.get_doc(new_call(programme)).insert()
	for field in set(OWN) & set(defaults.FIELDS):
		assert call.get(field) == OWN[field], field
	assert str(call.project_end) == "2035-11-01" and call.contact_email == "conciliazione@ats.example.org"
	assert call.endowment == 800000
	assert [(row.criterion, row.max_score, row.min_score) for row in call.criteria] == [("Tutto", 100, 5)]
	assert [(row.text, row.characters) for row in call.text_limits] == [("Abstract", 300)]
	assert [row.declaration for row in call.declarations] == ["Una sola"]
	assert len(call.areas) > 3 and len(call.required_documents) > 1  # the programme is silent on these
	with as_user(OFFICER):
		assert frappe.get_doc(new_call(programme, endowment=800000)).insert().endowment == 800000
		with pytest.raises(RulesError):  # nothing is left to propose
			frappe.get_doc(new_call(programme)).insert()


def test_what_is_said_stays(programme, as_user):
	said = {"min_areas": 0, "max_contribution": 0, "score_threshold": 0, "spread_alert": "0"}
	said |= {"requires_partner_confirmation": 0, "hide_applicants": "0", "score_step": "0.5"}
	rows = {"text_limits": [{"text": "Risks", "characters": 10}]}
	with as_user(OFFICER):
		call = frappe.get_doc(new_call(programme, **said, **rows)).insert()
	assert {field: float(call.get(field)) for field in said} == {f: float(v) for f, v in said.items()}
	assert call.one_application_per_lead == 1
	assert [row.text for row in call.text_limits] == ["Risks"]


def test_a_programme_proposes_nothing_that_a_call_would_refuse(programme, as_user):
	with as_user(MANAGER):
		doc = frappe.get_doc("RTC Programme", programme)
		doc.criteria[0].max_score = 99
		with pytest.raises(RulesError, match="99"):
			doc.save()


def test_an_import_says_what_it_has_columns_for(programme):
	opening, closing = str(add_to_date(clock.now(), days=-1)), str(add_to_date(clock.now(), days=1))
	head = ["title", "programme", "opening", "closing", "endowment", "hide_applicants"]
	text = io.StringIO()
	csv.writer(text).writerows([head, ["Importata", programme, opening, closing, 90000, 0]])
	file = {"doctype": "File", "file_name": "bandi.csv", "content": text.getvalue(), "is_private": 1}
	values = {"reference_doctype": CALL, "import_type": "Insert New Records"}
	values["import_file"] = frappe.get_doc(file).insert().file_url
	doc = frappe.get_doc({"doctype": "Data Import", **values}).insert()
	data_import.run_import(doc.name)
	call = frappe.get_last_doc(CALL, {"title": "Importata"})
	assert (call.hide_applicants, call.one_application_per_lead, call.min_reviews) == (0, 1, 2)
	assert call.evaluation_method == "Consensus" and call.endowment == 90000


@pytest.fixture(scope="module")
def committed(base_url):
	with committed_rows():
		name = factories.programme(**{**OWN, "title": "Programma che propone al web"}).name
		frappe.db.commit()
		yield name


def test_over_rest_and_by_whom(base_url, committed):
	officer = Client(base_url, OFFICER)
	answer = officer.post(f"/api/resource/{CALL}", **new_call(committed, endowment=50000, hide_applicants=0))
	assert answer.status_code == 200, answer.text
	made = answer.json()["data"]
	assert (made["hide_applicants"], made["one_application_per_lead"], made["score_step"]) == (0, 1, "1")
	path = f"/api/method/{PROPOSED}"
	told = officer.get(path, programme=committed).json()["message"]
	assert told["endowment"] == 750000 and told["min_reviews"] == 2
	assert told["criteria"][0]["criterion"] == "Tutto" and len(told["required_documents"]) > 1
	for user in (APPLICANT, None):
		answer = Client(base_url, user).get(path, programme=committed)
		assert answer.status_code in (403, 417) and "Tutto" not in answer.text  # core's refusal differs


def test_the_form_and_its_questions_follow_the_lengths_of_the_call(as_user):
	call = factories.call()
	with as_user(MANAGER):
		doc = frappe.get_doc(CALL, call.name)
		doc.text_limits = []
		for name, characters in (("Abstract", 20), ("Output of an Action", 5)):
			doc.append("text_limits", {"text": name, "characters": characters})
		doc.append("amendments", {"act_number": "8/2026", "act_date": "2026-11-20", "text": "Testi brevi"})
		doc.save()
	limits = open_calls.get_choice(call.name)["limits"]
	assert limits["actions"] == {"description": 2000, "output": 5} and limits[""]["risks"] == 3000
	with as_user(APPLICANT):
		values = {"call": call.name, "abstract": "x" * 21, "actions": [{"title": "A", "output": "123456"}]}
		findings = drafts.check_draft(values)["findings"]
	told = {one["field"]: one for one in findings if one["rule"] == "texts"}
	assert told.keys() == {"abstract", "output"} and told["output"]["rows"] == [
		{"table": "actions", "idx": 1}
	]
	assert "20" in told["abstract"]["message"] and "21" in told["abstract"]["message"]
	page = form_questions.render(call.name)
	assert "al massimo 20 caratteri" in page and "al massimo 3.000 caratteri" in page


def test_a_call_asks_for_an_abstract_unless_it_says_otherwise(as_user):
	call = factories.call()
	assert [row.text for row in frappe.get_doc(CALL, call.name).text_limits if row.needed] == ["Abstract"]
	assert open_calls.get_choice(call.name)["needed"] == {"": ["abstract"]}
	empty = factories.application(abstract=" \n", call=call.name)
	with as_user(APPLICANT), pytest.raises(RulesError, match="testo"):
		apply_workflow(frappe.get_doc(empty.doctype, empty.name), "Send")
	assert "va compilato" in form_questions.render(call.name)
	with as_user(MANAGER):
		doc = frappe.get_doc(CALL, call.name)
		for row in doc.text_limits:
			row.needed = int(row.text == "Risks")
		doc.append("amendments", {"act_number": "9/2026", "act_date": "2026-11-20", "text": "Altri testi"})
		doc.save()
	with as_user(APPLICANT):
		values = {"call": call.name, "abstract": "", "risks": ""}
		findings = drafts.check_draft(values)["findings"]
	assert [one["field"] for one in findings if one["rule"] == "texts"] == ["risks"]
