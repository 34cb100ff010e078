"""The living network in the desk: a member is suspended, two bodies become one, a meeting is called, two Plans compared."""

import frappe
import pytest
from frappe.utils import add_days, today
from playwright.sync_api import expect

from tests.browser.desk import PILL, act, open_record, open_route
from tests.site import factories
from tests.site.factories import MANAGER, OFFICER, PASSWORD


@pytest.fixture
def network(committed_desk):
	programme = factories.programme(title="Programma vivo").name
	member = factories.member(
		"Admitted",
		programme=programme,
		organisation_name="Ente sospeso",
		index=4,
		valid_from=add_days(today(), -30),
	)
	twins = [
		factories.organisation(index, organisation_name=name).name
		for index, name in ((2, "Ente doppio"), (5, "Ente che resta"))
	]
	body = factories.body(programme=programme)
	first = factories.plan("Sent", programme=programme)
	with factories.acting(OFFICER):
		second = first.make_new_version()
	factories.member("Admitted", programme=programme, organisation_name="Ente nuovo", index=3)
	frappe.db.commit()
	return frappe._dict(programme=programme, member=member.name, twins=twins, body=body.name, second=second)


def test_the_network_in_the_desk(visit, network):
	manager = visit(MANAGER, PASSWORD).page
	suspend(manager, network.member)
	composition(manager, network.programme)
	merge(manager, *network.twins)
	officer = visit(OFFICER, PASSWORD).page
	call_a_meeting(officer, network.body)
	compare(officer, network.second)
	frappe.db.rollback()
	assert frappe.db.get_value("RTC Member", network.member, "workflow_state") == "Suspended"
	goes, stays = network.twins
	assert frappe.db.exists("RTC Organisation", stays) and not frappe.db.exists("RTC Organisation", goes)
	[(title, invited_on)] = frappe.get_all(
		"RTC Meeting", {"body": network.body}, ["title", "invited_on"], as_list=True
	)
	assert title == "Riunione dal desk" and invited_on


def suspend(page, member: str) -> None:
	"""The step asks for its day and its reason."""
	act(page, "RTC Member", member, "Sospendi")
	dialog = page.locator(".modal.show")
	dialog.locator("textarea").fill("Verifica in corso")
	dialog.get_by_role("button", name="Sospendi").click()
	expect(page.locator(PILL).first).to_have_text("Sospesa")


def composition(page, programme: str) -> None:
	"""Who is suspended does not belong to it today."""
	open_route(page, "/app/query-report/RTC%20Composition%20at%20a%20Date")
	page.wait_for_function("() => window.frappe?.query_report?.filters?.length")
	page.evaluate("name => frappe.query_report.set_filter_value('programme', name)", programme)
	expect(page.locator(".datatable:visible")).to_contain_text("Ente nuovo")
	expect(page.locator(".datatable:visible")).not_to_contain_text("Ente sospeso")
	groups = page.evaluate(
		"() => frappe.query_report.get_filter('group').df.options.map((one) => one.value ?? one)"
	)
	assert "Third Sector" in groups


def merge(page, goes: str, stays: str) -> None:
	open_record(page, "RTC Organisation", goes)
	page.get_by_role("button", name="Unisci con…").click()
	page.wait_for_function("() => window.cur_dialog?.fields_dict?.target")
	page.evaluate("name => cur_dialog.set_value('target', name)", stays)
	page.wait_for_function("name => cur_dialog.get_value('target') === name", arg=stays)
	page.get_by_role("button", name="Mostra che cosa si sposta").click()
	page.locator(".modal.show").get_by_role("button", name="Unisci", exact=True).click()
	page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=stays)
	frappe.db.rollback()
	assert not frappe.db.exists("RTC Organisation", goes)


def call_a_meeting(page, body: str) -> None:
	open_record(page, "RTC Body", body)
	page.get_by_role("button", name="Nuova riunione").click()
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'RTC Meeting' && cur_frm.is_new()")
	page.evaluate(
		"day => cur_frm.set_value({title: 'Riunione dal desk', starts_on: `${day} 10:00:00`})",
		add_days(today(), 9),
	)
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_new()")
	page.get_by_role("button", name="Compila i partecipanti dai seggi").click()
	page.wait_for_function("() => cur_frm.doc.attendees?.length === 1")
	page.keyboard.press("Escape")
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_dirty()")
	page.get_by_role("button", name="Invia l'invito").click()
	page.locator(".modal.show").get_by_role("button", name="Sì").click()
	page.wait_for_function("() => cur_frm.doc.invited_on")
	frappe.db.rollback()
	assert frappe.db.exists("Email Queue", {"reference_doctype": "RTC Meeting"})


def compare(page, plan: str) -> None:
	open_record(page, "RTC Plan", plan)
	page.get_by_role("button", name="Confronta con la versione precedente").click()
	expect(page.locator(".modal.show")).to_contain_text("Ente nuovo")
