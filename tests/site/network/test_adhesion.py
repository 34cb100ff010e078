"""The form with which a guest joins, over HTTP: what it takes, and what it refuses."""

import base64
import json
import re

import frappe
import pytest
import requests

from rtc_conciliation.common.files import signatures, uploads
from rtc_conciliation.network import adhesion_confirmation
from rtc_conciliation.network import adhesion_form as portal
from tests.site import caches, factories
from tests.site.applications.tools import (
	MEMBER,
	NOT_FOR_APPLICANTS,
	UPLOAD,
	accept,
	adhesion,
	fresh,
	post_form,
	send_adhesion,
	settings_in,
	solution,
	words,
)
from tests.site.factories import MANAGER, OFFICER
from tests.site.http import committed_rows
from tests.site.mails import mailed_link
from tests.site.signing import ADA_CODE, Signer, blank_pdf

INFECTED = Signer("Ada", "Prova").sign_p7m(uploads.TEST_VIRUS)
CONFIRM = f"/{adhesion_confirmation.ROUTE}"


@pytest.fixture
def stays():
	"""What the server has taken goes away at the end of the test."""
	before = set(frappe.get_all(MEMBER, pluck="name"))
	yield
	frappe.db.rollback()
	for name in set(frappe.get_all(MEMBER, pluck="name")) - before:
		frappe.db.set_value(MEMBER, name, "workflow_state", "Received")
		frappe.get_doc(MEMBER, name).delete()
	frappe.db.sql("commit")


def assert_refused(answer, *texts: str, status=(417,)) -> None:
	"""One sentence and nothing kept."""
	assert answer.status_code in status, answer.text[:500]
	said = words(answer)
	for text in texts:
		assert text in said
	frappe.db.rollback()
	assert not frappe.db.exists(MEMBER, {"tax_code": factories.TAX_CODES[4]})


def test_guest_joins_and_decides_nothing_else(clients, stays):
	extra = {
		"channel": "PEC",
		"valid_from": "2020-01-01",
		"act_number": "9",
		"received_on": "2020-01-01",
		"email_confirmed_on": "2020-01-01",
		"signature_state": signatures.BY_REPRESENTATIVE,
		**NOT_FOR_APPLICANTS,
	}
	answer = send_adhesion(clients[None], **extra)
	assert answer.status_code == 200, answer.text
	receipt = answer.json()["message"]
	member = fresh(MEMBER, receipt["number"])
	assert (member.workflow_state, member.docstatus, member.channel) == ("Received", 0, "Web")
	decided = ("protocol_number", "valid_from", "act_number", "organisation", "adhesion_form")
	assert not any(member.get(field) for field in (*decided, "email_confirmed_on", "signature_state"))
	assert member.received_on.year > 2020
	assert member.privacy_accepted_on
	assert (receipt["organisation_name"], receipt["mailed"]) == ("Associazione dal modulo", True)
	assert re.search(r"\d{2}:\d{2}:\d{2}$", receipt["received_on"])
	assert set(receipt) == {"number", "organisation_name", "received_on", "email", "pec", "form", "mailed"}


def test_signed_form_comes_along_privately(clients, stays):
	content = Signer("Carla", "Prova", ADA_CODE).sign_pdf(blank_pdf())
	answer = send_adhesion(
		clients[None], form=("adesione.pdf", content), legal_representative_tax_code=ADA_CODE
	)
	assert answer.status_code == 200, answer.text
	member = fresh(MEMBER, answer.json()["message"]["number"])
	assert member.adhesion_form.startswith("/private/files/")
	file = frappe.get_doc("File", {"attached_to_name": member.name})
	assert (file.is_private, file.attached_to_field) == (1, "adhesion_form")
	assert clients[None].get(member.adhesion_form).status_code == 403
	assert signatures.check_member(member.name) == signatures.BY_REPRESENTATIVE


