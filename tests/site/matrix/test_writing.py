"""Every way to change, delete or hang something on a record, for everybody whom the matrix does not let."""

import hashlib

import frappe
import pytest

from rtc_conciliation.access import matrix
from tests.site.matrix.records import MARKED
from tests.site.matrix.sample import is_taken
from tests.site.matrix.ways import DELETE, STEP, WRITE

#: what a reader may do beside a record: their comment, their like, their mail, an assignment; the record stays as it is
BESIDE = frozenset({"comment", "like", "mail", "assign", "todo", "tag", "tag row", "follow"})
HUNG = {
	"DocShare": ("share_doctype", "share_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
}


def everything(doctype: str, name: str) -> str:
	"""A digest of the record, its rows and all that hangs on it."""
	frappe.db.rollback()
	doc = frappe.get_doc(doctype, name) if frappe.db.exists(doctype, name) else None
	parts = [frappe.as_json(doc.as_dict()) if doc else "gone"]
	for hung, (kind, of) in HUNG.items():
		parts += sorted(frappe.get_all(hung, {kind: doctype, of: name}, pluck="name"))
	return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@pytest.mark.parametrize("way", WRITE)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_nothing_is_written_by_whom_the_matrix_does_not_name(who, way, people, names):
	written = []
	for (doctype, state), name in names.items():
		cell = matrix.MATRIX[doctype].states[state]
		allowed = cell.read if way in BESIDE else cell.write
		if who in allowed or not is_taken(16, "write", who, way, doctype, state):
			continue
		before = everything(doctype, name)
		answer = WRITE[way](people[who], doctype, name, MARKED[doctype])
		if everything(doctype, name) != before:
			written.append((doctype, state, answer.status_code))
	assert not written


#: person of the matrix → their roles
ROLES = {
	matrix.STRANGER: {"RTC Applicant"},
	matrix.APPLICANT: {"RTC Applicant"},
	matrix.COLLEAGUE: {"RTC Applicant"},
	matrix.EVALUATOR: {"RTC Evaluator"},
	matrix.CONFLICTED: {"RTC Officer", "RTC Evaluator"},
	matrix.OFFICER: {"RTC Officer"},
	matrix.MANAGER: {"RTC Manager"},
	matrix.DIRECTOR: {"RTC Director"},
	matrix.AUDITOR: {"RTC Auditor"},
	matrix.ADMIN: {"System Manager"},
}


@pytest.mark.parametrize("way", STEP)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_no_step_is_taken_by_whom_the_workflow_does_not_name(who, way, people, names):
	taken = []
	for (doctype, state), name in names.items():
		reads = who in matrix.MATRIX[doctype].states[state].read
		for action, allowed in steps_from(doctype, state).items():
			named = reads and allowed & ROLES.get(who, set())
			if named or not is_taken(4, "step", who, way, doctype, state, action):
				continue
			STEP[way](people[who], doctype, name, action)
			frappe.db.rollback()
			if frappe.db.get_value(doctype, name, "workflow_state") != state:
				taken.append((doctype, state, action))
	assert not taken


def steps_from(doctype: str, state: str) -> dict[str, set[str]]:
	"""Action → roles that may take it from this state."""
	found: dict[str, set[str]] = {}
	filters = {"parent": doctype, "parenttype": "Workflow", "state": state}
	for row in frappe.get_all("Workflow Transition", filters, ["action", "allowed"]) if state else ():
		found.setdefault(row.action, set()).add(row.allowed)
	return found


@pytest.mark.parametrize("way", DELETE)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_nothing_is_deleted_by_whom_the_matrix_does_not_name(who, way, people, names):
	gone = []
	for (doctype, state), name in names.items():
		if who in matrix.MATRIX[doctype].states[state].delete or not is_taken(
			8, "delete", who, way, doctype, state
		):
			continue
		before = everything(doctype, name)
		DELETE[way](people[who], doctype, name)
		if everything(doctype, name) != before:
			gone.append((doctype, state))
	assert not gone


#: a change that each writer can really make
CHANGE = {"RTC Application": {"Submitted": {"protocol_number": "12/2026"}, "Draft": {"acronym": "ALTRO"}}}


@pytest.mark.parametrize("state", ["Draft", "Submitted"])
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_who_may_write_does(who, state, people, names):
	"""The refusals above are no accident."""
	doctype = "RTC Application"
	((field, value),) = CHANGE[doctype][state].items()
	answer = people[who].put(f"/api/resource/{doctype}/{names[doctype, state]}", **{field: value})
	assert (answer.status_code == 200) == (who in matrix.MATRIX[doctype].states[state].write), answer.text[
		:300
	]


@pytest.mark.parametrize("doctype", matrix.MATRIX)
def test_who_may_not_create_does_not(doctype, people, names):
	for who in matrix.PEOPLE:
		if who in matrix.MATRIX[doctype].create:
			continue
		count = frappe.db.count(doctype)
		answer = people[who].post(
			f"/api/resource/{doctype}", **{MARKED[doctype]: "Rubato", "title": "Rubato"}
		)
		people[who].call("frappe.client.insert", doc={"doctype": doctype, MARKED[doctype]: "Rubato"})
		frappe.db.rollback()
		assert frappe.db.count(doctype) == count, (who, answer.status_code)


def test_every_doctype_and_state_is_in_the_matrix():
	there = frappe.get_all(
		"DocType", {"module": "RTC Conciliation", "istable": 0, "issingle": 0}, pluck="name"
	)
	assert set(there) == set(matrix.MATRIX)
	singles = frappe.get_all("DocType", {"module": "RTC Conciliation", "issingle": 1}, pluck="name")
	assert singles == ["RTC Settings"], "tests/site/test_settings.py says who may"
	for doctype, rules in matrix.MATRIX.items():
		states = frappe.get_all(
			"Workflow Document State", {"parent": doctype, "parenttype": "Workflow"}, pluck="state"
		)
		assert set(states or [""]) == set(rules.states), doctype
