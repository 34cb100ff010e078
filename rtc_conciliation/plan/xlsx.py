"""The tables of the Plan as a spreadsheet: numbers as numbers, dates as dates, no text that acts as a formula."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from frappe import _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers.downloads import get_readable, respond
from rtc_conciliation.plan import tables
from rtc_conciliation.plan.assemble import assemble_document
from rtc_conciliation.plan.tables import DATE, MONEY, NUMBER, TEXT, WORD
from rtc_conciliation.rules.sheet_names import sheet_name

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = ("Composition", "Projects", "Resources", "Calls", "Projects Not Funded", "Indicators", "Ranking")
FORMATS = {MONEY: '#,##0.00 "€"', NUMBER: "#,##0.##", DATE: "DD/MM/YYYY"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEAD = PatternFill("solid", fgColor="EEF2F5")
WIDEST = 60


def download_xlsx(plan: str) -> None:
	doc = get_readable("RTC Plan", plan, "export")
	respond(doc, "xlsx", make_xlsx(assemble_document(doc)), TYPE)


def make_xlsx(data: dict) -> bytes:
	with use_italian():
		book = Workbook()
		book.remove(book.active)
		book.properties.title = data["plan"]["title"]
		book.properties.creator = data["programme"]["ats_name"]
		for kind in KINDS:
			for title, columns, rows in tables.tables(data, kind):
				add_sheet(book, title, columns, rows)
			if kind == "Projects":
				for title, columns, rows in tables.partners(data):
					add_sheet(book, title, columns, rows)
	content = BytesIO()
	book.save(content)
	return content.getvalue()


def add_sheet(book, title: str, columns: list[tuple], rows: list[dict]) -> None:
	"""A sheet of the table; one whose name was cut says it whole above the headings."""
	sheet = book.create_sheet(sheet_name(title, book.sheetnames))
	if sheet.title != title:
		sheet.append([make_value(title, TEXT)])
		sheet["A1"].font = Font(bold=True)
	sheet.append([heading for heading, _key, _kind in columns])
	head = sheet.max_row
	for cell in sheet[head]:
		cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD, Alignment(wrap_text=True)
	for row in rows:
		sheet.append([make_value(row.get(key), kind) for _heading, key, kind in columns])
	for number, (heading, key, kind) in enumerate(columns, 1):
		letter = get_column_letter(number)
		longest = max([len(heading), *(len(str(row.get(key) or "")) for row in rows[:500])])
		sheet.column_dimensions[letter].width = min(WIDEST, longest + 4)
		if kind in FORMATS:
			for cell in sheet[letter][head:]:
				cell.number_format = FORMATS[kind]
	sheet.freeze_panes = f"A{head + 1}"
	if rows:
		sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{sheet.max_row}"


def make_value(raw, kind: str):
	if raw in (None, ""):
		return None
	if kind in (MONEY, NUMBER):
		return Decimal(str(raw))
	if kind == DATE:
		return date.fromisoformat(str(raw)[:10])
	text = ILLEGAL_CHARACTERS_RE.sub("", _(raw) if kind == WORD else str(raw))
	return f"'{text}" if text.startswith(FORMULA) else text
