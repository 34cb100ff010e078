"""What is not the sender's is not taken from the sender: each field of each DocType, at insert and at a change."""

import json

import frappe
import pytest

from rtc_conciliation.access import matrix
from rtc_conciliation.access.fields import is_of_app
from tests.site.matrix.records import PEOPLE
from tests.site.matrix.sample import is_taken

#: a value that no field of the app's own has by itself
FORGED = {
	"Check": 1,
	"Int": 77,
	"Float": 77.0,
	"Percent": 77.0,
	"Currency": 77.0,
	"Date": "2001-02-03",
	"Datetime": "2001-02-03 04:05:06",
}


def forged(doctype: str, names: dict) -> dict:
	"""A value for each field of `doctype` that the app alone writes."""
	found = {}
	for df in frappe.get_meta(doctype).fields:
		if not is_of_app(df) or df.fieldtype in ("Table", "Table MultiSelect"):
			continue
		if df.fieldtype == "Link":
			found[df.fieldname] = linked(df.options, names)
		elif df.fieldtype == "Select":
			found[df.fieldname] = next((option for option in reversed((df.options or "").split("\n"))), "")
		else:
			found[df.fieldname] = FORGED.get(df.fieldtype, "forged")
	return found


def linked(doctype: str, names: dict) -> str:
	if doctype == "User":
		return "director@rtc.test"
	return next((name for (of, _state), name in names.items() if of == doctype), "EUR")


#: everybody who writes in a state, with the state
WRITERS = [
	(doctype, state, who)
	for doctype, rules in matrix.MATRIX.items()
	for state, cell in rules.states.items()
	for who in matrix.PEOPLE
	if who in cell.write and PEOPLE[who]
]


@pytest.mark.parametrize("doctype", matrix.MATRIX)
def test_no_field_of_the_app_is_taken(doctype, people, names):
	rules, values = matrix.MATRIX[doctype], forged(doctype, names)
	for of, state, who in WRITERS:
		if of != doctype:
			continue
		name = names[doctype, state]
		before = frappe.db.get_value(doctype, name, list(values), as_dict=True)
		people[who].put(f"/api/resource/{doctype}/{name}", **values)
		for field, value in values.items():
			# core refuses all of a submitted record for one field of it
			alone = rules.docstatus(state) and frappe.get_meta(doctype).get_field(field).allow_on_submit
			if alone or is_taken(12, "field", doctype, state, who, field):
				people[who].put(f"/api/resource/{doctype}/{name}", **{field: value})
		frappe.db.rollback()
		after = frappe.db.get_value(doctype, name, list(values), as_dict=True)
		taken = [
			field
			for field, value in values.items()
			if after[field] != before[field] and str(after[field]).startswith(str(value))
		]
		assert not taken, (state, who)


def test_whose_a_record_is_and_since_when_is_not_sent(people, names):
	doctype, name = "RTC Application", names["RTC Application", "Draft"]
	fields = ("owner", "creation", "applicant", "docstatus")
	before = frappe.db.get_value(doctype, name, fields)
	for values in ({"owner": "director@rtc.test"}, {"creation": "2001-02-03 04:05:06"}, {"docstatus": 2}):
		people[matrix.APPLICANT].put(f"/api/resource/{doctype}/{name}", **values)
	frappe.db.rollback()
	assert frappe.db.get_value(doctype, name, fields) == before


def test_a_new_application_takes_nothing_that_is_not_its_senders(people, names):
	values = forged("RTC Application", names)
	answer = people[matrix.STRANGER].post(
		"/api/resource/RTC Application",
		call=frappe.db.get_value("RTC Application", names["RTC Application", "Draft"], "call"),
		title="Nuova",
		**{**values, "amended_from": names["RTC Application", "Withdrawn"]},
	)
	assert answer.status_code == 200, answer.text[:500]
	made = answer.json()["data"]
	kept = {field for field, value in values.items() if str(made.get(field)) == str(value)}
	kept -= {"currency", "programme"}  # of the call, and the same by themselves
	assert kept == set() and not made.get("amended_from")
	files = {"attached_to_doctype": "RTC Application", "attached_to_name": made["name"]}
	frappe.db.rollback()
	assert frappe.db.count("File", files) == 0
	delete = "rtc_conciliation.applications.api.delete_draft"
	assert people[matrix.STRANGER].call(delete, application=made["name"]).status_code == 200


def test_a_draft_does_not_become_anothers_amendment(people, names):
	draft, other = names["RTC Application", "Draft"], names["RTC Application", "Withdrawn"]
	people[matrix.APPLICANT].put(f"/api/resource/RTC Application/{draft}", amended_from=other)
	frappe.db.rollback()
	assert frappe.db.get_value("RTC Application", draft, "amended_from") is None


@pytest.mark.parametrize(
	"doctype, field", [("RTC Integration Request", "application"), ("RTC Formal Check", "application")]
)
def test_a_link_is_named_by_its_readers_only(doctype, field, people, names):
	"""The title of an unsent draft, or of an application in conflict, would come with it."""
	draft, sent = names["RTC Application", "Draft"], names["RTC Application", "Submitted"]
	for who, name in ((matrix.OFFICER, draft), (matrix.MANAGER, draft), (matrix.CONFLICTED, sent)):
		answer = people[who].post(f"/api/resource/{doctype}", **{field: name})
		assert answer.status_code == 403, (who, answer.status_code)
		assert "SegnoTitolo" not in answer.text


def test_what_is_printed_is_what_is_stored(people, names):
	"""One's own record under its own name, with the number of another's application in it."""
	sent = names["RTC Integration Request", "Sent"]
	other = names["RTC Application", "Submitted"]
	doc = {
		"doctype": "RTC Integration Request",
		"name": sent,
		"application": other,
		"owner": "x",
		"workflow_state": "Sent",
	}
	for method in (
		"frappe.www.printview.get_html_and_style",
		"frappe.www.printview.get_rendered_raw_commands",
	):
		answer = people[matrix.APPLICANT].call(
			method, doc=json.dumps(doc), print_format="RTC Integration Letter"
		)
		assert "SegnoTitoloSubmitted" not in answer.text, method
	new = {
		"doctype": "RTC Integration Request",
		"name": "new-rtc-integration-request-1",
		"application": other,
	}
	answer = people[matrix.OFFICER].call(
		"frappe.www.printview.get_html_and_style", doc=json.dumps(new), print_format="RTC Integration Letter"
	)
	assert "SegnoTitolo" not in answer.text
