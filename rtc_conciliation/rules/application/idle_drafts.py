"""Drafts that nobody writes any more: when their people are reminded, and when what cannot be sent any more is removed.

What is kept of people is kept as long as it serves (Regulation (EU) 2016/679, art. 5 par. 1 lett. e): a draft of a call
that is over serves nobody, once its people had time to copy what they want.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

REMIND, WARN, REMOVE = "remind", "warn", "remove"
#: between the announcement of a removal and the removal
NOTICE = timedelta(days=14)
#: so near to the closing nobody is reminded: the call itself says so
TOO_LATE = timedelta(days=1)


class Draft(NamedTuple):
	"""`told`: when its people were last reminded or warned."""

	changed: datetime
	told: datetime | None


class Terms(NamedTuple):
	"""Of the call; days of 0: never."""

	opening: datetime
	closing: datetime
	reminder_days: int
	removal_days: int


def is_due(draft: Draft, terms: Terms, now: datetime) -> str:
	"""REMIND, WARN or REMOVE, "" when nothing is to be done with the draft at `now`; all in one zone."""
	if now < terms.closing:
		return REMIND if is_idle(draft, terms, now) else ""
	if not terms.removal_days:
		return ""
	if not draft.told or draft.told < max(terms.closing, draft.changed):
		return WARN if now >= get_planned_day(draft, terms) - NOTICE else ""
	return REMOVE if now >= get_removal_day(draft, terms, draft.told) else ""


def is_idle(draft: Draft, terms: Terms, now: datetime) -> bool:
	if not terms.reminder_days or now < terms.opening or terms.closing - now < TOO_LATE:
		return False
	if draft.told and draft.told >= draft.changed:
		return False
	return now - draft.changed >= timedelta(days=terms.reminder_days)


def get_planned_day(draft: Draft, terms: Terms) -> datetime:
	return max(terms.closing, draft.changed) + timedelta(days=terms.removal_days)


def get_removal_day(draft: Draft, terms: Terms, told: datetime) -> datetime:
	"""When a draft goes whose people are `told` now: never sooner than NOTICE afterwards."""
	return max(get_planned_day(draft, terms), told + NOTICE)
