"""The partnership pays its share, the contribution stays within the call, and who pays what adds up.

Source: press release of 6 May 2026: co-financing of at least 30 % of the cost by the awardee. The share is
compared in cents, without rounding; equality passes. Other income is no co-financing.
"""

from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.money import format_share, is_reached, list_sharing_partners, sum_amounts
from rtc_conciliation.rules.values import is_missing, quote_value, to_amount, to_number, to_text

NO_THRESHOLD = template(
	"cofinancing.no_threshold",
	ERROR,
	"The call does not say which share of the cost the partnership has to pay.",
	"Tell the office that runs the call: it has to fill in Minimum Co-financing (%).",
	GUIDELINES,
)
NO_ENDOWMENT = template(
	"cofinancing.no_endowment",
	ERROR,
	"The resources of the call, or its maximum contribution, are not stated as a valid amount.",
	"Tell the office that runs the call: it has to fill in Endowment and Maximum Contribution per Project.",
	GUIDELINES,
)
NO_COST = template(
	"cofinancing.no_cost",
	ERROR,
	"The total cost of the project is zero.",
	"Enter what the project costs.",
	GUIDELINES,
)
TOO_LOW = template(
	"cofinancing.too_low",
	ERROR,
	"The co-financing is {cofinancing} on a cost of {total}, that is {share} %: the call asks for at least"
	" {minimum} %, without rounding.",
	"Charge more of the costs to Co-financing, or lower the costs charged to Contribution. Other Income does"
	" not count.",
	GUIDELINES,
)
OVER_MAXIMUM = template(
	"cofinancing.over_maximum",
	ERROR,
	"The requested contribution is {contribution}; the call grants at most {maximum} to a project.",
	"Charge less of the costs to Contribution.",
	GUIDELINES,
)
OVER_ENDOWMENT = template(
	"cofinancing.over_endowment",
	ERROR,
	"The requested contribution is {contribution}; the whole call has {endowment}.",
	"Charge less of the costs to Contribution.",
	GUIDELINES,
)
BAD_AMOUNT = template(
	"cofinancing.bad_amount",
	ERROR,
	"“{value}” is not a valid amount of co-financing for the partner “{name}”.",
	"Enter Co-financing in Cash and Co-financing in Kind as numbers, in euro, not negative.",
	GUIDELINES,
)
SUM_DIFFERS = template(
	"cofinancing.sum_differs",
	ERROR,
	"The partners bring {partners} of co-financing, but the costs charged to co-financing are {costs}.",
	"Make the two equal: Co-financing in Cash and in Kind of lead and partners, and the costs charged to"
	" Co-financing in the budget.",
	GUIDELINES,
)

FIELDS = ("cofinancing_cash", "cofinancing_in_kind")


def check(context: RuleContext) -> Iterator[Finding]:
	yield from _check_share(context)
	yield from _check_contribution(context)
	yield from _check_partners(context)


def _check_share(context: RuleContext) -> Iterator[Finding]:
	totals = context.totals
	minimum = to_number(context.call.get("min_cofinancing_percent"))
	if minimum is None or not 0 <= minimum <= 100:
		minimum = None
		yield NO_THRESHOLD(field="cofinancing_percent")
	if not totals.total_cost:
		yield NO_COST(field="costs")
	elif minimum is not None and not is_reached(totals.cofinancing_amount, totals.total_cost, minimum):
		yield TOO_LOW(
			field="cofinancing_percent",
			cofinancing=totals.cofinancing_amount,
			total=totals.total_cost,
			share=format_share(totals.cofinancing_percent),
			minimum=format_share(minimum),
		)


def _check_contribution(context: RuleContext) -> Iterator[Finding]:
	contribution = context.totals.requested_contribution
	endowment, maximum = context.call.get("endowment"), to_amount(context.call.get("max_contribution"))
	endowment = None if is_missing(endowment) else to_amount(endowment)
	if endowment is None or maximum is None:
		yield NO_ENDOWMENT(field="requested_contribution")
	if maximum and contribution > maximum:
		yield OVER_MAXIMUM(field="requested_contribution", contribution=contribution, maximum=maximum)
	if endowment is not None and contribution > endowment:
		yield OVER_ENDOWMENT(field="requested_contribution", contribution=contribution, endowment=endowment)


def _check_partners(context: RuleContext) -> Iterator[Finding]:
	brought = []
	for row in list_sharing_partners(context.application):
		for field in FIELDS:
			value = to_amount(row.get(field))
			brought.append(value or 0)
			if value is None:
				name = to_text(row.get("organisation_name"))
				yield BAD_AMOUNT(row.ref, field=field, value=quote_value(row.get(field)), name=name)
	if sum_amounts(brought) != context.totals.cofinancing_amount:
		yield SUM_DIFFERS(
			field="partners", partners=sum_amounts(brought), costs=context.totals.cofinancing_amount
		)
