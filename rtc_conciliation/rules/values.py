"""Reads the values of a record, whatever they come as, without ever raising.

A form, REST, a spreadsheet or the database give the same value as str, int, float, Decimal, date or None.
Each reader returns the plain value, or None when there is none or it cannot be understood; the rule that
asked decides whether that is a finding.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, timezone
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from zoneinfo import ZoneInfo

from rtc_conciliation.rules.typed_text import clean_line, without_apostrophes

ROME = ZoneInfo("Europe/Rome")
MAX_AMOUNT = Decimal("999999999.99")  # euro; more is a slip of the keyboard, and still fits a Currency column

_EXACT = Context(prec=80, rounding=ROUND_DOWN)
_STEP = Decimal("1E-9")  # the scale of Frappe's numeric columns
_HUGE = 10**15
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{0,20})?")
_DATE = re.compile(
	r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
	r"([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{3}([0-9]{3})?)?)?([+-][0-9]{2}:[0-9]{2})?)?"
)


def to_decimal():
	"""Context manager: arithmetic wide enough to be exact, whatever context the caller has set."""
	return localcontext(_EXACT)


def is_missing(value) -> bool:
	return value is None or (isinstance(value, str) and not value.strip())


def to_number(value) -> Decimal | None:
	"""A finite number below 10^15, cut to 9 decimals. Text is read with a point and no separators."""
	if isinstance(value, str):
		value = value.strip()
		result = Decimal(value) if _NUMBER.fullmatch(value) else None
	elif isinstance(value, float):
		result = Decimal(repr(float(value))) if math.isfinite(value) else None
	elif isinstance(value, Decimal):
		result = value if value.is_finite() else None
	elif isinstance(value, int) and not isinstance(value, bool):
		result = Decimal(value) if abs(value) < _HUGE else None
	else:
		result = None
	if result is None or result.copy_abs() >= _HUGE:
		return None
	return _EXACT.quantize(result, _STEP)


def to_amount(value, maximum: Decimal = MAX_AMOUNT) -> Decimal | None:
	"""A quantity or a sum of money from 0 to `maximum`; nothing written is 0, anything else is None."""
	if is_missing(value):
		return Decimal(0)
	result = to_number(value)
	return result if result is not None and 0 <= result <= maximum else None


def to_whole(value) -> int | None:
	result = to_number(value)
	return int(result) if result is not None and result == int(result) else None


def to_flag(value) -> bool:
	"""A check box: 1, true, "1" and "true" are on; "0" is off."""
	if isinstance(value, bool):
		return value
	return to_key(value) == "true" or bool(to_number(value))


def to_text(value) -> str:
	"""Words on one line; what is no text (a list, a table, nothing) is empty."""
	if isinstance(value, str):
		return " ".join(value.split())
	return "" if to_number(value) is None else str(value)


def to_key(value) -> str:
	"""Text as it is compared: names that differ by spaces, case, apostrophes or what nobody sees are the same."""
	return without_apostrophes(clean_line(to_text(value))).casefold()


def quote_value(value) -> str:
	"""A value that could not be understood, as a message may quote it."""
	return to_text(value) or ("" if is_missing(value) else "?")


def to_moment(value) -> datetime | None:
	"""A point in time as it was written: aware, or naive, which means Europe/Rome."""
	if isinstance(value, str):
		written = value.strip()
		if written.endswith("Z"):
			written = written[:-1] + "+00:00"
		try:
			value = datetime.fromisoformat(written) if _DATE.fullmatch(written) else None
		except ValueError:
			return None
	elif isinstance(value, date) and not isinstance(value, datetime):
		value = datetime(value.year, value.month, value.day)
	return value if isinstance(value, datetime) and 1900 <= value.year <= 2999 else None


def to_day(value) -> date | None:
	"""A calendar day in Italy."""
	when = to_moment(value)
	return to_rome(when).date() if when else None


def to_instants(when: datetime) -> tuple[datetime, ...]:
	"""The moment in UTC. A naive time in the hour when the clocks change gives the two that it may mean."""
	if when.tzinfo is not None:
		return (when.astimezone(timezone.utc),)
	local = when.replace(tzinfo=ROME)
	return tuple(sorted(local.replace(fold=fold).astimezone(timezone.utc) for fold in (0, 1)))


def to_rome(when: datetime) -> datetime:
	"""As the clock in Italy shows it, without a zone."""
	return when.astimezone(ROME).replace(tzinfo=None) if when.tzinfo else when


def record(value) -> Mapping:
	return value if isinstance(value, Mapping) else {}
