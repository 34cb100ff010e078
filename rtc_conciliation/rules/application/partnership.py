"""Enough distinct bodies of the kinds that count, each with a valid tax code, each named once.

Source: press release of 6 May 2026 (DGR XII/5464): at least three subjects among public bodies, third-sector
entities and social cooperatives; the lead counts, a supporter does not, other bodies may take part.
"""

from collections import defaultdict
from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, GUIDELINES, WARNING, Finding, template
from rtc_conciliation.rules.money import SHARING_ROLES, list_sharing_partners
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.tax_codes import is_valid_tax_code, normalise
from rtc_conciliation.rules.values import quote_value, to_amount, to_flag, to_text, to_whole

ROLES = (*SHARING_ROLES, "Supporter")
TAX_CODE_LAW = "D.P.R. 605/1973 and D.M. 23/12/1976"

NO_THRESHOLD = template(
	"partnership.no_threshold",
	ERROR,
	"The call does not say how many partners are needed.",
	"Tell the office that runs the call: it has to fill in Minimum Partners.",
	GUIDELINES,
)
TOO_FEW = template(
	"partnership.too_few",
	ERROR,
	"Bodies of the partnership that count towards the minimum: {count}. The call asks for at least {minimum}.",
	"Add public bodies, third-sector entities or social cooperatives of type A or B as partners, each with"
	" its own valid tax code. Supporters, firms and trade unions do not count.",
	GUIDELINES,
)
DUPLICATE = template(
	"partnership.duplicate",
	ERROR,
	"The tax code {tax_code} is entered more than once ({names}): the body counts once.",
	"Keep one row for each body, or correct the tax code that is wrong.",
	GUIDELINES,
)
NO_NAME = template(
	"partnership.no_name",
	ERROR,
	"A partner has no name.",
	"Fill in Name, or remove the row.",
	GUIDELINES,
)
NO_TYPE = template(
	"partnership.no_type",
	ERROR,
	"The partner “{name}” has no type of organisation.",
	"Choose the Type.",
	GUIDELINES,
)
NO_ROLE = template(
	"partnership.no_role",
	ERROR,
	"The partner “{name}” has no valid role.",
	"Choose Lead, Partner or Supporter as Role.",
	GUIDELINES,
)
NO_TAX_CODE = template(
	"partnership.no_tax_code",
	ERROR,
	"The partner “{name}” has no tax code.",
	"Fill in Tax Code (codice fiscale).",
	TAX_CODE_LAW,
)
BAD_TAX_CODE = template(
	"partnership.bad_tax_code",
	ERROR,
	"The tax code “{tax_code}” of “{name}” is not valid.",
	"Correct the Tax Code: 11 digits for a body, 16 characters for a person; check for a mistyped digit.",
	TAX_CODE_LAW,
)
SUPPORTER_MONEY = template(
	"partnership.supporter_money",
	WARNING,
	"“{name}” takes part as a supporter, so its budget and co-financing are not counted.",
	"Give it the Role Partner, or clear the amounts; what it gives to the project can be entered in the"
	" budget as a cost charged to Other Income.",
	GUIDELINES,
)


def get_counting_codes(application) -> set[str]:
	"""Normalised tax codes of the bodies that count towards the minimum."""
	return {
		normalise(row.get("tax_code"))
		for row in list_sharing_partners(application)
		if to_flag(row.get("counts_towards_minimum")) and is_valid_tax_code(row.get("tax_code"))
	}


def check(context: RuleContext) -> Iterator[Finding]:
	partners = context.rows("partners")
	for row in partners:
		yield from _check_row(row)
	yield from _check_duplicates(partners)
	minimum = to_whole(context.call.get("min_partners"))
	if minimum is None or minimum < 0:
		yield NO_THRESHOLD(field="partners")
	elif context.totals.counting_partners < minimum:
		yield TOO_FEW(field="partners", count=context.totals.counting_partners, minimum=minimum)


def _check_row(row: Row) -> Iterator[Finding]:
	name, tax_code, role = (to_text(row.get(field)) for field in ("organisation_name", "tax_code", "role"))
	if not name:
		yield NO_NAME(row.ref, field="organisation_name")
	if not to_text(row.get("organisation_type")):
		yield NO_TYPE(row.ref, field="organisation_type", name=name)
	if role not in ROLES:
		yield NO_ROLE(row.ref, field="role", name=name)
	if not quote_value(row.get("tax_code")):
		yield NO_TAX_CODE(row.ref, field="tax_code", name=name)
	elif not is_valid_tax_code(tax_code):
		yield BAD_TAX_CODE(row.ref, field="tax_code", name=name, tax_code=quote_value(row.get("tax_code")))
	money = (row.get(field) for field in ("budget", "cofinancing_cash", "cofinancing_in_kind"))
	if role == "Supporter" and any(to_amount(value) for value in money):
		yield SUPPORTER_MONEY(row.ref, field="role", name=name)


def _check_duplicates(partners: list[Row]) -> Iterator[Finding]:
	by_code = defaultdict(list)
	for row in partners:
		by_code[normalise(row.get("tax_code"))].append(row)
	for tax_code, group in by_code.items():
		if tax_code and len(group) > 1:
			names = ", ".join(sorted({to_text(row.get("organisation_name")) for row in group}))
			yield DUPLICATE(*(row.ref for row in group), field="tax_code", tax_code=tax_code, names=names)
