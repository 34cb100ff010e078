"""What lists show and what a record allows say the same, for every user and every kind of application."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from tests.site import factories
from tests.site.factories import APPLICANT, OFFICER, OTHER_APPLICANT, USERS

STATES = ("Draft", "Submitted", "Withdrawn", "Under Formal Check")


@pytest.fixture
def applications():
	call = factories.call()
	made = [factories.application(state, call=call.name) for state in STATES]
	return [*made, factories.application("Draft", user=OTHER_APPLICANT, call=call.name)]


def test_query_and_permission_agree(applications, as_user):
	for user in USERS:
		with as_user(user):
			try:
				listed = set(frappe.get_list("RTC Application", pluck="name"))
			except frappe.PermissionError:
				listed = set()
			for doc in applications:
				allowed = bool(frappe.get_doc("RTC Application", doc.name).has_permission("read"))
				assert allowed == (doc.name in listed), f"{user} and a {doc.workflow_state} of {doc.owner}"


def test_who_sees_what(applications, as_user):
	sent = {doc.name for doc in applications if doc.docstatus}
	own = {doc.name for doc in applications if doc.owner == APPLICANT}
	for user, expected in (
		(APPLICANT, own),
		(OFFICER, sent),
		(factories.AUDITOR, sent),
		(factories.EVALUATOR, set()),
	):
		with as_user(user):
			assert set(frappe.get_list("RTC Application", pluck="name")) == expected, user


def test_calls_are_listed_as_they_are_allowed(as_user):
	calls = [factories.call("Draft"), factories.call("Approved"), factories.call("Published")]
	for user in (APPLICANT, OFFICER, factories.EVALUATOR):
		with as_user(user):
			listed = set(frappe.get_list("RTC Call", pluck="name"))
			for doc in calls:
				assert (doc.name in listed) == bool(
					frappe.get_doc("RTC Call", doc.name).has_permission("read")
				)
	with as_user(APPLICANT):
		listed = set(frappe.get_list("RTC Call", pluck="name"))
	assert listed & {doc.name for doc in calls} == {calls[2].name}


def test_an_officer_sends_what_he_entered_and_only_that(applications, as_user):
	paper = factories.application("Draft", user=OFFICER, call=applications[0].call)
	with as_user(OFFICER):
		apply_workflow(paper, "Send")
		with pytest.raises(frappe.PermissionError):
			apply_workflow(applications[0], "Send")
	with as_user(OFFICER), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		apply_workflow(frappe.get_doc("RTC Application", paper.name), "Start Formal Check")
	assert frappe.db.get_value("RTC Application", paper.name, "workflow_state") == "Submitted"
