"""What a person means by the cells of a spreadsheet."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtc_conciliation.common import cells
from rtc_conciliation.common.cells import Formula, read_cell, read_date, read_number, understand_grid


@pytest.mark.parametrize(
	("cell", "number"),
	[
		("1.234,56", "1234.56"),
		("1234,56", "1234.56"),
		("1.234", "1234"),
		("12.345.678", "12345678"),
		("1234.56", "1234.56"),
		("1,234.56", "1234.56"),
		("€ 1.234,50", "1234.50"),
		("-12 EUR", "-12"),
		("1 234,5", "1234.5"),
		(0.1, "0.1"),
		(7, "7"),
		("abc", None),
		("1.23.4", None),
		("1,2,3", None),
		("1e9", None),
		(float("inf"), None),
		(10**20, None),
		(True, None),
		(date(2026, 1, 1), None),
		("9" * 40, None),
	],
)
def test_numbers_as_italians_and_programs_write_them(cell, number):
	assert read_number(cell) == (Decimal(number) if number else None)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
@settings(max_examples=60, deadline=None)
def test_an_amount_as_an_italian_writes_it_comes_back(value):
	written = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
	assert read_number(written) == read_number(f"€ {written}") == value


@pytest.mark.parametrize(
	("cell", "day"),
	[
		("1/11/2026", date(2026, 11, 1)),
		("01.11.2026", date(2026, 11, 1)),
		("2026-11-01", date(2026, 11, 1)),
		(datetime(2026, 11, 1, 9), date(2026, 11, 1)),
		(date(2026, 11, 1), date(2026, 11, 1)),
		("31/02/2026", None),
		("domani", None),
	],
)
def test_days(cell, day):
	assert read_date(cell) == day


@given(st.text(max_size=20))
@settings(max_examples=80, deadline=None)
def test_text_acts_as_no_formula_and_comes_back(text):
	out = cells.disarm(text)
	assert not out.startswith(cells.FORMULA)
	if not text.startswith("'"):
		assert cells.undo_disarm(out) == text


COLUMNS = [
	{"fieldname": "description", "label": "Descrizione", "kind": "line", "most": 10},
	{"fieldname": "year", "label": "Anno", "kind": "number", "whole": 1},
	{"fieldname": "amount", "label": "Importo", "kind": "money", "computed": 1},
]


def test_rows_by_headings_or_by_place():
	grid = [[], ["Anno *", " descrizione "], [2027, "Uno"], [None, ""], ["", "Due"]]
	told = understand_grid(grid, COLUMNS, 9)
	assert told.rows == [{"year": "2027", "description": "Uno"}, {"description": "Due"}]
	assert (told.lines, told.problems) == ([3, 5], [])
	assert understand_grid([["Uno", "2027", "3,5", "x"]], COLUMNS, 9).rows == [
		{"description": "Uno", "year": "2027", "amount": "3.5"}
	]
	assert understand_grid([], COLUMNS, 9).rows == []


def test_what_is_not_understood_has_its_address():
	told = understand_grid([["Uno", "2027,5", 3], ["undici lettere", Formula("=B1")], ["Totale"]], COLUMNS, 9)
	assert [(problem.kind, problem.address or problem.row) for problem in told.problems] == [
		("whole", "B1"),
		("long", "A2"),
		("formula", "B2"),
		("total", 3),
	]
	assert told.rows == [{"description": "Uno", "year": "", "amount": "3"}, {"description": "", "year": ""}]
	assert [problem.kind for problem in understand_grid([["a"], ["b"]], COLUMNS, 1).problems] == ["rows"]


def test_kinds_of_cells():
	assert read_cell("x", {"kind": "choice"}) == ("", "choice")
	assert read_cell(
		"ALTRO  ente", {"kind": "choice", "choices": [{"value": "o", "label": "Altro ente"}]}
	) == ("o", "")
	assert read_cell("x", {"kind": "date"}) == ("", "date")
	assert read_cell("x", {"kind": "money"}) == ("", "number")
	assert cells.parse_grid('a\t"b\nc"\r\nd') == [["a", "b\nc"], ["d"]]
	assert [cells.get_address(at, 7) for at in (0, 25, 26, 59)] == ["A7", "Z7", "AA7", "BH7"]
