"""Marks: what one may be, what the co-financing is worth, and what the reviews of an application come to.

A mark is a Decimal with two places. The mark of a criterion is the mean of the reviews, half a hundredth going up;
the total is the sum of these marks as they are printed, so that a ranking adds up for whoever reads it. The order
of the reviews never matters. Source: the call (L. 241/1990 art. 12: criteria are made known beforehand).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .finding import CALL_TEXT, ERROR, Finding, RowRef, template
from .money import cents, written
from .report import Report
from .values import amount, exact, flag, is_missing, number, record, shown, text

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
	return number(value)


def plain(value: Decimal) -> str:
	"""As a record keeps a mark: "7.50"."""
	with exact():
		return format(value.quantize(ZERO, rounding=ROUND_HALF_UP), "f")


def levels(value) -> list[Level]:
	"""The levels of a criterion, one "name = points" on each line; points are None where they cannot be read."""
	lines = value.splitlines() if isinstance(value, str) else []
	parts = [line.rpartition("=") for line in lines if line.strip()]
	return [Level(text(name), read(points)) for name, _sign, points in parts]


def computed(total_cost, cofinancing, minimum_percent, max_score) -> Decimal:
	"""Points for the share of co-financing above the minimum of the call, to the hundredth.

	Nothing at the minimum, all points at twice the minimum (at most at 100 %; at 100 % where the call has no
	minimum), in proportion between the two; the share is exact, from the amounts in cents.
	"""
	cost, part = amount(total_cost) or ZERO, amount(cofinancing) or ZERO
	low, most = amount(minimum_percent) or ZERO, amount(max_score) or ZERO
	high = min(2 * low, Decimal(100)) if low else Decimal(100)
	if not cost or high <= low:
		return ZERO
	with exact():
		# (share − low) / (high − low) of the points, with one division at the end
		above = min(max(part * 100 - low * cost, Decimal(0)), (high - low) * cost)
		return cents(above * most / ((high - low) * cost))


def total(marks: Iterable[Decimal]) -> Decimal:
	with exact():
		return sum(marks, ZERO)


def mean(values: Iterable[Decimal]) -> Decimal:
	"""To the hundredth, half of one going up; 0 of nothing."""
	found = list(values)
	with exact():
		return cents(sum(found, ZERO) / len(found)) if found else ZERO


def spread(totals: Iterable[Decimal]) -> Decimal:
	"""How far the lowest and the highest total are apart."""
	found = list(totals)
	return max(found) - min(found) if found else ZERO


def flagged(apart: Decimal, alert) -> bool:
	"""Farther apart than the call says are to be discussed; 0 flags nothing."""
	limit = amount(alert) or ZERO
	return bool(limit) and apart > limit


def outcome(method: str, marks: Mapping[str, Mapping], consensus: Mapping | None, alert) -> dict:
	"""What the reviews of one application come to.

	`marks`: evaluator → {criterion: Decimal} of the reviews that count, `consensus`: {criterion: Decimal} or None.
	Gives {"criteria": {criterion: Decimal}, "total", "spread", "flagged"}; the spread is that of the single
	reviews under both methods.
	"""
	if method == CONSENSUS:
		criteria = dict(consensus or {})
	else:
		names = dict.fromkeys(name for given in marks.values() for name in given)
		criteria = {name: mean(given[name] for given in marks.values() if name in given) for name in names}
	apart = spread(total(given.values()) for given in marks.values())
	return {
		"criteria": criteria,
		"total": total(criteria.values()),
		"spread": apart,
		"flagged": flagged(apart, alert),
	}


def check_review(review: dict, step=STEP, complete: bool = True) -> Report:
	"""Everything that is wrong with the marks of a review; what is missing only where it has to be `complete`."""
	rows = record(review).get(SCORES)
	found = []
	for position, row in enumerate(rows if isinstance(rows, (list, tuple)) else [], 1):
		ref = RowRef(SCORES, int(row.get("idx") or position))
		found += _check_mark(row, ref, read(step) or STEP, complete)
	return Report.of(found)


def _check_mark(row: Mapping, ref: RowRef, step: Decimal, complete: bool) -> Iterator[Finding]:
	criterion, kind = text(row.get("criterion")), row.get("kind")
	if is_missing(row.get("score")):
		if complete:
			yield NO_MARK(ref, field="score", criterion=criterion)
		return
	if complete and flag(row.get("note_required")) and kind != COMPUTED and is_missing(row.get("note")):
		yield NO_NOTE(ref, field="note", criterion=criterion)
	mark, most = read(row.get("score")), amount(row.get("max_score")) or ZERO
	if mark is None:
		yield NO_NUMBER(ref, field="score", criterion=criterion, value=shown(row.get("score")))
	elif not 0 <= mark <= most:
		yield OUTSIDE(ref, field="score", criterion=criterion, value=written(mark), maximum=written(most))
	elif kind == TABLE:
		yield from _check_level(row, ref, criterion, mark)
	elif kind != COMPUTED and mark % step:
		lower = mark - mark % step
		yield OFF_STEP(
			ref,
			field="score",
			criterion=criterion,
			value=written(mark),
			step=written(step),
			lower=written(lower),
			upper=written(min(lower + step, most)),
		)


def _check_level(row: Mapping, ref: RowRef, criterion: str, mark: Decimal) -> Iterator[Finding]:
	known = levels(row.get("levels"))
	if mark not in {level.points for level in known}:
		names = "; ".join(
			f"{level.name} = {written(level.points)}" for level in known if level.points is not None
		)
		yield NO_LEVEL(ref, field="score", criterion=criterion, value=written(mark), levels=names)
