"""What a project is worth at its end (*rendiconto finale*): contribution, balance, what goes back, what is saved.

    contribution = max(0, min(granted, admitted × granted / cost, admitted × (1 − own share) − income))

each rounded down to the cent, so that the partnership's share never falls under its minimum by a rounding. The own share is
the minimum of the call or, where the call keeps what was declared, the larger of the two.
"""

from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from rtc_conciliation.rules.money import CENT, ZERO
from rtc_conciliation.rules.project.grant import Grant, get_own_share
from rtc_conciliation.rules.values import to_decimal

#: the cap that bound, which the act names
GRANTED, PROPORTION, OWN_SHARE, ROWS, NOTHING = (
	"Granted",
	"Proportion",
	"Own Share",
	"Rows of the Contribution",
	"Nothing",
)


class FinalAccount(NamedTuple):
	"""Euro. `balance` below zero is to be paid back; `cap` names what set the contribution."""

	contribution: Decimal
	own_funds: Decimal
	balance: Decimal
	economy: Decimal
	cap: str
	caps: dict[str, Decimal]


def settle(
	grant: Grant,
	admitted: Decimal,
	income: Decimal,
	paid: Decimal,
	minimum: Decimal,
	keep_declared: bool = True,
	admitted_rows: Decimal | None = None,
) -> FinalAccount:
	"""The account of a project; all amounts gross, in euro.

	`admitted`: costs of all sources; `income`: other income really received; `minimum`: percent of the call;
	`admitted_rows`: admitted costs charged to Contribution, where the call pays no more than these.
	"""
	with to_decimal():
		share = max(minimum / 100, get_own_share(grant)) if keep_declared else minimum / 100
		caps = {GRANTED: grant.contribution}
		if grant.total:
			caps[PROPORTION] = floor(admitted * grant.contribution / grant.total)
		caps[OWN_SHARE] = floor(admitted * (1 - share) - income)
		if admitted_rows is not None:
			caps[ROWS] = admitted_rows
		cap = min(caps, key=lambda name: caps[name])
		contribution = max(ZERO, caps[cap])
		return FinalAccount(
			contribution,
			admitted - income - contribution,
			contribution - paid,
			grant.contribution - contribution,
			cap if contribution else NOTHING,
			caps,
		)


def floor(value: Decimal) -> Decimal:
	"""To the cent, never up; below zero nothing is granted, so what it is there does not matter."""
	return value.quantize(CENT, rounding=ROUND_DOWN)
