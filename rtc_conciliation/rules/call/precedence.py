"""What a call says of its ranking: precedence by what exists, reserved shares within the endowment."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rtc_conciliation.rules.award.ranking import BY_ARRIVAL, BY_SHARE
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.money import sum_amounts
from rtc_conciliation.rules.tables import get_rows
from rtc_conciliation.rules.values import is_missing, to_amount, to_key, to_text

NO_SUCH = template(
	"scoring.tie_break",
	ERROR,
	"The precedence by “{name}” is neither a criterion of the grid nor the co-financing share or the time of arrival.",
	"In the tab Scoring Grid, choose in this row of the table Precedence at Equal Score one of those offered.",
	CALL_TEXT,
)
BAD_RESERVE = template(
	"scoring.reserve",
	ERROR,
	"A reserved share has no area or Ambito, or no amount above zero.",
	"In the tab Scoring Grid, fill in this row of the table Reserved Shares.",
	CALL_TEXT,
)
RESERVED_TWICE = template(
	"scoring.reserve_repeated",
	ERROR,
	"There is more than one reserved share for “{name}”.",
	"In the tab Scoring Grid, join these rows of the table Reserved Shares.",
	CALL_TEXT,
)
RESERVE_SUM = template(
	"scoring.reserve_sum",
	ERROR,
	"The reserved shares make {total}; the whole call has {endowment}.",
	"In the tab Scoring Grid, lower the amounts in the table Reserved Shares.",
	CALL_TEXT,
)


def check(call: Mapping) -> Iterator[Finding]:
	known = {to_key(row.get("criterion")) for row in get_rows(call, "criteria")} | {
		to_key(BY_SHARE),
		to_key(BY_ARRIVAL),
	}
	for row in get_rows(call, "tie_breaks"):
		if to_key(row.get("criterion")) not in known:
			yield NO_SUCH(row.ref, field="criterion", name=to_text(row.get("criterion")))
	yield from _check_reserves(call)


def _check_reserves(call: Mapping) -> Iterator[Finding]:
	by_name: dict[tuple[str, str], list] = {}
	amounts = []
	for row in get_rows(call, "reserves"):
		field = "area" if row.get("kind") == "Area" else "territory"
		value = to_amount(row.get("amount")) or Decimal(0)
		amounts.append(value)
		if is_missing(row.get(field)) or not value:
			yield BAD_RESERVE(row.ref, field="amount")
		else:
			by_name.setdefault((field, to_key(row.get(field))), []).append(row)
	for (field, _name), group in by_name.items():
		if len(group) > 1:
			yield RESERVED_TWICE(*(row.ref for row in group), field=field, name=to_text(group[0].get(field)))
	endowment = to_amount(call.get("endowment")) or Decimal(0)
	if sum_amounts(amounts) > endowment:
		yield RESERVE_SUM(field="reserves", total=sum_amounts(amounts), endowment=endowment)