@pytest.mark.parametrize(
	("name", "content", "said"),
	[
		("programma.pdf", b"MZ\x90\x00" + b"\x00" * 500, "non è quello che il nome indica"),
		("tagliato.pdf", blank_pdf()[:200], "non si apre"),
		("adesione.exe", b"MZ", "pdf, p7m"),
		("adesione.docx", b"PK\x03\x04", "pdf, p7m"),
		("firma.p7m", b"\x30\x82" + b"x" * 50, "non si apre"),
		("prova.pdf", blank_pdf() + uploads.TEST_VIRUS, "virus"),
		("prova.p7m", INFECTED, "virus"),
		("prova.p7m", base64.b64encode(INFECTED), "virus"),
	],
	ids=["exe as pdf", "cut off", "exe", "docx", "no p7m", "eicar in pdf", "eicar in p7m", "eicar in base64"],
)
def test_other_files_are_refused(clients, name, content, said):
	before = frappe.db.count("File")
	assert_refused(send_adhesion(clients[None], form=(name, content)), said)
	assert frappe.db.count("File") == before


@pytest.mark.parametrize("megabytes", [11, 50])
def test_large_files_are_refused_before_they_are_read(clients, megabytes):
	big = b"%PDF-1.7\n" + b"0" * (megabytes * 1024 * 1024)
	try:
		answer = send_adhesion(clients[None], form=("grande.pdf", big))
	except requests.ConnectionError:
		pass  # the server hung up while it was still sent
	else:
		assert answer.status_code in (413, 417), answer.text[:300]
	frappe.db.rollback()
	assert not frappe.db.exists(MEMBER, {"tax_code": factories.TAX_CODES[4]})
	assert clients[None].get("/adesione/new").status_code == 200


def test_uploads_of_guests_stay_off(clients):
	for method in (UPLOAD, "/api/method/upload_file"):
		answer = clients[None].session.post(
			clients[None].base_url + method, files={"file": ("a.pdf", blank_pdf())}, timeout=60
		)
		assert answer.status_code in (401, 403), answer.text


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
def test_adhesion_refused_with_a_sentence(clients, values, words_of, network):
	factories.programme(title="Programma concluso", status="Closed")
	frappe.db.sql("commit")
	before = frappe.db.count(MEMBER)
	answer = send_adhesion(clients[None], **values)
	assert answer.status_code in (409, 417), answer.text
	assert words_of in words(answer)
	frappe.db.rollback()
	assert frappe.db.count(MEMBER) == before


def test_all_that_is_wrong_is_said_at_once_and_by_field(clients):
	"""`fields` is what the page shows at its fields; text of the sender is escaped in it."""
	wrong = {
		"organisation_name": "",
		"organisation_type": "Tipo <b>inventato</b>",
		"tax_code": "94000010160",
		"pec": "mezzo@",
		"website": "non un sito",
		"municipality": "B" * 200,
		"privacy_accepted": 0,
	}
	answer = send_adhesion(clients[None], **wrong)
	assert_refused(answer, "94000010160", "mezzo@", "non un sito", "privacy")
	fields = answer.json()["fields"]
	assert set(fields) == set(wrong)
	assert "&lt;b&gt;inventato" in fields["organisation_type"]


def test_second_adhesion_says_no_more_than_needed(clients, stays):
	first = send_adhesion(clients[None]).json()["message"]["number"]
	token = mailed_link(first, "ente@example.org").split("=", 1)[1]
	clients[None].session.post(clients[None].base_url + CONFIRM, data={"token": token}, timeout=60)
	answer = send_adhesion(clients[None], email="altri@example.org")
	assert answer.status_code in (409, 417)
	said = words(answer)
	assert factories.TAX_CODES[4] in said and "conciliazione@ats.example.org" in said
	assert "RTC-ADH" not in said and "ente@example.org" not in answer.text


def test_robots_are_refused(clients):
	guest = clients[None]
	for wrong in (
		"",
		"x",
		"e30=",
		"WzFd",
		"MQ==",
		"A" * 3000,
		solution(number=1),
		solution(signature="0" * 64),
	):
		assert_refused(send_adhesion(guest, altcha=wrong), "programmi automatici")
	assert_refused(send_adhesion(guest, altcha=solution(0)), "programmi automatici")  # faster than a person
	assert_refused(send_adhesion(guest, altcha=solution(21 * 60)), "programmi automatici")  # too old
	frappe.cache.delete_keys("rl:")
	data = {"adhesion": json.dumps(adhesion()), "altcha": solution(), "nickname": "Robbie"}
	assert_refused(post_form(guest, data), "campo nascosto")


