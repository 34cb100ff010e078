"""Role × state × action: what the workflows allow, and that the server enforces the rest."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.access.states import LockedStateError, SelfApprovalError, TransitionError, shipped
from tests.site import evaluating, factories
from tests.site.factories import APPLICANT, AUDITOR, DIRECTOR, EVALUATOR, MANAGER, OFFICER, SECOND_OFFICER
from tests.site.rows import fill

ROLE_USERS = {
	"RTC Officer": SECOND_OFFICER,
	"RTC Manager": MANAGER,
	"RTC Director": DIRECTOR,
	"RTC Evaluator": EVALUATOR,
	"RTC Auditor": AUDITOR,
	"RTC Applicant": APPLICANT,
}
#: state → a record in it; what each next step needs is filled in
MAKERS = {
	"RTC Member": lambda state: ready_member(state),
	"RTC Call": lambda state: factories.call(state),
	"RTC Application": lambda state: ready_application(state),
	"RTC Integration Request": lambda state: ready_request(state),
	"RTC Call Question": lambda state: ready_question(state),
	"RTC Plan": lambda state: factories.plan(state),
	"RTC Panel": lambda state: evaluating.panel(state, call=factories.call().name),
	"RTC Meeting": lambda state: factories.meeting(state, decision_reason="Prova", minutes="<p>Prova</p>"),
}
REACHED = {
	"RTC Member": ("Received", "Under Review", "Admitted", "Suspended"),
	"RTC Meeting": ("Planned", "Held"),
	"RTC Call": ("Draft", "Approved"),
	"RTC Application": ("Draft", "Submitted", "Under Formal Check", "Admissible", "Under Evaluation"),
	"RTC Integration Request": ("Draft", "Sent", "Answered"),
	"RTC Call Question": ("Received", "Answered"),
	"RTC Plan": ("Draft", "To the Comitato"),
	"RTC Panel": ("Draft", "Appointed"),
}


def ready_member(state):
	values = {"decision_reason": "Prova", "valid_to": "2034-01-01", "step_from": "2033-01-01"}
	doc = factories.member(state, **values)
	if state == "Suspended":
		frappe.db.set_value("RTC Member", doc.name, {**values, "step_from": "2033-02-01"})
	return doc.reload() or doc


def ready_application(state):
	doc = factories.application(state)
	if state == "Under Formal Check":
		ready_check(doc)
	if state == "Under Evaluation":  # each of its outcomes is open only where an approved ranking says so
		ranking = {"parent": "PROVA", "parenttype": "RTC Ranking", "parentfield": "entries", "docstatus": 1}
		fill(
			"RTC Ranking Entry",
			[{**ranking, "application": doc.name, "outcome": outcome} for outcome in factories.DECIDED],
		)
	if doc.docstatus == 1:
		frappe.db.set_value("RTC Application", doc.name, "decision_reason", "Prova")
		doc.reload()
	return doc


def ready_check(doc):
	"""Every check answered, and a request of integration that only its own step has not yet sent."""
	factories.pass_checks(doc.name)
	request = factories.integration("Draft", doc.name)
	frappe.db.set_value("RTC Integration Request", request.name, "workflow_state", "Sent")


def ready_request(state):
	doc = factories.integration(state)
	frappe.db.set_value(doc.doctype, doc.name, {"outcome": "Complete", "decision_reason": "Prova"})
	if state == "Sent":  # what is asked has its answer and its term is over
		for row in doc.items:
			frappe.db.set_value(
				row.doctype, row.name, {"answer_text": "Ecco", "answer_file": None, "kind": "Text"}
			)
		frappe.db.set_value(doc.doctype, doc.name, {"due_on": doc.sent_on})
	return doc.reload() or doc


def ready_question(state):
	doc = factories.question(state)
	frappe.db.set_value(doc.doctype, doc.name, {"answer": "Sì", "decision_reason": "Prova"})
	return doc.reload() or doc


def states():
	return [
		pytest.param(doctype, state, id=f"{doctype}-{state}")
		for doctype, many in REACHED.items()
		for state in many
	]


@pytest.mark.parametrize("doctype, state", states())
def test_only_the_roles_of_a_transition_can_take_it(doctype, state, as_user):
	doc = MAKERS[doctype](state)
	rows = [row for row in shipped(doctype)["transitions"] if row["state"] == state]
	assert rows
	for action in {row["action"]: None for row in rows}:
		allowed = {row["allowed"]: row["next_state"] for row in rows if row["action"] == action}
		if (doctype, action) == ("RTC Application", "Send"):
			del allowed["RTC Officer"]  # sends only what they entered themselves: here it is another's draft
		for role, user in ROLE_USERS.items():
			frappe.db.savepoint("before_step")
			with as_user(user):
				if role in allowed:
					apply_workflow(doc, action)
				else:
					with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
						apply_workflow(doc, action)
			reached = frappe.db.get_value(doctype, doc.name, "workflow_state")
			assert reached == allowed.get(role, state), f"{role} took {action}"
			frappe.db.rollback(save_point="before_step")


@pytest.mark.parametrize("doctype", MAKERS)
def test_state_cannot_be_written_past_a_step(doctype, as_user):
	first, *_rest, last = [row["state"] for row in shipped(doctype)["states"]]
	doc = MAKERS[doctype](first)
	with as_user(APPLICANT if doctype == "RTC Application" else OFFICER):
		doc = frappe.get_doc(doctype, doc.name)
		doc.workflow_state = last
		with pytest.raises(frappe.PermissionError):
			doc.save()


@pytest.mark.parametrize("doctype", ["RTC Application", "RTC Plan"])
def test_submit_without_a_transition_is_refused(doctype, as_user):
	doc = MAKERS[doctype]("Draft")
	with as_user(APPLICANT if doctype == "RTC Application" else MANAGER), pytest.raises(TransitionError):
		frappe.get_doc(doctype, doc.name).submit()


def test_cancel_without_a_transition_is_refused(as_user):
	doc = factories.application("Submitted")
	with as_user(APPLICANT), pytest.raises(TransitionError):
		frappe.get_doc("RTC Application", doc.name).cancel()


def test_new_record_cannot_start_in_a_later_state(as_user):
	values = {**member_values(), "workflow_state": "Admitted"}
	with as_user(OFFICER), pytest.raises(TransitionError):
		factories.make("RTC Member", values)


def member_values():
	doc = factories.member()
	values = {
		field: doc.get(field)
		for field in ("programme", "organisation_name", "organisation_type", "pec", "email")
	}
	frappe.delete_doc("RTC Member", doc.name)
	return {**values, "tax_code": doc.tax_code, "legal_representative": "Ada", "municipality": "Bergamo"}


@pytest.mark.parametrize(
	"doctype, state, user, field",
	[
		("RTC Member", "Admitted", OFFICER, "organisation_name"),
		("RTC Member", "Received", DIRECTOR, "organisation_name"),
		("RTC Call", "Approved", OFFICER, "title"),
		("RTC Application", "Submitted", APPLICANT, "protocol_number"),
		("RTC Application", "Admissible", OFFICER, "protocol_number"),
		("RTC Plan", "To the Comitato", OFFICER, "title"),
		("RTC Plan", "Approved", DIRECTOR, "protocol_number"),
		("RTC Meeting", "Minutes Approved", MANAGER, "title"),
		("RTC Integration Request", "Closed", MANAGER, "introduction"),
		("RTC Call Question", "Published", MANAGER, "answer"),
	],
)
def test_state_locks_the_record_on_the_server(doctype, state, user, field, as_user):
	doc = MAKERS[doctype](state)
	before = doc.get(field)
	with as_user(user):
		doc = frappe.get_doc(doctype, doc.name)
		doc.set(field, "Altro")
		with pytest.raises(frappe.PermissionError):
			doc.save()
	assert frappe.db.get_value(doctype, doc.name, field) == before


def test_step_cannot_carry_other_changes_into_a_locked_record(as_user):
	doc = factories.plan("To the Comitato")
	with as_user(DIRECTOR):
		doc = frappe.get_doc("RTC Plan", doc.name)
		doc.update({"title": "Altro titolo", "workflow_state": "Approved", "docstatus": 1})
		with pytest.raises(LockedStateError):
			doc.save()


def test_published_call_changes_only_its_contact(as_user):
	doc = factories.call("Published")
	with as_user(MANAGER):
		doc = frappe.get_doc("RTC Call", doc.name)
		doc.contact_email = "altro@ats.example.org"
		doc.save()
		doc.endowment = 1
		with pytest.raises(frappe.PermissionError):
			doc.save()


@pytest.mark.parametrize(
	"doctype, state, action, preparer",
	[
		("RTC Member", "Under Review", "Admit", "prepared_by"),
		("RTC Call", "Draft", "Approve", "owner"),
		("RTC Application", "Under Formal Check", "Declare Admissible", "applicant"),
		("RTC Application", "Under Evaluation", "Fund", "sent_by"),
		("RTC Plan", "To the Comitato", "Approve", "prepared_by"),
		("RTC Meeting", "Held", "Approve Minutes", "prepared_by"),
		("RTC Call Question", "Answered", "Publish Answer", "prepared_by"),
	],
)
def test_who_prepared_cannot_approve(doctype, state, action, preparer, as_user):
	doc = MAKERS[doctype](state)
	approver = DIRECTOR if action in ("Approve", "Fund") else MANAGER
	frappe.db.set_value(doctype, doc.name, preparer, approver)
	with as_user(approver), pytest.raises((SelfApprovalError, frappe.ValidationError)):
		apply_workflow(frappe.get_doc(doctype, doc.name), action)
	assert frappe.db.get_value(doctype, doc.name, "workflow_state") == state


def test_plan_remembers_who_prepared_it(as_user):
	assert factories.plan("To the Comitato").prepared_by == OFFICER


@pytest.mark.parametrize(
	"doctype, state", [("RTC Member", "Admitted"), ("RTC Call", "Published"), ("RTC Plan", "To the Comitato")]
)
def test_only_a_first_state_can_be_deleted(doctype, state, as_user):
	doc = MAKERS[doctype](state)
	with as_user(MANAGER), pytest.raises(LockedStateError):
		frappe.delete_doc(doctype, doc.name)


def test_switched_off_workflow_still_locks(as_user):
	doc = factories.member("Admitted")
	frappe.db.set_value("Workflow", "RTC Member", "is_active", 0)
	frappe.clear_cache(doctype="RTC Member")
	frappe.cache.delete_value("workflow")
	with as_user(OFFICER):
		doc = frappe.get_doc("RTC Member", doc.name)
		doc.organisation_name = "Altro"
		with pytest.raises(LockedStateError):
			doc.save()
