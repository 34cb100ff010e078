"""The formal check on one screen: answers of two people, the draft of a request, a decision on what was seen."""

import frappe
import pytest

from rtc_conciliation.access.states import SelfApprovalError
from rtc_conciliation.common import tasks
from rtc_conciliation.formal_check import checks
from rtc_conciliation.formal_check.check_answers import AnswersError, answer_checks
from rtc_conciliation.formal_check.check_screen import describe_screen
from rtc_conciliation.formal_check.decisions import ChangedCheckError, DecidedError, decide
from rtc_conciliation.formal_check.integrations import draft_request
from rtc_conciliation.rtc_conciliation.doctype.rtc_formal_check.rtc_formal_check import (
	CheckClosedError,
	CheckNoteError,
	NotTheOfficerError,
)
from tests.site import factories
from tests.site.factories import APPLICANT, MANAGER, OFFICER, SECOND_OFFICER

CHECK, REQUEST = "RTC Formal Check", "RTC Integration Request"
NOTHING = ["", ""]
#: early v15 says a validation error where a role has no part in a DocType
REFUSED = (frappe.PermissionError, frappe.ValidationError)


@pytest.fixture
def check(under_check):
	return frappe.get_doc(CHECK, under_check)


def answer(check, number: int, answer: str = "Passed", note: str = "", seen=NOTHING, user: str = OFFICER):
	with factories.acting(user):
		row = check.items[number].name
		return answer_checks(check.name, {row: {"answer": answer, "note": note, "seen": list(seen)}})


def test_of_two_who_answer_neither_undoes_what_the_other_wrote(check):
	first, second = (row.name for row in check.items[:2])
	answer(check, 0)
	told = answer(check, 1, "Failed", "Manca la delega", user=SECOND_OFFICER)
	assert (told["overtaken"], told["failed_items"], told["open_items"]) == ([], 1, len(check.items) - 2)
	assert [told["rows"][name]["answered_by"] for name in (first, second)] == [OFFICER, SECOND_OFFICER]
	late = answer(check, 1, "Passed")
	assert (late["overtaken"], late["rows"][second]["answer"]) == ([second], "Failed")
	assert answer(check, 1, "Failed", "Manca la delega")["overtaken"] == [], "the same answer twice is one"
	meant = answer(check, 1, "Passed", seen=("Failed", "Manca la delega"))
	assert (meant["overtaken"], meant["rows"][second]["answered_by"]) == ([], OFFICER)
	assert answer(check, 1, "Passed")["modified"] == meant["modified"]


def test_an_answer_counts_by_the_rules_of_the_form(check):
	with pytest.raises(CheckNoteError):
		answer(check, 0, "Failed")
	with pytest.raises(NotTheOfficerError):
		answer(check, 0, user=MANAGER)
	with pytest.raises(REFUSED):
		answer(check, 0, user=APPLICANT)
	gone = answer_checks(check.name, {"gone": {"answer": "Passed", "note": "", "seen": NOTHING}})
	assert gone["overtaken"] == ["gone"]
	frappe.db.set_value("RTC Application", check.name, "workflow_state", "Admissible")
	with pytest.raises(CheckClosedError):
		answer(check, 0)


@pytest.mark.parametrize(
	"sent",
	[
		"no json",
		"[]",
		{"ROW": "Passed"},
		{"ROW": {"answer": "Perhaps", "note": "", "seen": NOTHING}},
		{"ROW": {"answer": "Passed", "note": 1, "seen": NOTHING}},
		{"ROW": {"answer": "Passed", "note": "", "seen": [""]}},
		{"ROW": {"answer": "Passed", "note": "x" * 4001, "seen": NOTHING}},
	],
)
def test_anything_else_is_refused(sent, check):
	if isinstance(sent, dict):
		sent = {check.items[0].name: sent["ROW"]}
	with factories.acting(OFFICER), pytest.raises(AnswersError):
		answer_checks(check.name, sent)


