"""Rows of the form from a spreadsheet, pasted or as a workbook, and the budget as a workbook.

Reading stores nothing: what was understood goes back to the form, which shows it before it takes it.
"""

import csv
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.common.files import child, tables, workbooks
from rtc_conciliation.documents import budget_xlsx
from rtc_conciliation.portal import calls, cells, fields
from rtc_conciliation.portal.drafts import COLUMNS, DOCTYPE, plain
from rtc_conciliation.records.inputs import in_figures, tell_two_readings
from rtc_conciliation.rules import MAX_ROWS, row_amount, texts
from rtc_conciliation.rules.numbers import is_ambiguous
from rtc_conciliation.rules.plain_text import as_typed

COSTS = "costs"
#: declarations and documents are the call's
PASTED = tuple(table for table in COLUMNS if table not in ("declarations", "attachments"))
LARGEST_TEXT = 1_000_000  # characters
LARGEST_FILE = 2_000_000  # bytes
READER = "rtc_conciliation.common.files.workbooks:understand"
SHOWN_PROBLEMS = 50
TEXT_FILES = (".csv", ".tsv", ".txt")
#: a row of the costs has a price or an amount
NEEDED_COSTS = (("unit_cost", "amount"),)


class SheetError(frappe.ValidationError):
	pass


@frappe.whitelist(methods=["POST"])
def read_pasted(table: str, text: str, call: str | None = None) -> dict:
	"""Cells copied from a spreadsheet as rows of `table`; see `told`."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	if table not in PASTED:
		frappe.throw(_("Nothing can be pasted into this table."), SheetError, title=_("Not Understood"))
	if len(text) > LARGEST_TEXT:
		frappe.throw(
			_("{0} characters are too many to be read at once. Paste fewer rows.").format(
				in_figures(len(text))
			),
			SheetError,
			title=_("Too Large"),
		)
	try:
		grid = cells.grid_of(text)
	except Exception:  # csv.Error, whatever the text makes of the reader
		grid = []
	columns = columns_of(table, call)
	return told(cells.understand(grid, columns, MAX_ROWS[table]), columns, table)


@frappe.whitelist(methods=["POST"])
def read_budget(call: str | None = None) -> dict:
	"""The workbook, or table saved as text, `file` of the request as rows of the costs; see `told`."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	sent = frappe.request.files.get("file") if frappe.request else None
	if not sent or not sent.filename:
		frappe.throw(_("Choose a file first."), SheetError, title=_("No File"))
	columns = columns_of(COSTS, call)
	readable = [*columns, amount_column()]
	understood = understand_file(sent, readable, MAX_ROWS[COSTS], NEEDED_COSTS)
	weigh_amounts(understood)
	return told(understood, columns, COSTS)


@frappe.whitelist(methods=["GET"])
def download_budget(application: str) -> None:
	"""The costs of `application` as a workbook with the lists of its call."""
	doc = frappe.get_doc(DOCTYPE, application)
	doc.check_permission("read")
	columns = [*columns_of(COSTS, doc.call)]
	columns.insert(5, amount_column())
	rows = [as_cells(row, columns) for row in doc.costs]
	frappe.local.response.update(
		{
			"type": "download",
			"filename": f"budget-{doc.name}.xlsx",
			"filecontent": budget_xlsx.make(as_typed(doc.title), columns, rows),
			"content_type": budget_xlsx.TYPE,
			"display_content_as": "attachment",
		}
	)


def columns_of(table: str, call: str | None) -> list[dict]:
	"""The columns of `table` that a spreadsheet can have, with the choices of `call`."""
	choice = {}
	if call:
		frappe.has_permission("RTC Call", "read", doc=plain("call", call), throw=True)
		choice = calls.as_choice(call)
	doctype = frappe.get_meta(DOCTYPE).get_field(table).options
	found = []
	for column in fields.table_columns(doctype, COLUMNS[table], table):
		if column["kind"] == "file":
			continue
		if column["kind"] == "choice":
			column["choices"] = column.get("options") or choices(column["options_from"], choice)
		column["most"] = texts.DRAFT_MAXIMUM if column["kind"] == "long" else column.get("longest")
		found.append(column)
	return found


def choices(source: str, call: dict) -> list[dict]:
	doctype = {of: name for name, of in fields.LINKED.items()}[source]
	return call[source] if source in call else fields.enabled(doctype)


def amount_column() -> dict:
	label = frappe.get_meta("RTC Application Cost").get_label("amount")
	return {"fieldname": "amount", "label": _(label), "kind": "money", "computed": 1}


def as_cells(row, columns: list[dict]) -> dict:
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


# -- a file that came


def understand_file(sent, columns: list[dict], most: int, needed: tuple) -> cells.Understood:
	"""A file of the request, by its name a workbook or text; `needed` as of `cells.understand`, else SheetError."""
	content = sent.stream.read(LARGEST_FILE + 1)
	if not sent.filename.lower().endswith(TEXT_FILES):
		return understand_workbook(content, columns, most, needed)
	if len(content) > LARGEST_FILE:
		refuse_text(_("It is larger than 2 MB."))
	try:
		table = tables.read(content, cells.names_of(columns).__contains__, cells.MOST_LINES)
	except csv.Error:
		refuse_text(_("It is no table saved as CSV."))
	understood = cells.understand(table.rows, columns, most, needed)
	understood.encoding, understood.separator = table.encoding, table.separator
	return understood


