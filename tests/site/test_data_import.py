"""Frappe's Data Import meets the same rules: good rows come in, bad ones are reported, the rest stays out."""

import csv
import io
import json
from pathlib import Path

import frappe
import pytest
from frappe.core.doctype.data_import.importer import Importer

from tests.site import factories
from tests.site.factories import OFFICER, TAX_CODES
from tests.site.http import committed_rows

TEMPLATE = Path(__file__).resolve().parents[2] / "docs" / "members-template.csv"
FIELDS = (
	"programme channel organisation_name organisation_type tax_code municipality pec email legal_representative"
).split()


def row(name: str, tax_code: str, programme: str) -> list[str]:
	kind = "Associazione di promozione sociale"
	return [
		programme,
		"PEC",
		name,
		kind,
		tax_code,
		"Bergamo",
		"a@pec.example.org",
		"a@example.org",
		"Ada Prova",
	]


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
		]
		frappe.db.commit()
		with factories.acting(OFFICER):
			told = run_import("RTC Member", rows)
		found = frappe.get_all("RTC Member", fields=["organisation_name", "workflow_state", "tax_code"])
		yield {doc.organisation_name: doc for doc in found}, told


def run_import(doctype: str, rows: list[list[str]]) -> str:
	text = io.StringIO()
	csv.writer(text).writerows([FIELDS, *rows])
	file = {"doctype": "File", "file_name": "aderenti.csv", "content": text.getvalue(), "is_private": 1}
	url = frappe.get_doc(file).insert().file_url
	values = {"reference_doctype": doctype, "import_type": "Insert New Records", "import_file": url}
	data_import = frappe.get_doc({"doctype": "Data Import", **values}).insert(ignore_permissions=True)
	Importer(doctype, data_import=data_import).import_data()
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
	assert set(members) == {"Ente buono", "Altro ente buono"}
	assert {doc.workflow_state for doc in members.values()} == {"Received"}


def test_bad_rows_are_told(imported):
	_members, told = imported
	assert "94000010169" in told and "DuplicateMemberError" in told
	assert [json.loads(log["row_indexes"]) for log in json.loads(told)] == [[3], [4]]


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
