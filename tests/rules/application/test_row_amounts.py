"""What a row of the costs comes to: the form's script reads the same cases (tests/js/sums.test.mjs)."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from rtc_conciliation.rules.money import row_amount

CASES = Path(__file__).parents[2] / "cases" / "js" / "amounts.json"


@pytest.mark.parametrize("quantity, unit_cost, vat, cents", json.loads(CASES.read_text(encoding="utf-8")))
def test_a_row_comes_to_the_same_for_site_and_form(quantity, unit_cost, vat, cents):
	row = {"quantity": quantity, "unit_cost": unit_cost, "vat": vat or "0"}
	assert row_amount(row) == Decimal(cents) / 100
