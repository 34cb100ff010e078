"""One value that cannot be stored stops the saving of no other: it stays as typed, is told at its field, and is not sent."""

import json

import frappe
import pytest

from rtc_conciliation.applications import receipts, unread_values
from tests.site import factories
from tests.site.applications.tools import (
	APPLICATION,
	CHECK,
	MEMBER,
	SAVE,
	fresh,
	send_adhesion,
	settings_in,
	words,
)
from tests.site.factories import APPLICANT

NUMBERS = [
	"12.000,-",
	"EUR 12.000,00",
	"1,234.56",
	"1,234",
	"12’000,00",
	"1e5",
	"9" * 20,
	"sessantamila",
	"0x10",
	"١٢",
	"12\x00",
]
EMAILS = [
	"ente@",
	"abc",
	"segreteria@comune,it",
	"a@example.org; b@example.org",
	"a@example.org, b@example.org",
	"info@città.it",
]


@pytest.fixture
def draft(clients, records):
	"""A new draft of the applicant, as its form has it."""
	values = {"call": records.call, "title": "Con valori strani", "key": frappe.generate_hash(length=24)}
	answer = clients[APPLICANT].call(SAVE, application=values, base={})
	assert answer.status_code == 200, words(answer)
	return answer.json()["message"]


def save(client, draft, **values):
	application = {"name": draft["name"], "modified": draft["modified"], **values}
	base = {field: draft["values"].get(field) for field in values}
	answer = client.call(SAVE, application=application, base=base)
	assert answer.status_code == 200, words(answer) or answer.text
	return answer.json()["message"]


def cost(**values) -> dict:
	return {"key": frappe.generate_hash(length=24), "description": "Educatrice", "quantity": 2, **values}


@pytest.mark.parametrize("typed", NUMBERS, ids=ascii)
def test_a_number_that_cannot_be_read_stays_and_the_rest_is_saved(typed, clients, draft):
	client = clients[APPLICANT]
	kept = typed.replace("\x00", "")
	saved = save(client, draft, abstract="Il resto si salva", costs=[cost(unit_cost=typed, vat="10.5")])
	row = saved["values"]["costs"][0]
	assert (row["unit_cost"] == kept or (kept == "12" and row["unit_cost"] == 12)) and row["vat"] == 10.5
	doc = fresh(APPLICATION, draft["name"])
	assert doc.abstract == "Il resto si salva"
	if kept == "12":
		return
	assert not doc.costs[0].unit_cost
	(told,) = saved["unread"]
	assert (told["table"], told["name"], told["idx"], told["field"]) == (
		"costs",
		doc.costs[0].name,
		1,
		"unit_cost",
	)
	assert kept[:20] in told["text"] and "1234.56" not in told["text"]
	told_by_rules = [
		one for one in saved["findings"] if one["field"] == "unit_cost" and one["severity"] == "error"
	]
	assert told_by_rules and told_by_rules[0]["rows"] == [{"table": "costs", "idx": 1}]
	page = settings_in(client.get(f"/domanda/{draft['name']}/edit").text)  # on another computer
	assert page["values"]["costs"][0]["unit_cost"] == kept
	assert page["report"]["unread"] == [told]
	again = save(client, saved, costs=[{**row, "unit_cost": "12000"}])
	assert again["unread"] == [] and fresh(APPLICATION, draft["name"]).costs[0].unit_cost == 12000


@pytest.mark.parametrize("typed", EMAILS)
@pytest.mark.parametrize("field", ["pec", "contact_email"])
def test_an_address_that_is_none_stays_and_the_rest_is_saved(field, typed, clients, draft):
	saved = save(clients[APPLICANT], draft, abstract="Il resto", **{field: typed})
	assert saved["values"][field] == typed
	doc = fresh(APPLICATION, draft["name"])
	assert (doc.abstract, doc.get(field)) == ("Il resto", None)
	assert [(one["field"], one["table"]) for one in saved["unread"]] == [(field, "")]
	assert [one for one in saved["findings"] if one["field"] == field and one["severity"] == "error"]
	again = save(clients[APPLICANT], saved, **{field: "uno@example.org"})
	assert again["unread"] == [] and fresh(APPLICATION, draft["name"]).get(field) == "uno@example.org"


