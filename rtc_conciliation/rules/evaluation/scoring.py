"""Marks: what one may be, what the co-financing is worth, and what the reviews of an application come to.

A mark is a Decimal with two places. The mark of a criterion is the mean of the reviews, half a hundredth going up;
the total is the sum of these marks as they are printed, so that a ranking adds up for whoever reads it. The order
of the reviews never matters. Source: the call (L. 241/1990 art. 12: criteria are made known beforehand).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, RowRef, template
from rtc_conciliation.rules.money import format_share, to_cents
from rtc_conciliation.rules.report import Report
from rtc_conciliation.rules.values import (
	is_missing,
	quote_value,
	record,
	to_amount,
	to_decimal,
	to_flag,
	to_number,
	to_text,
)

JUDGEMENT, TABLE, COMPUTED = KINDS = ("Judgement", "Table", "Computed")
INDIVIDUAL, CONSENSUS = "Individual", "Consensus"
MEAN = "Mean"  # the other method of a call has the name of the consensus review
SCORES = "scores"
ZERO = Decimal("0.00")
STEP = Decimal("0.25")

#: 7, 7,5 and 7.5; a separator of thousands makes no sense in a mark
_MARK = re.compile(r"[+-]?[0-9]{1,6}([.,][0-9]{0,9})?")

NO_NUMBER = template(
	"review.number",
	ERROR,
	"The mark of “{criterion}” is written as “{value}”, which is no number.",
	"Write digits only, with a comma or a point, for example 7,5.",
	CALL_TEXT,
)
OUTSIDE = template(
	"review.outside",
	ERROR,
	"The mark of “{criterion}” is {value}: it goes from 0 to {maximum}.",
	"Write a mark between the two.",
	CALL_TEXT,
)
OFF_STEP = template(
	"review.step",
	ERROR,
	"The mark of “{criterion}” is {value}: marks go by steps of {step}.",
	"Write the nearest mark: {lower} or {upper}.",
	CALL_TEXT,
)
NO_LEVEL = template(
	"review.level",
	ERROR,
	"The mark of “{criterion}” is {value}, which is none of its levels.",
	"Choose one of these: {levels}.",
	CALL_TEXT,
)
NO_MARK = template(
	"review.mark",
	ERROR,
	"“{criterion}” has no mark.",
	"Write its mark; 0 is a mark too.",
	CALL_TEXT,
)
NO_NOTE = template(
	"review.note",
	ERROR,
	"The mark of “{criterion}” has no reason.",
	"Write the reason under Note: the call asks for it.",
	CALL_TEXT,
)


class Level(NamedTuple):
	name: str
	points: Decimal | None


def read(value) -> Decimal | None:
	"""A mark with comma or point, as text or number; None when it is none. It may still be out of bounds."""
	if isinstance(value, str):
		value = value.strip()
		value = value.replace(",", ".") if _MARK.fullmatch(value) else "?"
	return to_number(value)


def format_mark(value: Decimal) -> str:
	"""As a record keeps a mark: "7.50"."""
	with to_decimal():
		return format(value.quantize(ZERO, rounding=ROUND_HALF_UP), "f")


def get_levels(value) -> list[Level]:
	"""The levels of a criterion, one "name = points" on each line; points are None where they cannot be read."""
	lines = value.splitlines() if isinstance(value, str) else []
	parts = [line.rpartition("=") for line in lines if line.strip()]
	return [Level(to_text(name), read(points)) for name, _sign, points in parts]


def compute_points(total_cost, cofinancing, minimum_percent, max_score) -> Decimal:
	"""Points for the share of co-financing above the minimum of the call, to the hundredth.

	Nothing at the minimum, all points at twice the minimum (at most at 100 %; at 100 % where the call has no
	minimum), in proportion between the two; the share is exact, from the amounts in cents.
	"""
	cost, part = to_amount(total_cost) or ZERO, to_amount(cofinancing) or ZERO
	low, most = to_amount(minimum_percent) or ZERO, to_amount(max_score) or ZERO
	high = min(2 * low, Decimal(100)) if low else Decimal(100)
	if not cost or high <= low:
		return ZERO
	with to_decimal():
		# (share − low) / (high − low) of the points, with one division at the end
		above = min(max(part * 100 - low * cost, Decimal(0)), (high - low) * cost)
		return to_cents(above * most / ((high - low) * cost))


def sum_marks(marks: Iterable[Decimal]) -> Decimal:
	with to_decimal():
		return sum(marks, ZERO)


def get_mean(values: Iterable[Decimal]) -> Decimal:
	"""To the hundredth, half of one going up; 0 of nothing."""
	found = list(values)
	with to_decimal():
		return to_cents(sum(found, ZERO) / len(found)) if found else ZERO


def get_spread(totals: Iterable[Decimal]) -> Decimal:
	"""How far the lowest and the highest total are apart."""
	found = list(totals)
	return max(found) - min(found) if found else ZERO


def flagged(apart: Decimal, alert) -> bool:
	"""Farther apart than the call says are to be discussed; 0 flags nothing."""
	limit = to_amount(alert) or ZERO
	return bool(limit) and apart > limit


def get_outcome(method: str, marks: Mapping[str, Mapping], consensus: Mapping | None, alert) -> dict:
	"""What the reviews of one application come to.

	`marks`: evaluator → {criterion: Decimal} of the reviews that count, `consensus`: {criterion: Decimal} or None.
	Gives {"criteria": {criterion: Decimal}, "total", "spread", "flagged"}; the spread is that of the single
	reviews under both methods.
	"""
	if method == CONSENSUS:
		criteria = dict(consensus or {})
	else:
		names = dict.fromkeys(name for given in marks.values() for name in given)
		criteria = {
			name: get_mean(given[name] for given in marks.values() if name in given) for name in names
		}
	apart = get_spread(sum_marks(given.values()) for given in marks.values())
	return {
		"criteria": criteria,
		"total": sum_marks(criteria.values()),
		"spread": apart,
		"flagged": flagged(apart, alert),
	}


def check_review(review: dict, step=STEP, complete: bool = True) -> Report:
	"""Everything that is wrong with the marks of a review; what is missing only where it has to be `complete`."""
	rows = record(review).get(SCORES)
	found: list[Finding] = []
	for position, row in enumerate(rows if isinstance(rows, (list, tuple)) else [], 1):
		ref = RowRef(SCORES, int(row.get("idx") or position))
		found += _check_mark(row, ref, read(step) or STEP, complete)
	return Report.of(found)


def _check_mark(row: Mapping, ref: RowRef, step: Decimal, complete: bool) -> Iterator[Finding]:
	criterion, kind = to_text(row.get("criterion")), row.get("kind")
	if is_missing(row.get("score")):
		if complete:
			yield NO_MARK(ref, field="score", criterion=criterion)
		return
	if complete and to_flag(row.get("note_required")) and kind != COMPUTED and is_missing(row.get("note")):
		yield NO_NOTE(ref, field="note", criterion=criterion)
	mark, most = read(row.get("score")), to_amount(row.get("max_score")) or ZERO
	if mark is None:
		yield NO_NUMBER(ref, field="score", criterion=criterion, value=quote_value(row.get("score")))
	elif not 0 <= mark <= most:
		yield OUTSIDE(
			ref, field="score", criterion=criterion, value=format_share(mark), maximum=format_share(most)
		)
	elif kind == TABLE:
		yield from _check_level(row, ref, criterion, mark)
	elif kind != COMPUTED and mark % step:
		lower = mark - mark % step
		yield OFF_STEP(
			ref,
			field="score",
			criterion=criterion,
			value=format_share(mark),
			step=format_share(step),
			lower=format_share(lower),
			upper=format_share(min(lower + step, most)),
		)


def _check_level(row: Mapping, ref: RowRef, criterion: str, mark: Decimal) -> Iterator[Finding]:
	known = get_levels(row.get("levels"))
	if mark not in {level.points for level in known}:
		names = "; ".join(
			f"{level.name} = {format_share(level.points)}" for level in known if level.points is not None
		)
		yield NO_LEVEL(ref, field="score", criterion=criterion, value=format_share(mark), levels=names)
