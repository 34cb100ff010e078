"""The application form over HTTP: what it takes, and the live check."""

import json
import time

import frappe
import pytest

from rtc_conciliation.applications import drafts
from tests.site import factories
from tests.site.applications.tools import (
	APPLICATION,
	CHECK,
	NOT_FOR_APPLICANTS,
	OUTSIDER,
	SAVE,
	accept,
	fresh,
	settings_in,
	stored,
	words,
)
from tests.site.factories import APPLICANT


@pytest.mark.parametrize("way", ["accept", "save_draft"])
def test_fields_that_are_not_the_applicants_stay_as_they_were(clients, records, way):
	values = {"call": records.call, "title": f"Progetto per {way}", **NOT_FOR_APPLICANTS}
	rows = [{**factories.partner(0, "Impresa", OUTSIDER), "counts_towards_minimum": 1, "budget": 5}]
	values["partners"] = rows
	client = clients[APPLICANT]
	if way == "accept":
		answer = accept(client, drafts.WEB_FORM, **values)
	else:
		answer = client.call(SAVE, application=dict(values.items()))
	assert answer.status_code == 200, answer.text
	doc = fresh(APPLICATION, answer.json()["message"]["name"])
	assert (doc.workflow_state, doc.docstatus, doc.applicant, doc.owner) == ("Draft", 0, APPLICANT, APPLICANT)
	untouched = ("granted_amount", "protocol_number", "score", "cup", "digest", "sent_on")
	assert not any(doc.get(field) for field in untouched)
	assert doc.partners[0].counts_towards_minimum == 0
	assert doc.partners[0].budget == 5


def test_draft_needs_only_call_and_title(clients, records):
	answer = clients[APPLICANT].call(SAVE, application={"call": records.call, "title": "Solo un titolo"})
	assert answer.status_code == 200, answer.text
	saved = answer.json()["message"]
	assert saved["errors"] > 3
	assert len(saved["rows"]["declarations"]) == 1
	again = clients[APPLICANT].call(
		SAVE,
		application={"name": saved["name"], "modified": saved["modified"], "title": "Un altro titolo"},
	)
	assert again.status_code == 200, again.text
	assert fresh(APPLICATION, saved["name"]).title == "Un altro titolo"


def test_two_tabs_do_not_overwrite_each_other(clients, records):
	client = clients[APPLICANT]
	first = client.call(SAVE, application={"call": records.call, "title": "Prima"}).json()["message"]
	values = {"name": first["name"], "modified": first["modified"]}
	assert client.call(SAVE, application={**values, "title": "Seconda"}).status_code == 200
	answer = client.call(SAVE, application={**values, "title": "Terza"})
	assert answer.status_code == 417
	assert fresh(APPLICATION, first["name"]).title == "Seconda"


def test_rows_keep_their_identity(clients, records):
	client = clients[APPLICANT]
	rows = [factories.partner(0, "Uno", "Comune"), factories.partner(1, "Due", "Comune")]
	saved = client.call(SAVE, application={"call": records.call, "title": "Righe", "partners": rows}).json()[
		"message"
	]
	one, two = saved["rows"]["partners"]
	changed = [{"name": two, "organisation_name": "Due cambiato"}]
	answer = client.call(SAVE, application={"name": saved["name"], "partners": changed})
	assert answer.json()["message"]["rows"]["partners"] == [two]
	doc = fresh(APPLICATION, saved["name"])
	assert [(row.name, row.organisation_name, row.idx) for row in doc.partners] == [(two, "Due cambiato", 1)]
	assert doc.partners[0].tax_code == factories.TAX_CODES[1]
	assert not frappe.db.exists("RTC Application Partner", one)


def test_only_open_calls_are_offered_and_taken(clients, records):
	shown = settings_in(clients[APPLICANT].get("/domanda/new").text)
	offered = {call["value"] for call in shown["options"]["calls"]}
	assert records.call in offered
	assert records.closed not in offered
	answer = clients[APPLICANT].call(SAVE, application={"call": records.closed, "title": "Troppo tardi"})
	assert answer.status_code == 417
	assert "ora non accetta domande" in words(answer)


def test_call_in_the_address_is_chosen(clients, records):
	shown = settings_in(clients[APPLICANT].get("/domanda/new", call=records.call).text)
	assert shown["values"]["call"] == records.call
	for wrong in (records.closed, "<script>", "non c'è"):
		shown = settings_in(clients[APPLICANT].get("/domanda/new", call=wrong).text)
		assert shown["values"].get("call") != wrong


def test_check_answers_and_stores_nothing(clients, records):
	values = stored(records.draft)
	del values["name"]
	values["costs"][0]["unit_cost"] = "70000.01"
	before = frappe.db.count(APPLICATION)
	began = time.monotonic()
	answer = clients[APPLICANT].call(CHECK, application=values)
	assert time.monotonic() - began < 2
	report = answer.json()["message"]
	assert report["totals"]["total_cost"] == "€ 100.000,01"
	assert report["totals"]["cofinancing_percent"] == "29,99 %"
	assert report["amounts"] == ["€ 70.000,01", "€ 30.000,00"]
	assert "cofinancing" in {finding["rule"] for finding in report["findings"]}
	assert report["errors"] == sum(finding["severity"] == "error" for finding in report["findings"])
	frappe.db.rollback()
	assert frappe.db.count(APPLICATION) == before
	assert stored(records.draft)["costs"][0]["unit_cost"] == 70000


def test_check_and_sending_say_the_same(clients, records):
	broken = {
		**stored(records.draft),
		"partners": stored(records.draft)["partners"][:1],
		"declarations": [],
		"attachments": [],
	}
	del broken["name"], broken["modified"]
	live = clients[APPLICANT].call(CHECK, application=broken).json()["message"]
	saved = clients[APPLICANT].call(SAVE, application=broken).json()["message"]
	assert [f["message"] for f in live["findings"]] == [f["message"] for f in saved["findings"]]
	sent = clients[APPLICANT].call(
		"frappe.model.workflow.apply_workflow",
		doc=json.dumps({"doctype": APPLICATION, "name": saved["name"]}),
		action="Send",
	)
	assert sent.status_code == 417, sent.text
	refusal = words(sent)
	blocking = [finding for finding in saved["findings"] if finding["severity"] == "error"]
	assert len(blocking) > 2
	assert not [finding for finding in blocking if finding["message"] not in refusal]
	assert fresh(APPLICATION, saved["name"]).docstatus == 0


@pytest.mark.parametrize(
	"sent", ["", "[]", "non è json", "null", {"call": {"a": 1}}, {"title": "Senza manifestazione"}]
)
def test_check_of_anything_else_is_no_stack_trace(clients, sent):
	answer = clients[APPLICANT].call(CHECK, application=sent)
	assert answer.status_code in (200, 417), answer.text
	assert answer.status_code == 200 or words(answer)


@pytest.mark.parametrize("method", [CHECK, SAVE])
def test_guests_check_and_save_nothing(clients, records, method):
	answer = clients[None].call(method, application={"call": records.call, "title": "Ospite"})
	assert answer.status_code in (401, 403)
