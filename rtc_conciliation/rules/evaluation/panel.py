"""The panel that evaluates the applications of a call: who sits when, who reviews what, and what counts.

A seat is held from a day to a day, both included. Chair and members are an odd number, at least three, at any time.
A substitute does not count until a member has left or may not review an application: then the first substitute in
the order of the rows steps in. Source: the call and the act of appointment (L. 241/1990 artt. 1 and 6-bis).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from rtc_conciliation.rules.finding import ERROR, Finding, RowRef, template
from rtc_conciliation.rules.report import Report
from rtc_conciliation.rules.values import record, to_day, to_key, to_text

MEMBERS = "members"
CHAIR, MEMBER, SUBSTITUTE = OFFICES = ("Chair", "Member", "Substitute")
FEWEST = 3
ONE_DAY = timedelta(days=1)
REFERENCE = "The act of appointment and the call"
CONFLICT_LAW = "L. 241/1990 art. 6-bis; D.P.R. 62/2013 art. 7"

NO_USER = template(
	"panel.nobody",
	ERROR,
	"The seat names no user.",
	"Choose the user of the person who sits; an administrator makes one with the role RTC Evaluator.",
	REFERENCE,
)
NO_DATES = template(
	"panel.dates",
	ERROR,
	"The seat of {person} has no valid first day.",
	"Write the day from which the seat is held.",
	REFERENCE,
)
REVERSED = template(
	"panel.reversed",
	ERROR,
	"The seat of {person} ends on {last}, before it begins on {first}.",
	"Correct From or To.",
	REFERENCE,
)
TWICE = template(
	"panel.twice",
	ERROR,
	"{person} holds two seats at the same time.",
	"Write To in the earlier seat, or take one of the two away.",
	REFERENCE,
)
NO_CHAIR = template(
	"panel.chair",
	ERROR,
	"On {day} the panel has {count} chairs: it has to have exactly one at any time.",
	"Correct Office Held, From or To in the rows of Panel Members.",
	REFERENCE,
)
TOO_FEW = template(
	"panel.few",
	ERROR,
	"On {day} the panel has {count} members, with the substitutes who step in: they have to be at least {least}.",
	"Add a member or a substitute from that day on.",
	REFERENCE,
)
EVEN = template(
	"panel.even",
	ERROR,
	"On {day} the panel has {count} members, with the substitutes who step in: they have to be an odd number.",
	"Add a member or a substitute from that day on, or take one away.",
	REFERENCE,
)
INVOLVED = template(
	"panel.involved",
	ERROR,
	"{person} cannot sit: {why}.",
	"Appoint another person.",
	CONFLICT_LAW,
)


class Seat(NamedTuple):
	idx: int
	user: str
	person: str
	office: str
	first: date | None
	last: date | None

	def held_on(self, on: date) -> bool:
		return bool(self.first and self.first <= on and (self.last is None or on <= self.last))

	def overlaps(self, other: "Seat") -> bool:
		"""Is there a day on which both are held?"""
		begins_in = bool(self.first and other.held_on(self.first))
		return begins_in or bool(other.first and self.held_on(other.first))


class Duty(NamedTuple):
	"""Of one application: whose reviews count, whose are waited for, and how many nobody is there to make."""

	counted: tuple[str, ...]
	waited: tuple[str, ...]
	short: int

	@property
	def reviewers(self) -> tuple[str, ...]:
		return (*self.counted, *self.waited)


def get_seats(panel) -> list[Seat]:
	rows = record(panel).get(MEMBERS)
	return [
		Seat(
			int(row.get("idx") or position),
			to_text(row.get("user")),
			to_text(row.get("person")) or to_text(row.get("user")),
			to_text(row.get("office")),
			to_day(row.get("from_date")),
			to_day(row.get("to_date")),
		)
		for position, row in enumerate(rows if isinstance(rows, (list, tuple)) else [], 1)
		if isinstance(row, Mapping)
	]


def check_panel(panel: dict, appointed: bool = True) -> Report:
	"""Everything that is wrong with the seats; what they have to be together only for a panel that is `appointed`."""
	held = get_seats(panel)
	found = [*_check_rows(held), *_check_twice(held)]
	if appointed and not found:
		found += _check_numbers(held)
	return Report.of(found)


def _check_rows(held: list[Seat]) -> Iterator[Finding]:
	for seat in held:
		ref = RowRef(MEMBERS, seat.idx)
		if not seat.user:
			yield NO_USER(ref, field="user")
		if seat.first is None:
			yield NO_DATES(ref, field="from_date", person=seat.person)
		elif seat.last and seat.last < seat.first:
			yield REVERSED(ref, field="to_date", person=seat.person, first=seat.first, last=seat.last)


def _check_twice(held: list[Seat]) -> Iterator[Finding]:
	for one, other in combinations([seat for seat in held if seat.user], 2):
		if to_key(one.user) == to_key(other.user) and one.overlaps(other):
			rows = RowRef(MEMBERS, one.idx), RowRef(MEMBERS, other.idx)
			yield TWICE(*rows, field="user", person=one.person)


def _check_numbers(held: list[Seat]) -> Iterator[Finding]:
	if not held:
		return (yield TOO_FEW(field=MEMBERS, day="–", count=0, least=FEWEST))
	size = get_places(held)
	for on in _changes(held):
		full = list_full_members(held, on)
		chairs = sum(seat.office == CHAIR for seat in full)
		free = len(list_substitutes(held, on))
		count = len(full) + min(free, max(size - len(full), 0))
		if not count:
			continue  # everybody's term is over: the panel has ended
		if chairs != 1:
			yield NO_CHAIR(field=MEMBERS, day=on, count=chairs)
		if count < FEWEST:
			yield TOO_FEW(field=MEMBERS, day=on, count=count, least=FEWEST)
		elif count % 2 == 0:
			yield EVEN(field=MEMBERS, day=on, count=count)


def _changes(held: Iterable[Seat]) -> list[date]:
	"""The days on which somebody comes, or is there no more."""
	return sorted({day for seat in held for day in (seat.first, seat.last and seat.last + ONE_DAY) if day})


def list_full_members(held: Iterable[Seat], on: date) -> list[Seat]:
	return [seat for seat in held if seat.office != SUBSTITUTE and seat.held_on(on)]


def list_substitutes(held: Iterable[Seat], on: date) -> list[Seat]:
	return [seat for seat in held if seat.office == SUBSTITUTE and seat.held_on(on)]


def get_places(held: Iterable[Seat]) -> int:
	"""How many review each application: as many as the panel was appointed with."""
	held = list(held)
	days = [seat.first for seat in held if seat.first and seat.office != SUBSTITUTE]
	return len(list_full_members(held, min(days))) if days else 0


def get_duty(
	held: Iterable[Seat], on: date, shut_out: Collection[str], submitted: Mapping[str, date]
) -> Duty:
	"""Who reviews an application, on the day `on`.

	`shut_out`: those who have a conflict with it. `submitted`: user → day on which their review was submitted.
	A submitted review counts when its author has no conflict and sat on the panel that day, also if they have left
	since. The members in office are waited for; for each place that is left a substitute is.
	"""
	held = list(held)
	counted = tuple(
		user
		for user, on_day in submitted.items()
		if user not in shut_out and any(seat.user == user and seat.held_on(on_day) for seat in held)
	)
	waited = [
		seat.user
		for seat in list_full_members(held, on)
		if seat.user not in shut_out and seat.user not in counted
	]
	left = max(get_places(held) - len(counted) - len(waited), 0)
	free = [
		seat.user
		for seat in list_substitutes(held, on)
		if seat.user not in shut_out and seat.user not in counted
	]
	return Duty(counted, (*waited, *free[:left]), left - len(free[:left]))


def get_writer(held: Iterable[Seat], on: date, reviewers: Collection[str]) -> str | None:
	"""Who writes the consensus review: the chair, or without one for this application its first reviewer by row."""
	sitting = [seat for seat in held if seat.held_on(on) and seat.user in reviewers]
	first = sorted(sitting, key=lambda seat: (OFFICES.index(seat.office), seat.idx))
	return first[0].user if first else None
