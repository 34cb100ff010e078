"""Every way to read, for everybody, of every record in every state: what the matrix says and nothing else."""

import frappe
import pytest

from rtc_conciliation.access import matrix
from tests.site.matrix.records import MARKED, mark_of, marks_in, wanted
from tests.site.matrix.sample import is_taken
from tests.site.matrix.ways import LIST, READ_ONE

#: core's plainest way, by which every cell is read each time
PLAIN = "resource"


@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_every_cell(who, people, names):
	assert seen_by(who, PLAIN, people, names.items()) == wanted(who)


@pytest.mark.parametrize("way", [way for way in READ_ONE if way != PLAIN])
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_one_record(who, way, people, names):
	taken = [(key, name) for key, name in names.items() if is_taken(12, who, way, key)]
	assert seen_by(who, way, people, taken) <= wanted(who)


def test_the_ways_are_open_to_whom_they_belong(people, names):
	"""The refusals above are no accident."""
	mine = [(key, names[key]) for key in (("RTC Application", "Draft"), ("RTC Application", "Submitted"))]
	for way in READ_ONE:
		if way not in ("document v2", "validate_link", "get_link_title", "get_html_and_style in memory"):
			assert seen_by(matrix.APPLICANT, way, people, mine) == {key for key, _name in mine}, way


def seen_by(who: str, way: str, people: dict, cells) -> set[tuple[str, str]]:
	"""Those of `cells`, ((DocType, state), name), whose mark an answer tells."""
	seen = set()
	for (doctype, state), name in cells:
		answer = READ_ONE[way](people[who], doctype, name, MARKED[doctype])
		if mark_of(doctype, state) in answer.text:
			seen.add((doctype, state))
	return seen


ROWS = {
	"client.get_list": lambda c, child, of: c.call(
		"frappe.client.get_list",
		doctype=child,
		parent=of,
		fields=["parent", "parenttype"],
		limit_page_length=0,
	),
	"resource": lambda c, child, of: c.get(
		f"/api/resource/{child}", parent=of, fields='["parent", "parenttype"]', limit_page_length=0
	),
}


@pytest.mark.parametrize("way", ROWS)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_rows_are_of_records_that_are_read(who, way, people, names):
	"""By whatever DocType the row is asked for: the programme has the same tables as a call."""
	cells, told = {(cell[0], name): cell for cell, name in names.items()}, set()
	for doctype in matrix.MATRIX:
		for table in frappe.get_meta(doctype).get_table_fields():
			for of in frappe.get_all("DocField", {"options": table.options}, pluck="parent", distinct=True):
				answer = ROWS[way](people[who], table.options, of).json()
				rows = answer.get("message") or answer.get("data") or []
				of_rows = {(row["parenttype"], row["parent"]) for row in rows}
			told |= {cells[key] for key in of_rows & set(cells)}
	assert told <= wanted(who)


@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_reports_tell_of_records_that_are_read(who, people, names):
	call = frappe.db.get_value("RTC Application", names["RTC Application", "Under Evaluation"], "call")
	filters = {"call": call, "programme": "Programma di prova", "on_date": "2026-11-30", "date": "2026-11-30"}
	told = set()
	for report in frappe.get_all("Report", {"module": "RTC Conciliation"}, pluck="name"):
		answer = people[who].call("frappe.desk.query_report.run", report_name=report, filters=filters)
		assert answer.status_code < 500, (report, answer.text[-300:])
		told |= marks_in(answer.text)
	assert told <= wanted(who)


@pytest.mark.parametrize("way", LIST)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_lists(who, way, people, names):
	seen, asked = set(), []
	for doctype, rules in matrix.MATRIX.items():
		if way != "client.get_list" and not is_taken(6, who, way, doctype):
			continue
		asked.append(doctype)
		text = LIST[way](people[who], doctype, MARKED[doctype]).text
		for state in rules.states:
			if names[doctype, state] in text or mark_of(doctype, state) in text:
				seen.add((doctype, state))
	assert not seen - wanted(who), sorted(seen - wanted(who))
	if way == "client.get_list":
		assert seen == wanted(who), sorted(wanted(who) - seen)
