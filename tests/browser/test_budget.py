"""The budget as a sheet: keys, cells pasted from a spreadsheet, the bar, cards on a phone; and a new application in clicks."""

import re

import frappe
import pytest
from playwright.sync_api import expect

from tests.browser.axe import AXE, RULES, RUN
from tests.browser.conftest import PHONE
from tests.browser.desk import count_clicks, go
from tests.browser.drafts import committed_draft, status, stored
from tests.site import factories
from tests.site.factories import APPLICANT, PASSWORD
from tests.site.http import committed_rows

SAVED = re.compile(r"Bozza salvata alle \d\d:\d\d")
CATEGORY = "Acquisto di servizi di conciliazione"
#: rows as a spreadsheet puts them on the clipboard
COPIED = "\n".join(
	"\t".join(cells)
	for cells in (
		("Descrizione", "Categoria di spesa", "Quantità", "Costo unitario", "A carico di"),
		("Doposcuola", CATEGORY, "2", "30.000,00", "Contributo"),
		("Navetta", CATEGORY.upper(), "1", "10000", "Contributo"),
		("Educatrici", CATEGORY, "4", "5.000,50", "Cofinanziamento"),
		("Sala", CATEGORY, "1", "9.998,00", "Cofinanziamento"),
		("Materiali", "Categoria di altri", "1", "1,234", "Contributo"),
	)
)