@pytest.mark.parametrize(
	("values", "field"),
	[
		({"acronym": "x" * 300}, "acronym"),
		({"abstract": "x" * 12_000}, "abstract"),
		({"start_date": "31/31/2026"}, "start_date"),
		({"recipients": [{"key": "a" * 24, "expected_number": "3,5"}]}, "expected_number"),
		({"recipients": [{"key": "a" * 24, "expected_number": "3.5"}]}, "expected_number"),
		({"indicators": [{"key": "a" * 24, "indicator": "Ore", "target": "molte"}]}, "target"),
		({"partners": [{"key": "a" * 24, "organisation_name": "x" * 300}]}, "organisation_name"),
		({"partners": [{"key": "a" * 24, "organisation_name": "Ente", "role": "Capo"}]}, "role"),
		(
			{"partners": [{"key": "a" * 24, "organisation_name": "Ente", "contact_email": "ente@"}]},
			"contact_email",
		),
		({"actions": [{"key": "a" * 24, "title": "Navetta", "territory": "Ambito rinominato"}]}, "territory"),
		({"actions": [{"key": "a" * 24, "title": "Navetta", "end_date": "domani"}]}, "end_date"),
	],
	ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_field_keeps_what_it_cannot_store(values, field, clients, draft):
	saved = save(clients[APPLICANT], draft, contact_phone="035 123", **values)
	assert [one["field"] for one in saved["unread"]] == [field] and saved["unread"][0]["text"]
	assert fresh(APPLICATION, draft["name"]).contact_phone == "035 123"
	((table, value),) = values.items()
	typed = value[0][field] if isinstance(value, list) else value
	found = saved["values"][table]
	assert (found[0][field] if isinstance(value, list) else found) == typed
	assert any(one["field"] == field and one["severity"] == "error" for one in saved["findings"])


def test_several_at_once_in_several_rows_and_a_row_that_goes(clients, draft):
	client = clients[APPLICANT]
	saved = save(client, draft, pec="a@", costs=[cost(unit_cost="boh"), cost(quantity="due", vat="tre")])
	assert [(one["idx"], one["field"]) for one in saved["unread"]] == [
		(0, "pec"),
		(1, "unit_cost"),
		(2, "quantity"),
		(2, "vat"),
	]
	second = saved["values"]["costs"][1]
	again = save(client, saved, costs=[second])
	assert [(one["idx"], one["field"]) for one in again["unread"]] == [
		(0, "pec"),
		(1, "quantity"),
		(1, "vat"),
	]


def test_the_live_check_says_the_same_and_stores_nothing(clients, draft):
	values = {
		"name": draft["name"],
		"call": fresh(APPLICATION, draft["name"]).call,
		"pec": "a@",
		"costs": [cost(unit_cost="12.000,-")],
	}
	told = clients[APPLICANT].call(CHECK, application=values).json()["message"]
	assert [(one["field"], one["idx"]) for one in told["unread"]] == [("pec", 0), ("unit_cost", 1)]
	assert not fresh(APPLICATION, draft["name"]).costs


def test_it_cannot_be_sent_nor_told_by_the_sender(clients, records):
	doc = factories.application("Draft")
	assert not any(finding.severity == "error" for finding in doc.check().findings)
	unread_values.store_texts(doc.costs[0], {"action": "x" * 300})
	assert [finding.code for finding in doc.check().errors] == ["texts.unread"]
	assert unread_values.FIELD in receipts.OUTSIDE
	client = clients[APPLICANT]
	forged = json.dumps({"pec": "<script>"})
	client.put(f"/api/resource/{APPLICATION}/{records.draft.name}", unread_values=forged)
	assert not fresh(APPLICATION, records.draft.name).get(unread_values.FIELD)


def test_markup_in_it_is_kept_as_text(clients, draft):
	saved = save(clients[APPLICANT], draft, pec="a<img src=x onerror=rtc()>b")
	assert "<" not in fresh(APPLICATION, draft["name"]).get(unread_values.FIELD)
	assert saved["values"]["pec"] == "a<img src=x onerror=rtc()>b"


@pytest.mark.parametrize(
	("field", "typed", "kept"),
	[
		("pec", " ente@pec.it. ", "ente@pec.it"),
		("pec", "mailto:ente@pec.it", "ente@pec.it"),
		("contact_person", " Anna\nD’Amico\u200b ", "Anna D’Amico"),
		("title", "\u202egnitset  doppio", "gnitset doppio"),
		("legal_representative_tax_code", "C.F. RSSMRA80A01F205X", "RSSMRA80A01F205X"),
		("title", "x" * 255, "x" * 255),
		("contact_person", "Istituzione " * 15, ("Istituzione " * 15).strip()),
	],
)
def test_what_nobody_sees_is_dropped_and_nothing_is_cut(field, typed, kept, clients, draft):
	saved = save(clients[APPLICANT], draft, **{field: typed})
	assert saved["unread"] == []
	assert fresh(APPLICATION, draft["name"]).get(field) == kept == saved["values"][field]


LONG = "Consorzio tra istituzioni, cooperative e organizzazioni non lucrative di utilità sociale " * 2


def test_an_adhesion_is_kept_as_people_have_its_names(clients):
	sent = {
		"organisation_name": f" {LONG}\n\u202e\x00",
		"tax_code": "C.F. \u200b" + factories.TAX_CODES[4],
		"municipality": " bergamo ",
		"pec": "mailto:ente@pec.example.org",
		"email": " ente@example.org. ",
		"website": "www.comune.prova.bg.it",
		"legal_representative": "Anna\u00a0 D’Amico",
	}
	answer = send_adhesion(clients[None], **sent)
	assert answer.status_code == 200, words(answer)
	doc = fresh(MEMBER, answer.json()["message"]["number"])
	assert {field: doc.get(field) for field in sent} == {
		"organisation_name": LONG.strip(),
		"tax_code": factories.TAX_CODES[4],
		"municipality": "bergamo",
		"pec": "ente@pec.example.org",
		"email": "ente@example.org",
		"website": "https://www.comune.prova.bg.it",
		"legal_representative": "Anna D’Amico",
	}


def test_a_name_that_is_too_long_is_told_and_not_cut(clients):
	answer = send_adhesion(clients[None], organisation_name="x" * 256)
	assert answer.status_code == 417 and "256" in words(answer) and "255" in words(answer), words(answer)
	assert "Nome" in words(answer)


@pytest.mark.parametrize(
	"typed", ["x\x00y", "\u202ex\u2066y", "x" * 40 + "\ufeff", "\ud83d", "-0", "1e5"], ids=ascii
)
@pytest.mark.parametrize(
	"field", ["organisation_name", "tax_code", "pec", "website", "postal_code", "offers"]
)
def test_strange_signs_are_no_error_of_the_site(field, typed, clients):
	answer = send_adhesion(clients[None], **{field: typed})
	assert answer.status_code < 500, answer.text
	assert answer.status_code == 200 or words(answer)
