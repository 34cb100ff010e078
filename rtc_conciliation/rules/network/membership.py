"""The life of a membership: its steps in order, the periods that they make, and who belonged on a day.

A step has a first day, from which the new status holds. Of two steps the later one begins later: on each day
there is one status and no more.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rtc_conciliation.rules.finding import ERROR, Finding, template

ADMITTED, SUSPENDED, WITHDRAWN, ENDED = "Admitted", "Suspended", "Withdrawn", "Ended"
#: status → those that may follow it; a membership that is over begins again with a new adhesion
NEXT = {
	None: (ADMITTED,),
	ADMITTED: (SUSPENDED, WITHDRAWN, ENDED),
	SUSPENDED: (ADMITTED, WITHDRAWN, ENDED),
	WITHDRAWN: (),
	ENDED: (),
}
LEFT = (WITHDRAWN, ENDED)
#: states of an adhesion that leave room for another one of the same body
REJECTED, DISCARDED = "Rejected", "Discarded"
OVER = (REJECTED, DISCARDED, *LEFT)
ONE_DAY = timedelta(days=1)
REFERENCE = "The founding act of the network"

NOT_NEXT = template(
	"membership.not_next",
	ERROR,
	"A membership that is {before} cannot become {after}.",
	"Use the steps under Actions; for a membership that is over, register a new adhesion.",
	REFERENCE,
)
TOO_EARLY = template(
	"membership.too_early",
	ERROR,
	"The step would hold from {day}, but the one before it holds from {before}.",
	"Give a day after {before}: for the end of a membership, the last day counts as a day of membership.",
	REFERENCE,
)
NO_DAY = template(
	"membership.no_day",
	ERROR,
	"The step has no day.",
	"Write the day from which it holds.",
	REFERENCE,
)


class Step(NamedTuple):
	status: str
	start: date | None


class Period(NamedTuple):
	"""`status` from `start` to `end`, both included; without `end` it goes on."""

	status: str
	start: date
	end: date | None = None


def take_step(periods: Sequence[Period], step: Step) -> tuple[tuple[Period, ...], Finding | None]:
	"""The periods after `step`; as they were, and why, when it cannot be taken."""
	last = periods[-1] if periods else None
	before = last.status if last else None
	if step.start is None:
		return tuple(periods), NO_DAY()
	if step.status not in NEXT.get(before, ()):
		return tuple(periods), NOT_NEXT(before=before or "-", after=step.status)
	if last and step.start <= last.start:
		return tuple(periods), TOO_EARLY(day=step.start, before=last.start)
	closed = [last._replace(end=step.start - ONE_DAY)] if last else []
	return (*periods[:-1], *closed, Period(step.status, step.start)), None


def replay(steps: Iterable[Step]) -> tuple[tuple[Period, ...], tuple[Finding, ...]]:
	"""The periods that a history of steps makes; a step that cannot be taken is left out and told."""
	periods: tuple[Period, ...] = ()
	found = []
	for step in steps:
		periods, finding = take_step(periods, step)
		if finding:
			found.append(finding)
	return periods, tuple(found)


def status_on(periods: Iterable[Period], day: date) -> str | None:
	"""The status on `day`; None before the admission."""
	return next((p.status for p in periods if p.start <= day and (p.end is None or day <= p.end)), None)


def is_member(periods: Iterable[Period], day: date) -> bool:
	"""Is this a member on `day`? One that is suspended is not."""
	return status_on(periods, day) == ADMITTED
