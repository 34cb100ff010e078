"""A member of the panel in Chromium: declares, reads, scores, comes back, submits; the manager sees it arrive."""

import frappe
import pytest
from playwright.sync_api import expect

from tests.browser.desk import count_clicks, open_record, open_route
from tests.site import evaluating
from tests.site.factories import EVALUATOR, MANAGER, PASSWORD

TABLET = {"width": 1024, "height": 768}


@pytest.fixture
def evaluated_call(committed_desk):
	made = evaluating.make_call()
	frappe.db.commit()
	return made


def test_a_member_declares_and_scores(visit, evaluated_call):
	one, other = evaluated_call.applications
	page = visit(EVALUATOR, PASSWORD, TABLET).page
	declare_conflict_with(page, other)
	page.get_by_role("button", name="Leggi e valuta").click()
	expect(page.locator(".rtc-reading")).to_contain_text("Comune di Prova")
	score(page)
	page.get_by_role("button", name="Valutazione", exact=True).click()
	page.get_by_role("button", name="Continua", exact=True).click()
	expect(page.locator("#mark-1")).to_have_value("40,50")
	submit(page)
	manager = visit(MANAGER, PASSWORD).page
	open_record(manager, "RTC Panel", evaluated_call.panel.name)
	manager.get_by_role("tab", name="Avanzamento").click()
	shown = manager.locator(".rtc-progress")
	expect(shown).to_contain_text("Inviata · 55,5")
	expect(shown).to_contain_text("Conflitto")
	frappe.db.rollback()
	review = frappe.get_doc("RTC Review", {"application": one, "evaluator": EVALUATOR})
	assert (review.workflow_state, review.total) == ("Submitted", 55.5)


def declare_conflict_with(page, application: str) -> None:
	open_route(page, "/app/rtc-evaluation")
	page.get_by_label(application).check()
	page.get_by_label("Qual è il conflitto").fill("Parentela")
	page.get_by_role("button", name="Dichiaro: conflitto con 1").click()
	page.locator(".modal.show").get_by_role("button", name="Sì").click()
	expect(page.locator("[data-begin]")).to_have_count(1)


def score(page) -> None:
	"""A mark over the maximum is told at once; comma and point are both understood."""
	first = page.locator("#mark-1")
	first.fill("70")
	expect(page.get_by_role("alert").filter(has_text="Il massimo è 60")).to_be_visible()
	first.fill("40,5")
	page.get_by_role("textbox", name="Motivazione").fill("Azioni chiare")
	page.locator("#mark-2").select_option(label="Buona (15,00)")
	expect(page.locator(".rtc-total")).to_contain_text("55,50 / 100")
	page.locator("[data-save]").click()
	page.wait_for_function("() => !cur_frm.is_dirty()")


def submit(page) -> None:
	page.locator("[data-submit]").click()
	page.locator(".modal.show").get_by_role("button", name="Sì").click()
	expect(page.locator("#mark-1")).to_have_text("40,50")
	assert page.locator(".rtc-marks input, .rtc-marks select").count() == 0


def test_a_review_takes_four_clicks_beyond_the_marks(visit, evaluated_call):
	"""From the first page of the session: to the evaluation, declared and begun, submitted, confirmed."""
	page = visit(EVALUATOR, PASSWORD, TABLET).page
	count = count_clicks(page)
	open_route(page, "/app/rtc-evaluators")
	page.get_by_role("link", name="Dichiara e valuta").or_(
		page.get_by_text("Dichiara e valuta")
	).first.click()
	page.get_by_role("button", name="Dichiaro di non avere conflitti").click()
	page.locator("#mark-1").fill("40,5")
	page.get_by_role("textbox", name="Motivazione").fill("Azioni chiare")
	page.locator("#mark-2").select_option(label="Buona (15,00)")
	page.locator("[data-submit]").dblclick()
	expect(page.locator(".modal.show")).to_have_count(1)
	page.locator(".modal.show").get_by_role("button", name="Sì").click()
	expect(page.locator("#mark-1")).to_have_text("40,50")
	clicks = count() - 1  # submitting is pressed in a hurry, and counts once
	assert clicks <= 4
	frappe.db.rollback()
	states = frappe.get_all("RTC Review", {"evaluator": EVALUATOR}, pluck="workflow_state")
	assert states == ["Submitted"]
