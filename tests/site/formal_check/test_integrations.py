"""Formal check and requests of integration: who does what, what is refused, and that what was sent stays as sent."""

from datetime import timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import get_datetime

from rtc_conciliation.access.states import LockedStateError, SelfApprovalError
from rtc_conciliation.common import clock
from rtc_conciliation.formal_check import checks, reminders
from rtc_conciliation.formal_check.checks import OpenChecksError
from rtc_conciliation.formal_check.integrations import NoRequestError
from rtc_conciliation.rtc_conciliation.doctype.rtc_formal_check.rtc_formal_check import (
	CheckClosedError,
	CheckNoteError,
	NotTheOfficerError,
)
from rtc_conciliation.rtc_conciliation.doctype.rtc_integration_request.rtc_integration_request import (
	NotUnderCheckError,
	TermError,
	UnansweredError,
)
from tests.site import factories
from tests.site.factories import APPLICANT, MANAGER, OFFICER, OTHER_APPLICANT

REQUEST, CHECK, APPLICATION = "RTC Integration Request", "RTC Formal Check", "RTC Application"
REFUSED = (frappe.PermissionError, frappe.ValidationError)


@pytest.fixture
def checked(under_check):
	return frappe.get_doc(APPLICATION, under_check)


def state_of(name: str) -> str:
	return frappe.db.get_value(APPLICATION, name, "workflow_state")


def step(doc, action: str, user: str):
	with factories.acting(user):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)


def test_the_check_comes_with_the_step_and_holds_the_calls_items(checked):
	check = frappe.get_doc(CHECK, checked.name)
	asked = [row.item for row in frappe.get_doc("RTC Call", checked.call).formal_checks]
	assert [row.item for row in check.items] == asked and len(asked) > 4
	assert (check.open_items, check.failed_items) == (len(asked), 0)
	with factories.acting(OFFICER):
		check.set("items", [{"item": "Altro controllo", "answer": "Not Applicable"}])
		check.save()
	check.reload()
	assert [row.item for row in check.items] == [*asked, "Altro controllo"]
	assert [row.idx for row in check.items] == list(range(1, len(asked) + 2))
	assert (check.items[-1].answered_by, check.open_items) == (OFFICER, len(asked))


def test_admission_waits_for_every_check(checked):
	with pytest.raises(OpenChecksError):
		step(checked, "Declare Admissible", MANAGER)
	factories.pass_checks(checked.name, row_2="Manca la delega")
	with pytest.raises(OpenChecksError):
		step(checked, "Declare Admissible", MANAGER)
	factories.pass_checks(checked.name)
	assert step(checked, "Declare Admissible", MANAGER).workflow_state == "Admissible"
	with factories.acting(OFFICER), pytest.raises(CheckClosedError):
		frappe.get_doc(CHECK, checked.name).save()


def test_a_refusal_takes_its_reasons_from_what_failed(checked):
	with pytest.raises(frappe.MandatoryError):
		step(checked, "Declare Not Admissible", MANAGER)
	factories.pass_checks(checked.name, row_1="Firma di chi non ha poteri")
	with factories.acting(MANAGER):
		assert "Firma di chi non ha poteri" in checks.get_reasons(checked.name)
	done = step(checked, "Declare Not Admissible", MANAGER)
	assert "art. 38): Firma di chi non ha poteri" in done.decision_reason
	assert done.content_digest() == checked.digest


def test_officers_answer_and_managers_decide(checked):
	check = frappe.get_doc(CHECK, checked.name)
	with factories.acting(MANAGER), pytest.raises(NotTheOfficerError):
		check.items[0].answer = "Passed"
		check.save()
	factories.pass_checks(checked.name)
	with factories.acting(MANAGER):
		check.reload()
		check.notice_sent_on = "2026-11-20"
		check.save()
	check.reload()
	assert {row.answered_by for row in check.items} == {OFFICER}
	frappe.db.set_value("RTC Formal Check Item", check.items[0].name, "answered_by", MANAGER)
	with pytest.raises(SelfApprovalError):
		step(checked, "Declare Admissible", MANAGER)


def test_who_and_when_come_from_the_server_and_a_failure_needs_its_note(checked):
	with factories.acting(OFFICER):
		check = frappe.get_doc(CHECK, checked.name)
		check.items[0].update({"answer": "Passed", "answered_by": MANAGER, "answered_on": "2020-01-01"})
		check.save()
		assert check.items[0].answered_by == OFFICER
		assert get_datetime(check.items[0].answered_on).year > 2020
		check.items[1].answer = "Failed"
		with pytest.raises(CheckNoteError):
			check.save()