def test_solution_counts_once(clients, stays):
	solved = solution()
	assert send_adhesion(clients[None], altcha=solved).status_code == 200
	again = send_adhesion(clients[None], altcha=solved, tax_code=factories.TAX_CODES[3])
	assert again.status_code == 417
	assert "già" in words(again)
	frappe.db.rollback()
	assert not frappe.db.exists(MEMBER, {"tax_code": factories.TAX_CODES[3]})


@pytest.mark.parametrize("sent", ["", "[]", "null", "non è json", "{"])
def test_anything_else_is_refused_with_a_sentence(clients, sent):
	data = {"adhesion": sent, "altcha": solution(), "nickname": ""}
	assert_refused(post_form(clients[None], data))


@pytest.mark.parametrize("user", [None, factories.APPLICANT])
def test_cores_own_way_is_closed(clients, user):
	assert_refused(accept(clients[user], portal.WEB_FORM, **adhesion()), "/adesione", status=(403,))


def test_a_flood_from_one_address_is_stopped(clients):
	guest = clients[None]
	answers = [send_adhesion(guest, altcha="x") for _turn in range(12)]
	assert [answer.status_code for answer in answers[:10]] == [417] * 10
	assert_refused(answers[10], "troppi tentativi", status=(429,))
	assert answers[11].status_code == 429


def test_slips_are_not_counted_against_an_address(clients, stays):
	guest = clients[None]
	for _turn in range(12):
		assert_refused(send_adhesion(guest, email="mezzo@"), "mezzo@")
	assert send_adhesion(guest).status_code == 200


def test_a_hidden_field_that_was_filled_refuses_one_try_only(clients, stays):
	guest = clients[None]
	data = {"adhesion": json.dumps(adhesion()), "altcha": solution(), "nickname": "Robbie"}
	assert_refused(post_form(guest, data), "campo nascosto", "di nuovo")
	assert send_adhesion(guest).status_code == 200


def test_of_two_adhesions_of_one_body_one_is_confirmed_and_can_be_admitted(clients, stays):
	guest = clients[None]
	numbers = [
		send_adhesion(guest, email=f"{who}@example.org").json()["message"]["number"] for who in ("a", "b")
	]
	links = [
		mailed_link(number, f"{who}@example.org") for number, who in zip(numbers, ("a", "b"), strict=True)
	]
	pages = [guest.session.post(guest.base_url + link, timeout=60) for link in links]
	assert "Confermata" in pages[0].text
	assert "già" in pages[1].text and numbers[1] in pages[1].text and numbers[0] not in pages[1].text
	assert "già" in guest.get(links[1]).text
	first, second = (fresh(MEMBER, number) for number in numbers)
	assert first.email_confirmed_on and not second.email_confirmed_on
	with factories.acting(OFFICER):
		frappe.model.workflow.apply_workflow(first, "Start Review")
	with factories.acting(MANAGER):
		first.update({"act_number": "3/2026", "act_date": "2026-05-06"}).save()
		frappe.model.workflow.apply_workflow(first, "Admit")
	assert first.workflow_state == "Admitted"
	frappe.db.rollback()


def test_link_confirms_once(clients, stays):
	guest = clients[None]
	number = send_adhesion(guest).json()["message"]["number"]
	link = mailed_link(number, "ente@example.org")
	token = link.split("=", 1)[1]
	assert token not in json.dumps(fresh(MEMBER, number).as_dict(), default=str)
	for _look in range(2):  # programs that follow the links of mails confirm nothing
		shown = guest.get(link)
		assert shown.status_code == 200
		assert number in shown.text and "Conferma l'adesione" in shown.text
	assert not fresh(MEMBER, number).email_confirmed_on
	done = guest.session.post(guest.base_url + CONFIRM, data={"token": token}, timeout=60)
	assert done.status_code == 200 and "Confermata" in done.text, done.text[-1500:]
	when = fresh(MEMBER, number).email_confirmed_on
	assert when
	again = guest.session.post(guest.base_url + CONFIRM, data={"token": token}, timeout=60)
	assert "Già confermata" in again.text
	assert "Già confermata" in guest.get(link).text
	assert fresh(MEMBER, number).email_confirmed_on == when


