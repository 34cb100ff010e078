"""The call was published and the moment lies between opening and closing, both included.

A closed call is judged by its dates: what arrived in time is in time, whatever closed in the meantime.

Compared as points in time: a time without a zone is the clock of Europe/Rome. In the hour that the clock
shows twice in October, opening is read as the earlier and closing as the later of the two.
"""

from collections.abc import Iterator
from datetime import datetime, timezone

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, template
from rtc_conciliation.rules.values import ROME, to_instants, to_moment, to_rome, to_text

#: a call is closed only after its closing, so its dates still say what was in time
OPEN_STATES = ("Published", "Closed")

NOT_PUBLISHED = template(
	"window.not_published",
	ERROR,
	"The call is not open: it is not, or no longer, published.",
	"Look on the page of the calls for the state of this call, or choose another call in the tab Request.",
	CALL_TEXT,
)
NO_DATES = template(
	"window.no_dates",
	ERROR,
	"The call does not say when applications can be sent.",
	"Tell the office that runs the call: it has to fill in Opening and Closing.",
	CALL_TEXT,
)
TOO_EARLY = template(
	"window.too_early",
	ERROR,
	"The call opens on {opening}: no application can be sent before.",
	"Keep the application as a draft and send it after the opening.",
	CALL_TEXT,
)
TOO_LATE = template(
	"window.too_late",
	ERROR,
	"The call closed on {closing}: no application can be sent any more.",
	"The draft is kept. Ask the office that runs the call whether another call is planned.",
	CALL_TEXT,
)


def now() -> datetime:
	return datetime.now(ROME)


def check(context: RuleContext) -> Iterator[Finding]:
	if "workflow_state" in context.call and to_text(context.call["workflow_state"]) not in OPEN_STATES:
		yield NOT_PUBLISHED(field="call")
	opening, closing = to_moment(context.call.get("opening")), to_moment(context.call.get("closing"))
	if opening is None or closing is None:
		yield NO_DATES(field="call")
		return
	at = _instant(context.at)
	if at < to_instants(opening)[0]:
		yield TOO_EARLY(field="call", opening=to_rome(opening))
	elif is_over(closing, at):
		yield TOO_LATE(field="call", closing=to_rome(closing))


def is_over(closing: datetime, at: datetime) -> bool:
	"""Is `at` after the closing? In the hour that comes twice the later closing holds."""
	return _instant(at) > to_instants(closing)[-1]


def _instant(at: datetime) -> datetime:
	at = at if at.tzinfo else at.replace(tzinfo=ROME)
	return at.astimezone(timezone.utc)
