"""Data Import of the whole list of members: 2,000 rows, of which every hundredth is wrong."""

import csv
import io
import json
import time

import frappe
from stdnum import luhn

from rtc_conciliation.common.data_import import RowByRow
from tests.site import factories
from tests.site.http import committed_rows

ROWS, WRONG = 2000, 100
FIELDS = (
	"programme channel organisation_name organisation_type tax_code municipality territory pec email "
	"legal_representative protocol_number protocol_date"
).split()


def measure() -> list[dict]:
	with committed_rows():
		frappe.set_user("Administrator")
		programme = factories.programme(title="Programma misurato").name
		frappe.db.commit()
		with factories.acting(factories.OFFICER):
			start = time.perf_counter()
			failed = run(programme)
			seconds = time.perf_counter() - start
		imported = frappe.db.count("RTC Member", {"programme": programme})
		frappe.set_user("Administrator")
	assert imported == ROWS - ROWS // WRONG, imported
	assert failed == [number + 1 for number in range(WRONG, ROWS + 1, WRONG)], failed[:5]
	return [{"what": f"Data Import of {ROWS} members", "unit": "s", "value": seconds, "limit": 120}]


def run(programme: str) -> list[int]:
	"""The numbers of the rows of the file that were refused."""
	text = io.StringIO()
	csv.writer(text).writerows([FIELDS, *(row(number, programme) for number in range(1, ROWS + 1))])
	file = {"doctype": "File", "file_name": "aderenti.csv", "content": text.getvalue(), "is_private": 1}
	url = frappe.get_doc(file).insert().file_url
	values = {"reference_doctype": "RTC Member", "import_type": "Insert New Records", "import_file": url}
	data_import = frappe.get_doc({"doctype": "Data Import", **values}).insert(ignore_permissions=True)
	RowByRow("RTC Member", data_import=data_import).import_data()
	logs = frappe.get_all(
		"Data Import Log",
		{"data_import": data_import.name, "success": 0},
		["row_indexes"],
		limit_page_length=0,
	)
	frappe.db.delete("Data Import Log", {"data_import": data_import.name})
	frappe.db.delete("Data Import", {"name": data_import.name})
	return sorted(number for log in logs for number in json.loads(log.row_indexes))


def row(number: int, programme: str) -> list[str]:
	digits = f"93{number:05d}016"
	code = digits + luhn.calc_check_digit(digits)
	if number % WRONG == 0:
		code = digits + str((int(code[-1]) + 1) % 10)
	return [
		programme, "PEC", f"Ente {number:04}", "Associazione di promozione sociale", code, "Bergamo", "Bergamo",
		"a@pec.example.org", "a@example.org", "Ada Prova", f"{number:07}", "2026-05-06",
	]  # fmt: skip
