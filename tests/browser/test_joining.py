"""Joining as the agency announced it: on the page, on paper, and by an officer who has the paper in hand."""

import io
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from rtc_conciliation.common.web import page_cache
from tests.browser.conftest import PHONE
from tests.browser.desk import count_clicks, open_route
from tests.site import factories
from tests.site.factories import OFFICER, PASSWORD
from tests.site.signing import ADA_CODE, Signer, blank_pdf

#: clicks of the office from the list of members to the stored adhesion with its file
MOST_CLICKS = 6


@pytest.fixture
def records(committed_desk):
	programme = factories.programme(title="Programma annunciato", start_date="2026-02-01")
	programme.update(
		{
			"ats_act": "Deliberazione n. 7/2026",
			"ats_act_url": "https://www.ats.example.org/7",
			"office_email": "ufficio@ats.example.org",
			"office_pec": "ufficio@pec.example.org",
		}
	)
	programme.save()
	frappe.db.commit()
	page_cache.clear_pages()
	yield programme.name
	page_cache.clear_pages()


def test_who_joins_reads_the_act_prints_the_form_and_sees_who_signed(visit, records):
	page = visit(viewport=PHONE).page
	page.goto("/adesione/new")
	expect(page.get_by_role("link", name="Deliberazione n. 7/2026")).to_be_visible()
	for address in ("ufficio@ats.example.org", "ufficio@pec.example.org"):
		expect(page.get_by_role("link", name=address).first).to_be_visible()
	page.get_by_label("Nome", exact=False).first.fill("Associazione di carta")
	page.get_by_label("Legale rappresentante", exact=False).first.fill("Carla Prova")
	with page.expect_download() as loading:
		page.get_by_role("button", name="Stampa il modulo con quanto hai scritto").click()
	content = Path(loading.value.path()).read_bytes()
	text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
	assert "Associazione di carta" in text and "ufficio@ats.example.org" in text
	signed = Signer(  # a .p7m: a PDF is signed in an event loop of its own
		"Carla", "Prova", ADA_CODE
	).sign_p7m(content)
	form = page.locator("input[type=file]")
	form.set_input_files({"name": "modulo.pdf.p7m", "mimeType": "application/pkcs7-mime", "buffer": signed})
	found = page.locator(".rtc-field-file [role=status]")
	expect(found).to_contain_text("Firmato da Carla Prova")
	page.get_by_label("Codice fiscale del legale rappresentante").fill(ADA_CODE)
	form.set_input_files({"name": "modulo.pdf.p7m", "mimeType": "application/pkcs7-mime", "buffer": signed})
	expect(found).to_contain_text("il legale rappresentante scritto in questo modulo")
	page.get_by_role("button", name="Rimuovi").click()
	expect(found).to_be_hidden()


def test_the_office_enters_a_paper_in_few_clicks(visit, records):
	page = visit(OFFICER, PASSWORD).page
	clicks = count_clicks(page)
	open_route(page, "/app/rtc-member")
	page.locator(".primary-action:visible").click()
	page.wait_for_function("() => window.cur_frm && cur_frm.is_new() && cur_frm.doctype === 'RTC Member'")
	write(page, "organisation_name", "Ente su carta")
	write(page, "tax_code", factories.TAX_CODES[5])
	write(page, "municipality", "Bergamo")
	write(page, "pec", "carta@pec.example.org")
	write(page, "email", "carta@example.org")
	write(page, "legal_representative", "Carla Prova")
	choose(page, "programme", records)
	choose(page, "organisation_type", "Associazione di promozione sociale")
	field(page, "channel").locator("select").select_option("Paper")
	page.get_by_role("tab", name="Modulo e ammissione").click()
	field(page, "adhesion_form").get_by_role("button", name="Allega").click()
	with page.expect_file_chooser() as chooser:
		page.locator(".modal.show .btn-file-upload:has(input), .modal.show .btn-file-upload").first.click()
	chooser.value.set_files({"name": "carta.pdf", "mimeType": "application/pdf", "buffer": blank_pdf()})
	page.locator(".modal.show .btn-modal-primary, .modal.show .modal-footer .btn-primary").first.click()
	# core saves by itself once a file is added
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty() && cur_frm.doc.adhesion_form")
	name = page.evaluate("() => cur_frm.docname")
	assert clicks() <= MOST_CLICKS
	frappe.db.rollback()
	member = frappe.get_doc("RTC Member", name)
	assert (member.channel, member.workflow_state) == ("Paper", "Received") and member.adhesion_form


def field(page, fieldname: str):
	return page.locator(f".form-layout:visible [data-fieldname={fieldname}]").first


def write(page, fieldname: str, value: str) -> None:
	field(page, fieldname).locator("input").fill(value)


def choose(page, fieldname: str, value: str) -> None:
	"""By the keyboard, as whoever copies a paper does."""
	entry = field(page, fieldname).locator("input")
	entry.fill(value)
	expect(page.locator(".awesomplete :is(li, [role=option]):visible").first).to_be_visible()
	entry.press("Tab")
	page.wait_for_function("([one, value]) => cur_frm.doc[one] === value", arg=[fieldname, value])
