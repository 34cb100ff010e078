"""WCAG 2.1 A and AA, as far as axe-core can tell, of every public page and every step of the forms, wide and narrow."""

import frappe
import pytest
from playwright.sync_api import expect

from rtc_conciliation.applications import partner_confirmations as confirmations
from rtc_conciliation.common.web import page_cache
from tests.browser.axe import AXE, RULES, RUN
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.desk import open_record, open_route, quiet_tours
from tests.browser.pages import list_public
from tests.site import caches, factories
from tests.site.factories import APPLICANT, OFFICER, PASSWORD
from tests.site.http import committed_rows

#: colours do not depend on the width, and looking at them takes nine tenths of the time
COLOURS_SEEN = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
#: of the application form; what stands around it is looked at once
STEP = {"include": [".rtc-panel:not([hidden])"]}
OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		draft = factories.application("Draft", title="Bozza accessibile")
		sent = factories.application("Under Formal Check", call=draft.call, title="Domanda accessibile")
		with factories.acting(APPLICANT):
			link = factories.make(
				"RTC Application Colleague", {"application": draft.name, "email": "terza@rtc.test"}
			).flags.link
			token, asked = confirmations.make_token(draft.partners[1], frappe.utils.add_days(None, 5))
			confirmations.write(draft.partners[1], asked)
		request = factories.integration("Sent", sent.name)
		member = factories.member()
		before = frappe.db.get_single_value("Website Settings", "disable_signup")
		frappe.db.set_single_value("Website Settings", "disable_signup", 0)
		frappe.db.commit()
		caches.forget_records()
		page_cache.clear_pages()
		yield frappe._dict(
			call=draft.call,
			draft=draft.name,
			sent=sent.name,
			invitation=link.split("/", 3)[3],
			token=token,
			request=request.name,
			member=member.name,
		)
		frappe.db.set_single_value("Website Settings", "disable_signup", before)


@pytest.fixture(autouse=True)
def committed(monkeypatch):
	monkeypatch.undo()


def violations(page, what: str, context: dict | None = None) -> list[str]:
	"""In both widths; one line for each element, with the rule that it breaks."""
	if not page.evaluate("() => Boolean(window.axe)"):
		page.evaluate(AXE)
	found = []
	for name, size, rules in (("wide", DESKTOP, RULES), ("narrow", PHONE, COLOURS_SEEN)):
		page.set_viewport_size(size)
		page.evaluate(OPEN_ALL)
		found += [f"{what}, {name}: {line}" for line in page.evaluate(RUN, [context, rules])]
		if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
			found.append(f"{what}, {name}: wider than the screen")
	page.set_viewport_size(DESKTOP)
	return found


def test_public_pages(visit, records):
	guest = visit()
	guest.expected += [(404, "token="), (404, "non-esiste")]
	found = []
	for path in (
		"/",
		"/non-esiste",
		*list_public(records),
		"/adesione/conferma?token=x",
		f"/{records.invitation}",
		"/partenariato/conferma?token=x",
		"/login#login",
		"/login?redirect-to=/domanda#signup",
		"/update-password?key=x",
	):
		guest.page.goto(path)
		if "adesione/new" in path:
			expect(guest.page.get_by_role("button", name="Invia l'adesione")).to_be_visible()
		if "login" in path or "password" in path:
			# version 16 has no card any more around the new password
			card = guest.page.locator(".page-card:visible, .portal-container:visible")
			expect(card.first).to_be_visible()
		found += violations(guest.page, path)
	assert not found, "\n".join(found)


def test_pages_of_the_applicant(visit, records):
	page = visit(APPLICANT, PASSWORD).page
	found = []
	for path in (
		"/domanda/list",
		"/organizzazione/new",
		f"/domanda/{records.sent}",
		f"/integrazione/{records.request}",
	):
		page.goto(path)
		expect(page.get_by_role("heading", level=1)).to_be_visible()
		found += violations(page, path)
	page.goto(f"/domanda/{records.draft}/edit")
	steps = page.get_by_role("navigation", name="Passi").get_by_role("button")
	for index in range(steps.count()):
		steps.nth(index).click()
		found += violations(page, steps.nth(index).inner_text(), STEP if index else None)
	invite(page)
	assert not found, "\n".join(found)


def invite(page) -> None:
	"""Under the form: who works at it, one more invited, and one revoked."""
	people = page.locator(".rtc-people")
	expect(people).to_contain_text("terza@rtc.test")
	page.get_by_label("Indirizzo e-mail", exact=True).fill("quarta@rtc.test")
	page.get_by_label("Può anche inviare e ritirare la domanda").check()
	page.get_by_role("button", name="Invita", exact=True).click()
	expect(page.locator(".rtc-link")).to_contain_text("/invito?token=", timeout=20_000)
	expect(people).to_contain_text("quarta@rtc.test scrive, invia e ritira")
	page.get_by_role("button", name="Revoca: terza@rtc.test").click()
	page.get_by_role("dialog").get_by_role("button", name="Revoca").click()
	expect(people).not_to_contain_text("terza@rtc.test")


def test_what_is_ours_in_the_desk(visit, records):
	quiet_tours()
	frappe.db.commit()
	page = visit(OFFICER, PASSWORD).page
	found = []
	for doctype, name in (("RTC Formal Check", records.sent), ("RTC Member", records.member)):
		open_record(page, doctype, name)
		expect(page.locator(".rtc-screen:visible")).to_have_count(1)
		found += violations(page, doctype, {"include": [".rtc-screen"]})
	open_route(page, "/app/rtc-today")
	expect(page.locator(".rtc-today:visible")).to_have_count(1)
	found += violations(page, "Today", {"include": [".rtc-today"]})
	assert not found, "\n".join(found)
