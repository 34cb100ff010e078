"""Rows of the form from a spreadsheet, pasted or as a workbook, and the budget as a workbook.

Reading stores nothing: what was understood goes back to the form, which shows it before it takes it.
"""

from decimal import Decimal

import frappe
from frappe import _

from rtc_conciliation.applications import budget_xlsx
from rtc_conciliation.applications.drafts import COLUMNS, DOCTYPE, clean_value
from rtc_conciliation.calls import open_calls
from rtc_conciliation.common import cells
from rtc_conciliation.common.inputs import format_number
from rtc_conciliation.common.papers import spreadsheets
from rtc_conciliation.common.web import fields, sheets
from rtc_conciliation.rules import MAX_ROWS, row_amount
from rtc_conciliation.rules.application import texts
from rtc_conciliation.rules.plain_text import as_typed

COSTS = "costs"
#: declarations and documents are the call's
PASTED = tuple(table for table in COLUMNS if table not in ("declarations", "attachments"))
LARGEST_TEXT = 1_000_000  # characters
SHOWN_PROBLEMS = 50
#: a row of the costs has a price or an amount
NEEDED_COSTS = (("unit_cost", "amount"),)


def read_pasted_rows(table: str, text: str, call: str | None = None) -> dict:
	"""Cells copied from a spreadsheet as rows of `table`; see `to_form`."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	if table not in PASTED:
		frappe.throw(
			_("Nothing can be pasted into this table."), sheets.SheetError, title=_("Not Understood")
		)
	if len(text) > LARGEST_TEXT:
		frappe.throw(
			_("{0} characters are too many to be read at once. Paste fewer rows.").format(
				format_number(len(text))
			),
			sheets.SheetError,
			title=_("Too Large"),
		)
	try:
		grid = cells.parse_grid(text)
	except Exception:  # noqa: BLE001 (csv.Error, and whatever the text makes of the reader)
		grid = []
	columns = get_columns(table, call)
	return to_form(cells.understand_grid(grid, columns, MAX_ROWS[table]), columns, table)


def read_budget(call: str | None = None) -> dict:
	"""The workbook, or table saved as text, `file` of the request as rows of the costs; see `to_form`."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	sent = frappe.request.files.get("file") if frappe.request else None
	if not sent or not sent.filename:
		frappe.throw(_("Choose a file first."), sheets.SheetError, title=_("No File"))
	columns = get_columns(COSTS, call)
	readable = [*columns, make_amount_column()]
	understood = sheets.understand_file(sent, readable, MAX_ROWS[COSTS], NEEDED_COSTS)
	compare_amounts(understood)
	return to_form(understood, columns, COSTS)


def download_budget(application: str) -> None:
	"""The costs of `application` as a workbook with the lists of its call."""
	doc = frappe.get_doc(DOCTYPE, application)
	doc.check_permission("read")
	columns = [*get_columns(COSTS, doc.call)]
	columns.insert(5, make_amount_column())
	rows = [to_cells(row, columns) for row in doc.costs]
	content = budget_xlsx.make_workbook(as_typed(doc.title), columns, rows)
	spreadsheets.respond(f"budget-{doc.name}.xlsx", content)


def get_columns(table: str, call: str | None) -> list[dict]:
	"""The columns of `table` that a spreadsheet can have, with the choices of `call`."""
	choice = {}
	if call:
		frappe.has_permission("RTC Call", "read", doc=clean_value("call", call), throw=True)
		choice = open_calls.get_choice(call)
	doctype = frappe.get_meta(DOCTYPE).get_field(table).options
	found = []
	for column in fields.get_table_columns(doctype, COLUMNS[table], table):
		if column["kind"] == "file":
			continue
		if column["kind"] == "choice":
			column["choices"] = column.get("options") or get_choices(column["options_from"], choice)
		column["most"] = texts.DRAFT_MAXIMUM if column["kind"] == "long" else column.get("longest")
		found.append(column)
	return found


def get_choices(source: str, call: dict) -> list[dict]:
	doctype = {of: name for name, of in fields.LINKED.items()}[source]
	return call[source] if source in call else fields.list_enabled(doctype)


def make_amount_column() -> dict:
	label = frappe.get_meta("RTC Application Cost").get_label("amount")
	return {"fieldname": "amount", "label": _(label), "kind": "money", "computed": 1}


def to_cells(row, columns: list[dict]) -> dict:
	made = {}
	for column in columns:
		stored = row.get(column["fieldname"])
		if column["kind"] in ("number", "money"):
			made[column["fieldname"]] = Decimal(str(stored)) if stored else None
		elif column["kind"] == "choice":
			labels = {one["value"]: one["label"] for one in column["choices"]}
			made[column["fieldname"]] = labels.get(stored, stored)
		else:
			made[column["fieldname"]] = as_typed(stored)
	return made


def compare_amounts(understood: cells.Understood) -> None:
	"""An amount alone is one piece at that cost; one that is not the product of its row is told."""
	kept = []
	for row, line in zip(understood.rows, understood.lines, strict=True):
		amount = Decimal(row.pop("amount", "") or 0)
		if amount and not row.get("unit_cost"):
			row.update({"quantity": "1", "unit_cost": f"{amount:f}"})
		elif amount and abs(row_amount(row) - amount) > Decimal("0.01"):
			label = make_amount_column()["label"]
			understood.problems.append(cells.Problem("amount", line, label, value=f"{amount:f}"))
		if row:
			kept.append((row, line))
	understood.rows, understood.lines = [row for row, _line in kept], [line for _row, line in kept]


# -- told


def to_form(understood: cells.Understood, columns: list[dict], table: str) -> dict:
	"""{"columns": [labels], "rows": [{column: text}], "shown": [[text]], "problems": [text], "more": number, "read_as"}.

	"rows" are as the form takes them, "shown" as the reader does; problems are escaped HTML; "read_as" is a sentence.
	"""
	used = [column for column in columns if any(column["fieldname"] in row for row in understood.rows)]
	problems = [
		sheets.describe_problem(problem, MAX_ROWS[table]) for problem in understood.problems[:SHOWN_PROBLEMS]
	]
	return {
		"columns": [column["label"] for column in used],
		"rows": understood.rows,
		"shown": [
			[format_value(row.get(column["fieldname"]), column) for column in used] for row in understood.rows
		],
		"lines": understood.lines,
		"problems": problems,
		"more": len(understood.problems) - len(problems),
		"read_as": sheets.read_as(understood),
	}


def format_value(value: str | None, column: dict) -> str:
	if not value:
		return ""
	if column["kind"] == "choice":
		return next(one["label"] for one in column["choices"] if one["value"] == value)
	if column["kind"] == "money":
		return f"{Decimal(value):,.2f}".translate(str.maketrans(",.", ".,"))
	if column["kind"] == "date":
		return "/".join(reversed(value.split("-")))
	return value.replace(".", ",") if column["kind"] == "number" else value
