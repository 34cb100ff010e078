"""What people type stays text, files stay private, and the forms ask what they may."""

import json
from pathlib import Path

import frappe
import pytest

from rtc_conciliation.applications import drafts
from rtc_conciliation.common.web import page
from tests.site import bombs, factories
from tests.site.applications.tools import (
	APPLICATION,
	NOT_FOR_APPLICANTS,
	SAVE,
	SCRIPT,
	send_adhesion,
	settings_in,
	upload,
	words,
)
from tests.site.factories import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.site.http import Client
from tests.site.signing import blank_pdf

CASES = Path(__file__).resolve().parents[2] / "cases"


def test_script_in_every_text_field_comes_back_as_text(clients, records):
	client = clients[APPLICANT]
	texts = {
		row.fieldname: SCRIPT
		for row in frappe.get_doc("Web Form", drafts.WEB_FORM).web_form_fields
		if row.fieldtype in ("Data", "Text", "Small Text") and row.options != "Email"
	}
	rows = {
		table: [
			{
				df.fieldname: SCRIPT
				for df in frappe.get_meta(frappe.get_meta(APPLICATION).get_field(table).options).fields
				if df.fieldname in columns
				and df.fieldtype in ("Data", "Text", "Small Text")
				and df.options != "Email"
			}
		]
		for table, columns in drafts.COLUMNS.items()
		if table not in ("declarations", "recipients")
	}
	answer = client.call(SAVE, application={"call": records.call, **texts, **rows})
	assert answer.status_code == 200, answer.text
	name = answer.json()["message"]["name"]
	for address in (f"/domanda/{name}/edit", f"/domanda/{name}", "/domanda/list"):
		html = client.get(address).text
		assert "<script>alert" not in html
		assert "<img src=x" not in html
		assert "<b>grassetto" not in html
		if "list" not in address:
			assert "grassetto" in json.dumps(settings_in(html)["values"])


def test_settings_in_the_page_cannot_leave_their_script():
	text = page.to_script({"a": "</script><script>alert(1)</script>&<!--"})
	assert not set("<>&") & set(text)
	assert json.loads(text) == {"a": "</script><script>alert(1)</script>&<!--"}


def test_files_are_private_and_the_senders_own(clients, records):
	answer = upload(clients[APPLICANT], "accordo firmato.pdf.p7m", bombs.signed_in_signed(1))
	assert answer.status_code == 200, answer.text
	url = answer.json()["message"]["file_url"]
	assert url.startswith("/private/files/")
	assert clients[APPLICANT].get(url).status_code == 200
	assert clients[OTHER_APPLICANT].get(url).status_code == 403
	values = {
		"call": records.call,
		"title": "Con un file",
		"attachments": [{"document": "Altro", "file": url}],
	}
	refused = clients[OTHER_APPLICANT].call(SAVE, application=values)
	assert refused.status_code == 403, refused.text
	saved = clients[APPLICANT].call(SAVE, application=values)
	assert saved.status_code == 200, saved.text
	frappe.db.rollback()
	file = frappe.get_doc("File", {"file_url": url})
	assert (file.is_private, file.attached_to_name) == (1, saved.json()["message"]["name"])


@pytest.mark.parametrize(
	("name", "content"),
	[
		("programma.exe", b"MZ"),
		("finto.pdf", b"<html>"),
		("pagina.html", b"<script>"),
		("senza", b"%PDF-"),
		("vuoto.pdf", b""),
	],
)
def test_other_files_are_refused(clients, records, name, content):
	answer = upload(clients[APPLICANT], name, content)
	assert answer.status_code == 417, answer.text
	assert words(answer)


UNREADABLE = {"user_password.pdf": "password", "zero_pages.pdf": "pagine"}


@pytest.mark.parametrize(("name", "said"), [*UNREADABLE.items(), ("tagliato.pdf", "non si apre")])
def test_what_the_office_could_not_open_is_taken_at_no_door(clients, base_url, name, said):
	content = case(name) if name in UNREADABLE else blank_pdf()[:200]
	officer = Client(base_url, OFFICER)
	address = base_url + "/api/method/upload_file"
	core = officer.session.post(address, files={"file": (name, content)}, headers=officer.csrf(), timeout=60)
	answers = [
		upload(clients[APPLICANT], name, content),
		send_adhesion(clients[None], form=(name, content)),
		core,
	]
	for answer in answers:
		assert answer.status_code == 417 and said in words(answer), answer.text[:500]


@pytest.mark.parametrize("name", ["owner_protected_signed.pdf", "signed_nul_padded.pdf", "printed.pdf"])
def test_what_readers_open_is_taken(clients, name):
	printed = b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + factories.PDF + b"\x1b%-12345X"
	content = printed if name == "printed.pdf" else case(name)
	assert upload(clients[APPLICANT], name, content).status_code == 200


def test_a_document_of_word_with_a_password_is_called_so(clients):
	sealed = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
	answer = upload(clients[APPLICANT], "relazione.docx", sealed)
	assert answer.status_code == 417 and "password" in words(answer)


def case(name: str) -> bytes:
	return (CASES / name).read_bytes()


def test_guests_upload_nothing(clients):
	assert upload(clients[None], "accordo.pdf", factories.PDF).status_code in (401, 403)


def test_every_table_of_the_form_has_its_columns():
	form = frappe.get_doc("Web Form", drafts.WEB_FORM)
	tables = {row.fieldname: row.options for row in form.web_form_fields if row.fieldtype == "Table"}
	assert tables.keys() == drafts.COLUMNS.keys()
	for table, doctype in tables.items():
		meta = frappe.get_meta(doctype)
		for column in drafts.COLUMNS[table]:
			assert meta.get_field(column), (table, column)
			assert table == "declarations" or not meta.get_field(column).read_only, (table, column)


@pytest.mark.parametrize("name", ["RTC Adhesion", drafts.WEB_FORM])
def test_forms_ask_nothing_that_the_office_decides(name):
	form = frappe.get_doc("Web Form", name)
	meta = frappe.get_meta(form.doc_type)
	asked = {row.fieldname for row in form.web_form_fields if row.fieldname}
	decided = {
		"workflow_state",
		"status",
		"channel",
		"applicant",
		"organisation",
		"act_number",
		"act_date",
		"decision_reason",
	}
	assert not asked & (decided | NOT_FOR_APPLICANTS.keys())
	assert not [field for field in asked if meta.get_field(field).read_only]


def test_every_word_of_the_scripts_is_italian():
	same = {"File", "No", "Partner"}
	left = [text for text, shown in page.get_messages().items() if text == shown and text not in same]
	assert not left
