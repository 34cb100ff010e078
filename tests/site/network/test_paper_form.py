"""The adhesion on paper: printed blank or filled in, checked when it is dropped in, and the act that it rests on."""

import io
import json

import frappe
import pytest
from pypdf import PdfReader

from rtc_conciliation.common.files import signatures
from rtc_conciliation.common.files.guard import FileContentError
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.network import deliberation, paper_form
from tests.site import factories
from tests.site.applications.tools import adhesion
from tests.site.factories import MANAGER, OFFICER
from tests.site.http import Client, committed_rows
from tests.site.signing import ADA_CODE, Signer, blank_pdf

API = "/api/method/rtc_conciliation.network.api."
ACT = "Deliberazione n. 12 <b>bis</b>"


@pytest.fixture(scope="module")
def network(site):
	with committed_rows():
		with factories.acting(MANAGER):
			act = frappe.get_doc(
				{
					"doctype": "File",
					"file_name": "delibera.pdf",
					"content": blank_pdf("Delibera"),
					"is_private": 1,
				}
			)
			act.insert()
		programme = factories.programme(title="Programma su carta", start_date="2026-02-01")
		programme.update(
			{"ats_act": ACT, "ats_act_date": "2026-02-10", "office_email": "ufficio@ats.example.org"}
		)
		programme.update({"office_pec": "ufficio@pec.example.org"})
		programme.save()
		with factories.acting(MANAGER):
			frappe.get_doc("RTC Programme", programme.name).update({"ats_act_file": act.file_url}).save()
		frappe.db.commit()
		page_cache.clear_pages()
		yield frappe._dict(programme=programme.name, act=act.file_url)
	page_cache.clear_pages()


@pytest.fixture(scope="module")
def guest(base_url):
	return Client(base_url)


def read_text(content: bytes) -> str:
	return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def print_form(guest, **values):
	return guest.post(f"{API}print_form", adhesion=json.dumps(adhesion(**values)))


def check_form(guest, name: str, content: bytes, **values):
	return guest.session.post(
		f"{guest.base_url}{API}check_form",
		data={"adhesion": json.dumps(adhesion(**values))},
		files={"form": (name, content)},
		timeout=60,
	)


def test_pages_show_the_act_and_give_its_file(network, guest):
	for path in ("/rete", "/adesione/new"):
		html = guest.get(path, programme=network.programme).text
		assert "Deliberazione n. 12" in html and "<b>bis" not in html and "10/02/2026" in html
		assert "/delibera/Programma%20su%20carta.pdf" in html
	answer = guest.get(f"/{deliberation.ROUTE}{network.programme}.pdf")
	assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
	assert answer.headers["Content-Type"] == "application/pdf"
	assert guest.get(network.act).status_code == 403, "only by its page"
	assert guest.get("/delibera/non-c-e.pdf").status_code == 404


def test_an_act_of_a_programme_that_is_not_public_stays_in_the_office(network):
	frappe.db.set_value("RTC Programme", network.programme, "status", "Planned")
	assert deliberation.find_file(network.programme) is None


@pytest.mark.parametrize(
	("values", "address"),
	[
		(
			{"ats_act": "1/2026", "ats_act_url": "https://www.ats.example.org/delibera"},
			"https://www.ats.example.org/delibera",
		),
		({"ats_act": "1/2026", "ats_act_url": "javascript:alert(1)"}, ""),
	],
)
def test_only_an_address_of_the_web_is_a_link(values, address):
	programme = frappe.new_doc("RTC Programme").update(values)
	assert deliberation.describe_act(programme) == {"text": "1/2026", "address": address}
	assert deliberation.describe_act(frappe.new_doc("RTC Programme")) == {}


def test_an_act_is_a_pdf_of_the_office(network):
	programme = frappe.get_doc("RTC Programme", network.programme)
	with pytest.raises(FileContentError):
		programme.update({"ats_act_file": "/private/files/delibera.docx"}).save()
	with factories.acting(OFFICER):
		values = {"doctype": "File", "file_name": "altra.pdf", "content": blank_pdf("Altra"), "is_private": 1}
		foreign = frappe.get_doc(values).insert().file_url
	with factories.acting(MANAGER), pytest.raises(frappe.PermissionError):
		frappe.get_doc("RTC Programme", network.programme).update({"ats_act_file": foreign}).save()


def test_a_blank_form_says_what_to_write_and_where_to_send_it(network, guest):
	answer = guest.get("/adesione/modulo.pdf", programme=network.programme)
	assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
	text = read_text(answer.content)
	for said in (
		"Adesione alla Rete",
		"Codice fiscale",
		"ufficio@ats.example.org",
		"ufficio@pec.example.org",
		"Luogo e data",
	):
		assert said in text, said
	assert f"{ACT} del 10/02/2026" in text and "no such element" not in text
	assert guest.get("/adesione/modulo.pdf", programme="non c'è").status_code == 404


def test_a_form_is_printed_with_what_was_typed_and_nothing_else(network, guest):
	before = frappe.db.count("RTC Member"), frappe.db.count("File")
	answer = print_form(
		guest,
		programme=network.programme,
		organisation_name="Coop <b>Onda</b> & C.",
		decision_reason="segreto",
	)
	assert answer.status_code == 200, answer.text
	text = read_text(answer.content)
	assert "Coop <b>Onda</b> & C." in text and "Carla Prova" in text and "segreto" not in text
	frappe.db.rollback()
	assert (frappe.db.count("RTC Member"), frappe.db.count("File")) == before
	assert print_form(guest, programme="Programma concluso").status_code == 417


@pytest.mark.parametrize(
	("code", "kind", "said"),
	[
		(ADA_CODE, "good", "legale rappresentante scritto"),
		("", "", "Scrivi in questo modulo il codice fiscale"),
	],
)
def test_who_signed_is_said_at_once(network, guest, code, kind, said):
	content = Signer("Carla", "Prova", ADA_CODE).sign_pdf(blank_pdf())
	before = frappe.db.count("File")
	answer = check_form(guest, "modulo.pdf", content, legal_representative_tax_code=code)
	assert answer.status_code == 200, answer.text
	found = answer.json()["message"]
	assert found["kind"] == kind and said in found["text"] and "Carla Prova" in found["text"]
	frappe.db.rollback()
	assert frappe.db.count("File") == before


def test_another_signer_an_altered_file_and_none_at_all_are_told_apart(network, guest):
	signed = Signer("Ugo", "Altro", ADA_CODE).sign_pdf(blank_pdf())
	other = check_form(guest, "a.pdf", signed, legal_representative_tax_code="RSSMRA80A01A794B").json()[
		"message"
	]
	assert other["kind"] == "bad" and "Ugo Altro" in other["text"]
	plain = check_form(guest, "a.pdf", blank_pdf()).json()["message"]
	assert plain["kind"] == "" and "non ha una firma digitale" in plain["text"]
	assert check_form(guest, "a.exe", b"MZ").status_code == 417
	assert guest.post(f"{API}check_form", adhesion="{}").status_code == 417


def test_every_state_of_a_signature_has_its_words():
	states = frappe.get_meta("RTC Member").get_field(signatures.STATE).options.split("\n")
	for state in filter(None, states):
		assert paper_form.describe(state, [{"name": "Ada"}])["text"]
