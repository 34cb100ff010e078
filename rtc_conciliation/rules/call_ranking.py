"""What a call says of its ranking: precedence by what exists, reserved shares within the endowment."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from .finding import CALL_TEXT, ERROR, Finding, template
from .money import total
from .ranking import BY_ARRIVAL, BY_SHARE
from .tables import rows
from .values import amount, is_missing, key, text

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
	known = {key(row.get("criterion")) for row in rows(call, "criteria")} | {key(BY_SHARE), key(BY_ARRIVAL)}
	for row in rows(call, "tie_breaks"):
		if key(row.get("criterion")) not in known:
			yield NO_SUCH(row.ref, field="criterion", name=text(row.get("criterion")))
	yield from _check_reserves(call)


def _check_reserves(call: Mapping) -> Iterator[Finding]:
	by_name: dict[tuple[str, str], list] = {}
	amounts = []
	for row in rows(call, "reserves"):
		field = "area" if row.get("kind") == "Area" else "territory"
		value = amount(row.get("amount")) or Decimal(0)
		amounts.append(value)
		if is_missing(row.get(field)) or not value:
			yield BAD_RESERVE(row.ref, field="amount")
		else:
			by_name.setdefault((field, key(row.get(field))), []).append(row)
	for (field, _name), group in by_name.items():
		if len(group) > 1:
			yield RESERVED_TWICE(*(row.ref for row in group), field=field, name=text(group[0].get(field)))
	endowment = amount(call.get("endowment")) or Decimal(0)
	if total(amounts) > endowment:
		yield RESERVE_SUM(field="reserves", total=total(amounts), endowment=endowment)
