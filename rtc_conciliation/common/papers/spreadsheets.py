"""Plain tables as a workbook, row by row: numbers as numbers, dates as dates, no text that acts as a formula."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import frappe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from rtc_conciliation.common.cells import disarm
from rtc_conciliation.rules.plain_text import as_typed
from rtc_conciliation.rules.sheet_names import sheet_name

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = PatternFill("solid", fgColor="EEF2F5")
#: letters that a cell holds
LONGEST = 32_000
MONEY = "#,##0.00"

#: [(key, heading)] and the rows
Table = tuple[list[tuple[str, str]], Iterable[Mapping]]


def make_workbook(tables: Mapping[str, Table]) -> bytes:
	content = BytesIO()
	save_workbook(tables, content)
	return content.getvalue()


def save_workbook(tables: Mapping[str, Table], target) -> None:
	"""Writes the workbook to `target`, a path or a file; rows may come from a generator and are not kept."""
	book = Workbook(write_only=True)
	for title, (columns, rows) in tables.items():
		sheet = book.create_sheet(sheet_name(title, book.sheetnames))
		cut = sheet.title != title
		sheet.freeze_panes = "A3" if cut else "A2"
		for number, (_key, heading) in enumerate(columns, 1):
			sheet.column_dimensions[get_column_letter(number)].width = min(max(len(heading) + 4, 14), 44)
		if cut:  # the name that the sheet could not have
			sheet.append([make_heading_cell(sheet, title)])
		sheet.append([make_heading_cell(sheet, heading) for _key, heading in columns])
		for row in rows:
			sheet.append([make_value(sheet, row.get(key)) for key, _heading in columns])
	book.save(target)


def make_heading_cell(sheet, heading: str):
	cell = WriteOnlyCell(sheet, clean(heading))
	cell.font, cell.fill = Font(bold=True), HEAD
	return cell


def make_value(sheet, raw):
	if isinstance(raw, str):
		return disarm(clean(as_typed(raw)))[:LONGEST] or None  # core keeps "<" as "&lt;"
	if isinstance(raw, Decimal):
		cell = WriteOnlyCell(sheet, raw)
		cell.number_format = MONEY
		return cell
	return raw if isinstance(raw, int | float | date | datetime) else None


def respond(filename: str, content: bytes) -> None:
	frappe.local.response.update(
		{
			"type": "download",
			"filename": filename,
			"filecontent": content,
			"content_type": TYPE,
			"display_content_as": "attachment",
		}
	)


def clean(text: str) -> str:
	return ILLEGAL_CHARACTERS_RE.sub("", text)
