"""What was typed and is no value of its field: it stays where it was typed, and is mended before sending.

Most of it is told by the rule that needs the field; here by the others. The record names those fields in `unread_values`.
"""

from collections.abc import Iterator, Mapping

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.tables import get_rows
from rtc_conciliation.rules.values import quote_value

FIELD = "unread_values"
TABLES = ("partners", "actions", "recipients", "indicators", "costs", "attachments")

UNREAD = template(
	"texts.unread",
	ERROR,
	"“{value}” is not what this field asks for: it is kept as you typed it, and counts as empty.",
	"Correct it where it stands. A number is written like 1,234.56; an e-mail address stands alone.",
	CALL_TEXT,
)


def fields_of(record: Mapping) -> list[str]:
	found = record.get(FIELD)
	return [field for field in found if isinstance(field, str)] if isinstance(found, list | tuple) else []


def check(context: RuleContext, found: list[Finding]) -> Iterator[Finding]:
	"""`found`: what the other rules say."""
	told = {(finding.rows, finding.field) for finding in found if finding.severity == ERROR}
	for field in fields_of(context.application):
		if ((), field) not in told:
			yield UNREAD(field=field, value=quote_value(context.application.get(field)))
	for table in TABLES:
		for row in get_rows(context.application, table):
			for field in fields_of(row.values):
				if ((row.ref,), field) not in told:
					yield UNREAD(row.ref, field=field, value=quote_value(row.get(field)))
