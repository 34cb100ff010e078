"""The budget of an application as a workbook, to be filled in and brought back: costs, totals, and lists.

Texts never act as formulas. The formulas of the workbook are its own: amounts, and sums by source and category.
"""

from decimal import Decimal
from io import BytesIO

from frappe import _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from rtc_conciliation.common.cells import disarm
from rtc_conciliation.common.papers.spreadsheets import HEAD, clean

MONEY = '#,##0.00 "€"'
#: rows that are ready to be filled in, below those that are there
SPARE = 30
WIDTHS = {"description": 44, "cost_category": 36, "charged_to": 18, "action": 26, "partner": 30, "amount": 16}


def make_workbook(title: str, columns: list[dict], rows: list[dict]) -> bytes:
	"""`columns` as `cells` takes them; "amount" is computed by the sheet. `rows` have texts and Decimals."""
	book = Workbook()
	book.properties.title = clean(title)
	sheet = book.active
	sheet.title = _("Budget")
	last = len(rows) + SPARE + 1
	write_costs(sheet, columns, rows, last)
	write_lists(book.create_sheet(_("Lists")), sheet, columns, last)
	write_totals(book.create_sheet(_("Totals"), 1), sheet.title, columns, last)
	content = BytesIO()
	book.save(content)
	return content.getvalue()


def write_costs(sheet, columns: list[dict], rows: list[dict], last: int) -> None:
	sheet.append([column["label"] for column in columns])
	for row in rows:
		sheet.append([make_value(row.get(column["fieldname"])) for column in columns])
	letters = get_letters(columns)
	for at in range(2, last + 1):
		part = {name: f"{letters[name]}{at}" for name in ("quantity", "unit_cost", "vat", "amount")}
		sheet[part["amount"]] = f"=ROUND({part['quantity']}*{part['unit_cost']}+{part['vat']},2)"
	for column in columns:
		letter = letters[column["fieldname"]]
		sheet.column_dimensions[letter].width = WIDTHS.get(column["fieldname"], 14)
		if column["kind"] == "money":
			for cell in sheet[letter][1:]:
				cell.number_format = MONEY
	format_head(sheet)


def write_lists(sheet, costs, columns: list[dict], last: int) -> None:
	"""What can be chosen, and the rule by which the cells of the costs take nothing else."""
	for column in (column for column in columns if column.get("choices")):
		place = sheet.max_column + 1 if sheet["A1"].value else 1
		letter = get_column_letter(place)
		for at, text in enumerate([column["label"], *(one["label"] for one in column["choices"])], 1):
			sheet.cell(at, place, make_value(text))
		sheet.column_dimensions[letter].width = 40
		end = len(column["choices"]) + 1
		rule = DataValidation(
			"list", formula1=f"'{sheet.title}'!${letter}$2:${letter}${end}", allow_blank=True
		)
		rule.error, rule.errorTitle = _("Choose one from the list."), _("Not in the list")
		rule.showErrorMessage = True
		own = get_letters(columns)[column["fieldname"]]
		rule.add(f"{own}2:{own}{last}")
		costs.add_data_validation(rule)
	format_head(sheet)


def write_totals(sheet, costs: str, columns: list[dict], last: int) -> None:
	letters = get_letters(columns)
	where = {name: f"'{costs}'!${letter}$2:${letter}${last}" for name, letter in letters.items()}
	sheet.append([_("Totals"), _("Amount")])
	for name in ("charged_to", "cost_category"):
		column = next(column for column in columns if column["fieldname"] == name)
		for choice in column.get("choices") or []:
			at = sheet.max_row + 1
			sheet.append([make_value(choice["label"]), f"=SUMIF({where[name]},A{at},{where['amount']})"])
	at = sheet.max_row + 1
	sheet.append([_("Total Cost"), f"=SUM({where['amount']})"])
	for row in sheet.iter_rows(min_row=2, min_col=2, max_col=2):
		row[0].number_format = MONEY
	sheet[f"A{at}"].font = sheet[f"B{at}"].font = Font(bold=True)
	share = _("Co-financing")
	sheet.append([_("Co-financing (%)"), f'=IF(B{at}=0,0,SUMIF(A2:A{at - 1},"{share}",B2:B{at - 1})/B{at})'])
	sheet[f"B{at + 1}"].number_format = "0.00%"
	sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 18
	format_head(sheet)


def format_head(sheet) -> None:
	for cell in sheet[1]:
		cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD, Alignment(wrap_text=True)
	sheet.freeze_panes = "A2"


def get_letters(columns: list[dict]) -> dict[str, str]:
	return {column["fieldname"]: get_column_letter(at) for at, column in enumerate(columns, 1)}


def make_value(raw):
	if isinstance(raw, str):
		return disarm(clean(raw)) or None
	return raw if isinstance(raw, int | Decimal) else None
