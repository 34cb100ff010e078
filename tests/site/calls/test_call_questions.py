"""Questions about a call: asked by anybody, answered and published by two people, shown without names."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date

from rtc_conciliation.calls import pages, question_form
from rtc_conciliation.calls.questions import QuestionCallError, get_question_deadline
from rtc_conciliation.common import clock
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.rtc_conciliation.doctype.rtc_call.rtc_call import QuestionTimeError
from tests.site import factories
from tests.site.applications.tools import ASK, ASKED, ask, fresh, settings_in, solution, words
from tests.site.factories import APPLICANT, MANAGER, OFFICER
from tests.site.http import Client, committed_rows

pytestmark = pytest.mark.usefixtures("no_waiting")

QUESTION = "RTC Call Question"


@pytest.fixture(scope="module")
def call_records(site):
	with committed_rows():
		opened = factories.call(title="Con quesiti", closing=add_to_date(clock.now(), days=20))
		late = factories.call(title="Quesiti finiti")  # closes tomorrow
		draft = factories.call("Draft", title="Bozza con quesiti")
		frappe.db.commit()
		page_cache.clear_pages()
		yield frappe._dict(opened=opened.name, late=late.name, draft=draft.name)
	page_cache.clear_pages()


@pytest.fixture(scope="module")
def guest(base_url, call_records):
	return Client(base_url)


def publish(name: str, **values) -> None:
	with factories.acting(OFFICER):
		doc = frappe.get_doc(QUESTION, name)
		doc.update({"answer": "Sì & sempre.", "public_question": "I voucher valgono?", **values})
		doc.save()
		apply_workflow(doc, "Submit Answer")
	with factories.acting(MANAGER):
		apply_workflow(frappe.get_doc(QUESTION, name), "Publish Answer")


def test_a_guest_asks_and_decides_nothing_else(guest, call_records):
	extra = {"workflow_state": "Published", "answer": "Mia", "published_on": "2020-01-01", "owner": OFFICER}
	answer = ask(guest, call_records.opened, **extra)
	assert answer.status_code == 200, answer.text
	doc = fresh(QUESTION, answer.json()["message"]["number"])
	assert (doc.workflow_state, doc.channel, doc.answer, doc.published_on) == ("Received", "Web", None, None)
	assert (doc.email, doc.call, doc.owner) == ("ada@example.org", call_records.opened, "Guest")
	assert "Ada" not in guest.get(f"/bandi/{call_records.opened}").text
	assert guest.get(f"/api/resource/{QUESTION}/{doc.name}").status_code in (401, 403)
	publish(doc.name)
	frappe.db.after_commit.run()
	mails = frappe.get_all("Email Queue", {"reference_name": doc.name}, pluck="name")
	assert [row.recipient for row in frappe.get_doc("Email Queue", mails[0]).recipients] == [ASKED["email"]]
	html = pages.render_sheet(call_records.opened)
	for text in ("Voucher &lt;b&gt;", "I voucher valgono?", "Sì &amp; sempre."):
		assert text in html
	for text in ("Ada", "ada@example.org", doc.name):
		assert text not in html


@pytest.mark.parametrize("which", ["late", "draft", None])
def test_only_a_call_that_takes_questions(which, guest, call_records):
	call = call_records[which] if which else "RTC-CALL-1900-01"
	answer = ask(guest, call)
	assert answer.status_code == 417 and "non accetta quesiti" in words(answer)
	page = guest.get(f"/quesito/{call}")
	assert page.status_code in (301, 302) and page.headers["location"].startswith("/bandi")


def test_robots_and_slips_are_refused(guest, call_records):
	before = frappe.db.count(QUESTION)
	once = solution()
	refusals = [
		(ask(guest, call_records.opened, altcha=""), "programmi automatici"),
		(ask(guest, call_records.opened, nickname="x"), "nascosto"),
		(ask(guest, call_records.opened, altcha=once, email="non è posta"), "e-mail"),
		(ask(guest, call_records.opened, altcha=once), "già"),
	]
	for answer, said in refusals:
		assert answer.status_code == 417 and said in words(answer), answer.text
	frappe.db.rollback()
	assert frappe.db.count(QUESTION) == before


@pytest.mark.parametrize(
	"values", [{"question": ""}, {"subject": "x" * 141}, {"question": "x" * 3001}, {"email": ["a"]}]
)
def test_what_does_not_fit_is_told(guest, call_records, values):
	answer = ask(guest, call_records.opened, **values)
	assert answer.status_code == 417 and words(answer)


def test_slips_are_not_counted_against_an_address(guest, call_records):
	for _turn in range(7):
		answer = ask(guest, call_records.opened, email="mezza@")
		assert answer.status_code == 417 and "mezza@" in words(answer), answer.text


def test_a_flood_from_one_address_is_stopped(guest, call_records):
	answers = [ask(guest, call_records.opened, altcha="x").status_code for _ in range(7)]
	assert answers[0] == 417 and answers[-1] == 429


def test_the_page_of_the_form(guest, call_records):
	settings = settings_in(guest.get(f"/quesito/{call_records.opened}").text)
	fields = settings["pages"][0]["sections"][0]["fields"]
	assert [field["fieldname"] for field in fields] == list(question_form.ASKED)
	html = guest.get(f"/bandi/{call_records.opened}").text
	assert f"/quesito/{call_records.opened}" in html
	assert f"/quesito/{call_records.late}" not in guest.get(f"/bandi/{call_records.late}").text


def test_who_answered_does_not_publish_and_nothing_is_published_without_an_answer():
	doc = factories.question(answer=None)
	with factories.acting(OFFICER), pytest.raises(frappe.MandatoryError):
		apply_workflow(doc, "Submit Answer")
	answered = factories.question("Answered")
	assert answered.prepared_by == OFFICER
	assert answered.public_question == answered.question
	with factories.acting(APPLICANT), pytest.raises(frappe.PermissionError):
		frappe.get_doc(QUESTION, answered.name).check_permission("read")
	with factories.acting(MANAGER):
		fresh_doc = frappe.get_doc(QUESTION, answered.name)
		with pytest.raises(frappe.MandatoryError):
			apply_workflow(fresh_doc, "Do Not Publish")


def test_until_when_questions_are_taken():
	call = factories.call("Draft", title="Con termine dei quesiti")
	assert (frappe.utils.get_datetime(call.closing) - get_question_deadline(call)).days == 5
	with factories.acting(OFFICER):
		call.questions_until = call.opening
		call.save()
		assert get_question_deadline(call) == frappe.utils.get_datetime(call.opening)
		call.questions_until = add_to_date(call.closing, days=1)
		with pytest.raises(QuestionTimeError):
			call.save()
	with pytest.raises(QuestionCallError):
		factories.question(call=call.name)
