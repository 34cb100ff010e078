"""The transparency register as open data: what artt. 26 and 27 D.Lgs. 33/2013 ask for, one list a year.

Only the columns "as published" of a row are read here: names and tax codes of natural persons do not even leave the
database. Keys are Italian, as in the other open data of Italian bodies. In CSV amounts have a point and two decimals,
dates are ISO 8601; in JSON and in the workbook numbers are numbers and what is not there is null. What was corrected stays, with the reason, beside the row in its place.
"""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import frappe
from frappe.query_builder.functions import Count, Max, Min
from frappe.utils import cint, get_url, quoted

from rtc_conciliation.awards.register import CORRECTED, DOCTYPE, PUBLISHED
from rtc_conciliation.common.cells import disarm
from rtc_conciliation.common.papers import spreadsheets
from rtc_conciliation.common.papers.plain_values import to_day, to_money
from rtc_conciliation.rules.plain_text import as_typed

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SHOWN = (PUBLISHED, CORRECTED)
STATES = {PUBLISHED: "pubblicata", CORRECTED: "rettificata"}
#: column → what it says, for who uses the data
COLUMNS = {
	"riga": "Codice della riga nel registro",
	"versione": "Versione della riga, da 1",
	"stato": "pubblicata, oppure rettificata: vale la versione che la sostituisce",
	"sostituisce": "Codice della riga che questa rettifica",
	"motivo_rettifica": "Motivo per cui questa versione sostituisce la precedente",
	"beneficiario": "Denominazione; un codice al posto del nome se è una persona fisica",
	"codice_fiscale": "Codice fiscale dell'ente; lo stesso codice se è una persona fisica",
	"progetto": "Titolo del progetto",
	"collegamento": "Pagina del progetto selezionato",
	"importo_concesso": "Contributo concesso, in euro",
	"norma_o_titolo": "Norma o titolo a base dell'attribuzione",
	"ufficio": "Ufficio competente",
	"responsabile": "Funzionario responsabile del procedimento",
	"modalita": "Modalità seguita per individuare il beneficiario",
	"atto_numero": "Numero dell'atto di concessione",
	"atto_data": "Data dell'atto di concessione",
	"cup": "Codice unico di progetto",
	"cor": "Codice della concessione nel Registro nazionale degli aiuti di Stato",
	"importo_erogato": "Importo erogato finora, in euro",
	"data_erogazione": "Data dell'ultima erogazione",
	"data_pubblicazione": "Data di pubblicazione della riga",
	"data_rettifica": "Data dalla quale la riga è rettificata",
}
#: columns of text, in which a program could find a formula
TEXTS = frozenset(
	"motivo_rettifica beneficiario codice_fiscale progetto norma_o_titolo ufficio responsabile modalita atto_numero".split()
)
AMOUNTS = ("importo_concesso", "importo_erogato")
DATES = ("atto_data", "data_erogazione", "data_pubblicazione", "data_rettifica")
FIELDS = (
	"name row_version workflow_state corrects correction_reason public_beneficiary public_tax_code project_title "
	"application amount legal_basis office procedure_officer selection act_number act_date cup cor paid_amount "
	"paid_on published_on corrected_on"
).split()


def list_years() -> list[dict]:
	"""[{"year", "rows", "issued", "changed"}] of the years with published rows, the last first; ISO dates."""
	entry = frappe.qb.DocType(DOCTYPE)
	found = (
		frappe.qb.from_(entry)
		.select(
			entry.year,
			Count("*").as_("rows"),
			Min(entry.published_on).as_("issued"),
			Max(entry.published_on).as_("changed"),
		)
		.where(entry.workflow_state.isin(SHOWN))
		.groupby(entry.year)
		.orderby(entry.year, order=frappe.qb.desc)
		.run(as_dict=True)
	)
	return [
		{
			"year": cint(row.year),
			"rows": row.rows,
			"issued": to_day(row.issued),
			"changed": to_day(row.changed),
		}
		for row in found
	]


def list_rows(year: int) -> list[dict]:
	"""The rows of acts of `year` that were published, by act and beneficiary; the keys of COLUMNS, all text."""
	found = frappe.get_all(
		DOCTYPE,
		filters={"year": year, "workflow_state": ("in", SHOWN)},
		fields=FIELDS,
		order_by="act_date desc, public_beneficiary asc, application asc, row_version desc",
		limit_page_length=0,
	)
	return [to_row(one) for one in found]


def to_row(one) -> dict[str, str]:
	made = {
		"riga": one.name,
		"versione": str(one.row_version),
		"stato": STATES[one.workflow_state],
		"sostituisce": one.corrects,
		"motivo_rettifica": one.correction_reason if one.corrects else "",
		"beneficiario": one.public_beneficiary,
		"codice_fiscale": one.public_tax_code,
		"progetto": one.project_title,
		"collegamento": get_url(f"/progetti/{quoted(one.application)}"),
		"importo_concesso": to_money(one.amount),
		"norma_o_titolo": one.legal_basis,
		"ufficio": one.office,
		"responsabile": one.procedure_officer,
		"modalita": one.selection,
		"atto_numero": one.act_number,
		"atto_data": to_day(one.act_date),
		"cup": one.cup,
		"cor": one.cor,
		"importo_erogato": to_money(one.paid_amount),
		"data_erogazione": to_day(one.paid_on),
		"data_pubblicazione": to_day(one.published_on),
		"data_rettifica": to_day(one.corrected_on),
	}
	return {key: as_typed(made[key] or "") for key in COLUMNS}  # core keeps "<" as "&lt;"


def to_csv(found: list[dict]) -> str:
	"""RFC 4180: commas, CRLF, a line of headings; no text that a spreadsheet would take for a formula."""
	made = io.StringIO(newline="")
	writer = csv.DictWriter(made, list(COLUMNS), lineterminator="\r\n")
	writer.writeheader()
	for row in found:
		writer.writerow({key: disarm(text) if key in TEXTS else text for key, text in row.items()})
	return made.getvalue()


def type_row(row: dict[str, str], amount: type = Decimal, on=date.fromisoformat) -> dict:
	"""A row with its numbers as numbers and its dates as `on` reads them; None for what is not there."""
	found = {key: text or None for key, text in row.items()}
	found["versione"] = int(row["versione"])
	found |= {key: amount(row[key]) if row[key] else None for key in AMOUNTS}
	return found | {key: on(row[key]) if row[key] else None for key in DATES}


def to_workbook(year: int, found: list[dict]) -> bytes:
	"""What office programs open with a double click, which take commas and UTF-8 of a CSV for something else."""
	columns = [(key, key) for key in COLUMNS]
	meaning = [{"colonna": key, "significato": text} for key, text in COLUMNS.items()]
	heads = [("colonna", "colonna"), ("significato", "significato")]
	return spreadsheets.make_workbook(
		{str(year): (columns, map(type_row, found)), "colonne": (heads, meaning)}
	)


def to_json(year: int, found: list[dict], ats: str) -> str:
	rows_of_year = [type_row(row, amount=float, on=str) for row in found]
	data = {"anno": year, "ente": ats, "licenza": LICENCE, "campi": COLUMNS, "righe": rows_of_year}
	return json.dumps(data, ensure_ascii=False, indent=1)
