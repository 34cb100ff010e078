"""The form where a script of it fails: it never looks alive while nothing is saved, and what was typed is kept."""

import re
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import expect

from rtc_conciliation.common.files import addresses
from tests.browser.desk import go
from tests.site import factories
from tests.site.factories import APPLICANT, PASSWORD
from tests.site.http import committed_rows

CASES = Path(__file__).parents[1] / "cases"
SAVED = re.compile(r"Bozza salvata alle \d\d:\d\d")


@pytest.fixture
def draft(site, monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed
	with committed_rows():
		with factories.acting(APPLICANT):
			doc = factories.application(title="Con guasti", partners=[])
		frappe.db.commit()
		yield doc


def stored(draft):
	frappe.db.rollback()
	return frappe.get_doc("RTC Application", draft.name)


def status(page):
	return page.locator(".rtc-status")


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
	addresses.path_of(file).rename(addresses.path_of(address))
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
