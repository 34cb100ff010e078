"""All that stands between a project and its money, before each step of a payment, in one list.

Each obstacle says its law, since when it stands and who can remove it. A check is a record: asked on a day, with an outcome
and a last day, *or* it does not apply, with the reason and who said so. One that has expired, or is dated tomorrow, does not count.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, Template, template
from rtc_conciliation.rules.project import payments

LEAD, OFFICER, MANAGER, ACCOUNTS = "Lead", "Officer", "Manager", "Accounts"

DURC, TAX_DEBTS, ANTI_MAFIA, DEGGENDORF, GUARANTEE = (
	"DURC",
	"Tax Debts",
	"Anti-mafia",
	"Deggendorf",
	"Guarantee",
)
REGULAR, IRREGULAR = "Regular", "Irregular"
#: an irregular outcome that does not stop the payment: the debt is paid out of it (intervento sostitutivo)
PAID_OUT_OF_IT = frozenset({DURC, TAX_DEBTS})

DURC_LAW = "D.L. 69/2013 art. 31"
TAX_LAW = "D.P.R. 602/1973 art. 48-bis"
MAFIA_LAW = "D.Lgs. 159/2011 artt. 83, 91"
AID_LAW = "D.M. 115/2017"
PUBLICATION_LAW = "D.Lgs. 33/2013 artt. 26–27"
CUP_LAW = "L. 3/2003 art. 11"

NOT_ACCEPTED = template(
	"payment.not_accepted",
	ERROR,
	"The lead has not accepted the contribution.",
	"The lead accepts it on the page of the application, or by PEC.",
	CALL_TEXT,
)
NO_CODE = template(
	"payment.no_code",
	ERROR,
	"The CUP is missing, or the COR of a state aid: the award has no effect without it.",
	"Write it with the button “Codes (CUP, COR)”.",
	CUP_LAW,
)
NOT_PUBLISHED = template(
	"payment.not_published",
	ERROR,
	"The row of the transparency register is not published.",
	"Publish the row: the grant has no effect before.",
	PUBLICATION_LAW,
)
NOT_SIGNED = template(
	"payment.not_signed",
	ERROR,
	"The convention is not signed by both.",
	"Sign the convention and enter its protocol.",
	CALL_TEXT,
)
NOT_RUNNING = template(
	"payment.not_running",
	ERROR,
	"The project is {state}: nothing is paid.",
	"Resolve first what stopped the project.",
	CALL_TEXT,
)
NO_ACCOUNT = template(
	"payment.no_account",
	ERROR,
	"The account of the payee is not approved.",
	"The legal representative writes the account in the portal; an officer who did not enter it approves it.",
	CALL_TEXT,
)
REPORT_LATE = template(
	"payment.report_late",
	ERROR,
	"A report was due on {due} and has not been sent.",
	"The lead sends the report.",
	CALL_TEXT,
)
NOT_SPENT = template(
	"payment.not_spent",
	ERROR,
	"Too little of what was paid is reported and admitted for this tranche.",
	"The lead reports the costs; the office checks the report.",
	CALL_TEXT,
)
_CHECKS = {
	DURC: (
		"payment.no_durc",
		"No DURC that is valid today was recorded.",
		"Ask for the DURC and record its outcome, or record why it does not apply.",
		DURC_LAW,
	),
	TAX_DEBTS: (
		"payment.no_tax_check",
		"The payment is over the limit, and tax debts were not asked for.",
		"Ask Agenzia delle Entrate-Riscossione and record the outcome, or record why it does not apply.",
		TAX_LAW,
	),
	ANTI_MAFIA: (
		"payment.no_anti_mafia",
		"The contribution is over the limit, and no anti-mafia information that is valid today was recorded.",
		"Ask for the information and record its outcome, or record why it does not apply.",
		MAFIA_LAW,
	),
	DEGGENDORF: (
		"payment.no_deggendorf",
		"The contribution is state aid, and the Deggendorf check that is valid today is missing.",
		"Make the check in the register of state aid and record its outcome.",
		AID_LAW,
	),
	GUARANTEE: (
		"payment.no_guarantee",
		"The call wants a guarantee for an advance, and none that is valid today was recorded.",
		"The lead hands in the guarantee; the office records it.",
		CALL_TEXT,
	),
}
MISSING: Mapping[str, Template] = {
	kind: template(code, ERROR, message, remedy, law)
	for kind, (code, message, remedy, law) in _CHECKS.items()
}
FAILED = template(
	"payment.check_failed",
	ERROR,
	"{check}: the outcome is not regular.",
	"The payment waits until a new check is regular.",
	CALL_TEXT,
)
DEBT_NOT_PAID = template(
	"payment.debt_not_paid",
	ERROR,
	"{check}: the outcome is not regular, and no part of the payment goes to the creditor.",
	"Pay the debt out of the sum: add the creditor as a payee.",
	DURC_LAW,
)


@dataclass(frozen=True)
class Check:
	"""A check as recorded. `not_applicable`: why it does not apply; then `said_by` is who said so."""

	kind: str
	asked_on: date | None = None
	outcome: str = ""
	valid_until: date | None = None
	not_applicable: str = ""
	said_by: str = ""

	def counts_on(self, day: date) -> bool:
		"""Is it a check on `day`? One that does not apply needs its reason and who gave it."""
		if self.not_applicable:
			return bool(self.said_by)
		if not self.outcome or not self.asked_on or self.asked_on > day:
			return False
		return self.valid_until is None or self.valid_until >= day


@dataclass(frozen=True)
class Settings:
	"""What the call says of payments, as the project keeps it. Amounts in euro."""

	tax_debts: bool = True
	tax_debts_over: Decimal = Decimal("5000.00")
	anti_mafia_over: Decimal = Decimal("150000.00")
	state_aid: bool = False
	guarantee: bool = False


@dataclass(frozen=True)
class Facts:
	"""What is known of project and payment on the day; `since` is the day from which each thing was owed."""

	day: date
	gross: Decimal
	grant: Decimal
	state: str = "Running"
	running: bool = True
	accepted: bool = True
	coded: bool = True
	published: bool = True
	signed: bool = True
	account_approved: bool = True
	spent_enough: bool = True
	advance: bool = False
	public_body: bool = False
	report_due: date | None = None
	#: creditors that a part of this payment goes to, by the kind of their check
	paid_out: frozenset[str] = frozenset()
	checks: tuple[Check, ...] = ()
	settings: Settings = field(default_factory=Settings)


class Obstacle(NamedTuple):
	"""`by`: the roles that can remove it; `since` None where nobody can say."""

	finding: Finding
	by: tuple[str, ...]
	since: date | None = None


def list_obstacles(facts: Facts, step: str = payments.PAID) -> list[Obstacle]:
	"""What forbids `step` of a payment, in the order in which it is best removed: publication, codes, the rest."""
	found = [*_list_of_project(facts)]
	if step != payments.REQUESTED:
		found += _list_of_checks(facts)
	return found


def _list_of_project(facts: Facts) -> Iterator[Obstacle]:
	if not facts.running:
		yield Obstacle(NOT_RUNNING(state=facts.state), (OFFICER, MANAGER))
	if not facts.published:
		yield Obstacle(NOT_PUBLISHED(), (MANAGER,))
	if not facts.coded:
		yield Obstacle(NO_CODE(), (OFFICER,))
	if not facts.accepted:
		yield Obstacle(NOT_ACCEPTED(), (LEAD,))
	if not facts.signed:
		yield Obstacle(NOT_SIGNED(), (LEAD, MANAGER))
	if not facts.account_approved:
		yield Obstacle(NO_ACCOUNT(), (LEAD, OFFICER))
	if facts.report_due and facts.report_due < facts.day:
		yield Obstacle(REPORT_LATE(due=facts.report_due), (LEAD,), facts.report_due)
	if not facts.spent_enough:
		yield Obstacle(NOT_SPENT(), (LEAD, OFFICER))


def _list_of_checks(facts: Facts) -> Iterator[Obstacle]:
	for kind in list_needed_checks(facts):
		yield from _test_check(kind, facts)


def list_needed_checks(facts: Facts) -> list[str]:
	"""The checks that this payment wants; the limits are to be passed, an amount equal to one is not over it."""
	settings, private = facts.settings, not facts.public_body
	wanted = {
		DURC: True,
		TAX_DEBTS: settings.tax_debts and private and facts.gross > settings.tax_debts_over,
		ANTI_MAFIA: private and facts.grant > settings.anti_mafia_over,
		DEGGENDORF: settings.state_aid,
		GUARANTEE: settings.guarantee and facts.advance and private,
	}
	return [kind for kind, needed in wanted.items() if needed]


def _test_check(kind: str, facts: Facts) -> Iterator[Obstacle]:
	latest = find_latest(facts.checks, kind, facts.day)
	if latest is None:
		yield Obstacle(MISSING[kind](), (_remover(kind),), find_expiry(facts.checks, kind, facts.day))
	elif latest.outcome != IRREGULAR or latest.not_applicable:
		return
	elif kind not in PAID_OUT_OF_IT:
		yield Obstacle(FAILED(check=kind), (OFFICER,), latest.asked_on)
	elif kind not in facts.paid_out:
		yield Obstacle(DEBT_NOT_PAID(check=kind), (OFFICER,), latest.asked_on)


def _remover(kind: str) -> str:
	return LEAD if kind == GUARANTEE else OFFICER


def find_latest(checks: Iterable[Check], kind: str, day: date) -> Check | None:
	"""The newest check of `kind` that counts on `day`."""
	counting = [check for check in checks if check.kind == kind and check.counts_on(day)]
	return max(counting, key=lambda check: check.asked_on or date.min, default=None)


def find_expiry(checks: Iterable[Check], kind: str, day: date) -> date | None:
	"""The last day of the newest check of `kind` that no longer counts."""
	ended = [check.valid_until for check in checks if check.kind == kind and check.valid_until]
	return max((last for last in ended if last < day), default=None)
