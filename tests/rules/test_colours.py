"""Contrast as WCAG 2.1 defines it; the values are those of its own examples and of others' calculators."""

from decimal import Decimal

import pytest

from rtc_conciliation.rules import colours


@pytest.mark.parametrize(
	("one", "other", "ratio"),
	[
		("#000000", "#ffffff", "21.00"),
		("#FFFFFF", "#ffffff", "1.00"),
		("#767676", "#ffffff", "4.54"),  # the lightest grey that passes
		("#777777", "#ffffff", "4.48"),
		("#0b3d66", "#ffffff", "11.21"),
		("#ffff00", "#ffffff", "1.07"),
	],
)
def test_contrast(one, other, ratio):
	assert colours.get_contrast(one, other) == colours.get_contrast(other, one) == Decimal(ratio)


@pytest.mark.parametrize("text", ["", None, "red", "#fff", "#0b3d6g", "#0b3d66; x", "0b3d66"])
def test_what_is_no_colour(text):
	assert not colours.is_colour(text)
	with pytest.raises(ValueError, match="no colour"):
		colours.get_contrast(text, "#ffffff")
