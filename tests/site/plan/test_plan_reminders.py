"""Reminders of the Plan's deadline: at 60, 30 and 7 days, once each, to officers and managers."""

from datetime import datetime, timedelta

import frappe
import pytest

from rtc_conciliation.common import clock
from rtc_conciliation.plan import deadline, reminders
from tests.site import factories
from tests.site.rows import fill

DEADLINE = datetime(2031, 10, 8)


@pytest.fixture
def programme():
	frappe.db.set_value("RTC Programme", {"plan_deadline": ("is", "set")}, "plan_deadline", None)
	return factories.programme(title="Programma & scadenza", plan_deadline=DEADLINE.date(), status="Active")


def told(programme, set_time, days: int) -> set[str]:
	"""Who was told when the job ran `days` before the deadline."""
	filters = {"document_type": "RTC Programme", "document_name": programme.name}
	before = set(frappe.get_all("Notification Log", filters, pluck="name"))
	set_time(DEADLINE - timedelta(days=days))
	reminders.remind()
	rows = frappe.get_all("Notification Log", filters, ["name", "for_user", "subject"])
	new = [row for row in rows if row.name not in before]
	assert all("Programma &amp; scadenza" in row.subject and "08/10/2031" in row.subject for row in new)
	assert len({row.for_user for row in new}) == len(new)
	return {row.for_user for row in new}


def test_each_threshold_once_to_officers_and_managers(programme, set_time):
	assert told(programme, set_time, 61) == set()
	first = told(programme, set_time, 60)
	assert {factories.OFFICER, factories.MANAGER} <= first
	assert not first & {factories.AUDITOR, factories.APPLICANT, factories.DIRECTOR}
	assert [bool(told(programme, set_time, days)) for days in (60, 59, 31, 30, 29, 5, 4, 0, -1)] == [
		False, False, False, True, False, True, False, False, False,
	]  # fmt: skip
	programme.db_set("plan_deadline", DEADLINE.date() + timedelta(days=20))
	set_time(DEADLINE)
	reminders.remind()
	assert frappe.db.get_value("RTC Programme", programme.name, "plan_reminded") == "2031-10-28 30"


def test_none_once_a_plan_was_sent(programme, set_time):
	set_time(DEADLINE - timedelta(days=12))
	with factories.acting(factories.OFFICER):
		assert deadline.get_days_left()["value"] == 12
	fill(
		"RTC Plan",
		[{"programme": programme.name, "workflow_state": "Sent", "docstatus": 1, "title": "Piano", "reference_date": "2031-09-30"}],
	)  # fmt: skip
	assert told(programme, set_time, 7) == set()
	assert deadline.get_days_left() == frappe._("None")
	refused = (frappe.PermissionError, frappe.ValidationError)  # early v15 throws the latter
	with factories.acting(factories.APPLICANT), pytest.raises(refused):
		deadline.get_days_left()
