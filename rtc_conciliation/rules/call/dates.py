"""The dates of a call: in order, and inside the programme."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.values import to_day, to_instants, to_moment, to_rome

WINDOW_MISSING = template(
	"window.call_dates",
	ERROR,
	"The call has no valid opening and closing.",
	"In the tab Call, fill in Opening and Closing with date and time.",
	CALL_TEXT,
)
WINDOW_REVERSED = template(
	"window.call_reversed",
	ERROR,
	"The call closes on {closing}, which is not after its opening on {opening}.",
	"In the tab Call, correct Opening or Closing.",
	CALL_TEXT,
)
WINDOW_OUTSIDE = template(
	"window.call_outside",
	ERROR,
	"The call opens on {opening}, outside the programme: from {first} to {last}.",
	"In the tab Call, correct Opening, or correct the dates of the programme.",
	GUIDELINES,
)
PERIOD_MISSING = template(
	"period.call_dates",
	ERROR,
	"The call has no valid first and last day of the projects.",
	"In the tab Call, fill in Projects Start and Projects End.",
	GUIDELINES,
)
PERIOD_REVERSED = template(
	"period.call_reversed",
	ERROR,
	"The projects of the call end on {end}, before they start on {start}.",
	"In the tab Call, correct Projects Start or Projects End.",
	GUIDELINES,
)
PERIOD_OUTSIDE = template(
	"period.call_outside",
	ERROR,
	"The projects of the call run from {start} to {end}, outside those of the programme: from {first} to {last}.",
	"In the tab Call, bring Projects Start and Projects End within the days of the programme.",
	GUIDELINES,
)
PROGRAMME_DATES = template(
	"window.programme_dates",
	ERROR,
	"The programme has no valid first and last day.",
	"Open the programme of this call and fill in Start of the Programme and End of the Programme.",
	GUIDELINES,
)
PROGRAMME_PROJECT_DATES = template(
	"period.programme_dates",
	ERROR,
	"The programme does not say between which days the projects take place.",
	"Open the programme of this call and fill in Projects Start and Projects End.",
	GUIDELINES,
)


def check(call: Mapping, programme: Mapping) -> Iterator[Finding]:
	opening = to_moment(call.get("opening"))
	yield from _check_window(opening, to_moment(call.get("closing")))
	yield from _check_period(call, programme)
	first, last = (to_day(programme.get(field)) for field in ("start_date", "end_date"))
	if first is None or last is None:
		yield PROGRAMME_DATES(field="programme")
	elif opening and not first <= to_rome(opening).date() <= last:
		yield WINDOW_OUTSIDE(field="opening", opening=to_rome(opening), first=first, last=last)


def _check_window(opening: datetime | None, closing: datetime | None) -> Iterator[Finding]:
	if opening is None or closing is None:
		yield WINDOW_MISSING(field="opening" if opening is None else "closing")
	elif to_instants(opening)[0] >= to_instants(closing)[-1]:
		yield WINDOW_REVERSED(field="closing", opening=to_rome(opening), closing=to_rome(closing))


def _check_period(call: Mapping, programme: Mapping) -> Iterator[Finding]:
	start, end = (to_day(call.get(field)) for field in ("project_start", "project_end"))
	first, last = (to_day(programme.get(field)) for field in ("project_start", "project_end"))
	if start is None or end is None:
		yield PERIOD_MISSING(field="project_start" if start is None else "project_end")
	elif start > end:
		yield PERIOD_REVERSED(field="project_end", start=start, end=end)
	elif first is None or last is None:
		yield PROGRAMME_PROJECT_DATES(field="programme")
	elif not (first <= start and end <= last):
		yield PERIOD_OUTSIDE(field="project_start", start=start, end=end, first=first, last=last)