def test_what_failed_becomes_one_draft_of_a_request(check):
	factories.pass_checks(check.name, row_2="Manca la delega")
	with factories.acting(OFFICER):
		name = draft_request(check.name)
		asked = frappe.get_doc(REQUEST, name)
	row = check.items[1]
	assert [(item.what, item.why) for item in asked.items] == [
		(row.item, f"Manca la delega – {row.legal_reference}")
	]
	with factories.acting(SECOND_OFFICER):
		assert draft_request(check.name) == name, "pressed twice it is the same"
	with factories.acting(APPLICANT), pytest.raises(REFUSED):
		draft_request(check.name)


def test_the_manager_decides_on_what_was_seen_and_once(check):
	factories.pass_checks(check.name)
	seen = str(frappe.get_doc(CHECK, check.name).modified)
	answer(check, 0, "Not Applicable", seen=("Passed", ""))
	with factories.acting(MANAGER), pytest.raises(ChangedCheckError):
		decide(check.name, "Declare Admissible", seen)
	seen = str(frappe.get_doc(CHECK, check.name).modified)
	with factories.acting(OFFICER), pytest.raises(frappe.ValidationError):
		decide(check.name, "Declare Admissible", seen)
	with factories.acting(MANAGER):
		assert decide(check.name, "Declare Admissible", seen) == "Admissible"
		with pytest.raises(DecidedError):
			decide(check.name, "Declare Admissible", seen)


def test_a_refusal_has_the_reasons_that_were_written(check):
	factories.pass_checks(check.name, row_1="Firma di chi non ha poteri")
	seen = str(frappe.get_doc(CHECK, check.name).modified)
	with factories.acting(MANAGER):
		with pytest.raises(checks.OpenChecksError):
			decide(check.name, "Declare Admissible", seen)
		assert decide(check.name, "Declare Not Admissible", seen, "Senza poteri") == "Not Admissible"
	assert frappe.db.get_value("RTC Application", check.name, "decision_reason") == "Senza poteri"


def test_who_answered_does_not_decide_and_is_not_offered_to(check):
	factories.pass_checks(check.name)
	fresh = frappe.get_doc(CHECK, check.name)
	with factories.acting(MANAGER):
		shown = describe_screen(fresh)
		assert (shown["own"], shown["actions"]) == (False, ["Declare Admissible", "Declare Not Admissible"])
	frappe.db.set_value("RTC Formal Check Item", fresh.items[0].name, "answered_by", MANAGER)
	fresh.reload()
	with factories.acting(MANAGER):
		assert describe_screen(fresh)["own"]
		with pytest.raises(SelfApprovalError):
			decide(check.name, "Declare Admissible", str(fresh.modified))
	with factories.acting(OFFICER):
		assert describe_screen(fresh)["actions"] == []


def test_the_documents_are_named_by_addresses_of_this_site_only(check):
	application = frappe.get_doc("RTC Application", check.name)
	row = application.attachments[0]
	frappe.db.set_value("RTC Application Attachment", row.name, "file", "javascript:alert(1)")
	frappe.db.set_value("RTC Application", check.name, "signature_file", "/private/files/a b#1.pdf.p7m")
	with factories.acting(OFFICER):
		documents = describe_screen(check)["documents"]
	assert all(document["address"].startswith(("/private/files/", "/api/method/")) for document in documents)
	assert documents[0]["address"] == "/private/files/a%20b%231.pdf.p7m" and documents[0]["kind"] == "other"
	assert documents[-1]["kind"] == "pdf"


def test_the_button_starts_the_check_and_today_leads_to_it(under_check):
	sent = factories.application("Submitted")
	with factories.acting(OFFICER):
		assert checks.start_check(sent.name) == sent.name == checks.start_check(sent.name)
		lines = [line for rows in tasks.list_tasks().values() for line in rows if line["name"] == sent.name]
	assert frappe.db.get_value("RTC Application", sent.name, "workflow_state") == "Under Formal Check"
	assert [line["doctype"] for line in lines] == [CHECK]
