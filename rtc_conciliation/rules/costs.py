"""Cost rows: amounts that can be read, a category of the call, somebody who pays, names that exist.

Source: the call. Costs are net of the VAT that the body recovers; what it cannot recover is entered apart.
"""

from collections.abc import Iterator
from decimal import Decimal

from .case import Case
from .finding import CALL_TEXT, ERROR, GUIDELINES, WARNING, Finding, template
from .money import SOURCES, cents
from .tables import Row
from .values import MAX_AMOUNT, amount, key, number, shown, text

BAD_QUANTITY = template(
	"budget.bad_quantity",
	ERROR,
	"“{value}” is not a valid quantity for the cost “{description}”.",
	"In the tab Budget, in this row of the table Costs, enter as Quantity a number from 0 up, without thousands"
	" separators.",
	CALL_TEXT,
)
BAD_UNIT_COST = template(
	"budget.bad_unit_cost",
	ERROR,
	"“{value}” is not a valid unit cost for “{description}”.",
	"In the tab Budget, in this row of the table Costs, enter as Unit Cost an amount in euro from 0 to {maximum}.",
	CALL_TEXT,
)
BAD_VAT = template(
	"budget.bad_vat",
	ERROR,
	"“{value}” is not a valid amount of VAT for “{description}”.",
	"In the tab Budget, in this row of the table Costs, enter as VAT Not Recoverable an amount in euro from 0 to"
	" {maximum}, not a percentage, or leave it empty.",
	CALL_TEXT,
)
TOO_LARGE = template(
	"budget.too_large",
	ERROR,
	"The cost “{description}” is more than {maximum}.",
	"In the tab Budget, check Quantity and Unit Cost in this row of the table Costs.",
	CALL_TEXT,
)
AMOUNT_DIFFERS = template(
	"budget.amount_differs",
	ERROR,
	"The amount of “{description}” is given as “{value}”, but quantity × unit cost + VAT makes {computed}.",
	"Save the application again: the Amount is computed. If it is still wrong, correct Quantity, Unit Cost or VAT"
	" Not Recoverable in this row of the table Costs.",
	CALL_TEXT,
)
NO_CATEGORY = template(
	"budget.no_category",
	ERROR,
	"The cost “{description}” has no category.",
	"In the tab Budget, choose the Cost Category in this row of the table Costs.",
	CALL_TEXT,
)
NOT_ADMITTED = template(
	"budget.not_admitted",
	ERROR,
	"The cost “{description}” is in the category “{category}”, which the call does not admit.",
	"In the tab Budget, choose one of the cost categories of the call, or remove the row.",
	CALL_TEXT,
)
NO_SOURCE = template(
	"budget.no_source",
	ERROR,
	"It is not said who pays the cost “{description}”.",
	"In the tab Budget, choose Contribution, Co-financing or Other Income as Charged To in this row of the table"
	" Costs.",
	CALL_TEXT,
)
UNKNOWN_PARTNER = template(
	"budget.unknown_partner",
	WARNING,
	"The cost “{description}” names the partner “{partner}”, who is not in the partnership.",
	"In the tab Budget, write in Partner the Name of one of the rows of the table Partners, or leave it empty.",
	GUIDELINES,
)
UNKNOWN_ACTION = template(
	"budget.unknown_action",
	WARNING,
	"The cost “{description}” names the action “{action}”, which is not in the project.",
	"In the tab Budget, write in Action the Title of one of the rows of the table Actions, or leave it empty.",
	GUIDELINES,
)

PARTS = {"quantity": BAD_QUANTITY, "unit_cost": BAD_UNIT_COST, "vat": BAD_VAT}


def check(case: Case) -> Iterator[Finding]:
	admitted = {text(row.get("cost_category")) for row in case.call_rows("cost_caps")}
	partners = {key(row.get("organisation_name")) for row in case.rows("partners")}
	actions = {key(row.get("title")) for row in case.rows("actions")}
	for row, computed in case.priced:
		description = text(row.get("description"))
		yield from _check_amounts(row, computed, description)
		yield from _check_choices(row, description, admitted)
		partner, action = row.get("partner"), row.get("action")
		if shown(partner) and key(partner) not in partners:
			yield UNKNOWN_PARTNER(row.ref, field="partner", description=description, partner=shown(partner))
		if shown(action) and key(action) not in actions:
			yield UNKNOWN_ACTION(row.ref, field="action", description=description, action=shown(action))


def _check_amounts(row: Row, computed: Decimal | None, description: str) -> Iterator[Finding]:
	if computed is None:
		yield from _check_parts(row, description)
	elif amount(row.get("amount")) != 0:  # 0 and nothing mean: not computed yet
		stored = number(row.get("amount"))
		if stored is None or cents(stored) != computed:
			value = shown(row.get("amount"))
			yield AMOUNT_DIFFERS(
				row.ref, field="amount", description=description, value=value, computed=computed
			)


def _check_parts(row: Row, description: str) -> Iterator[Finding]:
	details = {"description": description, "maximum": MAX_AMOUNT}
	unreadable = [field for field in PARTS if amount(row.get(field)) is None]
	for field in unreadable:
		yield PARTS[field](row.ref, field=field, value=shown(row.get(field)), **details)
	if not unreadable:
		yield TOO_LARGE(row.ref, field="amount", **details)


def _check_choices(row: Row, description: str, admitted: set[str]) -> Iterator[Finding]:
	category = row.get("cost_category")
	if not shown(category):
		yield NO_CATEGORY(row.ref, field="cost_category", description=description)
	elif admitted and text(category) not in admitted:
		details = {"description": description, "category": shown(category)}
		yield NOT_ADMITTED(row.ref, field="cost_category", **details)
	if text(row.get("charged_to")) not in SOURCES:
		yield NO_SOURCE(row.ref, field="charged_to", description=description)
