"""A table that people send, a workbook or a text file, read and understood by its columns; problems in words."""

import csv

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.common import cells
from rtc_conciliation.common.files import child, tables, workbooks
from rtc_conciliation.common.inputs import tell_two_readings
from rtc_conciliation.rules.numbers import is_ambiguous


class SheetError(frappe.ValidationError):
	pass


def understand_file(sent, columns: list[dict], most: int, needed: tuple) -> cells.Understood:
	"""A file of the request, by its name a workbook or text; `needed` as of `cells.understand_grid`, else SheetError."""
	content = sent.stream.read(LARGEST_FILE + 1)
	if not sent.filename.lower().endswith(TEXT_FILES):
		return understand_workbook(content, columns, most, needed)
	if len(content) > LARGEST_FILE:
		refuse_text(_("It is larger than 2 MB."))
	try:
		table = tables.read(content, cells.get_names(columns).__contains__, cells.MOST_LINES)
	except csv.Error:
		refuse_text(_("It is no table saved as CSV."))
	understood = cells.understand_grid(table.rows, columns, most, needed)
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


def read_as(table: cells.Understood | tables.Table) -> str:
	"""How a file of text was read, for whoever sees strange letters or one column; "" for others."""
	if not table.encoding:
		return ""
	separators = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs"), "|": _("vertical bars")}
	return _("Read as {0}, columns separated by {1}.").format(table.encoding, separators[table.separator])


def describe_problem(problem: cells.Problem, most: int) -> str:
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


LARGEST_FILE = 2_000_000  # bytes


READER = "rtc_conciliation.common.files.workbooks:understand"


TEXT_FILES = (".csv", ".tsv", ".txt")
