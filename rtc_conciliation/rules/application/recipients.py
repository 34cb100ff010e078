"""Somebody is reached, in categories that the call admits, in numbers that can be believed.

Source: press release of 6 May 2026: eight categories of final recipients, resident or domiciled in Lombardy.
"""

from collections import defaultdict
from collections.abc import Iterator

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, GUIDELINES, WARNING, Finding, template
from rtc_conciliation.rules.tables import Row
from rtc_conciliation.rules.values import is_missing, quote_value, to_text, to_whole

MAX_RECIPIENTS = 10_000_000  # the whole of Lombardy

NONE = template(
	"recipients.none",
	ERROR,
	"The project expects no recipient.",
	"Enter at least one category of recipients with its Expected Number.",
	GUIDELINES,
)
NO_CATEGORY = template(
	"recipients.no_category",
	ERROR,
	"A row of recipients has no category.",
	"Choose the Recipient Category, or remove the row.",
	GUIDELINES,
)
NOT_ADMITTED = template(
	"recipients.not_admitted",
	ERROR,
	"The call does not admit the recipients “{category}”.",
	"Choose one of the categories of the call, or remove the row.",
	GUIDELINES,
)
BAD_NUMBER = template(
	"recipients.bad_number",
	ERROR,
	"“{number}” is not a possible number of people for “{category}”.",
	"Enter as Expected Number a whole number from 0 to {maximum}.",
	GUIDELINES,
)
REPEATED = template(
	"recipients.repeated",
	WARNING,
	"The category “{category}” is entered more than once.",
	"Join these recipients unless you want them apart.",
	GUIDELINES,
)


def check(context: RuleContext) -> Iterator[Finding]:
	recipients = context.rows("recipients")
	admitted = {to_text(row.get("recipient_category")) for row in context.call_rows("recipient_categories")}
	for row in recipients:
		yield from _check_row(row, admitted)
	if not any(_reached(row) for row in recipients):
		yield NONE(field="recipients")
	yield from _check_repeated(recipients)


def _reached(row: Row) -> bool:
	return bool(to_text(row.get("recipient_category"))) and (to_whole(row.get("expected_number")) or 0) > 0


def _check_row(row: Row, admitted: set[str]) -> Iterator[Finding]:
	category, number = row.get("recipient_category"), row.get("expected_number")
	if not quote_value(category):
		yield NO_CATEGORY(row.ref, field="recipient_category")
	elif admitted and to_text(category) not in admitted:
		yield NOT_ADMITTED(row.ref, field="recipient_category", category=quote_value(category))
	people = 0 if is_missing(number) else to_whole(number)
	if people is None or not 0 <= people <= MAX_RECIPIENTS:
		yield BAD_NUMBER(
			row.ref,
			field="expected_number",
			number=quote_value(number),
			category=quote_value(category),
			maximum=MAX_RECIPIENTS,
		)


def _check_repeated(recipients: list[Row]) -> Iterator[Finding]:
	by_category = defaultdict(list)
	for row in recipients:
		by_category[to_text(row.get("recipient_category"))].append(row.ref)
	for category, refs in by_category.items():
		if category and len(refs) > 1:
			yield REPEATED(*refs, field="recipient_category", category=category)
