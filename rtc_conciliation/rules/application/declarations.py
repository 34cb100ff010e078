"""Every mandatory declaration of the call is accepted; what is missing is one finding, however many they are.

Source: D.P.R. 445/2000 artt. 46 and 47, or the law that the call names beside the declaration.
"""

from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, RowRef, template
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.values import to_flag, to_key, to_text

DECLARATIONS_LAW = "D.P.R. 445/2000 artt. 46 and 47"

MISSING = template(
	"declarations.missing",
	ERROR,
	"The declaration “{declaration}” has not been accepted.",
	"Read it and tick it.",
	DECLARATIONS_LAW,
)

MISSING_MANY = template(
	"declarations.missing_many",
	ERROR,
	"{count} declarations have not been accepted.",
	"Read them and tick each one.",
	DECLARATIONS_LAW,
)


def check(context: RuleContext) -> Iterator[Finding]:
	given = context.rows("declarations")
	missing, refs = [], []
	for wanted in context.call_rows("declarations"):
		title = to_key(wanted.get("declaration"))
		if not title or not to_flag(wanted.get("mandatory")):
			continue
		same = [row for row in given if to_key(row.get("declaration")) == title]
		if not any(to_flag(row.get("accepted")) for row in same):
			missing.append(wanted)
			refs += [row.ref for row in same]
	if missing:
		yield tell_missing(missing, refs)


def tell_missing(missing: list[Row], refs: list[RowRef]) -> Finding:
	laws = dict.fromkeys(to_text(wanted.get("legal_reference")) or DECLARATIONS_LAW for wanted in missing)
	told = {
		"field": "accepted" if refs else "declarations",
		"legal_reference": next(iter(laws)) if len(laws) == 1 else CALL_TEXT,
	}
	if len(missing) == 1:
		return MISSING(*refs, **told, declaration=to_text(missing[0].get("declaration")))
	return MISSING_MANY(*refs, **told, count=len(missing))
