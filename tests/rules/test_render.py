from datetime import date, datetime
from decimal import Decimal

from rtc_conciliation.rules import Finding, render
from rtc_conciliation.rules.finding import template


def finding(message, **args):
	return Finding("budget", "error", "budget.x", message, "Mend {name}", "", {"name": "<b>", **args})


def test_values_are_written_as_italians_write_them():
	made = finding(
		"{money} {day} {moment} {count} {share}",
		money=Decimal("1234567.5"),
		day=date(2026, 11, 1),
		moment=datetime(2026, 7, 1, 9, 5),
		count=10_000_000,
		share="29,99",
	)
	message, remedy = render(made)
	assert message == "€ 1.234.567,50 01/11/2026 01/07/2026 09:05 10.000.000 29,99"
	assert remedy == "Mend <b>"


def test_the_caller_translates_escapes_and_formats_money():
	made = finding("{money}", money=Decimal(3))
	words = render(
		made,
		translate=lambda text: text.replace("Mend", "Correggere"),
		escape=lambda text: text.replace("<", "&lt;"),
		money=lambda value: f"{value} EUR",
	)
	assert words == ("3 EUR", "Correggere &lt;b>")