@pytest.mark.parametrize("user", [APPLICANT, factories.EVALUATOR])
def test_the_check_is_the_offices_own(checked, user):
	with factories.acting(user):
		with pytest.raises(REFUSED):
			frappe.get_list(CHECK)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(CHECK, checked.name).check_permission("read")
		with pytest.raises(frappe.PermissionError):
			checks.get_reasons(checked.name)


def test_a_check_is_made_for_an_application_from_before(checked):
	frappe.db.delete("RTC Formal Check Item", {"parent": checked.name})
	frappe.db.delete(CHECK, checked.name)
	with pytest.raises(OpenChecksError):
		step(checked, "Declare Admissible", MANAGER)
	with factories.acting(OFFICER):
		checks.start_check(checked.name)
		assert frappe.get_doc(CHECK, checked.name).open_items > 4
	with factories.acting(APPLICANT), pytest.raises(REFUSED):
		frappe.db.delete(CHECK, checked.name)
		checks.start_check(checked.name)


# -- requests


def test_the_whole_way_of_a_request(checked):
	doc = factories.integration("Draft", checked.name)
	with pytest.raises(REFUSED):
		step(doc, "Send Request", OFFICER)
	sent = step(doc, "Send Request", MANAGER)
	assert (sent.requested_by, state_of(checked.name)) == (MANAGER, "Integration Requested")
	assert (get_datetime(sent.due_on).date() - clock.now().date()).days == 10
	mailed = {
		row.recipient
		for queue in frappe.get_all("Email Queue", {"reference_name": doc.name}, pluck="name")
		for row in frappe.get_doc("Email Queue", queue).recipients
	}
	assert {"capofila@pec.example.org", APPLICANT} <= mailed
	answered = factories.answer(doc.name)
	assert (answered.answered_by, answered.late) == (APPLICANT, 0)
	assert len(answered.answer_digest) == 64
	assert state_of(checked.name) == "Integration Requested"
	with pytest.raises(frappe.MandatoryError):
		step(doc, "Close Request", OFFICER)
	with factories.acting(OFFICER):
		fresh = frappe.get_doc(REQUEST, doc.name)
		fresh.outcome = "Complete"
		fresh.save()
	step(doc, "Close Request", OFFICER)
	after = frappe.get_doc(APPLICATION, checked.name)
	assert after.workflow_state == "Under Formal Check"
	assert after.digest == checked.digest == after.content_digest()


def test_the_application_waits_with_an_open_request_only(checked):
	with pytest.raises(NoRequestError):
		step(checked, "Request Integration", OFFICER)
	factories.integration("Sent", checked.name)
	with pytest.raises(NoRequestError):
		step(checked, "Resume Formal Check", OFFICER)


def test_a_late_answer_is_taken_and_marked(checked, set_time):
	doc = factories.integration("Sent", checked.name)
	now = get_datetime(doc.due_on) + timedelta(hours=2)
	set_time(now)
	answered = factories.answer(doc.name)
	assert (answered.late, get_datetime(answered.answered_on)) == (1, now)


def test_everything_asked_has_an_answer_before_it_is_sent(checked):
	doc = factories.integration("Sent", checked.name)
	with pytest.raises(UnansweredError):
		step(doc, "Send Answer", APPLICANT)


def test_each_writes_only_his_part(checked):
	doc = factories.integration("Sent", checked.name)
	with factories.acting(APPLICANT):
		mine = frappe.get_doc(REQUEST, doc.name)
		mine.update(
			{"due_on": "2030-01-01 00:00:00", "outcome": "Complete", "late": 0, "protocol_number": "9"}
		)
		mine.items[0].update({"what": "Nulla", "answer_text": "Eccolo"})
		mine.append("items", {"what": "Intrusa", "kind": "Text"})
		mine.save()
	stored = frappe.get_doc(REQUEST, doc.name)
	assert (stored.due_on, stored.outcome or "", stored.protocol_number) == (doc.due_on, "", None)
	assert [row.what for row in stored.items] == [row["what"] for row in factories.ASKED]
	assert stored.items[0].answer_text == "Eccolo"
	answered = frappe.get_doc(REQUEST, factories.integration("Answered").name)
	with factories.acting(APPLICANT), pytest.raises(LockedStateError):
		answered.items[0].answer_text = "Ripensandoci"
		answered.save()
	with factories.acting(OFFICER):
		answered = frappe.get_doc(REQUEST, answered.name)
		answered.items[0].answer_text = "Scritto dall'ufficio"
		answered.protocol_number = "12/2026"
		answered.save()
	assert frappe.get_doc(REQUEST, answered.name).items[0].answer_text == "Ecco il chiarimento"


