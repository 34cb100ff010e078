"""What waits for whom: derived from the workflows, grouped by terms, read with the reader's own permissions."""

import email
import email.policy
from datetime import date, timedelta

import frappe
import pytest

from rtc_conciliation.access import states
from rtc_conciliation.common import clock, daily_mail, figures, tasks
from tests.site import factories
from tests.site.http import Client
from tests.site.queries import at_most_queries

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
	("due", "waits", "group"),
	[
		(TODAY - timedelta(days=1), False, tasks.LATE),
		(TODAY - timedelta(days=1), True, tasks.LATE),
		(TODAY, False, tasks.TODAY),
		(TODAY, True, tasks.WAITING),
		(TODAY + timedelta(days=7), False, tasks.WEEK),
		(TODAY + timedelta(days=8), False, tasks.OPEN),
		(None, False, tasks.OPEN),
		(None, True, tasks.WAITING),
	],
)
def test_groups(due, waits, group):
	assert tasks.choose_group(due, TODAY, waits) == group


def test_each_kind_names_a_state_and_fields_that_are_there():
	for kind in tasks.load_kinds():
		meta = frappe.get_meta(kind.doctype)
		assert kind.state in {row.state for row in states.definition(kind.doctype).states}, kind
		fields = {
			kind.title,
			*kind.fields,
			*([kind.due] if isinstance(kind.due, str) and kind.due else []),
			*([kind.amount] if kind.amount else []),
		} - {"name"}
		assert all(meta.has_field(field) for field in fields), kind
		assert frappe._(kind.reason) != kind.reason, "in Italian"
		assert frappe._(kind.button) != kind.button, "in Italian"


def names_in(user: str, group: str | None = None) -> set[str]:
	with factories.acting(user):
		found = tasks.list_tasks()
	return {task["name"] for key, rows in found.items() for task in rows if group in (None, key)}


def test_who_can_take_the_step_sees_the_record():
	member = factories.member("Under Review")
	assert member.name in names_in(factories.MANAGER)
	assert member.name not in names_in(factories.OFFICER), "an officer cannot decide it"
	assert member.name not in names_in(factories.AUDITOR, tasks.OPEN) | names_in(factories.APPLICANT)


def test_a_request_waits_for_the_applicant_and_is_late_after_its_term(set_time):
	checked = factories.application("Under Formal Check")
	request = factories.integration("Sent", checked.name)
	assert request.name in names_in(factories.OFFICER, tasks.WAITING)
	set_time(frappe.utils.get_datetime(request.due_on) + timedelta(days=1))
	assert request.name in names_in(factories.OFFICER, tasks.LATE)


def test_applications_of_an_open_call_are_no_work_yet():
	sent = factories.application("Submitted")
	assert sent.name not in names_in(factories.OFFICER)
	frappe.db.set_value("RTC Call", sent.call, "workflow_state", "Closed")
	assert sent.name in names_in(factories.OFFICER)


def lines_of(user: str) -> dict[str, dict]:
	with factories.acting(user):
		found = tasks.list_tasks()
	return {task["name"]: task for rows in found.values() for task in rows}


def test_a_director_sees_the_act_with_its_amount_and_its_paper():
	call = factories.call("Draft")
	line = lines_of(factories.DIRECTOR)[call.name]
	assert line["amount"] == "€\xa0400.000,00"
	assert line["paper"].endswith(f"download_notice?call={call.name}")


def test_who_only_watches_sees_what_changed():
	member = factories.member("Under Review")
	assert member.name in names_in(factories.AUDITOR, tasks.CHANGED)
	with factories.acting(factories.MANAGER):
		assert tasks.CHANGED not in tasks.list_tasks()


def test_who_only_watches_sees_no_application_before_its_call_has_closed():
	sent = factories.application("Submitted")
	with factories.acting(factories.AUDITOR):
		assert "RTC Application" in {kind.doctype for kind in tasks.load_kinds()}
	assert sent.name not in names_in(factories.AUDITOR)
	frappe.db.set_value("RTC Call", sent.call, "workflow_state", "Closed")
	assert sent.name in names_in(factories.AUDITOR, tasks.CHANGED), "read like any other once it is open"


