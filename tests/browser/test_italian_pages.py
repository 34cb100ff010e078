"""Every public page and form as an Italian reads it: no English of ours, no table and no text cut off, wide and narrow."""

import re

import frappe
import pytest
from playwright.sync_api import expect

from rtc_conciliation.applications import partner_confirmations as confirmations
from rtc_conciliation.common.web import page_cache
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.pages import list_public
from tests.site import caches, factories
from tests.site.english import english_in
from tests.site.factories import APPLICANT, PASSWORD
from tests.site.http import committed_rows

#: Of what is shown, the boxes that hold more than they show and those that stand outside the screen. A box that scrolls
#: by itself is whole for who reads on a wide screen only: on a phone a table may not need it.
CLIPPED = """(narrow) => {
	const found = [];
	const width = document.documentElement.clientWidth;
	const wide = document.documentElement.scrollWidth > width;
	if (wide) found.push(`the page: ${document.documentElement.scrollWidth} > ${width}`);
	const SCROLLS = ".rtc-scroll, .scroll, .table-responsive";
	const name = (node) => `${node.tagName.toLowerCase()}.${node.className} ${(node.textContent || "").trim().slice(0, 40)}`;
	const hidden = (node) => !node.checkVisibility({ visibilityProperty: true }) || node.closest(".rtc-hidden, [hidden], .sr-only, .visually-hidden");
	for (const node of document.querySelectorAll("main *, .rtc-form *, .page_content *")) {
		if (hidden(node) || node.closest("svg")) continue;
		const style = getComputedStyle(node);
		const box = node.getBoundingClientRect();
		if (box.width < 2 || box.height < 2 || node.closest("thead")?.getBoundingClientRect().width < 2) continue;
		if (wide && box.right > width + 1 && !node.closest(SCROLLS)) found.push(`makes it so wide: ${name(node)}`);
		const cuts = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
		if (cuts && node.textContent.trim() && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)) {
			found.push(`cut: ${name(node)}`);
		}
		if (!["TABLE", "TD", "TH"].includes(node.tagName)) continue;
		const inside = box.left >= -1 && box.right <= width + 1;
		const scrolled = node.closest(SCROLLS);
		if (!inside && !(scrolled && !narrow)) found.push(`outside the screen: ${name(node)} ${Math.round(box.right)}`);
		if (scrolled && scrolled.scrollWidth > scrolled.clientWidth + 1 && !narrow) found.push(`scrolls on a wide screen: ${name(node)}`);
	}
	return [...new Set(found)];
}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		draft = factories.application("Draft", title="Progetto di prova")
		sent = factories.application("Under Formal Check", call=draft.call, title="Progetto inviato")
		funded = factories.application("Funded", title="Progetto finanziato")
		with factories.acting(APPLICANT):
			token, asked = confirmations.make_token(draft.partners[1], frappe.utils.add_days(None, 5))
			confirmations.write(draft.partners[1], asked)
		request = factories.integration("Sent", sent.name)
		frappe.db.set_value("RTC Ranking", funded.ranking, "workflow_state", "Published")
		frappe.db.commit()
		caches.forget_records()
		page_cache.clear_pages()
		yield frappe._dict(
			call=draft.call,
			draft=draft.name,
			sent=sent.name,
			funded=funded.name,
			ranking=funded.ranking,
			token=token,
			request=request.name,
		)


@pytest.fixture(autouse=True)
def committed(monkeypatch):
	monkeypatch.undo()


def read(page, what: str) -> list[str]:
	"""What is wrong with the page that is open; one line each."""
	page.evaluate(OPEN_ALL)
	html = page.evaluate("() => document.body.innerHTML")
	found = [f"{what}: in English: {text}" for text in english_in(html)]
	for narrow, size in ((False, DESKTOP), (True, PHONE)):
		page.set_viewport_size(size)
		found += [f"{what}, {size['width']}: {line}" for line in page.evaluate(CLIPPED, narrow)]
	page.set_viewport_size(DESKTOP)
	return found


def test_pages_for_everybody(visit, records):
	page = visit().page
	found = []
	for path in (*list_public(records), f"/graduatorie/{records.ranking}"):
		page.goto(path)
		expect(page.get_by_role("heading", level=1).first).to_be_visible()
		found += read(page, path)
	assert not found, "\n".join(found)


def test_pages_of_the_applicant(visit, records):
	page = visit(APPLICANT, PASSWORD).page
	found = []
	for path in (
		"/domanda/list",
		"/organizzazione/new",
		f"/domanda/{records.sent}",
		f"/domanda/{records.funded}",
		f"/integrazione/{records.request}",
		f"/accettazione/{records.funded}",
		f"/domanda/{records.draft}",
		f"/domanda/{records.draft}/edit",
	):
		page.goto(path)
		expect(page.get_by_role("heading", level=1)).to_be_visible()
		found += read(page, path)
	steps = page.get_by_role("navigation", name="Passi").get_by_role("button")
	for index in range(1, steps.count()):
		steps.nth(index).click()
		found += read(page, f"step {index + 1}")
	assert not found, "\n".join(found)


def test_a_table_that_is_read_shows_each_amount_on_a_phone(visit, records):
	page = visit(APPLICANT, PASSWORD, viewport=PHONE).page
	page.goto(f"/domanda/{records.sent}")
	table = page.get_by_role("group", name="Costi", exact=True)
	doc = frappe.get_doc("RTC Application", records.sent)
	amounts = table.locator("td.rtc-money[data-label='Importo']")
	expect(amounts).to_have_count(len(doc.costs))
	for index in range(len(doc.costs)):
		box = amounts.nth(index).bounding_box()
		assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
	expect(table).to_contain_text("Costo totale")


def test_where_it_is_and_a_draft_that_goes(visit, records):
	page = visit(APPLICANT, PASSWORD, viewport=PHONE).page
	page.goto(f"/domanda/{records.sent}")
	waiting = page.get_by_role("region", name="A che punto è la domanda").get_by_role("listitem")
	asked = waiting.filter(has_text="Aspetta te")
	expect(asked).to_contain_text("entro il")
	asked.get_by_role("link").click()
	expect(page).to_have_url(re.compile(f"/integrazione/{records.request}$"))

	with committed_rows():
		spare = factories.application("Draft", title="Di troppo", call=records.call).name
		frappe.db.commit()
		page.goto(f"/domanda/{spare}/edit")
		page.get_by_label("Titolo del progetto").fill("Di troppo, scritto e non salvato")
		page.get_by_role("button", name="Elimina la bozza").click()
		page.get_by_role("dialog").get_by_role("button", name="Elimina la bozza").click()
		expect(page.get_by_role("heading", level=1, name="Le mie domande")).to_be_visible()
		expect(page.get_by_text("Di troppo")).to_have_count(0)
		frappe.db.rollback()
		assert not frappe.db.exists("RTC Application", spare)
