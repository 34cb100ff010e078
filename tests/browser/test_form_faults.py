"""The form where a script of it fails: it never looks alive while nothing is saved, and what was typed is kept."""

import re
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import expect

from rtc_conciliation.common.files import addresses
from tests.browser.desk import go
from tests.browser.drafts import committed_draft, status, stored
from tests.site.factories import APPLICANT, PASSWORD

CASES = Path(__file__).parents[1] / "cases"
SAVED = re.compile(r"Bozza salvata alle \d\d:\d\d")


@pytest.fixture
def draft(site, monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed
	with committed_draft("Con guasti") as doc:
		yield doc


def test_a_file_with_a_percent_sign_is_sent_shown_removed_and_read(visit, draft):
	name = "Cofinanziamento 30%.pdf"
	page = visit(APPLICANT, PASSWORD).page
	page.goto(f"/domanda/{draft.name}/edit")
	go(page, "Dichiarazioni e documenti")
	page.get_by_label("Domanda firmata").set_input_files(CASES / name)
	expect(page.get_by_role("link", name=name)).to_be_visible()
	expect(status(page)).to_contain_text(SAVED)
	# An address as core made them once, with the sign itself.
	address = f"{addresses.PRIVATE}Vecchio 30%.pdf"
	file = stored(draft).signature_file
	addresses.get_path(file).rename(addresses.get_path(address))
	frappe.db.set_value("File", {"file_url": file}, {"file_url": address})
	frappe.db.set_value("RTC Application", draft.name, "signature_file", address)
	frappe.db.commit()
	page.reload()
	go(page, "Dichiarazioni e documenti")
	link = page.get_by_role("link", name=name)
	expect(link).to_be_visible()
	with page.expect_download() as download:
		link.click()
	assert download.value.suggested_filename == name
	go(page, "Progetto")
	page.get_by_label("Sintesi").fill("Si salva ancora")
	expect(status(page)).to_contain_text(SAVED)
	assert stored(draft).abstract == "Si salva ancora"
	page.goto(f"/domanda/{draft.name}")
	expect(page.get_by_role("link", name=name)).to_be_visible()
	page.goto(f"/domanda/{draft.name}/edit")
	go(page, "Dichiarazioni e documenti")
	page.get_by_role("button", name=f"Rimuovi {name}").click()
	expect(status(page)).to_contain_text(SAVED)
	assert not stored(draft).signature_file


def test_a_form_that_cannot_be_drawn_says_so(visit, draft):
	watched = visit(APPLICANT, PASSWORD)
	watched.page.add_init_script(
		"Element.prototype.replaceChildren = new Proxy(Element.prototype.replaceChildren, {apply(call, place, given) { if (place.id === 'rtc-form' && !window.once) { window.once = 1; throw new Error('guasto di prova'); } return Reflect.apply(call, place, given); }})"
	)
	watched.page.goto(f"/domanda/{draft.name}/edit")
	alert = watched.page.get_by_role("alert")
	expect(alert).to_contain_text("Questa pagina non si è potuta aprire")
	expect(alert).to_contain_text("guasto di prova")
	expect(watched.page.get_by_role("button", name="Salva bozza")).to_have_count(0)


def test_one_field_that_fails_does_not_stop_the_others(visit, draft):
	"""Whatever a value is: what the site has of it stays, the rest is saved, and the person is told."""
	watched = visit(APPLICANT, PASSWORD)
	page = watched.page
	# the field of the acronym refuses every value
	page.add_init_script(
		"const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value'); Object.defineProperty(HTMLInputElement.prototype, 'value', {...put, set(text) { if (this.name === 'acronym' && text) throw new Error('guasto di prova'); put.set.call(this, text); }})"
	)
	frappe.db.set_value("RTC Application", draft.name, "acronym", "SIGLA")
	frappe.db.commit()
	page.goto(f"/domanda/{draft.name}/edit")
	expect(page.locator(".rtc-faults")).to_contain_text("Qualcosa in questa pagina non funziona")
	go(page, "Progetto")
	page.get_by_label("Sintesi").fill("Il resto si salva")
	expect(status(page)).to_contain_text(SAVED)
	assert (stored(draft).abstract, stored(draft).acronym) == ("Il resto si salva", "SIGLA")


def test_a_fault_while_writing_is_told_and_what_was_typed_is_saved(visit, draft):
	watched = visit(APPLICANT, PASSWORD)
	page = watched.page
	page.goto(f"/domanda/{draft.name}/edit")
	go(page, "Progetto")
	page.get_by_label("Sintesi").fill("Scritto prima del guasto")
	page.evaluate("() => { setTimeout(() => { throw new Error('guasto di prova'); }); }")
	expect(page.locator(".rtc-faults")).to_contain_text("guasto di prova")
	expect(status(page)).to_contain_text(SAVED, timeout=2_500)
	assert stored(draft).abstract == "Scritto prima del guasto"
	assert watched.problems == ["page error: guasto di prova"]
	watched.problems.clear()


def test_an_odd_value_is_marked_at_its_field_and_step_and_the_rest_is_saved(visit, draft):
	session = visit(APPLICANT, PASSWORD)
	page = session.page
	page.goto(f"/domanda/{draft.name}/edit")
	page.get_by_label("PEC").fill("segreteria@comune,it")
	go(page, "Progetto")
	page.get_by_label("Sintesi").fill("Il resto si salva")
	expect(status(page)).to_contain_text(SAVED)
	assert (stored(draft).abstract, stored(draft).pec) == ("Il resto si salva", None)
	other = session.context.new_page()  # another evening, or another computer
	other.goto(f"/domanda/{draft.name}/edit")
	for shown in (page, other):
		step = shown.get_by_role("navigation", name="Passi").get_by_role(
			"button", name=re.compile("1. Domanda")
		)
		expect(step.locator(".rtc-badge")).to_be_visible()
		go(shown, "1. Domanda")
		field = shown.get_by_label("PEC")
		expect(field).to_have_value("segreteria@comune,it")
		expect(field).to_have_attribute("aria-invalid", "true")
		expect(shown.locator("[data-fieldname=pec] .rtc-field-error")).to_contain_text(
			"non è un solo indirizzo e-mail"
		)
	other.get_by_label("PEC").fill("segreteria@comune.example.it")
	expect(status(other)).to_contain_text(SAVED)
	expect(other.get_by_label("PEC")).to_have_attribute("aria-invalid", "false")
	assert stored(draft).pec == "segreteria@comune.example.it"


def test_an_amount_with_two_readings_is_asked_and_a_long_name_is_not_cut(visit, draft):
	page = visit(APPLICANT, PASSWORD).page
	page.goto(f"/domanda/{draft.name}/edit")
	long = "Istituzioni, consorzi e ONLUS " * 9  # 270
	page.get_by_label("Persona di riferimento").fill(long)
	expect(page.get_by_label("Persona di riferimento")).to_have_value(long)
	expect(page.locator("[data-fieldname=contact_person] .rtc-field-error")).to_contain_text("al massimo 255")
	go(page, "Budget")
	row = page.locator("[data-fieldname=costs] .rtc-sheet-row").first
	for typed, shown, told in (
		("1,234", "1,234", "si può leggere in due modi"),
		("12.000,-", "12.000,-", "1.234,56"),
		("EUR 12.000,00", "12.000,00", ""),
		("0.500", "0,50", ""),
		("1e5", "1e5", "non si legge come numero"),
	):
		field = row.get_by_label("Costo unitario")
		field.fill(typed)
		field.blur()
		expect(field).to_have_value(shown)
		error = row.locator("[data-fieldname=unit_cost] .rtc-field-error")
		expect(error).to_contain_text(told) if told else expect(error).to_be_hidden()
	field.fill("0,5")
	expect(status(page)).to_contain_text(SAVED)
	assert stored(draft).costs[0].unit_cost == 0.5
	assert stored(draft).contact_person is None
