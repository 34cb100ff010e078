"""Where an application is, as its applicant reads it: in the page, the list, the mail and the receipt."""

from datetime import timedelta

import frappe
import pytest

from rtc_conciliation.applications import form, progress, sending
from rtc_conciliation.common import applicant_steps, clock
from tests.site import factories
from tests.site.applications.tools import settings_in
from tests.site.factories import APPLICANT, MANAGER, OFFICER
from tests.site.http import Client, committed_rows
from tests.site.queries import at_most_queries


def steps(doc) -> list[tuple[str, str]]:
	with factories.acting(APPLICANT):
		return [(row["what"], row["status"]) for row in applicant_steps.collect_steps([doc])[doc.name]]


def test_an_answer_that_is_asked_comes_first(as_user):
	request = factories.integration("Sent")
	doc = frappe.get_doc("RTC Application", request.application)
	with as_user(APPLICANT):
		told = applicant_steps.collect_steps([doc])[doc.name]
		current = applicant_steps.get_current(told)
	assert current["what"] == "asked" and current["mine"]
	assert current["address"] == f"/integrazione/{request.name}"
	assert clock.now().strftime("%Y") in current["when"] and current["when"].startswith("entro il ")
	assert ("answered", "done") in steps(
		frappe.get_doc("RTC Application", factories.integration("Answered").application)
	)


def test_a_draft_of_a_request_and_a_notice_not_sent_are_not_told(as_user):
	doc = factories.application("Under Formal Check")
	factories.integration("Draft", doc.name)
	factories.pass_checks(doc.name, row_1="Manca la firma")
	assert [what for what, _ in steps(doc)][:2] == ["sent", "check"]
	assert ("check", "now") in steps(doc), "what failed is a draft of the decision"
	with as_user(MANAGER):
		check = frappe.get_doc("RTC Formal Check", doc.name)
		check.notice_sent_on = clock.now().date()
		check.save()
	assert ("notice", "now") in steps(doc)


def test_a_decision_has_its_day_and_nothing_of_who_evaluates():
	doc = factories.application("Under Evaluation")
	with factories.acting(APPLICANT):
		told = applicant_steps.collect_steps([doc])[doc.name]
	check = next(row for row in told if row["what"] == "check")
	assert (check["status"], check["note"]) == ("done", "Ammissibile")
	assert clock.now().strftime("%d/%m/%Y") in check["when"]
	evaluation = next(row for row in told if row["what"] == "evaluation")
	assert (evaluation["status"], evaluation["when"], evaluation["address"]) == ("now", "", "")


def test_a_ranking_is_linked_once_it_is_published():
	doc = factories.application("Funded")
	with factories.acting(APPLICANT):
		told = {row["what"]: row for row in applicant_steps.collect_steps([doc])[doc.name]}
	assert told["to accept"]["mine"] and told["to accept"]["address"] == f"/accettazione/{doc.name}"
	assert told["ranking"]["address"] == "", "it is approved and not published"
	frappe.db.set_value("RTC Ranking", doc.ranking, "workflow_state", "Published")
	with factories.acting(APPLICANT):
		told = {row["what"]: row for row in applicant_steps.collect_steps([doc])[doc.name]}
	assert told["ranking"]["address"] == f"/graduatorie/{doc.ranking}"


def test_any_number_of_applications_costs_the_same():
	one = factories.application("Under Formal Check")
	others = [factories.application("Under Formal Check", call=one.call) for _ in range(3)]
	with factories.acting(APPLICANT):
		applicant_steps.collect_steps([one])
		with at_most_queries(3):
			applicant_steps.collect_steps([one, *others])


def test_the_receipt_says_what_happens_next_whenever_it_is_printed():
	sent = factories.application("Submitted")
	with factories.acting(OFFICER):
		then = [row["title"] for row in progress.list_what_follows(sent)]
		assert then[0] == "Chiusura della manifestazione di interesse" and "Graduatoria" in then
		decided = factories.application("Below Threshold", call=sent.call)
		assert [row["title"] for row in progress.list_what_follows(decided)] == then


def test_the_receipt_of_the_last_minute_is_written_after_the_closing_and_says_what_the_mail_said(monkeypatch):
	sent = factories.application("Submitted")
	closing = frappe.utils.get_datetime(frappe.db.get_value("RTC Call", sent.call, "closing"))
	with factories.acting(OFFICER):
		before = progress.list_what_follows(sent)
		monkeypatch.setattr(clock, "now", lambda: closing + timedelta(days=1))
		assert progress.list_what_follows(sent) == before
		assert ("check", "now") in steps(sent)


def test_an_answer_is_taken_after_its_term(monkeypatch):
	request = factories.integration("Sent")
	doc = frappe.get_doc("RTC Application", request.application)
	due = frappe.utils.get_datetime(request.due_on)
	monkeypatch.setattr(clock, "now", lambda: due + timedelta(hours=1))
	with factories.acting(APPLICANT):
		asked = applicant_steps.get_current(applicant_steps.collect_steps([doc])[doc.name])
	assert asked["what"] == "asked" and "tardiva" in asked["note"]


def test_the_mail_says_it_too():
	doc = factories.application("Submitted")
	sending.mail(doc, sending.SENT, [APPLICANT])
	text = frappe.get_last_doc("Email Queue").message
	assert f"/domanda/{doc.name}" in text


@pytest.fixture(scope="module")
def seen(site):
	with committed_rows():
		asked = factories.integration(
			"Sent", factories.application("Under Formal Check", title="Attende me").name
		)
		call = frappe.db.get_value("RTC Application", asked.application, "call")
		later = factories.application("Submitted", title="Attende tutti", call=call)
		later.db_set("modified", clock.now() + timedelta(minutes=1), update_modified=False)
		frappe.db.commit()
		yield frappe._dict(asked=asked.application, later=later.name)


def test_page_and_list(seen, base_url):
	client = Client(base_url, APPLICANT)
	listed = client.get("/domanda/list").text
	assert listed.index(seen.asked) < listed.index(seen.later), "what waits for the reader comes first"
	assert "<title>Le mie domande ·" in listed
	page = client.get(f"/domanda/{seen.later}").text
	assert f"<title>Domanda {seen.later}: Attende tutti ·" in page
	assert settings_in(page)["record"]["steps"][0]["what"] == "sent"


def test_a_title_that_names_a_place_of_the_page_stays_text(as_user):
	doc = frappe._dict(name="X", docstatus=0, title="@settings of the reader@")
	assert form.name_page(doc) == "Bozza: @settings of the reader@"
