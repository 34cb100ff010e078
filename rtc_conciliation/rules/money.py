"""The sums of an application, in euro and cents. No float takes part in them."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from rtc_conciliation.rules.tables import Row, get_rows
from rtc_conciliation.rules.values import MAX_AMOUNT, to_amount, to_decimal, to_text

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_CENTS = Context(prec=80, rounding=ROUND_HALF_UP)

CONTRIBUTION = "Contribution"
COFINANCING = "Co-financing"
OTHER_INCOME = "Other Income"
SOURCES = (CONTRIBUTION, COFINANCING, OTHER_INCOME)

SHARING_ROLES = ("Lead", "Partner")  # a supporter has no part in the budget


@dataclass(frozen=True)
class Totals:
	"""Sums over the cost rows that can be read (euro, two decimals), and what counts towards the minimum."""

	total_cost: Decimal = ZERO
	requested_contribution: Decimal = ZERO
	cofinancing_amount: Decimal = ZERO
	other_income: Decimal = ZERO
	cofinancing_percent: Decimal = ZERO
	counting_partners: int = 0
	counting_areas: int = 0


class Priced(NamedTuple):
	"""A cost row and what it comes to, None when that cannot be said."""

	row: Row
	amount: Decimal | None


def to_cents(value: Decimal) -> Decimal:
	return _CENTS.quantize(value, CENT)


def read_row_amount(cost_row) -> Decimal | None:
	"""Quantity × unit cost + VAT, to the cent, or None when a part or the result is no valid amount."""
	quantity, unit_cost, vat = (to_amount(cost_row.get(name)) for name in ("quantity", "unit_cost", "vat"))
	if quantity is None or unit_cost is None or vat is None:
		return None
	with to_decimal():
		result = to_cents(quantity * unit_cost + vat)
	return result if result <= MAX_AMOUNT else None


def row_amount(cost_row) -> Decimal:
	"""Quantity × unit cost + VAT of a cost row, to the cent (half a cent goes up).

	0.00 when a part is no valid amount: `check` reports that row, and no sum includes it.
	"""
	return read_row_amount(cost_row) or ZERO


def get_share(part: Decimal, whole: Decimal) -> Decimal:
	"""Percentage to be shown, rounded down: 29.995 is 29.99 and never looks like 30."""
	with to_decimal():
		return (part * 100 / whole).quantize(CENT, rounding=ROUND_DOWN) if whole else ZERO


def format_share(value: Decimal) -> str:
	"""A share or a score in words, with the decimal comma and no idle zeros: 29,99 or 30."""
	with to_decimal():
		return format(value.normalize(), "f").replace(".", ",")


def is_reached(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
	"""part / whole ≥ percent / 100, exactly."""
	with to_decimal():
		return part * 100 >= percent * whole


def sum_amounts(values) -> Decimal:
	with to_decimal():
		return to_cents(sum(values, ZERO))


def list_sharing_partners(application) -> list[Row]:
	return [row for row in get_rows(application, "partners") if to_text(row.get("role")) in SHARING_ROLES]


def price_rows(application) -> list[Priced]:
	return [Priced(row, read_row_amount(row)) for row in get_rows(application, "costs")]


def cost_totals(priced: list[Priced]) -> Totals:
	amounts = [(to_text(row.get("charged_to")), value or ZERO) for row, value in priced]

	def charged(source: str) -> Decimal:
		return sum_amounts(value for charged_to, value in amounts if charged_to == source)

	total_cost, cofinancing = sum_amounts(value for _, value in amounts), charged(COFINANCING)
	return Totals(
		total_cost=total_cost,
		requested_contribution=charged(CONTRIBUTION),
		cofinancing_amount=cofinancing,
		other_income=charged(OTHER_INCOME),
		cofinancing_percent=get_share(cofinancing, total_cost),
	)
