"""The desk as the officer finds it: workspace, lists and forms open without an error of page, console or request."""

from urllib.parse import quote

import frappe
import pytest
from frappe.utils import add_to_date, get_datetime
from playwright.sync_api import expect

from rtc_conciliation.common import clock
from rtc_conciliation.common.web import page_cache
from tests.browser.desk import open_route, quiet_tours
from tests.site import factories

LISTS = (
	"programme",
	"call",
	"member",
	"application",
	"plan",
	"organisation",
	"area",
	"recipient-category",
	"organisation-type",
	"territory",
	"cost-category",
)
TITLE = "Programma per il desk"


@pytest.fixture
def records(site):
	"""One record of each kind, committed, since the browser reads them over HTTP; gone afterwards."""
	frappe.set_user("Administrator")
	frappe.local.lang = "it"
	quiet_tours()
	programme = factories.programme(title=TITLE, budget_years=[{"year": 2026, "amount": 872000}])
	call = factories.call(programme=programme.name)
	member = factories.member(programme=programme.name, tax_code="94000130164")
	plan = factories.plan(programme=programme.name)
	draft = factories.application(
		user=factories.OFFICER, call=call.name, recipients=[], costs=[factories.cost(10, "Contribution")]
	)
	frappe.db.commit()
	yield {"programme": programme, "call": call, "member": member, "plan": plan, "application": draft}
	for doc in (draft, plan, member, call, programme):
		frappe.delete_doc(doc.doctype, doc.name, force=True, ignore_on_trash=True, delete_permanently=True)
	frappe.db.commit()


def test_workspace_lists_and_forms_open_cleanly(visit, records):
	officer = visit(factories.OFFICER, factories.PASSWORD)
	page = officer.page
	open_route(page, "/app/rtc-conciliation")
	page.locator(".number-widget-box .number").nth(5).wait_for()
	page.locator(".dashboard-widget-box .frappe-chart, .widget-charts .frappe-chart").first.wait_for()
	# core's charts complain of their width when they redraw in a page that is hidden
	page.goto("about:blank")
	for name in LISTS:
		open_route(page, f"/app/rtc-{name}")
		page.locator(".frappe-list:visible").first.wait_for()
		assert not officer.problems, name
	for name, doc in records.items():
		open_route(page, f"/app/rtc-{name}/{quote(doc.name)}")
		page.locator(".form-layout:visible").first.wait_for()
		assert not officer.problems, name


def test_the_description_of_a_time_is_in_italian(visit, records):
	"""Core looks it up after it has added the time zone."""
	member = records["member"]
	confirmed = {"channel": "Web", "email_confirmed_on": "2026-11-30 10:00:00"}
	frappe.db.set_value("RTC Member", member.name, confirmed)
	frappe.db.commit()
	page = visit(factories.OFFICER, factories.PASSWORD).page
	open_route(page, f"/app/rtc-member/{quote(member.name)}")
	page.wait_for_function("() => window.cur_frm && cur_frm.doc.channel === 'Web'")
	help_text = "() => cur_frm.fields_dict.email_confirmed_on.$wrapper.find('.help-box').text()"
	page.wait_for_function(f"() => ({help_text})().includes('Europe/Rome')")
	source = frappe.get_meta("RTC Member").get_field("email_confirmed_on").description
	italian = frappe._(source, "it")
	assert italian != source
	assert page.evaluate(help_text) == f"{italian}Europe/Rome"


def test_the_form_of_an_application_tells_what_is_missing_and_computes(visit, records):
	draft = records["application"]
	page = visit(factories.OFFICER, factories.PASSWORD).page
	open_route(page, f"/app/rtc-application/{draft.name}")
	link = page.locator(".rtc-to-findings")
	assert str(draft.blocking_findings) in link.inner_text()
	link.click()
	page.locator(".rtc-findings table").wait_for()
	row = draft.costs[0].name
	page.evaluate(
		f"frappe.model.set_value('RTC Application Cost', '{row}', {{quantity: 3, unit_cost: 1.335, vat: 0.5}})"
	)
	page.wait_for_function("() => cur_frm.doc.total_cost === 4.51")
	options = page.evaluate(
		"cur_frm.get_field('costs').grid.grid_rows[0].docfields.find((df) => df.fieldname === 'partner').options"
	)
	assert options.split("\n") == [row.organisation_name for row in draft.partners]


def test_a_new_call_shows_what_its_programme_gives(visit, records):
	page = visit(factories.OFFICER, factories.PASSWORD).page
	open_route(page, "/app/rtc-call/new")
	page.wait_for_function("() => cur_frm && cur_frm.is_new()")
	page.evaluate(f"cur_frm.set_value('programme', '{TITLE}')")
	page.wait_for_function("() => cur_frm.doc.contact_email === 'conciliazione@ats.example.org'")
	shown = page.evaluate("[cur_frm.doc.min_partners, cur_frm.doc.min_areas, cur_frm.doc.project_start]")
	assert shown == [3, 2, "2026-11-01"]


def test_the_days_left_are_those_of_the_public_page(visit, records):
	closing = get_datetime(add_to_date(clock.now().date(), days=20)).replace(minute=5)
	frappe.db.set_value("RTC Call", records["call"].name, "closing", closing)
	frappe.clear_document_cache("RTC Call", records["call"].name)
	frappe.db.commit()
	page_cache.clear_pages()
	page = visit(factories.OFFICER, factories.PASSWORD).page
	open_route(page, f"/app/rtc-call/{records['call'].name}")
	expect(page.locator(".form-message:visible")).to_contain_text("mancano 20 giorni")
	page.goto(f"/bandi/{records['call'].name}")
	expect(page.locator("main")).to_contain_text("20 giorni")


@pytest.fixture
def answered(committed_desk):
	doc = factories.integration("Answered")
	frappe.db.commit()
	return doc


def test_an_answered_request_opens_as_it_is_stored_and_shows_its_answers(visit, answered):
	page = visit(factories.OFFICER, factories.PASSWORD).page
	open_route(page, f"/app/rtc-integration-request/{answered.name}")
	page.wait_for_function("name => cur_frm && cur_frm.docname === name", arg=answered.name)
	answers = page.locator(".rtc-answers")
	expect(answers).to_contain_text("Ecco il chiarimento")
	expect(answers.get_by_role("link", name="integrazione.pdf")).to_be_visible()
	page.wait_for_timeout(1500)  # its controls settle
	assert not page.evaluate("cur_frm.is_dirty()"), "Non salvato"
	stored = answered.answered_on.strftime("%Y-%m-%d %H:%M:%S")
	assert page.evaluate("cur_frm.doc.answered_on") == stored, "its seconds are legal time"
