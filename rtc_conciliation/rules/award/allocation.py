"""Who is funded with what there is.

One line of payment, whatever the available funds: first those whom the reserved shares reach, then all others, each of the two in
the order of the ranking. Money goes down that line in full and stops at the first whom the rest does not reach; the
rest goes to that one if the call funds partially and its lead accepted, and to nobody after it.

A reserved share reaches the best of its area or Ambito as far as its amount goes, in full; it stops at the first that
it does not reach, and what is left of it is for all. Since the line does not depend on the available funds, larger funds only
goes farther down it: one euro more takes money from nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from rtc_conciliation.rules.award.reasons import Reason, get_kind
from rtc_conciliation.rules.money import ZERO, sum_amounts, to_cents
from rtc_conciliation.rules.values import to_amount

FUNDED = "Funded"
NOT_FUNDED = "Eligible Not Funded"
ACCEPTED, REFUSED = "Accepted", "Refused"

BY_RESERVE = get_kind("by_reserve", "Funded by the share reserved for {reserve}.")
PARTIALLY = get_kind(
	"partially",
	"Funded with {granted} of the {requested} requested: the rest of the available funds, which the lead body accepted.",
)
TO_ANSWER = get_kind(
	"to_answer",
	"The available funds end here with {left} of the {requested} requested: the lead body is asked whether it accepts.",
)
WAS_REFUSED = get_kind(
	"was_refused",
	"The available funds end here with {left} of the {requested} requested, which the lead body refused.",
)
ENDS_HERE = get_kind(
	"ends_here", "The available funds end here: {left} are left, {requested} were requested."
)
ENDED = get_kind("ended", "The available funds are used up: they end at position {position}.")


def allocate(
	pot: Decimal,
	ranked: Iterable[Mapping],
	reserves: Sequence[Mapping] = (),
	partial: bool = False,
	answers: Mapping[str, str] | None = None,
) -> dict:
	"""Shares out `pot` (euro) among the eligible applications `ranked`.

	Each is {"application", "position", "requested": Decimal, "areas", "territories": collections of names}. `reserves`
	are rows of the call (`kind`, `area`, `territory`, `amount`), in order; `answers` says which leads "Accepted" or
	"Refused" a partial contribution. Returns {"pot", "assigned", "residue", "end": name of the first application that
	is not funded in full or "", "shares": {name: {"outcome", "granted", "offered", "partial", "by_reserve",
	"reasons"}}}. ValueError for a pot below zero.
	"""
	pot = to_cents(pot)
	if pot < 0:
		raise ValueError("A pot is zero or more")
	rows = sorted(ranked, key=lambda row: row["position"])
	reached = reached_by(reserves, rows)
	line = sorted(rows, key=lambda row: row["application"] not in reached)
	left, end, shares = pot, None, {}
	for row in line:
		name, requested = row["application"], to_cents(row["requested"])
		if end is None and requested <= left:
			left -= requested
			shares[name] = _funded(requested, reached.get(name, ""))
		elif end is None:
			end = row
			shares[name] = _end_of_pot(
				row, left, partial, (answers or {}).get(name, ""), reached.get(name, "")
			)
			left -= shares[name]["granted"]
		else:
			shares[name] = _share(NOT_FUNDED, reasons=(ENDED(position=end["position"]),))
	assigned = sum_amounts(share["granted"] for share in shares.values())
	return {
		"pot": pot,
		"assigned": assigned,
		"residue": to_cents(pot - assigned),
		"end": end["application"] if end else "",
		"shares": shares,
	}


def reached_by(reserves: Sequence[Mapping], rows: Sequence[Mapping]) -> dict[str, str]:
	"""Application → name of the area or Ambito whose reserved share reaches it; `rows` in the order of the ranking."""
	reached: dict[str, str] = {}
	for reserve in reserves:
		table, name = ("areas", "area") if reserve.get("kind") == "Area" else ("territories", "territory")
		left = to_cents(to_amount(reserve.get("amount")) or ZERO)
		for row in rows:
			if row["application"] in reached or reserve.get(name) not in row[table]:
				continue
			if to_cents(row["requested"]) > left:
				break
			left -= to_cents(row["requested"])
			reached[row["application"]] = reserve[name]
	return reached


def _funded(requested: Decimal, reserve: str) -> dict:
	reasons = (BY_RESERVE(reserve=reserve),) if reserve else ()
	return _share(FUNDED, granted=requested, by_reserve=reserve, reasons=reasons)


def _end_of_pot(row: Mapping, left: Decimal, partial: bool, answer: str, reserve: str) -> dict:
	requested = to_cents(row["requested"])
	if not (partial and left):
		return _share(NOT_FUNDED, reasons=(ENDS_HERE(left=left, requested=requested),))
	if answer == ACCEPTED:
		reasons = (PARTIALLY(granted=left, requested=requested),)
		return _share(FUNDED, granted=left, offered=left, partial=True, by_reserve=reserve, reasons=reasons)
	say = WAS_REFUSED if answer == REFUSED else TO_ANSWER
	return _share(NOT_FUNDED, offered=left, partial=True, reasons=(say(left=left, requested=requested),))


def _share(
	outcome: str,
	granted: Decimal = ZERO,
	offered: Decimal = ZERO,
	partial: bool = False,
	by_reserve: str = "",
	reasons: tuple[Reason, ...] = (),
) -> dict:
	return {
		"outcome": outcome,
		"granted": granted,
		"offered": offered,
		"partial": partial,
		"by_reserve": by_reserve,
		"reasons": reasons,
	}
