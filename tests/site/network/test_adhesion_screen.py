"""An adhesion on one screen: what the office is shown, and a decision on what was seen."""

import frappe
import pytest

from rtc_conciliation.access.states import SelfApprovalError, TransitionError
from rtc_conciliation.network.adhesion_screen import StepTakenError, describe_check, take_step
from tests.site import factories
from tests.site.factories import APPLICANT, MANAGER, OFFICER

ADMISSION = {"valid_from": "2026-06-01", "act_number": "3/2026", "act_date": "2026-05-06"}
REFUSED = (frappe.PermissionError, frappe.ValidationError)


def seen(doc) -> str:
	return str(frappe.db.get_value(doc.doctype, doc.name, "modified"))


def describe(doc, user: str) -> dict:
	with factories.acting(user):
		return describe_check(frappe.get_doc(doc.doctype, doc.name))


def step(doc, action: str, user: str, at: str = "", **values) -> str:
	with factories.acting(user):
		return take_step(doc.name, action, at or seen(doc), values)


def test_the_way_from_arrival_to_admission():
	doc = factories.member()
	assert describe(doc, OFFICER)["actions"] == ["Start Review"]
	assert step(doc, "Start Review", OFFICER) == "Under Review"
	assert describe(doc, OFFICER)["actions"] == []
	assert describe(doc, MANAGER)["actions"] == ["Admit", "Reject"] and not describe(doc, MANAGER)["own"]
	assert step(doc, "Admit", MANAGER, **ADMISSION) == "Admitted"
	assert describe(doc, MANAGER) == {}
	stored = frappe.get_doc(doc.doctype, doc.name)
	assert (stored.act_number, str(stored.valid_from)) == ("3/2026", "2026-06-01")


def test_of_two_who_decide_the_second_changes_nothing():
	doc = factories.member("Under Review")
	at = seen(doc)
	step(doc, "Reject", MANAGER, decision_reason="Non ha sede nel territorio")
	with pytest.raises(StepTakenError):
		step(doc, "Admit", MANAGER, at, **ADMISSION)
	assert frappe.db.get_value(doc.doctype, doc.name, "workflow_state") == "Rejected"


def test_nobody_decides_what_has_changed_or_what_is_his_own():
	doc = factories.member("Under Review")
	at = seen(doc)
	with factories.acting(OFFICER):
		changed = frappe.get_doc(doc.doctype, doc.name)
		changed.phone = "035 111111"
		changed.save()
	with pytest.raises(StepTakenError):
		step(doc, "Admit", MANAGER, at, **ADMISSION)
	with factories.acting(MANAGER):
		changed.reload()
		changed.phone = "035 222222"
		changed.save()
	assert describe(doc, MANAGER)["own"]
	with pytest.raises(SelfApprovalError):
		step(doc, "Admit", MANAGER, **ADMISSION)


@pytest.mark.parametrize("action", ["Admit", "Suspend", "x"])
def test_others_and_other_steps_are_refused(action):
	doc = factories.member("Under Review")
	for user in (OFFICER, APPLICANT):
		with pytest.raises((*REFUSED, TransitionError)):
			step(doc, action, user, **ADMISSION)
	assert frappe.db.get_value(doc.doctype, doc.name, "workflow_state") == "Under Review"


def test_only_what_belongs_to_the_step_is_written():
	doc = factories.member("Under Review")
	step(doc, "Admit", MANAGER, **ADMISSION, organisation_name="Altro ente", signature_state="Intact")
	stored = frappe.get_doc(doc.doctype, doc.name)
	assert stored.organisation_name == doc.organisation_name and stored.signature_state != "Intact"


def test_what_is_found_is_told_with_its_colour():
	doc = factories.member()
	found = {fact["text"]: fact["colour"] for fact in describe(doc, OFFICER)["facts"]}
	assert "orange" in found.values() and "green" in found.values(), found
	frappe.db.set_value(doc.doctype, doc.name, {"adhesion_form": "/private/files/x.pdf", "signature_state": "Altered"})  # fmt: skip
	shown = describe(doc, OFFICER)
	assert "red" in {fact["colour"] for fact in shown["facts"]}
	assert [document["kind"] for document in shown["documents"]] == ["pdf"]
