"""No path through a Link reaches a record that would refuse its reader, and each Link stands on the list with its reason."""

import json

import frappe
import pytest

from rtc_conciliation.access import links, matrix
from rtc_conciliation.access.fields import is_of_app
from rtc_conciliation.access.sql import is_protected
from tests.site.matrix.records import MARKED, mark_of, wanted
from tests.site.matrix.sample import is_taken

MODULE = "RTC Conciliation"


def doctypes() -> list:
	return [frappe.get_meta(name) for name in frappe.get_all("DocType", {"module": MODULE}, pluck="name")]


def linked() -> list[tuple[str, str, str, str | None]]:
	"""(DocType, Link field, DocType that it points at, DocType whose rows these are) of all Links of the app."""
	parents = {}
	for meta in doctypes():
		for table in meta.get_table_fields():
			parents.setdefault(table.options, meta.name)
	return [
		(meta.name, df.fieldname, df.options, parents.get(meta.name))
		for meta in doctypes()
		for df in meta.get_link_fields()
		if df.options in MARKED
	]


#: the same field by each part of a list: client, DocType, path of fields, DocType of the record that has the rows
PARTS = {
	"fields": lambda c, dt, path, parent: c.call(
		"frappe.client.get_list", doctype=dt, parent=parent, fields=[f"{path} as seen"], limit_page_length=0
	),
	"resource": lambda c, dt, path, parent: c.get(
		f"/api/resource/{dt}", parent=parent, fields=json.dumps([path]), limit_page_length=0
	),
	"reportview": lambda c, dt, path, parent: c.call(
		"frappe.desk.reportview.get", doctype=dt, parent=parent, fields=[f"{path} as seen"], page_length=500
	),
	"export": lambda c, dt, path, parent: c.call(
		"frappe.desk.reportview.export_query",
		doctype=dt,
		parent=parent,
		file_format_type="CSV",
		fields=json.dumps([f"{path} as seen"]),
		filters="[]",
		title="x",
	),
	"get_value": lambda c, dt, path, parent: c.call(
		"frappe.client.get_value",
		doctype=dt,
		parent=parent,
		fieldname=json.dumps([path]),
		filters=json.dumps({}),
	),
	"order": lambda c, dt, path, parent: c.call(
		"frappe.client.get_list",
		doctype=dt,
		parent=parent,
		fields=[path],
		order_by=f"{path} asc",
		limit_page_length=0,
	),
	"group": lambda c, dt, path, parent: c.call(
		"frappe.client.get_list", doctype=dt, parent=parent, fields=[path], group_by=path, limit_page_length=0
	),
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", [who for who in matrix.PEOPLE if who not in (matrix.GUEST, matrix.ADMIN)])
def test_a_joined_record_is_seen_by_its_own_readers_only(who, part, people, names):
	closed = {
		(doctype, state)
		for doctype, rules in matrix.MATRIX.items()
		for state in rules.states
		if (doctype, state) not in wanted(who)
	}
	told = []
	for doctype, fieldname, target, parent in linked():
		if part != "fields" and not is_taken(6, who, part, doctype, fieldname):
			continue
		text = PARTS[part](people[who], doctype, f"{fieldname}.{MARKED[target]}", parent).text
		told += [
			(doctype, fieldname, state)
			for kind, state in closed
			if kind == target and mark_of(target, state) in text
		]
	assert not told


def test_who_may_read_both_reads_the_join(people, names):
	answer = PARTS["fields"](people[matrix.MANAGER], "RTC Formal Check", "application.abstract", None)
	assert mark_of("RTC Application", "Under Formal Check") in answer.text
	answer = PARTS["fields"](people[matrix.APPLICANT], "RTC Application", "call.title", None)
	assert "Manifestazione di prova" in answer.text


def filtered(client, doctype, fieldname, target, parent, text):
	"""Names of the rows whose linked record has `text` in its marked field, as filters tell yes or no."""
	filters = {f"{fieldname}.{MARKED[target]}": ("like", f"%{text}%")}
	return client.call(
		"frappe.client.get_list", doctype=doctype, parent=parent, filters=filters, limit_page_length=0
	)


@pytest.mark.parametrize("who", [matrix.EVALUATOR, matrix.CONFLICTED, matrix.STRANGER, matrix.OFFICER])
def test_filters_through_a_link_tell_nothing(who, people, names):
	told = []
	for doctype, fieldname, target, parent in linked():
		for state in matrix.MATRIX[target].states:
			if (target, state) in wanted(who):
				continue
			answer = filtered(people[who], doctype, fieldname, target, parent, mark_of(target, state))
			rows = answer.json().get("message") if answer.status_code == 200 else []
			if rows:
				told.append((doctype, fieldname, state))
	assert not told


def test_every_link_to_a_protected_record_has_its_reason():
	there = {
		(meta.name, df.fieldname): df
		for meta in doctypes()
		for df in meta.get_link_fields()
		if is_protected(df.options) and df.options.startswith("RTC ")
	}
	assert set(there) == set(links.WHY)
	for key, df in there.items():
		assert is_of_app(df) == (links.WHY[key] == links.APP), key


def test_every_table_has_a_query_that_names_its_records():
	hooks = frappe.get_hooks("permission_query_conditions")
	parents: dict[str, set] = {}
	for meta in doctypes():
		for table in meta.get_table_fields():
			parents.setdefault(table.options, set()).add(meta.name)
	for child, of in parents.items():
		query = frappe.get_attr(hooks[child][0])
		assert (query.child, set(query.doctypes)) == (child, of)
