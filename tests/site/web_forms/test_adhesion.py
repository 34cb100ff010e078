"""The form with which a guest joins, over HTTP."""

import json

import frappe
import pytest

from tests.site import factories
from tests.site.web_forms.tools import MEMBER, NOT_FOR_APPLICANTS, accept, adhesion, fresh, settings_in, words


def test_guest_joins_and_decides_nothing_else(clients):
	extra = {
		"channel": "PEC",
		"valid_from": "2020-01-01",
		"act_number": "9",
		"received_on": "2020-01-01",
		**NOT_FOR_APPLICANTS,
	}
	answer = accept(clients[None], "RTC Adhesion", **adhesion(**extra))
	assert answer.status_code == 200, answer.text
	member = fresh(MEMBER, answer.json()["message"]["name"])
	assert (member.workflow_state, member.docstatus, member.channel) == ("Received", 0, "Web")
	assert not any(
		member.get(field) for field in ("protocol_number", "valid_from", "act_number", "organisation")
	)
	assert member.received_on.year > 2020
	assert member.privacy_accepted_on
	frappe.get_doc(MEMBER, member.name).delete()
	frappe.db.sql("commit")


@pytest.mark.parametrize(
	("values", "words_of"),
	[
		({"tax_code": "94000010160"}, "94000010160"),
		({"privacy_accepted": 0}, "privacy"),
		({"programme": "Programma concluso"}, "ATS"),
		({"pec": "non è un indirizzo"}, "non è un indirizzo"),
		({"organisation_type": "Tipo inventato"}, "Tipo inventato"),
	],
)
def test_adhesion_refused_with_a_sentence(clients, values, words_of, world):
	factories.programme(title="Programma concluso", status="Closed")
	frappe.db.sql("commit")
	before = frappe.db.count(MEMBER)
	answer = accept(clients[None], "RTC Adhesion", **adhesion(**values))
	assert answer.status_code in (409, 417), answer.text
	assert words_of in words(answer)
	frappe.db.rollback()
	assert frappe.db.count(MEMBER) == before


def test_adhesion_page_says_when_no_programme_is_open(clients, world):
	active = frappe.get_all("RTC Programme", {"status": "Active"}, pluck="name")
	try:
		for name in active:
			frappe.db.set_value("RTC Programme", name, "status", "Closed")
		frappe.db.sql("commit")
		frappe.clear_cache()
		shown = clients[None].get("/adesione/new").text
	finally:
		for name in active:
			frappe.db.set_value("RTC Programme", name, "status", "Active")
		frappe.db.sql("commit")
		frappe.clear_cache()
	assert "Al momento nessun programma è aperto alle adesioni" in shown
	assert "rtc_web_form.start" not in shown
	assert "rtc_web_form.start" in clients[None].get("/adesione/new").text


def test_guest_learns_only_what_the_form_offers(clients):
	shown = settings_in(clients[None].get("/adesione/new").text)
	assert set(shown["options"]) == {"organisation_types", "territories"}
	assert "workflow_state" not in json.dumps(shown["pages"])
