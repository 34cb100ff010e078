"""Rows from spreadsheets, the budget as a workbook, and copies of earlier applications."""

import io
import zipfile

import frappe
import pytest
from openpyxl import Workbook, load_workbook

from rtc_conciliation.common.files import workbooks
from tests.site import factories
from tests.site.applications.tools import SAVE, settings_in, stored, words
from tests.site.factories import APPLICANT, OTHER_APPLICANT

PASTED = "rtc_conciliation.applications.api.read_pasted_rows"
BUDGET = "/api/method/rtc_conciliation.applications.api.read_budget"
DOWNLOAD = "/api/method/rtc_conciliation.applications.api.download_budget"
CATEGORY = "Acquisto di servizi di conciliazione"


def paste(client, records, text: str, table: str = "costs"):
	return client.call(PASTED, table=table, text=text, call=records.call)


def send_book(client, records, content: bytes, name: str = "budget.xlsx"):
	return client.session.post(
		client.base_url + BUDGET,
		data={"call": records.call},
		files={"file": (name, content)},
		headers=client.csrf(),
		timeout=60,
	)


def book(*rows) -> bytes:
	made = Workbook()
	for row in rows:
		made.active.append(list(row))
	content = io.BytesIO()
	made.save(content)
	return content.getvalue()


def test_pasted_cells_are_understood_or_told(clients, records):
	text = (
		"Descrizione\tCategoria di spesa\tQuantità\tCosto unitario\tA carico di\tColore\r\n"
		f'"Educatori,\nprimo anno"\t{CATEGORY.upper()}\t2\t€ 1.234,56\tContributo\tblu\r\n'
		"Affitto\tNon esiste\tdue\t1.000\tCo-financing\r\n"
		"Totale\t\t\t3.469,12\r\n"
	)
	answer = paste(clients[APPLICANT], records, text)
	assert answer.status_code == 200, answer.text
	told = answer.json()["message"]
	assert told["rows"] == [
		{
			"description": "Educatori,\nprimo anno",
			"cost_category": CATEGORY,
			"quantity": "2",
			"unit_cost": "1234.56",
			"charged_to": "Contribution",
		},
		{
			"description": "Affitto",
			"cost_category": "",
			"quantity": "",
			"unit_cost": "1000",
			"charged_to": "Co-financing",
		},
	]
	assert told["shown"][0][3:] == ["1.234,56", "Contributo"]
	assert told["columns"] == [
		"Descrizione",
		"Categoria di spesa",
		"Quantità",
		"Costo unitario",
		"A carico di",
	]
	said = "\n".join(told["problems"])
	for cell in ("(F1)", "(B3)", "(C3)", "riga 4"):
		assert cell in said, said
	assert "riga 3, colonna Categoria di spesa" in said


def test_pasted_rows_without_headings_of_every_table(clients, records):
	rows = {
		"partners": "Comune di Prova\tComune\tCapofila",
		"actions": "Doposcuola\tMobilità casa-lavoro\t01/11/2026\t2028-11-01",
		"recipients": "Soci lavoratori delle società cooperative\t40",
		"indicators": "Ore\tore\t0\t1.200",
	}
	found = {
		table: paste(clients[APPLICANT], records, text, table).json()["message"]
		for table, text in rows.items()
	}
	assert [told["problems"] for told in found.values()] == [[]] * 4
	assert found["partners"]["rows"][0]["role"] == "Lead"
	assert found["actions"]["rows"][0]["start_date"] == "2026-11-01"
	assert found["recipients"]["rows"][0]["expected_number"] == "40"
	assert found["indicators"]["rows"][0]["target"] == "1200"


def test_what_is_too_much_is_refused_with_numbers(clients, records):
	told = paste(clients[APPLICANT], records, "Riga\n" * 1000).json()["message"]
	assert not told["rows"]
	assert "1000" in told["problems"][0] and "500" in told["problems"][0]
	answer = paste(clients[APPLICANT], records, "x" * 1_100_000)
	assert answer.status_code == 417
	assert "1.100.000" in words(answer)
	answer = paste(clients[APPLICANT], records, "x", "declarations")
	assert answer.status_code == 417


