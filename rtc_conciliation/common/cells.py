"""What a person means by the cells of a spreadsheet, as rows of a table of the form. No Frappe here.

A column is {"fieldname", "label", "kind"} with "choices" [{"value", "label"}] where one is chosen, "whole" for
whole numbers, "most" characters, and "computed" where a spreadsheet's own formula is expected. What cannot be understood is told by its cell; nothing is guessed.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
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
#: among the first rows that are not empty the headings are looked for: offices write a title above them
ABOVE = 20
YES = {"1", "si", "s", "x", "v", "✓", "✔", "☑", "☒", "vero", "yes", "y", "true", "t", "on"}
NO = {"0", "no", "n", "falso", "false", "f", "off", "-", "☐"}
TOTALS = {"totale", "totali", "totale generale", "total"}

_DATES = (
	re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
	re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
)


@dataclass(frozen=True)
class Problem:
	"""`row` as the spreadsheet counts, from 1; `column` the label of the form's, `get_address` like "F7"."""

	kind: str  # number, whole, date, choice, column, total, formula, amount, long, rows, above, missing
	row: int
	column: str = ""
	address: str = ""
	value: str = ""


@dataclass
class Understood:
	"""`rows` of text as the form takes it; `lines`, the number of each in the spreadsheet; `problems`.

	`encoding` and `separator` say how a file of text was read.
	"""

	rows: list[dict] = field(default_factory=list)
	lines: list[int] = field(default_factory=list)
	problems: list[Problem] = field(default_factory=list)
	encoding: str = ""
	separator: str = ""


class Formula(str):
	"""A cell with a formula and no value."""


def understand_grid(
	grid: list[list], columns: list[dict], most: int, needed: Iterable[Iterable[str]] = ()
) -> Understood:
	"""Rows of `grid`: by its headings if one of its first rows has them, else in the order of `columns`.

	Of each group of names in `needed` a table with headings has one column at least, or none of its rows is read.
	"""
	told = Understood()
	lines = [(number, row[:MOST_COLUMNS]) for number, row in enumerate(grid, 1) if any(map(get_text, row))]
	known = get_names(columns)
	at = find_headings([row for _number, row in lines], known.__contains__)
	if at is None:
		places = dict(enumerate(columns))
	else:
		number, headings = lines[at]
		places = {
			place: known[make_key(cell)] for place, cell in enumerate(headings) if make_key(cell) in known
		}
		told.problems = tell_headings(lines[: at + 1], places)
		if missing := list_missing_columns(places, known, needed):
			return Understood(problems=[Problem("missing", number, value=label) for label in missing])
		lines = lines[at + 1 :]
	for number, row in lines:
		read_row(number, row, places, told)
	if len(told.rows) > most:
		too_many = Problem("rows", told.lines[most], value=str(len(told.rows)))
		return Understood(problems=[too_many])
	return told


def get_names(columns: list[dict]) -> dict[str, dict]:
	"""{heading in small letters: column}; a column may be called by its label or by its field."""
	labels = {make_key(column["label"]): column for column in columns}
	return labels | {make_key(column["fieldname"]): column for column in columns}


def find_headings(rows: list[list], is_heading: Callable[[str], bool]) -> int | None:
	"""The place of the row with the most headings (small letters) among the first: two, or nothing else in it."""
	found = {at: count_headings(row, is_heading) for at, row in enumerate(rows[:ABOVE])}
	best = max(found, key=lambda at: (found[at], -at), default=None)
	if best is None or not found[best]:
		return None
	filled = [cell for cell in rows[best] if get_text(cell)]
	return best if found[best] > 1 or len(filled) == 1 else None


def count_headings(row: list, is_heading: Callable[[str], bool]) -> int:
	return len({make_key(cell) for cell in row if get_text(cell) and is_heading(make_key(cell))})


