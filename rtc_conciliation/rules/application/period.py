"""The project and each of its actions lie inside the days that the call gives, first and last included.

Source: press release of 6 May 2026: two years, 1 November 2026 to 1 November 2028.
"""

from collections.abc import Iterator
from datetime import date

from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.finding import ERROR, GUIDELINES, Finding, template
from rtc_conciliation.rules.values import quote_value, to_amount, to_day, to_text, to_whole

NO_WINDOW = template(
	"period.no_window",
	ERROR,
	"The call does not say between which days the projects take place.",
	"Tell the office that runs the call: it has to fill in Projects Start and Projects End.",
	GUIDELINES,
)
NO_START = template(
	"period.no_start",
	ERROR,
	"The first day of the project is missing or is not a date.",
	"Fill in Project Start.",
	GUIDELINES,
)
NO_END = template(
	"period.no_end",
	ERROR,
	"The last day of the project is missing or is not a date.",
	"Fill in Project End.",
	GUIDELINES,
)
REVERSED = template(
	"period.reversed",
	ERROR,
	"The project ends on {end}, before it starts on {start}.",
	"Correct Project Start or Project End.",
	GUIDELINES,
)
OUTSIDE = template(
	"period.outside",
	ERROR,
	"The project runs from {start} to {end}, outside the days of the call: from {first} to {last}.",
	"Choose Project Start and Project End within the days of the call, which are both included.",
	GUIDELINES,
)
ACTION_NO_DATES = template(
	"period.action_no_dates",
	ERROR,
	"The action “{action}” lacks the first or the last day, or one of them is not a date.",
	"Fill in Start and End.",
	GUIDELINES,
)
ACTION_REVERSED = template(
	"period.action_reversed",
	ERROR,
	"The action “{action}” ends on {end}, before it starts on {start}.",
	"Correct Start or End.",
	GUIDELINES,
)
ACTION_OUTSIDE = template(
	"period.action_outside",
	ERROR,
	"The action “{action}” runs from {start} to {end}, outside the project: from {first} to {last}.",
	"Bring Start and End within the days of the project.",
	GUIDELINES,
)
COST_YEAR = template(
	"period.cost_year",
	ERROR,
	"The year “{year}” of the cost “{description}” is not one of the years of the project, {first} to {last}.",
	"Correct the Year, or leave it empty.",
	GUIDELINES,
)


def check(context: RuleContext) -> Iterator[Finding]:
	start, end = (to_day(context.application.get(field)) for field in ("start_date", "end_date"))
	if start is None:
		yield NO_START(field="start_date")
	if end is None:
		yield NO_END(field="end_date")
	if start and end and start > end:
		yield REVERSED(field="end_date", start=start, end=end)
		start = end = None  # what lies inside such a project cannot be said
	yield from _check_window(context, start, end)
	yield from _check_actions(context, start, end)
	if start and end:
		yield from _check_years(context, start.year, end.year)


def _check_window(context: RuleContext, start: date | None, end: date | None) -> Iterator[Finding]:
	first, last = (to_day(context.call.get(field)) for field in ("project_start", "project_end"))
	if first is None or last is None:
		yield NO_WINDOW(field="start_date")
	elif start and end and not (first <= start and end <= last):
		yield OUTSIDE(field="start_date", start=start, end=end, first=first, last=last)


def _check_actions(context: RuleContext, first: date | None, last: date | None) -> Iterator[Finding]:
	for row in context.rows("actions"):
		action = to_text(row.get("title"))
		start, end = (to_day(row.get(field)) for field in ("start_date", "end_date"))
		if start is None or end is None:
			yield ACTION_NO_DATES(row.ref, field="start_date", action=action)
		elif start > end:
			yield ACTION_REVERSED(row.ref, field="end_date", action=action, start=start, end=end)
		elif first and last and not (first <= start and end <= last):
			yield ACTION_OUTSIDE(
				row.ref, field="start_date", action=action, start=start, end=end, first=first, last=last
			)


def _check_years(context: RuleContext, first: int, last: int) -> Iterator[Finding]:
	for row in context.rows("costs"):
		year = row.get("year")
		if to_amount(year) == 0:  # not given
			continue
		whole = to_whole(year)
		if whole is None or not first <= whole <= last:
			details = {"year": quote_value(year), "description": to_text(row.get("description"))}
			# Years are written without a thousands separator, so they travel as text.
			yield COST_YEAR(row.ref, field="year", first=str(first), last=str(last), **details)
