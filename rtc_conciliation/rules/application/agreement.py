"""The partnership agreement, where the call asks for it: signed and attached, or to be signed and promised.

Source: DGR XII/5464 of 9/12/2025: partners act under an agreement that states roles and contributions, signed or to
be signed.
"""

from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.values import to_flag, to_key, to_text

SIGNED, TO_BE_SIGNED = "Signed", "To Be Signed"

NO_CHOICE = template(
	"agreement.no_choice",
	ERROR,
	"It is not said whether the partnership agreement is signed or to be signed.",
	"Choose Signed or To Be Signed.",
	GUIDELINES,
)
NO_FILE = template(
	"agreement.no_file",
	ERROR,
	"The partnership agreement is signed, but “{document}” is not attached.",
	"Attach the file of this document, or choose To Be Signed as State of the Agreement.",
	GUIDELINES,
)
NO_COMMITMENT = template(
	"agreement.no_commitment",
	ERROR,
	"The partnership agreement is to be signed, but the partners do not commit to sign it.",
	"Tick the commitment of the partners.",
	GUIDELINES,
)


def check(context: RuleContext) -> Iterator[Finding]:
	asked = [row for row in context.call_rows("required_documents") if is_agreement(row)]
	if not asked:
		return
	chosen = to_text(context.application.get("agreement_state"))
	if chosen == SIGNED:
		yield from _check_files(context, asked)
	elif chosen != TO_BE_SIGNED:
		yield NO_CHOICE(field="agreement_state")
	elif not to_flag(context.application.get("agreement_commitment")):
		yield NO_COMMITMENT(field="agreement_commitment")


def is_agreement(document: Row) -> bool:
	return to_flag(document.get("is_agreement")) and bool(to_key(document.get("document")))


def _check_files(context: RuleContext, asked: list[Row]) -> Iterator[Finding]:
	for document in asked:
		title = to_key(document.get("document"))
		same = [row for row in context.rows("attachments") if to_key(row.get("document")) == title]
		if not any(to_text(row.get("file")) for row in same):
			refs, field = (row.ref for row in same), "file" if same else "attachments"
			yield NO_FILE(*refs, field=field, document=to_text(document.get("document")))
