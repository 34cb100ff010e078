"""Deciding on one screen in Chromium: the way of officer and manager in clicks, keys in a hurry, two at once."""

import re

import frappe
from playwright.sync_api import expect

from tests.browser.desk import PILL, count_clicks, open_record, open_route
from tests.site import factories
from tests.site.factories import MANAGER, OFFICER, PASSWORD, SECOND_OFFICER

CHECK = "RTC Formal Check"


def open_task(page, name: str) -> None:
	"""From Today, by the button of its line."""
	open_route(page, "/app/rtc-today")
	page.locator(f".rtc-today a[href$='/{name}']").first.click()


def test_an_application_is_decided_in_eight_clicks(visit, committed_desk):
	doc = factories.application("Submitted")
	frappe.db.set_value("RTC Call", doc.call, "workflow_state", "Closed")
	frappe.clear_document_cache("RTC Call", doc.call)
	frappe.db.commit()
	officer, manager = visit(OFFICER, PASSWORD), visit(MANAGER, PASSWORD)
	clicks = [count_clicks(one.page) for one in (officer, manager)]
	page = officer.page
	open_task(page, doc.name)
	page.get_by_role("button", name="Avvia l'istruttoria").click()
	document = page.locator(".rtc-document iframe")
	expect(document).to_have_attribute("src", re.compile("^blob:"))
	page.get_by_role("button", name="Tutti gli altri superati").click()
	expect(page.locator(".form-message:visible")).to_contain_text("Tutti i controlli hanno risposta")
	page = manager.page
	open_task(page, doc.name)
	page.get_by_role("button", name="Dichiara ammissibile").click()
	page.locator(".modal.show").get_by_role("button", name="Dichiara ammissibile").click()
	expect(page.locator(".form-message:visible")).to_contain_text("Ammissibile")
	frappe.db.rollback()
	assert frappe.db.get_value("RTC Application", doc.name, "workflow_state") == "Admissible"
	assert sum(count() for count in clicks) == 6


def test_keys_in_a_hurry_lose_nothing_and_what_failed_is_asked_once(visit, committed_desk):
	name = factories.application("Under Formal Check").name
	frappe.db.commit()
	page = visit(OFFICER, PASSWORD).page
	open_record(page, CHECK, name)
	cards = page.locator(".rtc-check")
	cards.first.focus()
	for key in "1311":
		page.keyboard.press(key)
	page.keyboard.press("2")
	page.keyboard.type("Manca l'accordo <firmato>", delay=5)
	page.keyboard.press("Escape")
	cards.nth(5).focus()
	for _number in range(cards.count() - 5):
		page.keyboard.press("1")
	page.get_by_role("button", name="Chiedi un'integrazione (1)").dblclick()
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'RTC Integration Request'")
	frappe.db.rollback()
	rows = frappe.get_doc(CHECK, name).items
	answers = ["Passed", "Not Applicable", "Passed", "Passed", "Failed"]
	assert [row.answer for row in rows] == [*answers, *["Passed"] * (len(rows) - 5)]
	request = frappe.get_doc("RTC Integration Request", {"application": name})
	assert [row.what for row in request.items] == [rows[4].item]
	assert "Manca l'accordo" in request.items[0].why


def test_of_two_officers_the_second_is_told_what_the_first_answered(visit, committed_desk):
	name = factories.application("Under Formal Check").name
	frappe.db.commit()
	first, second = visit(OFFICER, PASSWORD).page, visit(SECOND_OFFICER, PASSWORD).page
	for page in (first, second):
		open_record(page, CHECK, name)
	first.locator(".rtc-check").nth(0).get_by_role("button", name="Superato", exact=False).first.click()
	expect(first.locator(".rtc-check").nth(0)).to_contain_text("·")
	card = second.locator(".rtc-check").nth(0)
	card.get_by_role("button", name="Non pertinente").click()
	expect(card.get_by_role("alert")).to_contain_text("Nel frattempo")
	card.get_by_role("button", name="Metti la mia risposta").click()
	expect(card.get_by_role("alert")).to_have_count(0)
	second.locator(".rtc-check").nth(1).get_by_role("button", name="Superato").first.click()
	expect(second.locator(".rtc-check").nth(1)).to_contain_text("·")
	frappe.db.rollback()
	row = frappe.get_doc(CHECK, name).items[0]
	assert (row.answer, row.answered_by) == ("Not Applicable", SECOND_OFFICER)


def test_a_decision_on_what_was_not_seen_is_refused_with_a_word(visit, committed_desk):
	name = factories.application("Under Formal Check").name
	factories.pass_checks(name)
	frappe.db.commit()
	manager = visit(MANAGER, PASSWORD)
	manager.expected.append((417, "formal_check.api.decide"))
	page = manager.page
	open_record(page, CHECK, name)
	page.get_by_role("button", name="Dichiara ammissibile").click()
	factories.pass_checks(name, row_1="Firma di un altro")
	frappe.db.commit()
	page.locator(".modal.show").get_by_role("button", name="Dichiara ammissibile").click()
	expect(page.locator(".msgprint:visible")).to_contain_text("Non è stato deciso nulla")
	page.keyboard.press("Escape")
	expect(page.get_by_role("button", name="Dichiara ammissibile")).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value("RTC Application", name, "workflow_state") == "Under Formal Check"


def test_an_adhesion_is_decided_on_one_screen(visit, committed_desk):
	doc = factories.member()
	frappe.db.commit()
	officer, manager = visit(OFFICER, PASSWORD), visit(MANAGER, PASSWORD)
	clicks = [count_clicks(one.page) for one in (officer, manager)]
	page = officer.page
	open_task(page, doc.name)
	expect(page.locator(".rtc-facts")).to_contain_text(doc.tax_code)
	page.locator("[data-step='Start Review']").click()
	expect(page.locator("[data-step='Start Review']")).to_have_count(0)
	page = manager.page
	open_task(page, doc.name)
	page.locator("[data-step=Admit]").click()
	dialog = page.locator(".modal.show")
	dialog.locator("[data-fieldname=act_number] input").fill("3/2026")
	dialog.locator("[data-fieldname=act_date] input").fill("06/05/2026")
	dialog.get_by_role("button", name="Ammetti").click()
	expect(page.locator(PILL).first).to_have_text("Ammessa")
	assert sum(count() for count in clicks) == 5
