"""How a contribution is paid in parts (*tranche*): shares of the call, amounts of the project.

A part is a share of the grant, rounded down to the cent; the last takes what is left, so that the sum is the grant. One is
due once the costs reported and admitted reach its threshold, a share of what the parts before it come to.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, RowRef, template
from rtc_conciliation.rules.money import CENT, format_share, is_reached, sum_amounts, to_cents
from rtc_conciliation.rules.values import quote_value, to_amount, to_decimal, to_text

TABLE = "tranches"
WHOLE = Decimal(100)

NO_TRANCHES = template(
	"project.no_tranches",
	ERROR,
	"The call does not say in which parts the contribution is paid.",
	"In the tab After the Award, enter the table Tranches: usually 50, 30 and 20 %.",
	CALL_TEXT,
)
NO_CAUSE = template(
	"project.no_cause",
	ERROR,
	"A tranche has no cause.",
	"In the table Tranches, write what the part is paid for, for instance Advance.",
	CALL_TEXT,
)
BAD_SHARE = template(
	"project.bad_share",
	ERROR,
	"“{value}” is no share of the contribution.",
	"In the table Tranches, enter more than 0 and at most 100 %.",
	CALL_TEXT,
)
BAD_THRESHOLD = template(
	"project.bad_threshold",
	ERROR,
	"“{value}” is no threshold.",
	"In the table Tranches, enter from 0 to 100: percent of the parts paid before that has to be reported and admitted.",
	CALL_TEXT,
)
FIRST_THRESHOLD = template(
	"project.first_threshold",
	ERROR,
	"The first tranche has a threshold, and nothing is paid before it.",
	"In the table Tranches, leave the threshold of the first row at 0.",
	CALL_TEXT,
)
NOT_WHOLE = template(
	"project.not_whole",
	ERROR,
	"The tranches come to {sum} % of the contribution.",
	"In the table Tranches, change the shares until they come to 100 %.",
	CALL_TEXT,
)


class Tranche(NamedTuple):
	"""`percent` of the grant; `threshold` percent of what was paid before."""

	cause: str
	percent: Decimal
	threshold: Decimal


def read_scheme(rows: Sequence) -> list[Tranche]:
	"""The rows that `check_scheme` has let pass."""
	return [
		Tranche(
			to_text(row.get("cause")),
			to_amount(row.get("percent"), WHOLE) or Decimal(0),
			to_amount(row.get("threshold"), WHOLE) or Decimal(0),
		)
		for row in rows
	]


def check_scheme(rows: Sequence) -> Iterator[Finding]:
	"""What is wrong with the table Tranches of a call."""
	if not rows:
		yield NO_TRANCHES(field=TABLE)
		return
	shares = []
	for number, row in enumerate(rows, 1):
		ref = RowRef(TABLE, number)
		if not to_text(row.get("cause")):
			yield NO_CAUSE(ref, field="cause")
		share = to_amount(row.get("percent"), WHOLE)
		if not share:
			yield BAD_SHARE(ref, field="percent", value=quote_value(row.get("percent")))
		else:
			shares.append(share)
		yield from _check_threshold(ref, row.get("threshold"))
	if len(shares) == len(rows) and sum(shares) != WHOLE:
		yield NOT_WHOLE(field=TABLE, sum=format_share(sum(shares, Decimal(0))))


def _check_threshold(ref: RowRef, value) -> Iterator[Finding]:
	threshold = to_amount(value, WHOLE)
	if threshold is None:
		yield BAD_THRESHOLD(ref, field="threshold", value=quote_value(value))
	elif threshold and ref.idx == 1:
		yield FIRST_THRESHOLD(ref, field="threshold")


def share_grant(contribution: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
	"""Amounts of the parts, in euro; their sum is `contribution`.

	>>> [str(part) for part in share_grant(Decimal("56968.08"), [Decimal(50), Decimal(30), Decimal(20)])]
	['28484.04', '17090.42', '11393.62']
	"""
	with to_decimal():
		parts = [
			(contribution * percent / WHOLE).quantize(CENT, rounding=ROUND_DOWN) for percent in percents[:-1]
		]
		return [*parts, to_cents(contribution - sum_amounts(parts))]


def is_due(admitted: Decimal, paid_before: Decimal, threshold: Decimal) -> bool:
	"""Is enough of what the earlier parts came to reported and admitted? Nothing before: always."""
	return is_reached(admitted, paid_before, threshold)
