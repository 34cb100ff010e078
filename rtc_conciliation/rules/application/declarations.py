"""Every mandatory declaration of the call is accepted.

Source: D.P.R. 445/2000 artt. 46 and 47, or the law that the call names beside the declaration.
"""

from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, Finding, template
from rtc_conciliation.rules.values import to_flag, to_key, to_text

DECLARATIONS_LAW = "D.P.R. 445/2000 artt. 46 and 47"

MISSING = template(
	"declarations.missing",
	ERROR,
	"The declaration “{declaration}” has not been accepted.",
	"In the tab Declarations and Documents, read it in the table Declarations and tick Accepted.",
	DECLARATIONS_LAW,
)


def check(context: RuleContext) -> Iterator[Finding]:
	given = context.rows("declarations")
	for wanted in context.call_rows("declarations"):
		title = to_key(wanted.get("declaration"))
		if not title or not to_flag(wanted.get("mandatory")):
			continue
		same = [row for row in given if to_key(row.get("declaration")) == title]
		if not any(to_flag(row.get("accepted")) for row in same):
			yield MISSING(
				*(row.ref for row in same),
				field="accepted" if same else "declarations",
				legal_reference=to_text(wanted.get("legal_reference")),
				declaration=to_text(wanted.get("declaration")),
			)
