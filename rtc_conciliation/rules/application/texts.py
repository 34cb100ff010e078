"""Which texts of an application have to be written and how long they may be, and rows without the field that names them.

A character is a Unicode code point and a new line is one character, however the sender writes it: the form's
counter (public/js/common/counter.js) counts the same way. Source: the table Length of the Texts of the call; what
it does not name has the usual limit, and may stay empty.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, RowRef, template
from rtc_conciliation.rules.plain_text import as_typed
from rtc_conciliation.rules.tables import get_rows
from rtc_conciliation.rules.values import is_missing, to_flag, to_text, to_whole

#: the usual characters of each long text
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
#: what a call asks for unless it says otherwise: a project of which nothing is said is none
USUALLY_NEEDED = ("Abstract",)
#: characters that a draft keeps of any text, so that what is too long can be cut in peace
DRAFT_MAXIMUM = 10_000


class Place(NamedTuple):
	"""A text of the application; `table` is empty for one of its own fields."""

	table: str
	field: str


#: how the table of a call names each text: the options of RTC Call Text Limit
PLACES = {
	"Abstract": Place("", "abstract"),
	"Context and Needs": Place("", "context_needs"),
	"How the Needs Were Surveyed": Place("", "needs_survey"),
	"Continuity with Earlier Projects": Place("", "continuity"),
	"Objectives": Place("", "objectives"),
	"Innovation": Place("", "innovation"),
	"Ties with Local Plans and Firms": Place("", "local_ties"),
	"Governance": Place("", "governance"),
	"Communication": Place("", "communication_plan"),
	"Timeline": Place("", "timeline"),
	"Risks": Place("", "risks"),
	"Sustainability": Place("", "sustainability"),
	"Activities of a Partner": Place("partners", "activities"),
	"Description of an Action": Place("actions", "description"),
	"Output of an Action": Place("actions", "output"),
	"Description of the Recipients": Place("recipients", "description"),
}

#: the field by which a person knows a row; partners and recipients have rules of their own that tell it
NAMED_BY = {"actions": "title", "indicators": "indicator", "costs": "description"}

TOO_LONG = template(
	"texts.too_long",
	ERROR,
	"The text has {count} characters: at most {maximum} can be sent.",
	"Shorten it; the counter under the field says how many are left.",
	CALL_TEXT,
)
EMPTY = template(
	"texts.empty",
	ERROR,
	"The text is empty: the call asks for it.",
	"Write it; if nothing is to be said of it, write so.",
	CALL_TEXT,
)
NO_NAME = template(
	"texts.no_name",
	ERROR,
	"The first field of this row is empty.",
	"Fill it in, or remove the row.",
	CALL_TEXT,
)


def count_characters(value) -> int:
	"""Characters of a text as its reader sees it: "&lt;" is how the site keeps "<", and counts as one."""
	if not isinstance(value, str):
		return 0
	return len(as_typed(value).replace("\r\n", "\n"))


def get_usual(place: Place) -> int:
	return ROW_TEXTS[place.table][place.field] if place.table else TEXTS[place.field]


def get_usual_limits() -> list[dict]:
	"""The usual limits as rows of a call's table."""
	return [
		{"text": name, "characters": get_usual(place), "needed": int(name in USUALLY_NEEDED)}
		for name, place in PLACES.items()
	]


def get_limits(call: Mapping) -> dict[Place, int]:
	"""Characters of each text under `call`; a row that names no text or no number leaves the usual limit."""
	found = {place: get_usual(place) for place in PLACES.values()}
	for row in get_rows(call, "text_limits"):
		place, characters = PLACES.get(to_text(row.get("text"))), to_whole(row.get("characters"))
		if place and characters and 0 < characters <= DRAFT_MAXIMUM:
			found[place] = characters
	return found


def get_needed(call: Mapping) -> list[Place]:
	"""The texts that an application to `call` cannot be sent without."""
	named = [
		PLACES.get(to_text(row.get("text")))
		for row in get_rows(call, "text_limits")
		if to_flag(row.get("needed"))
	]
	return [place for place in named if place]


def check(context: RuleContext) -> Iterator[Finding]:
	for table, named_by in NAMED_BY.items():
		for row in context.rows(table):
			if is_missing(row.get(named_by)):
				yield NO_NAME(row.ref, field=named_by)
	for place in get_needed(context.call):
		for value, where in _values(context, place):
			if is_missing(value):
				yield EMPTY(*where, field=place.field)
	for place, maximum in get_limits(context.call).items():
		for value, where in _values(context, place):
			yield from _too_long(value, maximum, place.field, *where)


def _values(context: RuleContext, place: Place) -> Iterator[tuple[object, tuple[RowRef, ...]]]:
	"""The text at `place` with the row that it is in, if it is in one."""
	if not place.table:
		yield context.application.get(place.field), ()
		return
	for row in context.rows(place.table):
		yield row.get(place.field), (row.ref,)


def _too_long(value, maximum: int, fieldname: str, *rows: RowRef) -> Iterator[Finding]:
	if (count := count_characters(value)) > maximum:
		yield TOO_LONG(*rows, field=fieldname, count=count, maximum=maximum)
