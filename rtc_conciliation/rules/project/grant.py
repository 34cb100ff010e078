"""The money of a project at its start: cost = contribution + co-financing + other income, to the cent.

A partial award breaks the sum: the budget is drawn anew before the convention is signed, either at the same cost with a
larger share of the partners or as a smaller project, as the call says.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from rtc_conciliation.rules.finding import ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.money import (
	COFINANCING,
	CONTRIBUTION,
	OTHER_INCOME,
	ZERO,
	format_share,
	get_share,
	is_reached,
	price_rows,
	sum_amounts,
	to_cents,
)
from rtc_conciliation.rules.values import to_decimal, to_text

#: how a call lets a budget be drawn anew after a partial award
SAME_COST, SMALLER, EITHER = "Same Cost", "Smaller Project", "Either"
WAYS = (SAME_COST, SMALLER, EITHER)

NOT_BALANCED = template(
	"project.not_balanced",
	ERROR,
	"The cost of {total} is not the sum of contribution, co-financing and other income: these are {sources}.",
	"In the table Costs, charge each row to what pays for it until the two are equal.",
	GUIDELINES,
)
OTHER_GRANT = template(
	"project.other_grant",
	ERROR,
	"The rows charged to Contribution come to {charged}; the contribution granted is {granted}.",
	"In the table Costs, charge rows to Contribution for exactly what was granted.",
	GUIDELINES,
)
COST_CHANGED = template(
	"project.cost_changed",
	ERROR,
	"The project would cost {total} instead of {before}; after a partial award the call asks for the same cost.",
	"Leave the costs as they are and charge to Co-financing what the contribution no longer pays.",
	GUIDELINES,
)
COST_GROWN = template(
	"project.cost_grown",
	ERROR,
	"The project would cost {total}, more than the {before} of the application.",
	"Lower the costs in the table Costs.",
	GUIDELINES,
)
SHARE_TOO_LOW = template(
	"project.share_too_low",
	ERROR,
	"The co-financing would be {share} % of the cost; the call asks for at least {minimum} %, without rounding.",
	"In the table Costs, charge more rows to Co-financing or lower the cost.",
	GUIDELINES,
)


class Grant(NamedTuple):
	"""Euro and cents: T0, C0, F0 and E0 of the final account."""

	total: Decimal
	contribution: Decimal
	own_funds: Decimal
	other_income: Decimal

	@property
	def sources(self) -> Decimal:
		return sum_amounts((self.contribution, self.own_funds, self.other_income))

	@property
	def is_balanced(self) -> bool:
		return self.total == self.sources


def read_grant(application, granted: Decimal) -> Grant:
	"""The sums of the rows of an application or project, with what was granted in place of what was asked."""
	priced = [(to_text(row.get("charged_to")), amount or ZERO) for row, amount in price_rows(application)]
	return Grant(
		sum_amounts(amount for _source, amount in priced),
		to_cents(granted),
		sum_amounts(amount for source, amount in priced if source == COFINANCING),
		sum_amounts(amount for source, amount in priced if source == OTHER_INCOME),
	)


def sum_requested(application) -> Decimal:
	"""What the rows charge to Contribution."""
	return sum_amounts(
		amount or ZERO
		for row, amount in price_rows(application)
		if to_text(row.get("charged_to")) == CONTRIBUTION
	)


def check_budget(
	before: Grant, after: Grant, charged: Decimal, minimum: Decimal, way: str = EITHER
) -> Iterator[Finding]:
	"""What forbids the budget `after`, drawn anew from the application's `before`; `charged` to Contribution by its rows.

	`minimum`: percent of the cost that the partnership pays.
	"""
	if charged != after.contribution:
		yield OTHER_GRANT(field="costs", charged=charged, granted=after.contribution)
	elif not after.is_balanced:
		yield NOT_BALANCED(field="costs", total=after.total, sources=after.sources)
	if after.total > before.total:
		yield COST_GROWN(field="costs", total=after.total, before=before.total)
	elif way == SAME_COST and after.total != before.total:
		yield COST_CHANGED(field="costs", total=after.total, before=before.total)
	if not is_reached(after.own_funds, after.total, minimum):
		yield SHARE_TOO_LOW(
			field="costs",
			share=format_share(get_share(after.own_funds, after.total)),
			minimum=format_share(minimum),
		)


def get_own_share(grant: Grant) -> Decimal:
	"""F0 / T0, exact; 0 for a project without cost."""
	with to_decimal():
		return grant.own_funds / grant.total if grant.total else ZERO
