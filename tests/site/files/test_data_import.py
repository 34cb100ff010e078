"""Frappe's Data Import meets the same rules: good rows come in, bad ones are reported, the rest stays out."""

import csv
import io
import json
from pathlib import Path

import frappe
import pytest
from frappe.handler import execute_cmd

from rtc_conciliation.common import data_import
from tests.site import factories
from tests.site.factories import ADMIN, OFFICER, TAX_CODES
from tests.site.http import committed_rows
from tests.site.importing import FIELDS, START, row

TEMPLATE = Path(__file__).resolve().parents[3] / "docs" / "it" / "modello-aderenti.csv"


@pytest.fixture(scope="module")
def imported(site):
	"""(members by name, messages of the import): core commits each row, so all of it is removed afterwards."""
	with committed_rows():
		frappe.set_user("Administrator")
		programme = factories.programme().name
		rows = [
			row("Ente buono", TAX_CODES[0], programme),
			row("Ente con codice errato", "94000010169", programme),
			row("Ente doppione", f"IT {TAX_CODES[0]}", programme),
			row("Altro ente buono", TAX_CODES[1], programme),
			row("Di un altro programma", TAX_CODES[2], "Programma mai visto"),
			row("Di un tipo ignoto", TAX_CODES[2], programme, kind="Circolo della briscola"),
			row("Di un Ambito ignoto", TAX_CODES[2], programme, territory="Val Perduta"),
			row("Arrivato per piccione", TAX_CODES[2], programme, channel="Piccione"),
			row("Ultimo ente buono", TAX_CODES[2], programme),
		]
		frappe.db.commit()
		with factories.acting(ADMIN):
			told = run_import("RTC Member", rows)
		found = frappe.get_all("RTC Member", fields=["organisation_name", "workflow_state", "tax_code"])
		yield {doc.organisation_name: doc for doc in found}, told


def run_import(doctype: str, rows: list[list[str]]) -> str:
	text = io.StringIO()
	csv.writer(text).writerows([FIELDS, *rows])
	file = {"doctype": "File", "file_name": "aderenti.csv", "content": text.getvalue(), "is_private": 1}
	url = frappe.get_doc(file).insert().file_url
	values = {"reference_doctype": doctype, "import_type": "Insert New Records", "import_file": url}
	data_import = frappe.get_doc({"doctype": "Data Import", **values}).insert()
	with pytest.MonkeyPatch.context() as request:
		request.setattr(frappe.local, "form_dict", frappe._dict(data_import=data_import.name))
		request.setattr(frappe.local, "request", frappe._dict(method="POST"), raising=False)
		assert execute_cmd(START) is True
	logs = frappe.get_all(
		"Data Import Log",
		{"data_import": data_import.name},
		["success", "messages", "exception", "row_indexes"],
		order_by="log_index",
	)
	frappe.db.delete("Data Import Log", {"data_import": data_import.name})
	frappe.db.delete("Data Import", {"name": data_import.name})
	return json.dumps([log for log in logs if not log.success], ensure_ascii=False)


def test_good_rows_come_in_at_the_first_state(imported):
	members, _told = imported
	assert set(members) == {"Ente buono", "Altro ente buono", "Ultimo ente buono"}
	assert {doc.workflow_state for doc in members.values()} == {"Received"}


def test_bad_rows_are_told(imported):
	_members, told = imported
	assert "94000010169" in told and "DuplicateMemberError" in told
	assert [json.loads(log["row_indexes"]) for log in json.loads(told)] == [[3], [4], [6], [7], [8], [9]]


@pytest.mark.parametrize(
	("number", "value"),
	[(6, "Programma mai visto"), (7, "Circolo della briscola"), (8, "Val Perduta"), (9, "PEC")],
)
def test_a_value_that_the_site_does_not_know_keeps_out_its_own_row_only(imported, number, value):
	_members, told = imported
	[log] = [log for log in json.loads(told) if json.loads(log["row_indexes"]) == [number]]
	assert "RowRefusedError" in log["exception"] and value in log["messages"]


def test_officers_without_leave_to_import_start_nothing(as_user, site):
	doc = frappe.new_doc("Data Import")
	doc.update({"reference_doctype": "RTC Member", "import_type": "Insert New Records"})
	doc.db_insert()
	with as_user(OFFICER), pytest.raises(frappe.PermissionError):
		data_import.start_import(doc.name)


def test_lists_of_other_apps_are_imported_as_core_does(monkeypatch):
	doc = frappe.new_doc("Data Import")
	doc.update({"reference_doctype": "ToDo", "import_type": "Insert New Records"})
	doc.db_insert()
	monkeypatch.setattr(type(doc), "start_import", lambda self: f"core began {self.name}")
	assert data_import.start_import(doc.name) == f"core began {doc.name}"


def test_the_template_of_the_docs_has_fields_of_a_member_and_a_row_that_comes_in(as_user):
	with open(TEMPLATE, encoding="utf-8", newline="") as file:
		[example] = csv.DictReader(file)
	meta = frappe.get_meta("RTC Member")
	assert all(meta.has_field(field) for field in example)
	assert {df.fieldname for df in meta.fields if df.reqd and not df.default} <= example.keys()
	example["programme"] = factories.programme(title="Programma della lista").name
	with as_user(OFFICER):
		doc = factories.make("RTC Member", {key: value for key, value in example.items() if value})
	assert (doc.workflow_state, doc.stakeholder_group) == ("Received", "Municipalities")