def test_wrong_and_old_links_say_the_same(clients, stays):
	guest = clients[None]
	number = send_adhesion(guest).json()["message"]["number"]
	link = mailed_link(number, "ente@example.org")
	frappe.db.set_value(MEMBER, number, "confirmation_expires_on", "2026-01-01 00:00:00")
	frappe.db.sql("commit")
	old = guest.session.post(guest.base_url + link, timeout=60)
	guessed = [guest.get(CONFIRM, token=token) for token in ("", "x", "A" * 2000, "' or 1=1", "<script>")]
	for answer in (old, *guessed):
		assert answer.status_code == 404
		assert "non è valido o è scaduto" in answer.text
		assert number not in answer.text and "<script>alert" not in answer.text
	assert not fresh(MEMBER, number).email_confirmed_on
	for _turn in range(30):
		last = guest.get(CONFIRM, token="x")
	assert last.status_code == 429 and "troppi tentativi" in last.text


def test_unconfirmed_web_adhesion_is_not_admitted():
	member = factories.member("Under Review", channel="Web")
	with factories.acting(MANAGER), pytest.raises(frappe.ValidationError, match="link"):
		frappe.model.workflow.apply_workflow(member, "Admit")
	member.reload()
	with factories.acting(OFFICER):
		adhesion_confirmation.send_again(member.name)
	member.reload()
	assert member.confirmation_digest
	member.db_set("email_confirmed_on", "2026-11-01 10:00:00")
	factories.walk(member.reload() or member, [(MANAGER, "Admit", "Admitted")], "Admitted")
	other = factories.member("Under Review", index=3, channel="PEC")
	factories.walk(other, [(MANAGER, "Admit", "Admitted")], "Admitted")
	with factories.acting(MANAGER), pytest.raises(adhesion_confirmation.AlreadyConfirmedError):
		adhesion_confirmation.send_again(other.name)


def test_adhesion_page_says_when_no_programme_is_open(clients, network):
	active = frappe.get_all("RTC Programme", {"status": "Active"}, pluck="name")
	try:
		for name in active:
			frappe.db.set_value("RTC Programme", name, "status", "Closed")
		frappe.db.sql("commit")
		caches.forget_records()
		shown = clients[None].get("/adesione/new").text
	finally:
		for name in active:
			frappe.db.set_value("RTC Programme", name, "status", "Active")
		frappe.db.sql("commit")
		caches.forget_records()
	assert "Al momento nessun programma è aperto alle adesioni" in shown
	assert "rtc_web_form.start" not in shown
	assert "rtc_web_form.start" in clients[None].get("/adesione/new").text


def test_the_programme_of_the_address_is_joined(clients, network, stays):
	"""Also where another programme began later; and none is joined in place of one that is closed or unknown."""
	asked = frappe.db.get_value("RTC Programme", {"status": "Active"}, order_by="start_date asc")
	with committed_rows():
		factories.programme(title="Programma che comincia dopo", start_date="2026-10-01")
		frappe.db.sql("commit")
		moved = clients[None].get("/adesione", programme=asked)
		assert moved.status_code == 301 and moved.headers["location"].startswith("/adesione/new?")
		shown = settings_in(clients[None].get(moved.headers["location"]).text)
		assert shown["values"] == {"programme": asked}
		answer = send_adhesion(clients[None], **shown["values"])
		assert answer.status_code == 200, answer.text
		frappe.db.rollback()
		assert frappe.db.get_value(MEMBER, answer.json()["message"]["number"], "programme") == asked
		html = clients[None].get("/adesione/new", programme="Programma che non c'è").text
		assert "rtc_web_form.start" not in html and "non raccoglie adesioni" in html


def test_guest_learns_only_what_the_form_offers(clients):
	shown = settings_in(clients[None].get("/adesione/new").text)
	assert set(shown["options"]) == {"organisation_types", "territories"}
	assert "workflow_state" not in json.dumps(shown["pages"])
