"""Lists of members as Italian offices export them: letters, separators, titles, ticks and numbers that Excel spoilt."""

import io
import json
from contextlib import contextmanager
from pathlib import Path

import frappe
import pytest
from frappe.handler import execute_cmd
from openpyxl import Workbook

from rtc_conciliation.common.import_files import MissingColumnError
from tests.site import factories
from tests.site.factories import ADMIN, TAX_CODES
from tests.site.http import committed_rows
from tests.site.importing import FIELDS, row

#: valid by checksum, of invented bodies
EXTRA_CODES = ("97003000169", "97003010168", "97003020167", "97003100167")
CASES = Path(__file__).resolve().parents[2] / "cases"
OF_CORE = "frappe.core.doctype.data_import.data_import."


class Import:
	"""A Data Import of members, made and started as an administrator does."""

	def __init__(self, content: bytes, name: str = "aderenti.csv", doctype: str = "RTC Member"):
		file = {"doctype": "File", "file_name": name, "content": content, "is_private": 1}
		values = {"reference_doctype": doctype, "import_type": "Insert New Records"}
		url = frappe.get_doc(file).insert().file_url
		self.doc = frappe.get_doc({"doctype": "Data Import", **values, "import_file": url}).insert()

	def preview(self) -> str:
		"""What the page says before the import starts."""
		shown = call("get_preview_from_template", data_import=self.doc.name)
		return "\n".join(warning["message"] for warning in shown.warnings)

	def start(self) -> "Import":
		assert call("form_start_import", data_import=self.doc.name) is True
		self.doc.reload()
		fields = ["success", "messages", "row_indexes"]
		filters = {"data_import": self.doc.name}
		self.logs = frappe.get_all("Data Import Log", filters, fields, order_by="log_index")
		self.refused = {json.loads(log.row_indexes)[0]: log.messages for log in self.logs if not log.success}
		return self


def call(method: str, **arguments):
	with pytest.MonkeyPatch.context() as request:
		request.setattr(frappe.local, "form_dict", frappe._dict(arguments))
		request.setattr(frappe.local, "request", frappe._dict(method="POST"), raising=False)
		return execute_cmd(OF_CORE + method)


@contextmanager
def import_of(content: bytes, name: str = "aderenti.csv"):
	"""Core commits each row: all that came in is removed afterwards."""
	database = frappe.local.db
	with pytest.MonkeyPatch.context() as changed:
		changed.setattr(database, "commit", type(database).commit.__get__(database))  # the real one
		with committed_rows():
			made = None
			frappe.set_user("Administrator")
			factories.programme(title="RTC 2025-2027 ATS Bergamo")
			frappe.db.commit()
			try:
				with factories.acting(ADMIN):
					made = Import(content, name)
					frappe.db.commit()  # a row that fails is rolled back
					yield made
			finally:
				for doctype, field in (("Data Import Log", "data_import"), ("Data Import", "name")):
					frappe.db.delete(doctype, {field: made.doc.name if made else ""})


def members() -> dict:
	fields = ["organisation_name", "programme", "confirmed_from_previous", "wants_community"]
	return {doc.organisation_name: doc for doc in frappe.get_all("RTC Member", {}, fields)}


def lines(separator: str, *rows) -> str:
	return "".join(separator.join(row) + "\r\n" for row in rows)


def of(index: int, name: str = "Ente", programme: str = "RTC 2025-2027 ATS Bergamo") -> list[str]:
	return row(name, TAX_CODES[index], programme)


@pytest.mark.parametrize("name", ["aderenti_comma_cp1252.csv", "aderenti_excel_it_semicolon_cp1252.csv"])
def test_a_list_that_excel_saved_comes_in_letter_by_letter(site, name):
	content = (CASES / name).read_bytes().replace(b"Valle Imagna e Villa d'Alm\xe8", b"Bergamo")
	with import_of(content) as made:
		told = made.preview()
		assert "Windows-1252" in told and ("punti e virgola" if "semicolon" in name else "virgole") in told
		assert made.start().doc.status == "Success"
		names = {name.removeprefix("bugs ").removeprefix("B ") for name in members()}
		assert names == {
			"Comune di Villa d'Almè",
			"Società Cooperativa Sociale “Però” – ONLUS",
			"Caritá più €uro",
		}
		assert {doc.confirmed_from_previous for doc in members().values()} == {1}


def test_a_mark_before_the_first_heading_does_not_lose_its_column(site):
	factories.programme(title="Un altro programma", status="Active")
	content = lines(",", FIELDS, of(0, programme="RTC 2025-2027 ATS Bergamo")).encode("utf-8-sig")
	with import_of(content) as made:
		assert made.start().doc.status == "Success"
		assert members()["Ente"].programme == "RTC 2025-2027 ATS Bergamo"