def test_budget_goes_out_and_comes_back(clients, records):
	client = clients[APPLICANT]
	rows = [
		factories.cost("1234.56", "Contribution", description="=1+1", quantity=2, vat="0.44"),
		factories.cost(10, "Co-financing", description="@Formazione", partner="Comune"),
	]
	saved = client.call(SAVE, application={"call": records.call, "title": "=cmd()", "costs": rows})
	name = saved.json()["message"]["name"]
	answer = client.get(DOWNLOAD, application=name)
	assert answer.status_code == 200, answer.text[:500]
	made = load_workbook(io.BytesIO(answer.content))
	assert made.sheetnames == ["Budget", "Totali", "Elenchi"]
	formulas = {cell.value for sheet in made for row in sheet for cell in row if cell.data_type == "f"}
	assert all(text.startswith(("=ROUND(", "=SUM", "=IF(")) for text in formulas)
	assert len(made["Budget"].data_validations.dataValidation) == 2
	assert made["Budget"]["D2"].value == 1234.56
	told = send_book(client, records, answer.content).json()["message"]
	assert told["problems"] == []
	assert [row["description"] for row in told["rows"]] == ["=1+1", "@Formazione"]
	assert told["rows"][0] == {
		"description": "=1+1",
		"cost_category": CATEGORY,
		"quantity": "2",
		"unit_cost": "1234.56",
		"vat": "0.44",
		"charged_to": "Contribution",
	}


def test_cells_of_a_workbook_are_told_by_their_address(clients, records):
	head = ("Descrizione", "Quantità", "Costo unitario", "Importo", "Anno")
	content = book(
		head, ("Uno", 2, 10, 20, 2027), ("Due", "due", 10, None, 2027.5), ("Tre", 1, "=A1*2", None, None),
		("Quattro", 2, 10, 21, None), ("Cinque", None, None, "1.500,00", None),
	)  # fmt: skip
	told = send_book(clients[APPLICANT], records, content).json()["message"]
	said = "\n".join(told["problems"])
	for place in (
		"riga 3, colonna Quantità</b>",
		"(E3)",
		"riga 4, colonna Costo unitario",
		"riga 5, colonna Importo",
	):
		assert place.replace("</b>", "") in said, said
	assert told["rows"][-1] == {"description": "Cinque", "quantity": "1", "unit_cost": "1500"}


def test_a_budget_saved_as_text_says_how_it_was_read(clients, records):
	text = "Preventivo – attività 2027\n\nDescrizione;Importo\nPerché sì;1.500,00\n"
	told = send_book(clients[APPLICANT], records, text.encode("cp1252"), "budget.csv").json()["message"]
	assert told["rows"] == [{"description": "Perché sì", "quantity": "1", "unit_cost": "1500"}]
	assert told["lines"] == [4]
	assert "Windows-1252" in told["read_as"] and "punti e virgola" in told["read_as"]
	assert len(told["problems"]) == 1 and "Preventivo – attività 2027" in told["problems"][0]


def test_a_title_above_the_headings_of_a_workbook_is_no_cost(clients, records):
	content = book(("Preventivo 2027",), (), ("Descrizione", "Costo unitario"), ("Uno", 10))
	told = send_book(clients[APPLICANT], records, content).json()["message"]
	assert told["rows"] == [{"description": "Uno", "unit_cost": "10"}] and told["lines"] == [4]
	assert ["Preventivo 2027" in problem for problem in told["problems"]] == [True]


def test_a_budget_without_amounts_is_refused_by_the_name_of_the_column(clients, records):
	told = send_book(clients[APPLICANT], records, book(("Descrizione", "Anno"), ("Uno", 2027))).json()[
		"message"
	]
	assert not told["rows"]
	assert "Costo unitario / Importo" in told["problems"][0]


