"""An application at night: the network fails, a second window is open, the budget comes from a spreadsheet, and
everything is done from the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from rtc_conciliation.rules.application import texts
from tests.browser.desk import go
from tests.browser.drafts import committed_draft, status, stored
from tests.site import factories
from tests.site.applications.tools import TEXT
from tests.site.factories import APPLICANT, PASSWORD

SAVE = "**/api/method/rtc_conciliation.applications.api.save_draft"


@pytest.fixture
def draft(site, monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed
	with committed_draft("Di notte") as doc:
		yield doc


def test_nothing_that_was_typed_is_lost(visit, draft):
	session = visit(APPLICANT, PASSWORD)
	page, address = session.page, f"/domanda/{draft.name}/edit"
	session.expected.append((503, "save_draft"))
	page.goto(address)

	go(page, "Progetto")
	abstract = page.get_by_label("Sintesi")
	abstract.fill(TEXT)
	expect(page.locator(".rtc-counter").first).to_have_text(
		f"{texts.count_characters(TEXT)} caratteri su 2.000"
	)
	expect(status(page)).to_contain_text(re.compile(r"Bozza salvata alle \d\d:\d\d"), timeout=15_000)
	assert texts.count_characters(stored(draft).abstract) == texts.count_characters(TEXT)

	# The site does not answer, and the browser is closed: what was typed is offered again, and saved.
	page.route(SAVE, lambda route: route.fulfill(status=503, body="{}"))
	abstract.fill("Scritto senza rete")
	page.get_by_role("button", name="Salva bozza").click()
	expect(status(page)).to_contain_text("riprovo")
	other = session.context.new_page()
	page.close(run_before_unload=False)
	other.goto(address)
	other.get_by_role("button", name="Riprendi").click()
	expect(status(other)).to_contain_text("Bozza salvata alle", timeout=15_000)
	assert stored(draft).abstract == "Scritto senza rete"
	assert (
		other.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('rtc-application'))") == []
	)

	# The session ends; whoever logs in again in another tab goes on where they were.
	session.expected += [(code, "drafts.") for code in (400, 401, 403)]
	session.context.clear_cookies()
	go(other, "Progetto")
	other.get_by_label("Sintesi").fill("Scritto senza sessione")
	expect(status(other)).to_contain_text("La sessione è scaduta", timeout=15_000)
	expect(other.locator(".rtc-result")).to_have_text(re.compile("La sessione è scaduta"))
	session.login(APPLICANT, PASSWORD)
	other.evaluate("window.dispatchEvent(new Event('focus'))")
	expect(status(other)).to_contain_text("Bozza salvata alle", timeout=15_000)
	assert stored(draft).abstract == "Scritto senza sessione"

	# Two windows: what is in different places is joined, the same field is told and chosen.
	second = session.context.new_page()
	second.goto(address)
	second.get_by_label("Acronimo").fill("DUE")
	second.get_by_label("Titolo del progetto *").fill("Titolo della seconda")
	second.get_by_role("button", name="Salva bozza").click()
	expect(second.locator(".rtc-notice").first).to_contain_text("salvata", timeout=15_000)
	go(other, "1. Domanda")
	other.get_by_label("Titolo del progetto *").fill("Titolo della prima")
	other.get_by_role("button", name="Salva bozza").click()
	expect(other.locator(".rtc-notice").first).to_contain_text("Nulla è stato sovrascritto", timeout=15_000)
	conflict = other.locator(".rtc-conflict")
	expect(conflict).to_contain_text("Titolo della seconda")
	expect(other.get_by_label("Acronimo")).to_have_value("DUE")
	expect(other.get_by_label("Titolo del progetto *")).to_have_value("Titolo della prima")
	assert stored(draft).title == "Titolo della seconda"
	other.get_by_role("button", name="Tieni il mio").focus()
	other.keyboard.press("Enter")
	expect(conflict).to_have_count(0)
	expect(status(other)).to_contain_text("Bozza salvata alle", timeout=15_000)
	assert stored(draft).title == "Titolo della prima"

	# Rows from a spreadsheet, moved, and sending: from the keyboard.
	go(other, "Partenariato")
	press(other, "Incolla da un foglio di calcolo")
	rows = [
		("Cooperativa Prova", "Cooperativa sociale di tipo A", "Partner", factories.TAX_CODES[1], "40.000"),
		("Comune di Prova", "Comune", "Capofila", factories.TAX_CODES[0], "60.000,00", "30.000,00"),
		(
			"Associazione Prova",
			"Associazione di promozione sociale",
			"Partner",
			factories.TAX_CODES[2],
			"boh",
		),
	]
	heads = ("Nome", "Tipo", "Ruolo", "Codice fiscale", "Budget gestito", "Cofinanziamento in denaro")
	dialog = other.get_by_role("dialog")
	other.keyboard.insert_text("\n".join("\t".join(row) for row in (heads, *rows)))
	press(other, "Leggi le celle")
	expect(dialog).to_contain_text("riga 4, colonna Budget gestito (E4)")
	press(other, "Aggiungi 3 righe")
	other.keyboard.press("Enter")  # opens the first of the new rows
	press(other, "Sposta giù")
	other.get_by_role("navigation", name="Passi").get_by_role("button", name=re.compile("Verifica")).focus()
	other.keyboard.press("Enter")
	press(other, "Invia la domanda")
	expect(dialog).to_be_visible()
	press(dialog, "Invia la domanda")
	expect(other.get_by_role("region", name="Ricevuta")).to_be_visible()
	sent = stored(draft)
	assert (sent.docstatus, [row.organisation_name for row in sent.partners]) == (
		1,
		["Comune di Prova", "Cooperativa Prova", "Associazione Prova"],
	)
	expect(other.get_by_role("link", name="Copia in una nuova domanda")).to_be_visible()


def press(place, name: str) -> None:
	"""The visible button `name`, by the keyboard."""
	button = place.get_by_role("button", name=name).locator("visible=true").first
	button.focus()
	button.press("Enter")
