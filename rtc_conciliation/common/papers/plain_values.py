"""Amounts, shares and dates as plain text for data that is kept: "1234.56", "30.00", "2026-10-08"."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from frappe.utils import get_datetime, getdate

CENT = Decimal("0.01")


def to_amount(value) -> Decimal:
	return Decimal(str(value or 0)).quantize(CENT, ROUND_HALF_UP)


def to_money(value) -> str:
	return str(to_amount(value))


def to_share(part, whole) -> str:
	"""`part` of `whole` in percent, cut after two decimals: 29.995 % must not read 30 %. Empty without a whole."""
	part, whole = to_amount(part), to_amount(whole)
	return str((part * 100 / whole).quantize(CENT, ROUND_DOWN)) if whole else ""


def to_day(value) -> str:
	return getdate(value).isoformat() if value else ""


def to_plain_number(value) -> str:
	"""Without idle zeros: "120.5", "0"."""
	return f"{Decimal(str(value or 0)).normalize():f}"


def to_moment(value) -> str:
	return get_datetime(value).isoformat(timespec="seconds") if value else ""
