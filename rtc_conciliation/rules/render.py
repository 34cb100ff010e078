"""A finding in words: translated, with amounts and dates as Italians write them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from rtc_conciliation.rules.finding import Finding, Value


def render(
	finding: Finding,
	translate: Callable[[str], str] = str,
	escape: Callable[[str], str] = str,
	money: Callable[[Decimal], str] | None = None,
) -> tuple[str, str]:
	"""(message, remedy) of a finding.

	`translate` is given each English template (`frappe._`), `escape` each text that somebody typed
	(`frappe.utils.escape_html` where the result becomes HTML), `money` each amount in euro.
	"""
	money = money or italian_money
	args = {name: write(value, escape, money) for name, value in finding.args.items()}
	return translate(finding.message).format(**args), translate(finding.remedy).format(**args)


def italian_money(value: Decimal) -> str:
	"""As in € 1.234,56."""
	return "€ " + f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def write(value: Value, escape, money) -> str:
	if isinstance(value, Decimal):
		return money(value)
	if isinstance(value, datetime):
		return value.strftime("%d/%m/%Y %H:%M")
	if isinstance(value, date):
		return value.strftime("%d/%m/%Y")
	return escape(value) if isinstance(value, str) else f"{value:,}".replace(",", ".")
