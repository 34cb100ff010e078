"""One payment: how much may be asked, what is withheld of it, to whom it goes.

4 % is withheld from grants to whoever acts as an undertaking (D.P.R. 600/1973 art. 28 c. 2): half a cent goes up, and the
grant counts gross everywhere. Payments that came to nothing free what they had taken.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.money import CENT, ZERO, sum_amounts
from rtc_conciliation.rules.values import to_amount, to_decimal

REQUESTED, CHECKED, LIQUIDATED, ORDERED, PAID = "Requested", "Checked", "Liquidated", "Ordered", "Paid"
SUSPENDED, REFUSED, RETURNED, CANCELLED = "Suspended", "Refused", "Returned", "Cancelled"
#: in these a payment takes nothing of its tranche
ENDED = frozenset({REFUSED, RETURNED, CANCELLED})
WITHHOLDING = Decimal(4)

NO_AMOUNT = template(
	"payment.no_amount",
	ERROR,
	"The amount asked is no sum of money above zero.",
	"Enter the gross amount in euro, with two decimals.",
	CALL_TEXT,
)
OVER_TRANCHE = template(
	"payment.over_tranche",
	ERROR,
	"{amount} was asked; of the tranche {left} are left.",
	"Ask for at most what is left, or wait for a payment under way to end.",
	CALL_TEXT,
)
OVER_GRANT = template(
	"payment.over_grant",
	ERROR,
	"{amount} was asked; of the whole contribution {left} are left.",
	"Ask for at most what is left of the contribution.",
	CALL_TEXT,
)
PARTS_DIFFER = template(
	"payment.parts_differ",
	ERROR,
	"The payees would receive {parts}; the payment is {net} net.",
	"Share out the net amount among the payees to the cent.",
	CALL_TEXT,
)


class Taken(NamedTuple):
	"""A payment as far as money goes; `tranche` names it within the project."""

	tranche: str
	gross: Decimal
	state: str


def withhold(gross: Decimal, percent: Decimal = WITHHOLDING) -> tuple[Decimal, Decimal]:
	"""(withheld, net) of `gross`, in euro; the two come to `gross`.

	>>> [str(part) for part in withhold(Decimal("4546.53"))]
	['181.86', '4364.67']
	"""
	with to_decimal():
		withheld = (gross * percent / 100).quantize(CENT, rounding=ROUND_HALF_UP)
		return withheld, gross - withheld


def sum_taken(payments: Iterable[Taken], tranche: str | None = None) -> Decimal:
	"""What payments that have not ended take, of one tranche or of all."""
	return sum_amounts(
		payment.gross
		for payment in payments
		if payment.state not in ENDED and tranche in (None, payment.tranche)
	)


def check_amount(
	asked, tranche: str, of_tranche: Decimal, grant: Decimal, others: list[Taken]
) -> Iterator[Finding]:
	"""What forbids to ask for the gross amount `asked`; `others`: all other payments of the project."""
	amount = to_amount(asked)
	if not amount or amount != amount.quantize(CENT):
		yield NO_AMOUNT(field="gross")
		return
	left = of_tranche - sum_taken(others, tranche)
	left_of_grant = grant - sum_taken(others)
	if amount > left:
		yield OVER_TRANCHE(field="gross", amount=amount, left=max(left, ZERO))
	elif amount > left_of_grant:
		yield OVER_GRANT(field="gross", amount=amount, left=max(left_of_grant, ZERO))


def check_payees(net: Decimal, parts: Iterable[Decimal]) -> Iterator[Finding]:
	"""Several payees of one payment receive its net amount, no more and no less."""
	total = sum_amounts(parts)
	if total != net:
		yield PARTS_DIFFER(field="payees", parts=total, net=net)