def test_the_figures_are_written_in_full_and_none_is_zero():
	factories.member("Admitted")
	with factories.acting(factories.OFFICER):
		found = {figure["label"]: figure["shown"] for figure in figures.list_figures()}
	assert found[frappe._("Endowment of the Active Programmes")].endswith(",00")
	assert int(found[frappe._("Members of the Network")]) >= 1
	assert "0" not in found.values() and "€\xa00,00" not in found.values()
	with factories.acting(factories.EVALUATOR):
		assert not [figure for figure in figures.list_figures() if figure["doctype"] == "RTC Member"]


@pytest.fixture
def asked():
	daily_mail.set_wanted(factories.MANAGER, 1)
	yield factories.MANAGER
	frappe.defaults.clear_user_default(daily_mail.KEY, factories.MANAGER)


def sent_since(before: set[str]) -> list:
	return [
		frappe.get_doc("Email Queue", name)
		for name in set(frappe.get_all("Email Queue", pluck="name")) - before
	]


def test_the_daily_mail_goes_to_who_asked_and_has_something_to_do(asked):
	member = factories.member("Under Review")
	before = set(frappe.get_all("Email Queue", pluck="name"))
	user = frappe.session.user
	daily_mail.send_all()
	assert frappe.session.user == user
	[mail] = sent_since(before)
	assert [row.recipient for row in mail.recipients] == [asked]
	html = html_of(mail)
	assert "Adesione" in html and member.organisation_name in html


def test_nobody_gets_it_unasked_nor_without_an_account(asked):
	assert not daily_mail.is_wanted(factories.OFFICER)
	before = set(frappe.get_all("Email Queue", pluck="name"))
	with factories.acting(factories.MANAGER):
		daily_mail.set_wanted(factories.MANAGER, 0)
	daily_mail.send_all()
	frappe.db.set_value("User", factories.MANAGER, "enabled", 0)
	daily_mail.set_wanted(factories.MANAGER, 1)
	daily_mail.send_all()
	assert not sent_since(before)


def test_who_waits_for_others_only_gets_none(asked):
	call = factories.call()
	before = set(frappe.get_all("Email Queue", pluck="name"))
	found = daily_mail.list_as(asked)
	assert call.name in {task["name"] for task in found[tasks.WAITING]}
	assert not [task for group in daily_mail.WORK for task in found[group]]
	assert not daily_mail.send(asked)
	assert not sent_since(before)
	factories.member("Under Review")
	assert daily_mail.send(asked)
	assert len(sent_since(before)) == 1


def html_of(mail) -> str:
	text = email.message_from_string(mail.message, policy=email.policy.default)
	return text.get_body(("html",)).get_content()


def test_in_one_run_each_reads_what_that_user_may_and_in_italian(asked):
	daily_mail.set_wanted(factories.OFFICER, 1)
	decided = factories.member("Under Review", 4, organisation_name="Associazione da decidere")
	examined = factories.member("Received", 5, organisation_name="Associazione da esaminare")
	before = set(frappe.get_all("Email Queue", pluck="name"))
	language = frappe.local.lang
	daily_mail.send_all()
	frappe.defaults.clear_user_default(daily_mail.KEY, factories.OFFICER)
	assert frappe.local.lang == language
	texts = {mail.recipients[0].recipient: html_of(mail) for mail in sent_since(before)}
	assert set(texts) == {factories.MANAGER, factories.OFFICER}
	assert decided.organisation_name in texts[factories.MANAGER]
	assert decided.organisation_name not in texts[factories.OFFICER], "what the manager may is not kept"
	assert examined.organisation_name in texts[factories.OFFICER]
	assert all("Adesione" in text for text in texts.values())


def test_the_number_of_queries_does_not_grow():
	for index in range(4):
		factories.member("Received", index)
	with factories.acting(factories.OFFICER):
		tasks.list_tasks()  # what is cached with the first call
		with at_most_queries(2 * len(tasks.load_kinds()) + 4 * len(tasks.load_lists())):
			tasks.list_tasks()


def test_over_http(base_url):
	path = "/api/method/rtc_conciliation.common.api.get_tasks"
	assert Client(base_url, None).get(path).status_code in (401, 403)
	assert set(Client(base_url, factories.OFFICER).get(path).json()["message"]["groups"]) == set(tasks.GROUPS)
	assert Client(base_url, factories.APPLICANT).get(path).status_code == 403
