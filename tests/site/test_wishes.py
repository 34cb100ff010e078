"""What users of other systems ask for: help beside a choice, time needed, a body's applications, who is invited."""

import frappe
import pytest

from rtc_conciliation.access import colleagues
from rtc_conciliation.applications import body_applications
from rtc_conciliation.applications import colleague_pages as portal
from rtc_conciliation.calls import open_calls, public_calls
from rtc_conciliation.common import clock
from rtc_conciliation.common.web import page_cache
from tests.site import factories
from tests.site.factories import APPLICANT, AUDITOR, OFFICER, OTHER_APPLICANT

ORGANISATION, APPLICATION = "RTC Organisation", "RTC Application"


@pytest.mark.parametrize(
	("doctype", "choices"),
	[
		("RTC Area", "areas"),
		("RTC Cost Category", "cost_categories"),
		("RTC Recipient Category", "recipient_categories"),
	],
)
def test_the_description_of_a_choice_reaches_the_form(doctype, choices):
	call = factories.call()
	name = open_calls.get_choice(call.name)[choices][0]["value"]
	doc = frappe.get_doc(doctype, name)
	doc.description = "Spese per <servizi>"
	doc.save()
	found = {one["value"]: one for one in open_calls.get_choice(call.name)[choices]}
	assert found[name]["description"] == "Spese per <servizi>"
	assert all(isinstance(one["description"], str) for one in found.values())


def test_descriptions_cost_no_query_of_each_row(monkeypatch):
	call = factories.call()
	page_cache.clear_pages()
	asked = []
	get_all = frappe.get_all
	monkeypatch.setattr(
		frappe, "get_all", lambda doctype, **more: asked.append(doctype) or get_all(doctype, **more)
	)
	open_calls.get_choice(call.name)
	open_calls.get_choice(call.name)
	assert sorted(asked) == ["RTC Area", "RTC Cost Category", "RTC Recipient Category"]


def test_the_call_says_how_long_an_application_takes():
	call = factories.call(title="Che dice quanto tempo serve", filling_hours=4)
	assert open_calls.get_choice(call.name)["filling_hours"] == 4
	assert public_calls.get_sheet(call.name, clock.now())["filling_hours"] == 4
	from rtc_conciliation.calls import pages

	assert "circa 4 ore" in pages.render_sheet(call.name)
	silent = factories.call(title="Che non lo dice", filling_hours=0)
	assert "Per compilarla" not in pages.render_sheet(silent.name)


@pytest.fixture
def body():
	"""An organisation that leads an application and is a partner in others, one of them a draft of somebody else."""
	name = factories.organisation(1).name
	factories.application("Submitted", title="Da partner")
	factories.application("Draft", title="In bozza, da partner")
	lead = [
		factories.partner(1, "Cooperativa Prova", "Cooperativa sociale di tipo A", role="Lead", budget=60000, cofinancing_cash=30000),
		factories.partner(0, "Comune di Prova", "Comune", budget=30000),
		factories.partner(2, "Associazione Prova", "Associazione di promozione sociale", budget=10000),
	]  # fmt: skip
	factories.application("Submitted", title="Da capofila", partners=lead)
	return name


@pytest.mark.parametrize("user", [OFFICER, AUDITOR])
def test_all_applications_of_a_body_as_lead_and_as_partner(body, user):
	with factories.acting(user):
		found = {
			row["title"]: row["role"]
			for row in body_applications.list_applications(frappe.get_doc(ORGANISATION, body))
		}
	assert found == {"Da capofila": "Capofila", "Da partner": "Partner"}, "drafts are nobody's affair"


def test_what_somebody_wrote_is_text_in_it(body):
	title = "<img src=x onerror=1>"
	frappe.db.set_value(APPLICATION, {"title": "Da partner"}, "title", title)
	with factories.acting(OFFICER):
		doc = frappe.get_doc(ORGANISATION, body)
		doc.run_method("onload")
	assert "<img" not in doc.get("__onload")["applications_html"]


def test_who_knows_a_body_sees_its_applications_only_if_they_are_his(body):
	doc = frappe.get_doc(ORGANISATION, body)
	with factories.acting(OTHER_APPLICANT):
		assert body_applications.render_table(doc) == ""
	with factories.acting(APPLICANT):
		assert {row["title"] for row in body_applications.list_applications(doc)} == {
			"Da capofila",
			"Da partner",
			"In bozza, da partner",
		}


def test_a_row_that_was_written_before_the_body_was_known_counts_by_its_code():
	application = factories.application("Submitted", title="Prima")
	doc = factories.organisation(1)
	assert not frappe.db.exists(
		"RTC Application Partner", {"parent": application.name, "organisation": doc.name}
	)
	with factories.acting(OFFICER):
		assert [row["title"] for row in body_applications.list_applications(doc)] == ["Prima"]


@pytest.mark.parametrize("state", colleagues.DECIDED)
def test_nobody_is_invited_to_what_is_decided(state):
	doc = factories.application("Submitted")
	invited = invite(doc.name, "prima@rtc.test")
	assert invited.is_open()
	frappe.db.set_value(APPLICATION, doc.name, "workflow_state", state)
	with factories.acting(APPLICANT):
		assert not portal.list_colleagues(doc.name)["may_invite"]
	with pytest.raises(frappe.ValidationError):
		invite(doc.name, "dopo@rtc.test")
	assert not frappe.get_doc(colleagues.DOCTYPE, invited.name).is_open(), "an old link opens it no more"


@pytest.mark.parametrize("state", ["Draft", "Submitted", "Under Formal Check", "Under Evaluation"])
def test_until_then_they_are(state):
	assert invite(factories.application(state).name, "collega@rtc.test").is_open()


def test_who_joined_before_stays():
	doc = factories.application("Submitted")
	name = invite(doc.name, OTHER_APPLICANT).name
	frappe.db.set_value(colleagues.DOCTYPE, name, {"user": OTHER_APPLICANT, "accepted_on": clock.now()})
	frappe.db.set_value(APPLICATION, doc.name, "workflow_state", "Not Admissible")
	assert colleagues.can(doc.name, "read", OTHER_APPLICANT)


def invite(application: str, email: str):
	with factories.acting(APPLICANT):
		values = {"doctype": colleagues.DOCTYPE, "application": application, "email": email}
		return frappe.get_doc(values).insert()
