"""The order of the applications of a call: who is eligible, who comes first, and why.

Eligible is who reaches the threshold of the call and the minimum of every criterion (equality passes). At equal
score the call says what decides; where it says nothing: the criterion on actions, the co-financing share, the time
of arrival. Protocol number and name come last, so that the order is always total and never that of the input.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from rtc_conciliation.rules.award.reasons import Reason, get_kind
from rtc_conciliation.rules.money import CENT, format_share
from rtc_conciliation.rules.values import to_amount, to_key, to_text

BY_SHARE = "Co-financing Share"
BY_ARRIVAL = "Time of Arrival"
#: how the criterion of the usual grid is called that decides between equals
ON_ACTIONS = ("azioni", "actions")

BELOW_THRESHOLD = get_kind("below_threshold", "Score {score} below the threshold of {threshold}.")
BELOW_MINIMUM = get_kind(
	"below_minimum", "Criterion “{criterion}”: {score} points, below the minimum of {minimum}."
)
TIE_CRITERION = get_kind("tie_criterion", "Equal score: placed by the criterion “{criterion}”.")
TIE_SHARE = get_kind("tie_share", "Equal score: placed by the co-financing share.")
TIE_ARRIVAL = get_kind("tie_arrival", "Equal score: placed by the time of arrival.")
TIE_LAST = get_kind(
	"tie_last", "Equal score, and equal in all that the call gives precedence for: placed by protocol number."
)


def rank_cases(call: Mapping, applications: Iterable[Mapping]) -> list[dict]:
	"""The applications in order, those that are not eligible after all others.

	`call` has `score_threshold`, `criteria` and `tie_breaks` as RTC Call has them. An application is
	{"application": name, "total": Decimal, "criteria": {criterion: Decimal}, "cofinancing", "total_cost": Decimal,
	"arrived_on": datetime or None, "protocol_number": str}. Each comes back with "position" (from 1; 0 when not
	eligible), "eligible" and "reasons" (of failing, or of its place among equals).
	"""
	by = get_precedence(call)
	rows = sorted(applications, key=lambda row: _key(row, by))
	failures = {row["application"]: tuple(_failures(call, row)) for row in rows}
	eligible = [row for row in rows if not failures[row["application"]]]
	places = [
		{**row, "position": number, "eligible": True, "reasons": reasons}
		for number, (row, reasons) in enumerate(zip(eligible, _ties(eligible, by), strict=True), 1)
	]
	others = [
		{**row, "position": 0, "eligible": False, "reasons": failures[row["application"]]}
		for row in rows
		if failures[row["application"]]
	]
	return places + others


def get_precedence(call: Mapping) -> list[str]:
	"""What decides between equals, in order: names of criteria, BY_SHARE, BY_ARRIVAL."""
	said = [to_text(row.get("criterion")) for row in call.get("tie_breaks") or ()]
	if said := list(dict.fromkeys(name for name in said if name)):
		return said
	names = [to_text(row.get("criterion")) for row in call.get("criteria") or ()]
	actions = [name for name in names if any(word in to_key(name) for word in ON_ACTIONS)]
	return [*actions[:1], BY_SHARE, BY_ARRIVAL]


def format_score(score: Decimal) -> str:
	"""With two decimals and the comma, cut and never rounded: 59,999 must not read 60,00."""
	return str(score.quantize(CENT, ROUND_DOWN)).replace(".", ",")


def _failures(call: Mapping, row: Mapping) -> Iterator[Reason]:
	threshold = to_amount(call.get("score_threshold")) or Decimal(0)
	if row["total"] < threshold:
		yield BELOW_THRESHOLD(score=format_score(row["total"]), threshold=format_share(threshold))
	for criterion in call.get("criteria") or ():
		name, minimum = (
			to_text(criterion.get("criterion")),
			to_amount(criterion.get("min_score")) or Decimal(0),
		)
		score = row["criteria"].get(name, Decimal(0))
		if score < minimum:
			yield BELOW_MINIMUM(criterion=name, score=format_score(score), minimum=format_share(minimum))


def _key(row: Mapping, by: list[str]) -> tuple:
	return (-row["total"], *(_value(row, name) for name in by), _natural(row), row["application"])


def _value(row: Mapping, name: str):
	"""Smaller comes first."""
	if name == BY_SHARE:
		whole = Fraction(row["total_cost"] or 0)
		return -Fraction(row["cofinancing"] or 0) / whole if whole else Fraction(0)
	if name == BY_ARRIVAL:
		return row["arrived_on"] or datetime.max
	return -row["criteria"].get(name, Decimal(0))


def _natural(row: Mapping) -> tuple:
	"""Protocol numbers by their numbers, 9/2026 before 10/2026; without one last."""
	parts = re.findall(r"(\d+)|(\D+)", row["protocol_number"] or "")
	return (not parts, tuple((0, int(digits), "") if digits else (1, 0, words) for digits, words in parts))


def _ties(rows: list[Mapping], by: list[str]) -> Iterator[tuple[Reason, ...]]:
	"""For each of the rows in order, what placed it among those with the same score."""
	keys = [_key(row, by) for row in rows]
	for number, own in enumerate(keys):
		beside = [*keys[max(0, number - 1) : number], *keys[number + 1 : number + 2]]
		equal = [other for other in beside if other[0] == own[0]]
		yield (_tie(own, equal[0], by),) if equal else ()


def _tie(own: tuple, other: tuple, by: list[str]) -> Reason:
	decided = next(number for number, (a, b) in enumerate(zip(own, other, strict=True)) if a != b) - 1
	if decided >= len(by):
		return TIE_LAST()
	if by[decided] == BY_SHARE:
		return TIE_SHARE()
	return TIE_ARRIVAL() if by[decided] == BY_ARRIVAL else TIE_CRITERION(criterion=by[decided])