def tell_headings(lines: list[tuple[int, list]], places: Mapping[int, dict]) -> list[Problem]:
	"""What stands above the headings, and headings that are none."""
	*above, (number, headings) = lines
	left_out = [
		Problem("above", line, value=" ".join(filter(None, map(get_text, row)))[:80]) for line, row in above
	]
	strange = [
		(at, get_text(cell)) for at, cell in enumerate(headings) if get_text(cell) and at not in places
	]
	return left_out + [
		Problem("column", number, value=text, address=get_address(at, number)) for at, text in strange
	]


def list_missing_columns(
	places: Mapping[int, dict], known: Mapping[str, dict], needed: Iterable[Iterable[str]]
) -> list[str]:
	"""For each group of which no column is there, the labels of the group."""
	here = {column["fieldname"] for column in places.values()}
	return [
		" / ".join(known[make_key(name)]["label"] for name in group)
		for group in needed
		if not here & {*group}
	]


def read_row(number: int, row: list, places: Mapping[int, dict], told: Understood) -> None:
	first = next(get_text(cell) for cell in row if get_text(cell))
	if make_key(first) in TOTALS:
		told.problems.append(Problem("total", number, value=first))
		return
	made = {}
	for at, column in places.items():
		cell = row[at] if at < len(row) else None
		if not get_text(cell) or (isinstance(cell, Formula) and column.get("computed")):
			continue
		value, problem = read_cell(cell, column)
		if problem:
			found = Problem(problem, number, column["label"], get_address(at, number), get_text(cell)[:80])
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
	text = undo_disarm(get_text(cell))
	if kind == "choice":
		value = find_choice(text, column.get("choices") or [])
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
	if isinstance(cell, (bool, date)):
		return None
	if isinstance(cell, int | float | Decimal):
		number = Decimal(str(cell))
		return round(number, 9) if number.is_finite() and abs(number) < 10**15 else None
	return numbers.read_number(str(cell))


def read_tick(cell) -> bool | None:
	"""Is a box ticked, as people write it: Sì, X, VERO, 1; None when it says neither yes nor no."""
	if isinstance(cell, bool):
		return cell
	plain = unicodedata.normalize("NFD", get_text(cell).casefold())
	word = "".join(letter for letter in plain if not unicodedata.combining(letter)).strip(" .'’`")
	return word in YES if word in YES | NO else None


def read_date(cell) -> date | None:
	if isinstance(cell, datetime):
		return cell.date()
	if isinstance(cell, date):
		return cell
	for pattern in _DATES:
		if found := pattern.fullmatch(get_text(cell)[:20]):
			try:
				return date(*(int(found[part]) for part in ("year", "month", "day")))
			except ValueError:
				return None
	return None


def find_choice(text: str, choices: list[dict]) -> str:
	"""The value whose label or code is `text`, whatever its case and spaces."""
	wanted = make_key(text)
	return next(
		(one["value"] for one in choices if wanted in (make_key(one["value"]), make_key(one["label"]))), ""
	)


def parse_grid(text: str) -> list[list[str]]:
	"""Cells of what was copied from a spreadsheet: tabs between them, quotes round those with lines inside."""
	return read_csv(text.replace("\r\n", "\n").replace("\r", "\n"), "\t")


def read_csv(text: str, delimiter: str, most: int | None = MOST_LINES) -> list[list[str]]:
	"""The first `most` rows; csv.Error where a cell is longer than 131,072 characters."""
	lines = io.StringIO(text.replace("\0", ""), newline="")
	return list(islice(csv.reader(lines, delimiter=delimiter), most))


def get_text(cell) -> str:
	return "" if cell is None else str(cell).strip()


def make_key(text: str) -> str:
	return " ".join(str(text).replace("*", " ").split()).casefold()


def disarm(text: str) -> str:
	"""Text that no spreadsheet takes for a formula."""
	return DISARMED + text if text.startswith(FORMULA) else text


def undo_disarm(text: str) -> str:
	"""The text that `disarm` was given."""
	return text[1:] if text.startswith(DISARMED) and text[1:].startswith(FORMULA) else text


def get_address(place: int, row: int) -> str:
	letters, place = "", place + 1
	while place:
		place, rest = divmod(place - 1, 26)
		letters = ascii_uppercase[rest] + letters
	return f"{letters}{row}"
