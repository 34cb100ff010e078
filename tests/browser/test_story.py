"""The whole story in a browser: an organisation joins, an application is mended and sent, the office decides, the
Plan names both."""

import io
import re

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.desk import PILL, act, go, open_record
from tests.site import evaluated, factories, signing
from tests.site.factories import APPLICANT, DIRECTOR, MANAGER, OFFICER, PASSWORD
from tests.site.http import committed_rows
from tests.site.mails import mailed_link

MEMBER = "Associazione Tempo Ritrovato"
PROJECT = "Un'ora in più"
AREAS = ("Accesso ai servizi di cura e assistenza", "Mobilità casa-lavoro")


@pytest.fixture
def open_call(site, monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed
	with committed_rows():
		programme = factories.programme(title="Programma della storia", start_date="2026-01-01")
		call = factories.call(title="Manifestazione della storia", programme=programme.name)
		frappe.db.commit()
		yield frappe._dict(programme=programme.name, call=call.name)


def test_from_adhesion_to_plan(visit, open_call):
	guest = visit()
	guest.expected.append((417, "send_adhesion"))  # the slip in the tax code
	member = join(guest.page, open_call)
	confirm(guest.page, member)
	officer, manager = visit(OFFICER, PASSWORD).page, visit(MANAGER, PASSWORD).page
	step(officer, "RTC Member", member, "Avvia l'esame", "In esame")
	admit(manager, member)

	applicant = visit()
	application = apply(applicant, open_call)

	step(officer, "RTC Application", application, "Avvia l'istruttoria", "In istruttoria")
	integrate(applicant.page, application)
	check(officer, application)
	step(manager, "RTC Application", application, "Dichiara ammissibile", "Ammissibile")
	step(manager, "RTC Application", application, "Avvia la valutazione", "In valutazione")
	ranking = rank(officer, application, open_call)
	approve(visit(DIRECTOR, PASSWORD).page, ranking)
	applicant.page.reload()
	expect(applicant.page.locator(".rtc-state")).to_have_text("Finanziata")

	guest.page.goto(f"/rete?programme={open_call.programme}")
	expect(guest.page.get_by_role("listitem").filter(has_text=MEMBER)).to_be_visible()

	plan = make_plan(officer, open_call)
	text = pdf_text(officer, "RTC Plan", plan, "RTC Plan")
	assert MEMBER in text
	assert PROJECT in text
	assert "Comune di Prova" in text
	assert "€ 100.000,00" in text


def join(page, open_call) -> str:
	"""A guest fills in the adhesion, with a slip first; returns its number."""
	page.goto(f"/adesione/new?programme={open_call.programme}")
	page.get_by_label("Nome *").fill(MEMBER)
	page.get_by_label("Tipo *").select_option("Associazione di promozione sociale")
	page.get_by_label("Codice fiscale *").fill("94000050160")
	page.get_by_label("Comune *").fill("Bergamo")
	page.get_by_label("Ambito").select_option("Bergamo")
	page.get_by_label("PEC *").fill("tempo@pec.example.org")
	page.get_by_label("E-mail *").fill("tempo@example.org")
	page.get_by_label("Legale rappresentante *").fill("Dora Prova")
	page.locator("[data-fieldname=website] input").fill("tempo ritrovato")
	expect(page.locator(".rtc-field-error:visible")).to_have_count(1)  # the slip, as its field was left
	send = page.get_by_role("button", name="Invia l'adesione")
	send.click()
	alert = page.get_by_role("alert")
	expect(alert).to_be_focused()
	expect(alert.get_by_role("link")).to_have_count(2)  # all at once
	expect(alert).to_contain_text("Ho letto l'informativa sulla privacy")
	alert.get_by_role("link", name=re.compile("94000050160")).click()
	expect(page.get_by_label("Codice fiscale *")).to_be_focused()
	expect(page.get_by_label("Codice fiscale *")).to_have_attribute("aria-invalid", "true")
	page.get_by_label("Codice fiscale *").fill(f" {factories.TAX_CODES[4]} ")
	expect(alert.get_by_role("link")).to_have_count(1)
	page.get_by_label("Ho letto l'informativa sulla privacy").check()
	page.get_by_label("Modulo di adesione firmato").set_input_files(
		{"name": "adesione.pdf", "mimeType": "application/pdf", "buffer": signing.blank_pdf()}
	)
	page.locator(".rtc-trap input").evaluate("field => (field.value = 'Dora')")  # as a browser might
	send.click()
	expect(page.get_by_role("alert")).to_contain_text("campo nascosto")
	expect(page.locator(".rtc-trap input")).to_have_value("")
	with page.expect_response(re.compile("send_adhesion")) as refused:
		send.click()
	assert refused.value.status == 417
	alert.get_by_role(
		"link", name=re.compile("tempo ritrovato")
	).click()  # what only the site finds, at its field too
	website = page.locator("[data-fieldname=website]")
	expect(website.locator("input")).to_be_focused()
	expect(website.locator(".rtc-field-error")).to_contain_text("tempo ritrovato")
	expect(page.get_by_label("Nome *")).to_have_value(MEMBER)
	website.locator("input").fill("https://tempo.example.org")
	expect(alert).to_have_count(0)
	send.click()
	expect(page.get_by_role("heading", level=1)).to_have_text("Adesione ricevuta")
	expect(page.locator("#rtc-form")).to_contain_text(MEMBER)
	expect(page.locator("#rtc-form")).to_contain_text("adesione.pdf")
	return page.locator(".rtc-number b").inner_text()


def confirm(page, member: str) -> None:
	"""The guest opens the link of the mail, and presses its button."""
	page.goto(mailed_link(member, "tempo@example.org"))
	page.get_by_role("button", name="Conferma l'adesione").click()
	expect(page.get_by_role("status")).to_contain_text(member)


def apply(session, open_call) -> str:
	"""The applicant logs in, sends a bad application, reads what is wrong, mends it and sends it."""
	page = session.page
	page.goto(f"/domanda/new?call={open_call.call}")
	page.locator("#login_email").fill(APPLICANT)
	page.locator("#login_password").fill(PASSWORD)
	page.locator(".form-login").get_by_role("button", name=re.compile("Entra|Accedi|Login")).first.click()
	page.wait_for_url(f"**/domanda/new?call={open_call.call}")
	page.get_by_label("Titolo del progetto *").fill(PROJECT)
	page.get_by_role("button", name="Salva bozza").click()
	expect(page.locator(".rtc-notice").first).to_contain_text("salvata")
	assert page.url.endswith("/edit")

	steps = page.get_by_role("navigation", name="Passi")
	expect(steps.get_by_text("da fare").first).to_be_visible()
	expect(steps.locator(".rtc-badge:visible")).to_have_count(
		0
	)  # nothing is red before it was left or refused
	go(page, "Verifica e invio")
	expect(page.locator(".rtc-result")).to_contain_text("Ancora da fare")
	page.get_by_role("button", name="Invia la domanda").click()
	alert = page.get_by_role("alert")
	expect(alert).to_be_focused()
	for wrong in (
		"capofila",
		"almeno 3",
		"costo totale",
		"DURC",
		"Accordo di partenariato",
		"PEC",
		"testo è vuoto",
	):
		expect(alert).to_contain_text(re.compile(wrong, re.IGNORECASE))
	expect(page.locator(".rtc-finding-error")).to_have_count(alert.locator("li").count())
	expect(steps.locator(".rtc-badge:visible").first).to_be_visible()
	alert.get_by_role("link", name=re.compile("Sintesi")).click()
	expect(page.get_by_label("Sintesi")).to_be_focused()
	expect(page.locator("[data-fieldname=abstract] .rtc-field-error")).to_contain_text("testo è vuoto")

	mend(page)
	go(page, "Verifica e invio")
	expect(page.locator(".rtc-panel:visible [data-total=cofinancing_percent] dd")).to_have_text("30,00 %")
	expect(page.locator(".rtc-result")).to_contain_text("Nulla impedisce l'invio")
	expect(page.locator(".rtc-message-error")).to_have_count(0)  # what was refused is mended
	page.get_by_role("button", name="Invia la domanda").click()
	page.get_by_role("dialog").get_by_role("button", name="Invia la domanda").click()
	receipt = page.get_by_role("region", name="Ricevuta")
	expect(receipt).to_contain_text(re.compile(r"\d{2}:\d{2}:\d{2}"))
	expect(receipt).to_contain_text(re.compile(r"[0-9a-f]{64}"))
	number = receipt.locator("dd").first.inner_text()
	assert page.get_by_role("button", name="Ritira la domanda").is_visible()
	assert not page.locator("input, textarea").count()
	text = PdfReader(
		io.BytesIO(download(page, receipt.get_by_role("link", name="Ricevuta (PDF)").get_attribute("href")))
	)
	assert number in "".join(shown.extract_text() for shown in text.pages)
	receipt.get_by_role("link", name="Verifica la ricevuta").click()
	page.get_by_role("button", name="Verifica la ricevuta").click()
	expect(page.get_by_role("status")).to_contain_text("Corrisponde.")
	page.goto(f"/domanda/{number}")
	return number


def mend(page) -> None:
	go(page, "Verifica e invio")
	page.locator(".rtc-finding", has_text="PEC").first.get_by_role("button", name="Vai al punto").click()
	expect(page.get_by_label("PEC", exact=True)).to_be_focused()
	page.get_by_label("PEC", exact=True).fill("capofila@pec.example.org")
	page.get_by_label("Legale rappresentante", exact=True).fill("Ada Prova")
	go(page, "Progetto")
	page.get_by_label("Sintesi").focus()
	expect(page.locator(".rtc-counter").first).to_contain_text("va compilato")
	page.get_by_label("Sintesi").fill("Servizi di cura e spostamenti più brevi.")
	go(page, "Partenariato")
	partners = [
		("Comune di Prova", "Comune", "Capofila", "60.000", "30.000,00"),
		("Cooperativa Prova", "Cooperativa sociale di tipo A", "Partner", "30000", ""),
		("Associazione Prova", "Associazione di promozione sociale", "Partner", "10000,00", ""),
	]
	for index, (name, kind, role, budget, cash) in enumerate(partners):
		row = add(page, "partners")
		row.get_by_label("Nome *").fill(name)
		row.get_by_label("Tipo").select_option(kind)
		row.get_by_label("Ruolo").select_option(label=role)
		row.get_by_label("Codice fiscale").fill(factories.TAX_CODES[index])
		row.get_by_label("Budget gestito").fill(budget)
		row.get_by_label("Cofinanziamento in denaro").fill(cash)
	go(page, "Azioni e destinatari")
	for title, area in zip(("Doposcuola", "Navetta"), AREAS, strict=True):
		row = add(page, "actions")
		row.get_by_label("Titolo *").fill(title)
		row.get_by_label("Area").select_option(area)
		row.get_by_label("Inizio").fill("2026-11-01")
		row.get_by_label("Fine").fill("2028-11-01")
	row = add(page, "recipients")
	row.get_by_label("Categoria di destinatari").select_option("Soci lavoratori delle società cooperative")
	row.get_by_label("Numero previsto").fill("40")
	go(page, "Budget")
	for amount, source in (("70.000,00", "Contributo"), ("30000", "Cofinanziamento")):
		row = add(page, "costs")
		row.get_by_label("Descrizione *").fill("Servizi")
		row.get_by_label("Categoria di spesa").select_option("Acquisto di servizi di conciliazione")
		row.get_by_label("Costo unitario").fill(amount)
		row.get_by_label("A carico di").select_option(label=source)
	expect(page.locator(".rtc-panel:visible [data-total=total_cost] dd")).to_have_text("€ 100.000,00")
	go(page, "Dichiarazioni e documenti")
	page.get_by_label("DURC").check()
	page.get_by_label("Accordo di partenariato").set_input_files(
		{"name": "accordo.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}
	)
	expect(page.get_by_role("link", name=re.compile("accordo"))).to_be_visible()


def add(page, table: str):
	place = page.locator(f".rtc-table[data-fieldname={table}]")
	place.get_by_role("button", name=re.compile("^Aggiungi")).click()
	return place.locator("details, .rtc-sheet-row").last


def step(page, doctype: str, name: str, action: str, state: str) -> None:
	"""One step of the workflow."""
	act(page, doctype, name, action)
	expect(page.locator(PILL).first).to_have_text(state)


def admit(page, member: str) -> None:
	"""The step asks for the act by which the organisation is admitted."""
	act(page, "RTC Member", member, "Ammetti")
	dialog = page.locator(".modal.show")
	dialog.locator("[data-fieldname=act_number] input").fill("3/2026")
	dialog.locator("[data-fieldname=act_date] input").fill("06/05/2026")
	dialog.get_by_role("button", name="Ammetti").click()
	expect(page.locator(PILL).first).to_have_text("Ammessa")


def integrate(page, application: str) -> None:
	"""The office asks for something; the applicant finds it on their page, saves, comes back and sends the answer."""
	frappe.db.rollback()
	request = factories.integration("Sent", application)
	frappe.db.commit()
	page.reload()
	page.get_by_role("link", name="Rispondi alla richiesta").click()
	page.get_by_label("Risposta scritta").fill("Dodici corse <al mese>")
	page.get_by_role("button", name="Salva e continua").click()
	expect(page.locator(".rtc-notice").first).to_contain_text("Senza risposta: 1")
	page.reload()
	expect(page.get_by_label("Risposta scritta")).to_have_value("Dodici corse <al mese>")
	page.locator("input[type=file]").set_input_files(
		{"name": "nomina.pdf", "mimeType": "application/pdf", "buffer": factories.PDF + b"% altra"}
	)
	expect(page.get_by_role("link", name=re.compile("nomina"))).to_be_visible()
	page.get_by_role("button", name="Invia la risposta").click()
	page.get_by_role("dialog").get_by_role("button", name="Invia la risposta").click()
	expect(page.locator(".rtc-message-good")).to_contain_text("Risposta ricevuta il")
	assert not page.locator("textarea").count()
	page.get_by_role("link", name=PROJECT).click()
	frappe.db.rollback()
	with factories.acting(OFFICER):
		doc = frappe.get_doc("RTC Integration Request", request.name)
		doc.outcome = "Complete"
		doc.save()
		apply_workflow(doc, "Close Request")
	frappe.db.commit()


def check(page, application: str) -> None:
	"""The officer answers every check of the formal check."""
	open_record(page, "RTC Formal Check", application)
	page.evaluate(
		"() => Promise.all(cur_frm.doc.items.map((row) =>"
		" frappe.model.set_value(row.doctype, row.name, 'answer', 'Passed')))"
	)
	page.evaluate("() => cur_frm.save()")
	expect(page.locator(".page-head:visible .indicator-pill").first).to_have_text("Superato")


def rank(page, application: str, open_call) -> str:
	"""The panel has reviewed and the call is over; the officer computes the ranking, tries another pot and proposes it."""
	frappe.db.rollback()
	evaluated.review(application)
	frappe.db.set_value("RTC Call", open_call.call, "workflow_state", "Closed")
	frappe.db.set_value("RTC Application", application, "cup", "E19G26000010001")
	frappe.db.commit()
	frappe.clear_document_cache("RTC Call", open_call.call)
	page.goto(f"/app/rtc-ranking/new?call={open_call.call}")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'RTC Ranking' && cur_frm.doc.call")
	page.get_by_role("button", name="Salva", exact=True).click()
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
	page.get_by_role("button", name="Calcola", exact=True).click()
	page.wait_for_function("() => cur_frm.doc.computed_on && cur_frm.doc.entries.length === 1")
	page.get_by_role("tab", name="Pagina di decisione").click()
	expect(page.locator(".rtc-preview")).to_contain_text("€ 70.000,00")
	page.get_by_role("button", name="E se la dotazione fosse…").click()
	dialog = page.locator(".modal.show")
	page.wait_for_function("() => window.cur_dialog && cur_dialog.fields_dict.pot")
	page.wait_for_timeout(300)  # core selects what is in the field a moment after it has the focus
	page.evaluate("() => cur_dialog.set_value('pot', 60000)")
	dialog.get_by_role("button", name="Prova").click()
	expect(dialog).to_contain_text("restano € 60.000,00 a fronte di € 70.000,00 richiesti")
	dialog.locator(".btn-modal-close").click()
	expect(dialog).to_have_count(0)
	name = page.evaluate("() => cur_frm.docname")
	step(page, "RTC Ranking", name, "Proponi", "Proposta")
	return name


def approve(page, ranking: str) -> None:
	"""The director writes the act and approves."""
	open_record(page, "RTC Ranking", ranking)
	page.evaluate("() => cur_frm.set_value({act_number: '9/2026', act_date: '2026-10-01'})")
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_dirty()")
	step(page, "RTC Ranking", ranking, "Approva", "Approvato")


def make_plan(page, open_call) -> str:
	page.goto(frappe.utils.get_url_to_list("RTC Plan").split("/", 3)[3].join(("/", "/new")))
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'RTC Plan' && cur_frm.is_new()")
	page.evaluate(
		"values => cur_frm.set_value(values)",
		{
			"title": "Piano della storia",
			"programme": open_call.programme,
			"reference_date": frappe.utils.today(),
		},
	)
	page.get_by_role("button", name="Salva", exact=True).click()
	page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
	return page.evaluate("() => cur_frm.docname")


def pdf_text(page, doctype: str, name: str, print_format: str) -> str:
	address = "/api/method/frappe.utils.print_format.download_pdf"
	content = download(page, f"{address}?doctype={doctype}&name={name}&format={print_format}")
	text = " ".join(shown.extract_text() for shown in PdfReader(io.BytesIO(content)).pages)
	return " ".join(text.split())


def download(page, address: str) -> bytes:
	answer = page.context.request.get(address)
	assert answer.ok, answer.text()[:500]
	assert answer.headers["content-type"].startswith("application/pdf")
	return answer.body()
