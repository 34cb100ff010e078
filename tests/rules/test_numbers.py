"""A number as it is typed is read the same by the form (JavaScript), by what is pasted and by the server (Python)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtc_conciliation.portal import cells
from rtc_conciliation.rules.numbers import is_ambiguous, read_number
from tests.rules.scripts import run

READ = "(script, typed) => script.readNumber(typed)"
WRITTEN = "(script, value, decimals) => script.writeNumber(value, decimals)"
#: typed → read; None: the person is asked
TYPED = {
	"1.234,56": "1234.56",
	"1234,56": "1234.56",
	"1234.56": "1234.56",
	"1,234.56": "1234.56",
	"1,234,567": "1234567",
	"1.234": "1234",
	"12.345.678": "12345678",
	"1.234.567,8": "1234567.8",
	"0.500": "0.500",
	"0.125": "0.125",
	"0,125": "0.125",
	"00.125": "0.125",
	"-0.500": "-0.500",
	"1234,567": "1234.567",
	"1234.567": "1234.567",
	"12.345,678": "12345.678",
	"1,2340": "1.2340",
	"12’000,00": "12000.00",
	"12'000": "12000",
	"12 000,50": "12000.50",
	"12\u00a0000\u202f000": "12000000",
	"€ 12.000,00": "12000.00",
	"EUR 12.000,00": "12000.00",
	"12.000,00 eur": "12000.00",
	"−5": "-5",
	"+7": "7",
	"-0": "0",
	"-0,00": "0",
	"007": "7",
	# two readings
	"1,234": None,
	"-12,000": None,
	"€ 999,000": None,
	# none
	"12.000,-": None,
	"1.23.4": None,
	"1,2,3": None,
	"1.2345,6": None,
	"0.500.000": None,
	"0,500.1": None,
	"1e5": None,
	"0x10": None,
	"1_000": None,
	"١٢": None,
	"１２": None,
	"12 mila": None,
	"abc": None,
	"-": None,
	".": None,
	"5.": None,
	",5": None,
	"€": None,
	"1" * 31: None,
	"--5": None,
	"5€5": None,
	"NaN": None,
	"Infinity": None,
}


@pytest.fixture(scope="module")
def in_browser():
	return dict(zip(TYPED, run("numbers.js", READ, [[typed] for typed in TYPED]), strict=True))


@pytest.mark.parametrize("typed", TYPED)
def test_one_reading_for_form_and_sheet(typed, in_browser):
	wanted = Decimal(TYPED[typed]) if TYPED[typed] else None
	assert read_number(typed) == wanted == cells.read_number(typed)
	shown = in_browser[typed]
	assert (Decimal(shown) if wanted is not None else shown) == (wanted if wanted is not None else typed)
	assert not str(read_number(typed)).startswith("-0") or wanted


def test_what_has_two_readings_is_known_to_have_two():
	assert [typed for typed in TYPED if is_ambiguous(typed)] == ["1,234", "-12,000", "€ 999,000"]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.text("0123456789.,-+ '’€eEUR\u00a0x", max_size=14), min_size=150, max_size=200))
def test_whatever_is_typed_both_read_the_same(texts):
	for typed, shown in zip(texts, run("numbers.js", READ, [[typed] for typed in texts]), strict=True):
		number = read_number(typed)
		if number is None:
			assert shown == typed.strip(" \u00a0"), typed
		else:
			assert Decimal(shown) == number, typed


@settings(max_examples=4, deadline=None)
@given(
	st.lists(
		st.tuples(st.decimals(-(10**9), 10**9, places=3).map(float), st.sampled_from([0, 2])),
		min_size=100,
		max_size=150,
	)
)
def test_a_number_that_the_form_shows_is_read_as_it_is(given_numbers):
	"""Leaving a field reads again what stands in it."""
	shown = run("numbers.js", WRITTEN, [list(one) for one in given_numbers])
	for (number, _decimals), text in zip(given_numbers, shown, strict=True):
		assert read_number(text) == Decimal(str(number)), text


@pytest.mark.parametrize(
	("value", "shown"),
	[
		(1234.5, "1.234,50"),
		("1234.5", "1.234,50"),
		(1.125, "1,1250"),
		(0.125, "0,125"),
		(-0.0, "0,00"),
		("1e5", "1e5"),
		("0x10", "0x10"),
		("12.000,-", "12.000,-"),
		("1,234", "1,234"),
		("", ""),
		(None, ""),
	],
)
def test_what_is_no_number_is_shown_as_it_was_typed(value, shown):
	assert run("numbers.js", WRITTEN, [[value, 2]]) == [shown]
