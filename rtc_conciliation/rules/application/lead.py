"""One lead body (capofila), the only one the ATS deals with, reachable by PEC and rightly represented.

That its name and tax code are in order is checked, as for every partner, by the rule on the partnership.
"""

import re
from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.tax_codes import is_valid_person_code
from rtc_conciliation.rules.values import quote_value, to_flag, to_text

DIGITAL_LAW = "D.Lgs. 82/2005 artt. 6 and 65"
SIGNING_LAW = "D.P.R. 445/2000 art. 38"

# What any mail server accepts: one @, no spaces, a domain with a dot. Whether it is a PEC nobody can tell here.
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")

NONE = template(
	"lead.none",
	ERROR,
	"No partner is the lead body.",
	"Choose Lead as Role of the body that sends the application.",
	GUIDELINES,
)
SEVERAL = template(
	"lead.several",
	ERROR,
	"{count} partners have the role Lead: only one body can lead the project.",
	"Leave the Role Lead to one body and choose Partner for the others.",
	GUIDELINES,
)
NO_PEC = template(
	"lead.no_pec",
	ERROR,
	"The certified e-mail address (PEC) of the lead body is missing.",
	"Fill in PEC: all communications go to this address.",
	DIGITAL_LAW,
)
BAD_PEC = template(
	"lead.bad_pec",
	ERROR,
	"The PEC “{pec}” is not an e-mail address.",
	"Correct PEC: one address such as ente@pec.example.it, without spaces.",
	DIGITAL_LAW,
)
NO_REPRESENTATIVE = template(
	"lead.no_representative",
	ERROR,
	"The legal representative is not named.",
	"Fill in Legal Representative with the name and surname of who signs for the lead body.",
	SIGNING_LAW,
)
BAD_REPRESENTATIVE_CODE = template(
	"lead.bad_representative_code",
	ERROR,
	"The tax code “{tax_code}” of the legal representative is not valid.",
	"Correct Tax Code of the Legal Representative: the 16 characters of the person, not the 11 digits of the"
	" body.",
	SIGNING_LAW,
)

ALREADY_SENT = template(
	"lead.already_sent",
	ERROR,
	"The lead body has already sent the application {other} to this call, which takes one from each.",
	"Withdraw that one first, as long as the call is open; then send this one.",
	CALL_TEXT,
)


def check(context: RuleContext) -> Iterator[Finding]:
	leads = [row.ref for row in context.rows("partners") if to_text(row.get("role")) == "Lead"]
	if not leads:
		yield NONE(field="partners")
	elif len(leads) > 1:
		yield SEVERAL(*leads, field="role", count=len(leads))
	other = to_text(context.application.get("sent_by_same_lead"))
	if other and to_flag(context.call.get("one_application_per_lead")):
		yield ALREADY_SENT(field="call", other=other)
	yield from _check_pec(context.application.get("pec"))
	if not to_text(context.application.get("legal_representative")):
		yield NO_REPRESENTATIVE(field="legal_representative")
	tax_code = context.application.get("legal_representative_tax_code")
	if quote_value(tax_code) and not is_valid_person_code(tax_code):
		yield BAD_REPRESENTATIVE_CODE(field="legal_representative_tax_code", tax_code=quote_value(tax_code))


def _check_pec(pec) -> Iterator[Finding]:
	if not quote_value(pec):
		yield NO_PEC(field="pec")
	elif not is_email(pec):
		yield BAD_PEC(field="pec", pec=quote_value(pec))


def is_email(value) -> bool:
	return len(to_text(value)) <= 254 and bool(_EMAIL.fullmatch(to_text(value)))
