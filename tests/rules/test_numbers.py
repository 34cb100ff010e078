"""A number as it is typed is read the same by the form (JavaScript), by what is pasted and by the server (Python)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtc_conciliation.common import cells
from rtc_conciliation.rules.numbers import is_ambiguous, read_number
from tests.rules.scripts import read_cases, run

READ = "(script, typed) => script.readNumber(typed)"
WRITTEN = "(script, value, decimals) => script.writeNumber(value, decimals)"
#: typed → read; None: the person is asked. tests/js/numbers.test.mjs holds the form to the same.
TYPED = dict(read_cases("numbers.json")["read"])


@pytest.mark.parametrize("typed", TYPED)
def test_one_reading_for_form_and_sheet(typed):
	wanted = Decimal(TYPED[typed]) if TYPED[typed] else None
	assert read_number(typed) == wanted == cells.read_number(typed)
	assert not str(read_number(typed)).startswith("-0") or wanted


def test_what_has_two_readings_is_known_to_have_two():
	assert [typed for typed in TYPED if is_ambiguous(typed)] == ["1,234", "-12,000", "€ 999,000"]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.text("0123456789.,-+ '’€eEUR\u00a0x", max_size=14), min_size=150, max_size=200))
def test_whatever_is_typed_both_read_the_same(texts):
	for typed, shown in zip(texts, run("common/numbers.js", READ, [[typed] for typed in texts]), strict=True):
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
	shown = run("common/numbers.js", WRITTEN, [list(one) for one in given_numbers])
	for (number, _decimals), text in zip(given_numbers, shown, strict=True):
		assert read_number(text) == Decimal(str(number)), text
