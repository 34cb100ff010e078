"""What waits for whom: derived from the workflows, grouped by terms, read with the reader's own permissions."""

from datetime import date, timedelta

import frappe
import pytest

from rtc_conciliation.access import states
from rtc_conciliation.common import clock, tasks
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
		} - {"name"}
		assert all(meta.has_field(field) for field in fields), kind
		assert frappe._(kind.reason) != kind.reason, "in Italian"


def names_in(user: str, group: str | None = None) -> set[str]:
	with factories.acting(user):
		found = tasks.list_tasks()
	return {task["name"] for key, rows in found.items() for task in rows if group in (None, key)}


def test_who_can_take_the_step_sees_the_record():
	member = factories.member("Under Review")
	assert member.name in names_in(factories.MANAGER)
	assert member.name not in names_in(factories.OFFICER), "an officer cannot decide it"
	assert member.name not in names_in(factories.AUDITOR) | names_in(factories.APPLICANT)


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


def test_the_number_of_queries_does_not_grow():
	for index in range(4):
		factories.member("Received", index)
	with factories.acting(factories.OFFICER):
		tasks.list_tasks()  # what is cached with the first call
		with at_most_queries(2 * len(tasks.load_kinds())):
			tasks.list_tasks()


def test_over_http(base_url):
	path = "/api/method/rtc_conciliation.common.api.get_tasks"
	assert Client(base_url, None).get(path).status_code in (401, 403)
	assert set(Client(base_url, factories.OFFICER).get(path).json()["message"]) == set(tasks.GROUPS)
	assert Client(base_url, factories.APPLICANT).get(path).status_code == 403
