"""Amounts, dates and numbers as Italians write them on an official paper, whatever the reader's settings.

Each takes the value of a record or its plain text form; an empty value gives a dash.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import cint, get_datetime, getdate

ROME = ZoneInfo("Europe/Rome")
NOTHING = "—"
#: keeps the sign and the figure on one line
NBSP = "\u00a0"


@contextmanager
def use_italian() -> Iterator[None]:
	"""Labels come in Italian inside, whatever the reader's language is."""
	before = frappe.local.lang
	frappe.local.lang = "it"
	try:
		yield
	finally:
		frappe.local.lang = before


def rtc_euro(value) -> str:
	return NOTHING if value in (None, "") else f"€{NBSP}{group_digits(Decimal(str(value)), 2)}"


def rtc_percent(value) -> str:
	return NOTHING if value in (None, "") else f"{group_digits(Decimal(str(value)), 2)}{NBSP}%"


def rtc_number(value) -> str:
	"""A whole number without decimals, any other with those it has."""
	if value in (None, ""):
		return NOTHING
	number = Decimal(str(value)).normalize()
	return group_digits(number, max(0, -number.as_tuple().exponent))


def rtc_day(value) -> str:
	return getdate(value).strftime("%d/%m/%Y") if value else NOTHING


def rtc_moment(value) -> str:
	"""A moment of Rome's clock, to the second: "15/06/2026 11:59:58 (UTC+02:00)"."""
	if not value:
		return NOTHING
	moment = get_datetime(value)
	offset = moment.replace(tzinfo=ROME).strftime("%z")
	return f"{moment.strftime('%d/%m/%Y %H:%M:%S')} (UTC{offset[:3]}:{offset[3:]})"


def rtc_minute(value) -> str:
	return get_datetime(value).strftime("%d/%m/%Y %H:%M") if value else NOTHING


def group_digits(number: Decimal, decimals: int) -> str:
	return f"{number:,.{decimals}f}".translate({ord(","): ".", ord("."): ","})


def rtc_year(value) -> str:
	return str(cint(value)) if cint(value) else NOTHING


def format_value(value, df) -> str:
	"""`value` of the field `df` as plain text, not yet translated nor escaped."""
	if df.fieldname == "year":
		return rtc_year(value)
	if df.fieldtype == "Int":
		return rtc_number(cint(value))
	if df.fieldtype in BY_TYPE:
		return BY_TYPE[df.fieldtype](value)
	return NOTHING if value in (None, "") else str(value)


BY_TYPE = {
	"Currency": rtc_euro,
	"Percent": rtc_percent,
	"Float": rtc_number,
	"Date": rtc_day,
	"Datetime": rtc_moment,
}


def rtc_mark(value) -> str:
	"""A mark or a score, with its two decimals."""
	return "" if value in (None, "") else group_digits(Decimal(str(value)), 2)
