"""Cost rows: amounts that can be read, a category of the call, somebody who pays, names that exist.

Source: the call. Costs are net of the VAT that the body recovers; what it cannot recover is entered apart.
"""

from collections.abc import Iterator
from decimal import Decimal

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, GUIDELINES, WARNING, Finding, template
from rtc_conciliation.rules.money import SOURCES, to_cents
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.values import MAX_AMOUNT, quote_value, to_amount, to_key, to_number, to_text

BAD_QUANTITY = template(
	"budget.bad_quantity",
	ERROR,
	"“{value}” is not a valid quantity for the cost “{description}”.",
	"Enter as Quantity a number from 0 up, without thousands separators.",
	CALL_TEXT,
)
BAD_UNIT_COST = template(
	"budget.bad_unit_cost",
	ERROR,
	"“{value}” is not a valid unit cost for “{description}”.",
	"Enter as Unit Cost an amount in euro from 0 to {maximum}.",
	CALL_TEXT,
)
BAD_VAT = template(
	"budget.bad_vat",
	ERROR,
	"“{value}” is not a valid amount of VAT for “{description}”.",
	"Enter as VAT Not Recoverable an amount in euro from 0 to {maximum}, not a percentage, or leave it empty.",
	CALL_TEXT,
)
TOO_LARGE = template(
	"budget.too_large",
	ERROR,
	"The cost “{description}” is more than {maximum}.",
	"Check Quantity and Unit Cost.",
	CALL_TEXT,
)
AMOUNT_DIFFERS = template(
	"budget.amount_differs",
	ERROR,
	"The amount of “{description}” is given as “{value}”, but quantity × unit cost + VAT makes {computed}.",
	"Save the application again: the Amount is computed. If it is still wrong, correct Quantity, Unit Cost or"
	" VAT Not Recoverable.",
	CALL_TEXT,
)
NO_CATEGORY = template(
	"budget.no_category",
	ERROR,
	"The cost “{description}” has no category.",
	"Choose the Cost Category.",
	CALL_TEXT,
)
NOT_ADMITTED = template(
	"budget.not_admitted",
	ERROR,
	"The cost “{description}” is in the category “{category}”, which the call does not admit.",
	"Choose one of the cost categories of the call, or remove the row.",
	CALL_TEXT,
)
NO_SOURCE = template(
	"budget.no_source",
	ERROR,
	"It is not said who pays the cost “{description}”.",
	"Choose Contribution, Co-financing or Other Income as Charged To.",
	CALL_TEXT,
)
UNKNOWN_PARTNER = template(
	"budget.unknown_partner",
	WARNING,
	"The cost “{description}” names the partner “{partner}”, who is not in the partnership.",
	"Choose one of the partners, or leave it empty.",
	GUIDELINES,
)
UNKNOWN_ACTION = template(
	"budget.unknown_action",
	WARNING,
	"The cost “{description}” names the action “{action}”, which is not in the project.",
	"Choose one of the actions of the project, or leave it empty.",
	GUIDELINES,
)

PARTS = {"quantity": BAD_QUANTITY, "unit_cost": BAD_UNIT_COST, "vat": BAD_VAT}


def check(context: RuleContext) -> Iterator[Finding]:
	admitted = {to_text(row.get("cost_category")) for row in context.call_rows("cost_caps")}
	partners = {to_key(row.get("organisation_name")) for row in context.rows("partners")}
	actions = {to_key(row.get("title")) for row in context.rows("actions")}
	for row, computed in context.priced:
		description = to_text(row.get("description"))
		yield from _check_amounts(row, computed, description)
		yield from _check_choices(row, description, admitted)
		partner, action = row.get("partner"), row.get("action")
		if quote_value(partner) and to_key(partner) not in partners:
			yield UNKNOWN_PARTNER(
				row.ref, field="partner", description=description, partner=quote_value(partner)
			)
		if quote_value(action) and to_key(action) not in actions:
			yield UNKNOWN_ACTION(row.ref, field="action", description=description, action=quote_value(action))


def _check_amounts(row: Row, computed: Decimal | None, description: str) -> Iterator[Finding]:
	if computed is None:
		yield from _check_parts(row, description)
	elif to_amount(row.get("amount")) != 0:  # 0 and nothing mean: not computed yet
		stored = to_number(row.get("amount"))
		if stored is None or to_cents(stored) != computed:
			value = quote_value(row.get("amount"))
			yield AMOUNT_DIFFERS(
				row.ref, field="amount", description=description, value=value, computed=computed
			)


def _check_parts(row: Row, description: str) -> Iterator[Finding]:
	unreadable = [field for field in PARTS if to_amount(row.get(field)) is None]
	for field in unreadable:
		value = quote_value(row.get(field))
		yield PARTS[field](row.ref, field=field, value=value, description=description, maximum=MAX_AMOUNT)
	if not unreadable:
		yield TOO_LARGE(row.ref, field="amount", description=description, maximum=MAX_AMOUNT)


def _check_choices(row: Row, description: str, admitted: set[str]) -> Iterator[Finding]:
	category = row.get("cost_category")
	if not quote_value(category):
		yield NO_CATEGORY(row.ref, field="cost_category", description=description)
	elif admitted and to_text(category) not in admitted:
		details = {"description": description, "category": quote_value(category)}
		yield NOT_ADMITTED(row.ref, field="cost_category", **details)
	if to_text(row.get("charged_to")) not in SOURCES:
		yield NO_SOURCE(row.ref, field="charged_to", description=description)
