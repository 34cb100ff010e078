"""How long the texts of an application may be, and rows without the field that names them.

A character is a Unicode code point and a new line is one character, however the sender writes it: the form's
counter (public/js/web_form/counter.js) counts the same way. Source: the call; these are the usual limits.
"""

import html
from collections.abc import Iterator

from .case import Case
from .finding import CALL_TEXT, ERROR, Finding, RowRef, template
from .values import is_missing

#: characters of each long text
TEXTS = {
	"abstract": 2000,
	"context_needs": 5000,
	"needs_survey": 3000,
	"continuity": 3000,
	"objectives": 4000,
	"innovation": 3000,
	"local_ties": 3000,
	"governance": 3000,
	"communication_plan": 3000,
	"timeline": 3000,
	"risks": 3000,
	"sustainability": 3000,
}
ROW_TEXTS = {
	"partners": {"activities": 1500},
	"actions": {"description": 2000, "output": 1000},
	"recipients": {"description": 1000},
}
#: characters that a draft keeps of any text, so that what is too long can be cut in peace
DRAFT_MAXIMUM = 10_000

#: the field by which a person knows a row; partners and recipients have rules of their own that tell it
NAMED_BY = {"actions": "title", "indicators": "indicator", "costs": "description"}

TOO_LONG = template(
	"texts.too_long",
	ERROR,
	"The text has {count} characters: at most {maximum} can be sent.",
	"Shorten it; the counter under the field says how many are left.",
	CALL_TEXT,
)
NO_NAME = template(
	"texts.no_name",
	ERROR,
	"The first field of this row is empty.",
	"Fill it in, or remove the row.",
	CALL_TEXT,
)


def length(value) -> int:
	"""Characters of a text as its reader sees it: "&lt;" is how the site keeps "<", and counts as one."""
	if not isinstance(value, str):
		return 0
	return len(html.unescape(value).replace("\r\n", "\n"))


def check(case: Case) -> Iterator[Finding]:
	for fieldname, maximum in TEXTS.items():
		yield from _too_long(case.application.get(fieldname), maximum, fieldname)
	for table, named_by in NAMED_BY.items():
		for row in case.rows(table):
			if is_missing(row.get(named_by)):
				yield NO_NAME(row.ref, field=named_by)
	for table, maxima in ROW_TEXTS.items():
		for row in case.rows(table):
			for fieldname, maximum in maxima.items():
				yield from _too_long(row.get(fieldname), maximum, fieldname, row.ref)


def _too_long(value, maximum: int, fieldname: str, *rows: RowRef) -> Iterator[Finding]:
	if (count := length(value)) > maximum:
		yield TOO_LONG(*rows, field=fieldname, count=count, maximum=maximum)