@pytest.fixture
def draft(site, monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed
	with committed_draft("Con un foglio") as doc:
		yield doc


@pytest.fixture
def open_call(site, monkeypatch):
	monkeypatch.undo()
	with committed_rows():
		call = factories.call(title="Manifestazione con budget").name
		frappe.db.commit()
		yield call


def rows_of(page):
	return page.locator("[data-fieldname=costs] .rtc-sheet-row")


def cell(row, fieldname: str):
	return row.locator(f"[data-fieldname={fieldname}]").locator("input, select")


def paste(page, text: str) -> None:
	page.context.grant_permissions(["clipboard-read", "clipboard-write"])
	page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
	page.keyboard.press("Control+V")


def bar(page, name: str):
	return page.locator(f".rtc-budget-bar [data-total={name}]")


def test_keys_and_bar(visit, draft):
	page = visit(APPLICANT, PASSWORD).page
	page.goto(f"/domanda/{draft.name}/edit")
	go(page, "Budget")
	rows = rows_of(page)
	expect(rows).to_have_count(2)
	expect(bar(page, "total_cost")).to_contain_text("€ 100.000,00")
	expect(bar(page, "cofinancing_amount")).to_have_attribute("data-state", "good")
	cell(rows.nth(1), "unit_cost").fill("29.999,99")
	expect(bar(page, "cofinancing_amount")).to_have_attribute("data-state", "open")
	expect(bar(page, "cofinancing_amount")).to_contain_text("29,99 %")
	expect(bar(page, "cofinancing_amount")).to_contain_text("mancano € 0,01")
	expect(rows.nth(1).locator("output")).to_have_text("€ 29.999,99")
	cell(rows.nth(0), "unit_cost").focus()
	page.keyboard.press("Enter")
	expect(cell(rows.nth(1), "unit_cost")).to_be_focused()
	page.keyboard.press("ArrowUp")
	expect(cell(rows.nth(0), "unit_cost")).to_be_focused()
	page.keyboard.press("Enter")
	page.keyboard.press("Enter")
	expect(rows).to_have_count(3)
	page.keyboard.press("Enter")
	expect(rows).to_have_count(3)  # an empty row is not followed by another
	cell(rows.nth(1), "unit_cost").fill("30000")
	expect(bar(page, "cofinancing_amount")).to_have_attribute("data-state", "good")
	expect(status(page)).to_contain_text("salvat")
	page.reload()
	go(page, "Budget")
	expect(rows).to_have_count(2)


def test_pasted_cells_are_read_as_typed_ones(visit, draft):
	page = visit(APPLICANT, PASSWORD).page
	page.goto(f"/domanda/{draft.name}/edit")
	go(page, "Budget")
	rows = rows_of(page)
	cell(rows.nth(0), "description").focus()
	paste(page, COPIED)
	expect(rows).to_have_count(5)
	expect(page.locator("[data-fieldname=costs]")).to_contain_text("Righe incollate: 5")
	expect(bar(page, "total_cost")).to_contain_text("€ 100.000,00")
	expect(cell(rows.nth(4), "unit_cost")).to_have_value("1,234")
	expect(rows.nth(4)).to_contain_text("si può leggere in due modi")
	expect(rows.nth(4)).to_contain_text("Scegli dall'elenco")
	expect(status(page)).to_contain_text(SAVED)
	costs = stored(draft).costs
	assert [(row.description, row.quantity, row.unit_cost, row.charged_to) for row in costs][:4] == [
		("Doposcuola", 2, 30000, "Contribution"),
		("Navetta", 1, 10000, "Contribution"),
		("Educatrici", 4, 5000.5, "Co-financing"),
		("Sala", 1, 9998, "Co-financing"),
	]
	assert [row.cost_category for row in costs][:4] == [CATEGORY] * 4


def test_cards_on_a_phone(visit, draft):
	page = visit(APPLICANT, PASSWORD, PHONE).page
	page.goto(f"/domanda/{draft.name}/edit")
	page.locator(".rtc-steps-nav summary").click()
	go(page, "Budget")
	expect(rows_of(page).first.get_by_text("Costo unitario")).to_be_visible()
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	page.evaluate(AXE)
	assert page.evaluate(RUN, [{"include": [".rtc-panel:not([hidden])"]}, RULES]) == []


def test_a_new_application_in_twelve_clicks_and_its_receipt_in_five(visit, open_call):
	page = visit(APPLICANT, PASSWORD).page
	clicks = count_clicks(page)
	page.goto(f"/domanda/new?call={open_call}")
	page.get_by_label("Titolo del progetto *").fill("In pochi gesti")
	page.get_by_label("PEC", exact=True).fill("capofila@pec.example.org")
	page.get_by_label("Legale rappresentante", exact=True).fill("Ada Prova")
	next_step(page)
	page.get_by_label("Sintesi").fill("Servizi di cura e spostamenti più brevi.")
	next_step(page)
	kinds = ("Comune", "Cooperativa sociale di tipo A", *["Associazione di promozione sociale"] * 2)
	for index, kind in enumerate(kinds):
		row = last_row(page, "partners", index)
		row.get_by_label("Nome *").fill(f"Ente {index}")
		row.get_by_label("Tipo").select_option(kind)
		row.get_by_label("Ruolo").select_option(label="Partner" if index else "Capofila")
		row.get_by_label("Codice fiscale").fill(factories.TAX_CODES[index])
	next_step(page)
	areas = ("Accesso ai servizi di cura e assistenza", "Mobilità casa-lavoro")
	for index, area in enumerate(areas):
		row = last_row(page, "actions", index)
		row.get_by_label("Titolo *").fill(f"Azione {index}")
		row.get_by_label("Area").select_option(area)
		row.get_by_label("Inizio").fill("2026-11-01")
		row.get_by_label("Fine").fill("2028-11-01")
	row = last_row(page, "recipients", 0)
	row.get_by_label("Categoria di destinatari").select_option("Soci lavoratori delle società cooperative")
	row.get_by_label("Numero previsto").fill("40")
	next_step(page)
	rows = rows_of(page)
	for index in range(6):
		row = rows.nth(index)
		cell(row, "description").fill(f"Spesa {index}")
		cell(row, "cost_category").select_option(CATEGORY)
		cell(row, "partner").select_option(f"Ente {index % 4}")
		cell(row, "unit_cost").fill("10.000")
		cell(row, "charged_to").select_option(label="Cofinanziamento" if index < 2 else "Contributo")
		if index < 5:
			page.keyboard.press("Enter")
	expect(bar(page, "total_cost")).to_contain_text("€ 60.000,00")
	expect(page.locator(".rtc-partner-sums")).to_contain_text("€ 20.000,00")
	next_step(page)
	page.get_by_label("DURC").press("Space")
	page.get_by_label("Accordo di partenariato").set_input_files(
		{"name": "accordo.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}
	)
	expect(page.get_by_role("link", name=re.compile("accordo"))).to_be_visible()
	before = clicks()
	assert before <= 12, before
	next_step(page)
	expect(page.locator(".rtc-result")).to_contain_text("Nulla impedisce l'invio")
	page.get_by_role("button", name="Invia la domanda").click()
	page.get_by_role("dialog").get_by_role("button", name="Invia la domanda").click()
	expect(page.get_by_role("region", name="Ricevuta")).to_be_visible()
	assert clicks() - before <= 5


def next_step(page) -> None:
	page.get_by_role("button", name="Passo successivo").click()


def last_row(page, table: str, index: int):
	"""The first stands there already."""
	place = page.locator(f".rtc-table[data-fieldname={table}]")
	if index:
		place.get_by_role("button", name=re.compile("^Aggiungi")).click()
	return place.locator("details").nth(index)
