"""Every document that the call makes mandatory is attached; the partnership agreement has a rule of its own."""

from collections.abc import Iterator

from rtc_conciliation.rules.application.agreement import is_agreement
from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.values import to_flag, to_key, to_text

MISSING = template(
	"documents.missing",
	ERROR,
	"The document “{document}” is not attached.",
	"Attach the file of this document.",
	CALL_TEXT,
)


def check(context: RuleContext) -> Iterator[Finding]:
	given = context.rows("attachments")
	for wanted in context.call_rows("required_documents"):
		title = to_key(wanted.get("document"))
		if not title or not to_flag(wanted.get("mandatory")) or is_agreement(wanted):
			continue
		same = [row for row in given if to_key(row.get("document")) == title]
		if not any(to_text(row.get("file")) for row in same):
			refs, field = (row.ref for row in same), "file" if same else "attachments"
			yield MISSING(*refs, field=field, document=to_text(wanted.get("document")))
