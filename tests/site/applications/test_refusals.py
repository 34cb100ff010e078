"""The application form over HTTP: what it refuses."""

import time

import frappe
import pytest

from rtc_conciliation.applications import drafts
from tests.site import factories
from tests.site.applications.tools import ACCEPT, APPLICATION, CHECK, FORM_DATA, SAVE, accept, stored, words
from tests.site.factories import APPLICANT, OTHER_APPLICANT
from tests.site.http import Client


def send_edits(client, name: str) -> list:
	values = {"name": name, "title": "Cambiato", "call": frappe.db.get_value(APPLICATION, name, "call")}
	return [accept(client, drafts.WEB_FORM, **values), client.call(SAVE, application=values)]


def test_nothing_changes_after_sending(clients, records):
	before = stored(records.sent)
	for answer in send_edits(clients[APPLICANT], records.sent.name):
		assert answer.status_code == 403, answer.text
		assert words(answer)
	assert stored(records.sent) == before


@pytest.mark.parametrize("which", ["draft", "sent"])
def test_other_peoples_applications_are_closed(clients, records, which):
	doc, other = records[which], clients[OTHER_APPLICANT]
	before = stored(doc)
	answers = [
		*send_edits(other, doc.name),
		other.call(FORM_DATA, doctype=APPLICATION, docname=doc.name, web_form_name=drafts.WEB_FORM),
		other.get(f"/domanda/{doc.name}"),
		other.get(f"/domanda/{doc.name}/edit"),
	]
	for answer in answers:
		assert answer.status_code == 403, (answer.url, answer.text[:300])
		assert doc.title not in answer.text
	assert doc.title not in other.get("/domanda/list").text
	assert stored(doc) == before


@pytest.mark.parametrize("way", [ACCEPT, SAVE])
def test_rows_of_other_applications_are_not_taken(clients, records, way):
	before = stored(records.draft)
	stolen = [{"name": row["name"], "organisation_name": "Preso"} for row in before["partners"]]
	values = {"call": records.call, "title": "Ladro di righe", "partners": stolen}
	other = clients[OTHER_APPLICANT]
	made = other.call(SAVE, application={"call": records.call, "title": "Ladro di righe"}).json()["message"]
	values["name"] = made["name"]
	if way == ACCEPT:
		accept(other, drafts.WEB_FORM, **values)
	else:
		other.call(SAVE, application=values)
	assert stored(records.draft) == before


def test_guest_is_sent_to_the_login(base_url):
	guest = Client(base_url)
	address, seen = "/domanda", []
	for _step in range(4):
		answer = guest.get(address)
		assert answer.status_code in (301, 302), answer.status_code
		assert "no-store" in answer.headers.get("Cache-Control", "")
		address = answer.headers["Location"]
		seen.append(address)
		if address.startswith("/login"):
			break
	assert seen[-1] == "/login?redirect-to=%2Fdomanda%2Flist"
	assert (
		guest.get("/domanda/new", call="A").headers["Location"]
		== "/login?redirect-to=%2Fdomanda%2Fnew%3Fcall%3DA"
	)


@pytest.mark.parametrize("amount", ["abc", "1.234,56", "1e999", "NaN", "99999999999999999"])
def test_amounts_that_are_no_numbers_are_refused(clients, records, amount):
	"""By core's own way; the form keeps them beside the field (test_odd_values.py)."""
	rows = [{**factories.cost(1, "Contribution"), "unit_cost": amount}]
	values = {"call": records.call, "title": "Importo sbagliato", "costs": rows}
	answer = accept(clients[APPLICANT], drafts.WEB_FORM, **values)
	assert answer.status_code == 417, answer.text
	assert amount in words(answer)
	frappe.db.rollback()
	assert not frappe.db.exists(APPLICATION, {"title": "Importo sbagliato"})


@pytest.mark.parametrize("way", [ACCEPT, SAVE, CHECK])
def test_ten_thousand_rows_are_refused_at_once(clients, records, way):
	rows = [{"organisation_name": f"Ente {number}"} for number in range(10_000)]
	values = {"call": records.call, "title": "Troppi", "partners": rows}
	client = clients[APPLICANT]
	began = time.monotonic()
	answer = (
		accept(client, drafts.WEB_FORM, **values) if way == ACCEPT else client.call(way, application=values)
	)
	assert time.monotonic() - began < 5
	assert answer.status_code == 417, answer.text
	assert "10000" in words(answer)
