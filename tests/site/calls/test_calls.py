"""A call after its publication: amendments that applicants are told of, and closing by the clock."""

import email
import email.policy
from datetime import timedelta

import frappe
import frappe.client
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.calls import changes, public_calls
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
	assert "Dotazione" in str(refused.value) and "Rettifica" in str(refused.value)
	amended = amend(call, endowment=500000)
	[row] = amended.amendments
	assert (row.recorded_by, row.changed) == (MANAGER, "Dotazione: €\xa0400.000,00 → €\xa0500.000,00")
	assert abs(row.recorded_on - clock.now()) < timedelta(minutes=1)
	assert amended.endowment == 500000


def test_what_is_published_as_it_is_stored_is_in_italian(call):
	frappe.local.lang = "en"
	amended = amend(call, endowment=500000)
	assert amended.amendments[0].changed.startswith(frappe._("Endowment", "it"))
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


def reorder(call, table: str):
	rows = call.get(table)[::-1]
	call.set(table, rows)
	for number, row in enumerate(rows, 1):
		row.idx = number
	return call


def two_criteria() -> list[dict]:
	return [{"criterion": name, "max_score": 50, "kind": "Judgement"} for name in ("Qualità", "Costi")]


def test_the_grid_is_published_with_both_its_versions_and_its_order_counts():
	call = factories.call(criteria=two_criteria())
	with factories.acting(MANAGER), pytest.raises(PublishedCallError, match="Criteri"):
		reorder(frappe.get_doc("RTC Call", call.name), "criteria").save()
	with factories.acting(MANAGER):
		call = frappe.get_doc("RTC Call", call.name)
		call.criteria[0].max_score, call.criteria[1].max_score = 60, 40
		call.append("amendments", dict(ACT))
		call.save()
	lines = call.amendments[0].changed.splitlines()
	assert [line.split(":")[1] for line in lines] == [" 50 → 60", " 50 → 40"], lines
	sheet = public_calls.get_sheet(call.name, clock.now())
	assert sheet["amendments"][0]["changed"].splitlines() == lines


CHANGES = {
	"endowment": 1,
	"min_partners": 5,
	"score_threshold": 30,
	"project_end": "2028-06-30",
	"min_areas": 1,
}


@pytest.mark.parametrize("field", CHANGES)
def test_what_the_director_approved_changes_only_in_the_draft(field):
	approved = factories.call("Approved")
	with factories.acting(MANAGER):
		doc = frappe.get_doc("RTC Call", approved.name).update({field: CHANGES[field]})
		with pytest.raises(PublishedCallError, match="bozza"):
			doc.save()
		doc = frappe.get_doc("RTC Call", approved.name).update({field: CHANGES[field]})
		doc.workflow_state = "Published"
		with pytest.raises(PublishedCallError, match="bozza"):
			doc.save()
		frappe.get_doc("RTC Call", approved.name).update({"act_number": "2/2026"}).save()
		doc = apply_workflow(frappe.get_doc("RTC Call", approved.name), "Return to Draft")
		doc.update({field: CHANGES[field]}).save()


def test_the_rows_of_an_approved_call_stay_through_every_way_in():
	approved = factories.call("Approved", criteria=two_criteria())
	row = approved.criteria[0]
	with factories.acting(MANAGER):
		with pytest.raises(PublishedCallError):
			reorder(frappe.get_doc("RTC Call", approved.name), "criteria").save()
		with pytest.raises((PublishedCallError, frappe.PermissionError)):
			frappe.client.set_value("RTC Call Criterion", row.name, "max_score", 60)
		with pytest.raises((PublishedCallError, frappe.PermissionError)):
			frappe.client.insert(
				{"doctype": "RTC Call Criterion", "parent": approved.name, "parenttype": "RTC Call"}
				| {"parentfield": "criteria", "criterion": "Altro", "max_score": 1}
			)
		with pytest.raises((PublishedCallError, frappe.PermissionError)):
			frappe.client.delete("RTC Call Criterion", row.name)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("RTC Call Criterion", row.name).update({"max_score": 60}).save()
	assert frappe.db.get_value("RTC Call Criterion", row.name, "max_score") == 50


def test_the_preview_of_an_amendment_is_what_is_published(call):
	with factories.acting(MANAGER):
		values = {**call.as_dict(), "endowment": 500000, "contact_email": "x@rtc.test"}
		lines = changes.preview(call.name, values)
		assert changes.preview(call.name, {}) == []
	assert amend(call, endowment=500000).amendments[0].changed.splitlines() == lines
	with factories.acting(APPLICANT), pytest.raises(frappe.PermissionError):
		changes.preview(call.name, {"endowment": 1})


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
