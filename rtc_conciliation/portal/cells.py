"""What a person means by the cells of a spreadsheet, as rows of a table of the form. No Frappe here.

A column is {"fieldname", "label", "kind"} with "choices" [{"value", "label"}] where one is chosen, "whole" for
whole numbers, "most" characters, and "computed" where a spreadsheet's own formula is expected. What cannot be understood is told by its cell; nothing is guessed.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from string import ascii_uppercase

from rtc_conciliation.rules import numbers

#: what makes a program that opens the cell take it for a formula, and what disarms it
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DISARMED = "'"
MOST_COLUMNS = 60
#: rows that are looked at: more than any table takes, so that too many are counted
MOST_LINES = 5000
TOTALS = {"totale", "totali", "totale generale", "total"}

_DATES = (
	re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
	re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
)


@dataclass(frozen=True)
class Problem:
	"""`row` as the spreadsheet counts, from 1; `column` the label of the form's, `address` like "F7"."""

	kind: str  # number, whole, date, choice, column, total, formula, amount, long, rows
	row: int
	column: str = ""
	address: str = ""
	value: str = ""


@dataclass
class Understood:
	"""`rows` of text as the form takes it; `lines`, the number of each in the spreadsheet; `problems`."""

	rows: list[dict] = field(default_factory=list)
	lines: list[int] = field(default_factory=list)
	problems: list[Problem] = field(default_factory=list)


class Formula(str):
	"""A cell with a formula and no value."""


def understand(grid: list[list], columns: list[dict], most: int) -> Understood:
	"""Rows of `grid`: by its headings if the first row that is not empty has them, else in the order of `columns`."""
	told = Understood()
	lines = [(number, row[:MOST_COLUMNS]) for number, row in enumerate(grid, 1) if any(map(written, row))]
	if not lines:
		return told
	places, strange = headings(lines[0][1], columns)
	if places:
		number, _row = lines.pop(0)
		told.problems += [
			Problem("column", number, value=text, address=address(at, number)) for at, text in strange
		]
	else:
		places = dict(enumerate(columns))
	for number, row in lines:
		read_row(number, row, places, told)
	if len(told.rows) > most:
		too_many = Problem("rows", told.lines[most], value=str(len(told.rows)))
		return Understood(problems=[too_many])
	return told


def headings(row: list, columns: list[dict]) -> tuple[dict[int, dict], list[tuple[int, str]]]:
	"""({place: column}, [(place, heading that is none)]); empty when less than half of the cells are headings."""
	known = {}
	for column in columns:
		known[key(column["label"])] = known[key(column["fieldname"])] = column
	cells = {at: written(cell) for at, cell in enumerate(row) if written(cell)}
	places = {at: known[key(text)] for at, text in cells.items() if key(text) in known}
	if len(places) * 2 <= len(cells):
		return {}, []
	return places, [(at, text) for at, text in cells.items() if at not in places]


def read_row(number: int, row: list, places: Mapping[int, dict], told: Understood) -> None:
	first = next(written(cell) for cell in row if written(cell))
	if key(first) in TOTALS:
		told.problems.append(Problem("total", number, value=first))
		return
	made = {}
	for at, column in places.items():
		cell = row[at] if at < len(row) else None
		if not written(cell) or (isinstance(cell, Formula) and column.get("computed")):
			continue
		value, problem = read_cell(cell, column)
		if problem:
			found = Problem(problem, number, column["label"], address(at, number), written(cell)[:80])
			told.problems.append(found)
		made[column["fieldname"]] = value  # empty where it is told: no default of the form takes its place
	if made:
		told.rows.append(made)
		told.lines.append(number)


def read_cell(cell, column: dict) -> tuple[str, str]:
	"""(value, "") or ("", kind of problem)."""
	if isinstance(cell, Formula):
		return "", "formula"
	kind = column["kind"]
	if kind in ("number", "money"):
		return read_numeric(cell, bool(column.get("whole")))
	if kind == "date":
		day = read_date(cell)
		return (day.isoformat(), "") if day else ("", "date")
	text = rearmed(written(cell))
	if kind == "choice":
		value = chosen(text, column.get("choices") or [])
		return (value, "") if value else ("", "choice")
	most = column.get("most")
	return ("", "long") if most and len(text) > most else (text, "")


def read_numeric(cell, whole: bool) -> tuple[str, str]:
	number = read_number(cell)
	if number is None:
		return "", "number"
	if whole and number != number.to_integral_value():
		return "", "whole"
	return f"{number.normalize():f}", ""


def read_number(cell) -> Decimal | None:
	"""Text as `rules.numbers` reads it."""
	if isinstance(cell, bool) or isinstance(cell, date):
		return None
	if isinstance(cell, int | float | Decimal):
		number = Decimal(str(cell))
		return round(number, 9) if number.is_finite() and abs(number) < 10**15 else None
	return numbers.read_number(str(cell))


def read_date(cell) -> date | None:
	if isinstance(cell, datetime):
		return cell.date()
	if isinstance(cell, date):
		return cell
	for pattern in _DATES:
		if found := pattern.fullmatch(written(cell)[:20]):
			try:
				return date(*(int(found[part]) for part in ("year", "month", "day")))
			except ValueError:
				return None
	return None


def chosen(text: str, choices: list[dict]) -> str:
	"""The value whose label or code is `text`, whatever its case and spaces."""
	wanted = key(text)
	return next((one["value"] for one in choices if wanted in (key(one["value"]), key(one["label"]))), "")


def grid_of(text: str) -> list[list[str]]:
	"""Cells of what was copied from a spreadsheet: tabs between them, quotes round those with lines inside."""
	return read_csv(text.replace("\r\n", "\n").replace("\r", "\n"), "\t")


def read_csv(text: str, delimiter: str) -> list[list[str]]:
	"""The first MOST_LINES lines; csv.Error where a cell is longer than 131,072 characters."""
	return list(
		islice(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter), MOST_LINES)
	)


def written(cell) -> str:
	return "" if cell is None else str(cell).strip()


def key(text: str) -> str:
	return " ".join(str(text).replace("*", " ").split()).casefold()


def disarmed(text: str) -> str:
	"""Text that no spreadsheet takes for a formula."""
	return DISARMED + text if text.startswith(FORMULA) else text


def rearmed(text: str) -> str:
	"""The text that `disarmed` was given."""
	return text[1:] if text.startswith(DISARMED) and text[1:].startswith(FORMULA) else text


def address(place: int, row: int) -> str:
	letters, place = "", place + 1
	while place:
		place, rest = divmod(place - 1, 26)
		letters = ascii_uppercase[rest] + letters
	return f"{letters}{row}"
