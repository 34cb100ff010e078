"""The budget as a whole: under the caps of the call and shared out among lead and partners.

A cap is a share of the total cost, an amount, or both, for one cost category; equality passes.
"""

from collections.abc import Iterator
from decimal import Decimal

from rtc_conciliation.rules.application import costs
from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.money import ZERO, format_share, list_sharing_partners, sum_amounts
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.values import quote_value, to_amount, to_decimal, to_text

OVER_PERCENT = template(
	"budget.over_percent",
	ERROR,
	"The costs in “{category}” are {amount} on a total of {total}, that is over the {maximum} % that the call"
	" allows.",
	"Lower the costs of this Cost Category, or move what belongs to another.",
	CALL_TEXT,
)
OVER_AMOUNT = template(
	"budget.over_amount",
	ERROR,
	"The costs in “{category}” are {amount}; the call allows at most {maximum}.",
	"Lower the costs of this Cost Category, or move what belongs to another.",
	CALL_TEXT,
)
BAD_CAP = template(
	"budget.bad_cap",
	ERROR,
	"The cap that the call sets on “{category}” is not a valid number.",
	"Tell the office that runs the call: it has to correct the table Cost Categories and Caps.",
	CALL_TEXT,
)
BAD_SHARE = template(
	"budget.bad_share",
	ERROR,
	"“{value}” is not a valid budget for the partner “{name}”.",
	"Enter Budget Managed as a number, in euro, not negative.",
	GUIDELINES,
)
SUM_DIFFERS = template(
	"budget.sum_differs",
	ERROR,
	"Lead and partners manage {partners} in all, but the project costs {total}.",
	"Make the two equal: Budget Managed of lead and partners, and the costs in the budget.",
	GUIDELINES,
)


def check(context: RuleContext) -> Iterator[Finding]:
	yield from costs.check(context)
	by_category: dict[str, list[Decimal]] = {}
	for row, value in context.priced:
		by_category.setdefault(to_text(row.get("cost_category")), []).append(value or ZERO)
	for cap in context.call_rows("cost_caps"):
		category = to_text(cap.get("cost_category"))
		yield from _check_cap(
			cap, category, sum_amounts(by_category.get(category, ())), context.totals.total_cost
		)
	yield from _check_shares(context)


def _check_cap(cap: Row, category: str, spent: Decimal, total_cost: Decimal) -> Iterator[Finding]:
	percent, maximum = to_amount(cap.get("max_percent")), to_amount(cap.get("max_amount"))
	if percent is None or maximum is None or percent > 100:
		yield BAD_CAP(field="costs", category=category)
		return
	with to_decimal():
		over = spent * 100 > percent * total_cost
	if percent and over:
		limit = format_share(percent)
		yield OVER_PERCENT(field="costs", category=category, amount=spent, total=total_cost, maximum=limit)
	if maximum and spent > maximum:
		yield OVER_AMOUNT(field="costs", category=category, amount=spent, maximum=maximum)


def _check_shares(context: RuleContext) -> Iterator[Finding]:
	shares = []
	for row in list_sharing_partners(context.application):
		value = to_amount(row.get("budget"))
		shares.append(value or 0)
		if value is None:
			name = to_text(row.get("organisation_name"))
			yield BAD_SHARE(row.ref, field="budget", value=quote_value(row.get("budget")), name=name)
	if sum_amounts(shares) != context.totals.total_cost:
		yield SUM_DIFFERS(field="partners", partners=sum_amounts(shares), total=context.totals.total_cost)