def test_headings_below_a_title_and_in_other_letters(site):
	book = Workbook()
	for line in (["Elenco degli enti aderenti"], [], [field.upper() + " " for field in FIELDS], of(0), of(1)):
		book.active.append(line)
	content = io.BytesIO()
	book.save(content)
	with import_of(content.getvalue(), "aderenti.xlsx") as made:
		assert "riga 3" in made.preview()
		made.start()
		assert made.doc.status == "Success", made.refused
		assert [json.loads(log.row_indexes) for log in made.logs] == [[4], [5]]


def test_ticks_as_people_write_them(site):
	ticks = {"Sì": 1, "X": 1, "VERO": 1, "1": 1, "si'": 1, "No": 0, "FALSO": 0, "0": 0, "": 0}
	codes = [*TAX_CODES, *EXTRA_CODES]
	rows = [
		[*row(f"Ente {at}", code, "RTC 2025-2027 ATS Bergamo"), tick]
		for at, (code, tick) in enumerate(zip(codes, ticks, strict=False))
	]
	rows.append([*of(0, "Ente incerto"), "forse"])
	with import_of(lines(";", [*FIELDS, "confirmed_from_previous"], *rows).encode()) as made:
		made.start()
		found = {doc.organisation_name: doc.confirmed_from_previous for doc in members().values()}
		assert found == {
			f"Ente {at}": tick for at, (_code, tick) in enumerate(zip(codes, ticks.values(), strict=False))
		}
		assert set(made.refused) == {len(rows) + 1}
		assert "forse" in made.refused[len(rows) + 1]


def test_a_file_without_a_needed_column_is_refused_by_its_name(site):
	content = lines(";", FIELDS[1:], of(0)[1:]).encode()
	with import_of(content) as made:
		assert "programme" in made.preview()
		with pytest.raises(MissingColumnError, match="programme"):
			made.start()
		assert not members()


def test_a_table_is_there_when_one_of_its_columns_is(site):
	text = "title;sections.title;sections.kind\nModello;Premessa;Text\n"
	assert "manca la colonna" not in Import(text.encode(), "modelli.csv", "RTC Plan Template").preview()
	text = "title;sections\nModello;Premessa\n"
	assert "sections" in Import(text.encode(), "modelli.csv", "RTC Plan Template").preview()


def test_what_a_spreadsheet_did_to_a_number_is_named(site):
	zero = row("Zero", "4114400163", "RTC 2025-2027 ATS Bergamo")
	shortened = row("Corto", "9,40001E+10", "RTC 2025-2027 ATS Bergamo")
	postal = of(0, "CAP")
	rows = [[*zero, "24100"], [*shortened, "24100"], [*postal, "184"]]
	with import_of(lines(";", [*FIELDS, "postal_code"], *rows).encode()) as made:
		made.start()
		assert made.doc.status == "Error", "nothing came in"
		assert "04114400163" in made.refused[2] and "zero" in made.refused[2]
		assert "9,40001E+10" in made.refused[3] and "testo" in made.refused[3]
		assert "184" in made.refused[4] and "zeri" in made.refused[4]


def test_the_list_of_the_cases_names_each_row(site):
	with import_of((CASES / "aderenti.xlsx").read_bytes(), "aderenti.xlsx") as made:
		made.start()
		assert made.doc.status == "Partial Success"
		assert "04114400163" in made.refused[3] and "9.40001E+10" in made.refused[4]
		assert "1 febbraio 2026" in made.refused[2] and "31/04/2026" in made.refused[14]
		assert members()["bugs D ambito maiuscolo"].confirmed_from_previous == 1
		assert {7, 9}.isdisjoint(made.refused), "an apostrophe of another kind, two blanks"


def test_a_file_that_breaks_the_import_says_so_on_its_page(site, monkeypatch):
	from rtc_conciliation.common import data_import

	with import_of(lines(",", FIELDS, of(0)).encode()) as made:
		monkeypatch.setattr(data_import.RowByRow, "judged", lambda *arguments: 1 / 0)
		made.start()
		assert made.doc.status == "Error"
		assert json.loads(made.doc.template_warnings)[0]["message"]


@pytest.mark.parametrize("content", [b"\r\n;;;\r\n", b"PEC,Ente\r\n"])
def test_an_empty_list_is_refused_in_words(site, content):
	with committed_rows():
		frappe.set_user("Administrator")
		with factories.acting(ADMIN), pytest.raises(frappe.ValidationError) as told:
			Import(content)
	assert str(told.value)
