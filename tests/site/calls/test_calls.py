"""A call after its publication: amendments that applicants are told of, and closing by the clock."""

import email
import email.policy
from datetime import timedelta

import frappe
import pytest

from rtc_conciliation.common import clock
from rtc_conciliation.rtc_conciliation.doctype.rtc_call.amendments import AmendmentError, PublishedCallError
from rtc_conciliation.rtc_conciliation.doctype.rtc_call.closing import close_calls
from tests.site import factories
from tests.site.factories import APPLICANT, MANAGER, OTHER_APPLICANT

ACT = {"act_number": "7/2026", "act_date": "2026-11-20", "text": "Prorogato il termine per <b>maltempo</b>."}


@pytest.fixture
def call():
	return factories.call()


def amend(call, rows=(ACT,), **values):
	with factories.acting(MANAGER):
		doc = frappe.get_doc("RTC Call", call.name)
		doc.update(values)
		for row in rows:
			doc.append("amendments", dict(row))
		return doc.save()


def test_a_published_call_changes_only_with_an_act(call):
	with pytest.raises(PublishedCallError) as refused:
		amend(call, rows=(), endowment=500000)
	assert "Dotazione" in str(refused.value) and "Rettifiche" in str(refused.value)
	amended = amend(call, endowment=500000)
	[row] = amended.amendments
	assert (row.recorded_by, row.changed) == (MANAGER, "Dotazione")
	assert abs(row.recorded_on - clock.now()) < timedelta(minutes=1)
	assert amended.endowment == 500000


def test_what_is_published_as_it_is_stored_is_in_italian(call):
	frappe.local.lang = "en"
	amended = amend(call, endowment=500000)
	assert amended.amendments[0].changed == frappe._("Endowment", "it")
	with factories.acting(factories.OFFICER):
		ranking = factories.make("RTC Ranking", {"call": call.name})
	assert ranking.title == f"Graduatoria di {call.title}"


@pytest.mark.parametrize(
	"values, reason",
	[
		({"closing": lambda call: call.closing - timedelta(hours=1)}, "prorogare"),
		({"opening": lambda call: call.opening - timedelta(hours=1)}, "apertura"),
		({"programme": lambda call: factories.programme(title="Altro").name}, "Programma"),
	],
)
def test_what_no_act_can_change(call, values, reason):
	call.opening, call.closing = map(frappe.utils.get_datetime, (call.opening, call.closing))
	with pytest.raises(AmendmentError, match=reason):
		amend(call, **{field: value(call) for field, value in values.items()})


def test_a_recorded_amendment_stays(call):
	amended = amend(call)
	amended.amendments[0].text = "Altro testo"
	with factories.acting(MANAGER), pytest.raises(AmendmentError):
		amended.save()
	with factories.acting(MANAGER), pytest.raises(AmendmentError):
		doc = frappe.get_doc("RTC Call", call.name)
		doc.amendments = []
		doc.save()


def test_a_draft_is_changed_as_it_is():
	draft = factories.call("Draft")
	draft.append("amendments", dict(ACT))
	with factories.acting(factories.OFFICER), pytest.raises(AmendmentError):
		draft.save()


def test_applicants_are_told(call, as_user):
	factories.application("Submitted", pec="capofila@pec.example.org")
	factories.application("Draft", user=OTHER_APPLICANT)
	factories.application("Withdrawn", user="applicant@rtc.test", title="Ritirata")
	before = set(frappe.get_all("Email Queue", pluck="name"))
	amend(call, closing=frappe.utils.get_datetime(call.closing) + timedelta(days=5))
	[mail] = set(frappe.get_all("Email Queue", pluck="name")) - before
	mail = frappe.get_doc("Email Queue", mail)
	assert {row.recipient for row in mail.recipients} == {
		APPLICANT,
		OTHER_APPLICANT,
		"capofila@pec.example.org",
	}
	text = email.message_from_string(mail.message, policy=email.policy.default)
	html = text.get_body(("html",)).get_content()
	assert "7/2026" in html and "maltempo" in html and "<b>maltempo" not in html


def test_calls_close_by_the_clock(call):
	close_calls()
	assert frappe.db.get_value("RTC Call", call.name, "workflow_state") == "Published"
	frappe.db.set_value("RTC Call", call.name, "closing", clock.now() - timedelta(seconds=1))
	close_calls()
	assert frappe.db.get_value("RTC Call", call.name, "workflow_state") == "Closed"
	with factories.acting(MANAGER), pytest.raises(AmendmentError):
		amend(call)