def bomb() -> bytes:
	content = io.BytesIO()
	with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
		packed.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.LARGEST_UNPACKED + 1))
	return content.getvalue()


def entities() -> bytes:
	content = io.BytesIO()
	with zipfile.ZipFile(content, "w") as packed:
		packed.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
	return content.getvalue()


@pytest.mark.parametrize(
	"content",
	[b"", b"PK\x03\x04 rotto", b"x" * 2_100_000, bomb(), entities()],
	ids=["empty", "broken", "large", "bomb", "entities"],
)
def test_workbooks_that_are_none_are_refused_in_words(clients, records, content):
	answer = send_book(clients[APPLICANT], records, content)
	assert answer.status_code == 417, answer.text[:300]
	assert words(answer)


def test_guests_and_others_read_nothing(clients, records):
	guest, other = clients[None], clients[OTHER_APPLICANT]
	assert paste(guest, records, "x").status_code in (401, 403)
	assert send_book(guest, records, book(("a",))).status_code in (401, 403)
	for client in (guest, other):
		assert client.get(DOWNLOAD, application=records.draft.name).status_code in (401, 403)


def test_an_earlier_application_is_copied_without_what_is_of_its_own(clients, records):
	client, before = clients[APPLICANT], stored(records.sent)
	shown = settings_in(client.get("/domanda/new", copy=records.sent.name, call=records.call).text)
	values = shown["values"]
	assert values["title"] == records.sent.title and values["abstract"] == before["abstract"]
	assert [row["tax_code"] for row in values["partners"]] == [row["tax_code"] for row in before["partners"]]
	assert [row["unit_cost"] for row in values["costs"]] == [70000, 30000]
	rows = [row for table in values.values() if isinstance(table, list) for row in table]
	assert rows and not any("name" in row or "agreement_file" in row for row in rows)
	assert not {"declarations", "attachments", "signature_file"} & values.keys()
	assert records.sent.name in shown["notice"] and "Dichiarazioni" in shown["notice"]
	saved = client.call(SAVE, application={**values, "key": "copia"}, base={})
	assert saved.status_code == 200, saved.text
	assert stored(records.sent) == before
	assert saved.json()["message"]["name"] != records.sent.name


def test_others_copy_nothing(clients, records):
	answer = clients[OTHER_APPLICANT].get("/domanda/new", copy=records.sent.name)
	assert answer.status_code == 403
	assert records.sent.title not in answer.text


def test_what_the_new_call_does_not_know_stays_behind():
	from rtc_conciliation.applications import copies

	call = {
		"areas": [{"value": "A"}], "cost_categories": [], "recipient_categories": [],
		"project_start": "2026-11-01", "project_end": "2028-11-01",
	}  # fmt: skip
	row = {"name": "x", "title": "T", "area": "B", "start_date": "2025-01-01", "end_date": "2028-11-01"}
	assert copies.copy_row(row, call) == (
		{"title": "T", "area": "", "start_date": "", "end_date": "2028-11-01"},
		["area", "start_date"],
	)
	assert copies.copy_row({"area": "A"}, call) == ({"area": "A"}, [])


def test_what_has_two_readings_is_asked_and_half_is_half(clients, records):
	text = (
		"Descrizione\tQuantità\tCosto unitario\nA\t0.500\t1,234\nB\t0,125\t1,234.50\n" + "x" * 200 + "\t1\t-0"
	)
	read = clients[APPLICANT].call(
		"rtc_conciliation.applications.api.read_pasted_rows",
		table="costs",
		text=text,
		call=records.call,
	)
	assert read.status_code == 200, read.text
	found = read.json()["message"]
	assert [(row["quantity"], row["unit_cost"]) for row in found["rows"]] == [
		("0.5", ""),
		("0.125", "1234.5"),
		("1", "0"),
	]
	assert found["rows"][2]["description"] == "x" * 200
	(problem,) = found["problems"]
	assert "due modi" in problem and "1234" in problem and "1,2340" in problem