def test_a_draft_request_carries_no_answers_and_asks_during_the_check_only(checked):
	doc = factories.integration("Draft", checked.name, outcome="Complete", answered_on="2026-01-01", items=[{**factories.ASKED[1], "answer_text": "Già risposto"}])  # fmt: skip
	assert not (doc.outcome or doc.answered_on or doc.items[0].answer_text)
	sent = factories.application("Submitted", call=checked.call)
	with factories.acting(OFFICER), pytest.raises(NotUnderCheckError):
		factories.make(REQUEST, {"application": sent.name, "items": factories.ASKED})


def test_a_term_is_only_put_off_and_by_the_manager(checked):
	doc = factories.integration("Sent", checked.name)
	later = get_datetime(doc.due_on) + timedelta(days=5)

	def put(user, moment):
		with factories.acting(user):
			fresh = frappe.get_doc(REQUEST, doc.name)
			fresh.due_on = moment
			fresh.save()

	with pytest.raises(frappe.PermissionError):
		put(OFFICER, later)
	with pytest.raises(TermError):
		put(MANAGER, get_datetime(doc.due_on) - timedelta(days=1))
	put(MANAGER, str(later))
	assert frappe.db.get_value(REQUEST, doc.name, "due_on") == later
	with pytest.raises(TermError), factories.acting(OFFICER):
		fresh = frappe.get_doc(REQUEST, doc.name)
		fresh.update({"outcome": "Not Answered"}).save()
		apply_workflow(fresh, "Close Request")


def test_a_paper_answer_is_recorded_with_its_own_time(checked, set_time):
	doc = factories.integration("Sent", checked.name)
	arrived = clock.now() + timedelta(days=1)
	set_time(arrived + timedelta(days=2))
	with factories.acting(OFFICER):
		fresh = frappe.get_doc(REQUEST, doc.name)
		fresh.answered_on = str(arrived)
		for row in fresh.items:
			row.update({"answer_text": "Per PEC", "answer_file": factories.upload("pec.pdf")})
		fresh.save()
		done = apply_workflow(fresh, "Record Answer")
	assert (get_datetime(done.answered_on), done.answered_by, done.late) == (arrived, OFFICER, 0)


def test_a_request_sent_by_mistake_is_cancelled_with_its_reason(checked):
	doc = factories.integration("Sent", checked.name)
	with pytest.raises(frappe.MandatoryError):
		step(doc, "Cancel Request", MANAGER)
	with factories.acting(MANAGER):
		fresh = frappe.get_doc(REQUEST, doc.name)
		fresh.decision_reason = "Il documento c'era già"
		fresh.save()
	step(doc, "Cancel Request", MANAGER)
	assert state_of(checked.name) == "Under Formal Check"


def test_reminders_go_out_once(checked, set_time):
	doc = factories.integration("Sent", checked.name)
	due = get_datetime(doc.due_on)

	def mails() -> int:
		return frappe.db.count("Email Queue", {"reference_name": doc.name})

	def run(at) -> int:
		before = mails()
		set_time(at)
		reminders.remind()
		return mails() - before

	sent = [run(due - timedelta(days=days)) > 0 for days in (4, 2, 1)]
	assert sent == [False, True, False]
	for _again in range(2):
		run(due + timedelta(days=1))
	told = {"document_name": doc.name, "subject": ("like", "%termine%")}
	assert frappe.db.count("Notification Log", {**told, "for_user": OFFICER}) == 1


# -- who sees it, inside; the ways in by HTTP are in test_integration_ways_in.py


def test_lists_and_records_agree(checked):
	draft, sent = factories.integration("Draft", checked.name), factories.integration("Sent", checked.name)
	for user in factories.USERS:
		with factories.acting(user):
			try:
				listed = set(frappe.get_list(REQUEST, pluck="name"))
			except frappe.PermissionError:
				listed = set()
			for doc in (draft, sent):
				may = bool(frappe.get_doc(REQUEST, doc.name).has_permission("read"))
				assert may == (doc.name in listed), (user, doc.workflow_state)
			if user == APPLICANT:
				assert listed == {sent.name}
			if user == OTHER_APPLICANT:
				assert listed == set()