def refuse_text(reason: str) -> None:
	frappe.throw(
		_("The file cannot be read. {0} Save it again as CSV, or as a workbook (.xlsx).").format(reason),
		SheetError,
		title=_("File Refused"),
	)


def understand_workbook(content: bytes, columns: list[dict], most: int, needed: tuple) -> cells.Understood:
	"""The first sheet of a workbook, read and understood in a child; SheetError when it cannot be read."""
	if len(content) > LARGEST_FILE:
		refuse_workbook(_("It is larger than 2 MB."))
	try:
		found = child.read(READER, content, child.WORKBOOK, columns=columns, most=most, needed=needed)
	except child.TooHeavyError:
		refuse_workbook(_("It takes too long to read: it has too many rows, columns or parts."))
	if found["problem"]:
		refuse_workbook(
			{
				workbooks.DAMAGED: _("It is damaged, or no workbook in the format .xlsx."),
				workbooks.LARGE: _("Unpacked it is too large."),
				workbooks.STRANGE: _("It has parts that no spreadsheet program writes."),
			}[found["problem"]]
		)
	problems = [cells.Problem(**problem) for problem in found["problems"]]
	return cells.Understood(found["rows"], found["lines"], problems)


def refuse_workbook(reason: str) -> None:
	frappe.throw(
		_("The workbook cannot be read. {0} Save it again as .xlsx and choose it once more.").format(reason),
		SheetError,
		title=_("File Refused"),
	)


def weigh_amounts(understood: cells.Understood) -> None:
	"""An amount alone is one piece at that cost; one that is not the product of its row is told."""
	kept = []
	for row, line in zip(understood.rows, understood.lines, strict=True):
		amount = Decimal(row.pop("amount", "") or 0)
		if amount and not row.get("unit_cost"):
			row.update({"quantity": "1", "unit_cost": f"{amount:f}"})
		elif amount and abs(row_amount(row) - amount) > Decimal("0.01"):
			label = amount_column()["label"]
			understood.problems.append(cells.Problem("amount", line, label, value=f"{amount:f}"))
		if row:
			kept.append((row, line))
	understood.rows, understood.lines = [row for row, _line in kept], [line for _row, line in kept]


# -- told


def told(understood: cells.Understood, columns: list[dict], table: str) -> dict:
	"""{"columns": [labels], "rows": [{column: text}], "shown": [[text]], "problems": [text], "more": number, "read_as"}.

	"rows" are as the form takes them, "shown" as the reader does; problems are escaped HTML; "read_as" is a sentence.
	"""
	used = [column for column in columns if any(column["fieldname"] in row for row in understood.rows)]
	problems = [tell(problem, MAX_ROWS[table]) for problem in understood.problems[:SHOWN_PROBLEMS]]
	return {
		"columns": [column["label"] for column in used],
		"rows": understood.rows,
		"shown": [
			[shown(row.get(column["fieldname"]), column) for column in used] for row in understood.rows
		],
		"lines": understood.lines,
		"problems": problems,
		"more": len(understood.problems) - len(problems),
		"read_as": read_as(understood),
	}


def read_as(table: cells.Understood | tables.Table) -> str:
	"""How a file of text was read, for whoever sees strange letters or one column; "" for others."""
	if not table.encoding:
		return ""
	separators = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs"), "|": _("vertical bars")}
	return _("Read as {0}, columns separated by {1}.").format(table.encoding, separators[table.separator])


def shown(value: str | None, column: dict) -> str:
	if not value:
		return ""
	if column["kind"] == "choice":
		return next(one["label"] for one in column["choices"] if one["value"] == value)
	if column["kind"] == "money":
		return f"{Decimal(value):,.2f}".translate(str.maketrans(",.", ".,"))
	if column["kind"] == "date":
		return "/".join(reversed(value.split("-")))
	return value.replace(".", ",") if column["kind"] == "number" else value


def tell(problem: cells.Problem, most: int) -> str:
	where = _("row {0}").format(problem.row)
	if problem.column:
		where = _("row {0}, column {1}").format(problem.row, escape_html(problem.column))
	if problem.address:
		where += f" ({problem.address})"
	value = escape_html(problem.value)
	if problem.kind == "number" and is_ambiguous(problem.value):
		return f"<b>{where}</b>: {escape_html(tell_two_readings(problem.value))}"
	said = {
		"number": _("“{0}” is not a number. Write for example 1.234,56."),
		"whole": _("“{0}” is not a whole number."),
		"date": _("“{0}” is not a date. Write for example 31/12/2026."),
		"choice": _("“{0}” is none of the choices of this form."),
		"column": _("“{0}” is no column of this table; it was left out."),
		"total": _("“{0}” looks like a total; the row was left out."),
		"formula": _("the formula “{0}” has no value. Open the file, save it, or write the number."),
		"amount": _("the amount {0} is not quantity × unit cost + VAT. The form computes it."),
		"long": _("the text is too long. It begins: “{0}”."),
		"rows": _("{0} rows are too many. The most is {1}."),
		"above": _("“{0}” stands above the headings; it was left out."),
		"missing": _(
			"there is no column “{0}” among the headings. Add it, with this heading, and choose the file again."
		),
	}[problem.kind]
	return f"<b>{where}</b>: {said.format(value, most)}"
