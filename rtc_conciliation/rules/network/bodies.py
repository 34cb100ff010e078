"""The bodies of the network: who sits in them, and who is at their meetings.

A seat is held from a day to a day, both included, by a person for an organisation or for the ATS itself. In one
body nobody sits twice at a time, and an organisation holds each office once at a time.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple

from rtc_conciliation.rules.finding import ERROR, Finding, RowRef, template
from rtc_conciliation.rules.report import Report
from rtc_conciliation.rules.values import (
	record,
	to_day,
	to_flag,
	to_instants,
	to_key,
	to_moment,
	to_rome,
	to_text,
)

SEATS = "seats"
ATTENDEES = "attendees"
REFERENCE = "The founding act of the body"

SEAT_NOBODY = template(
	"bodies.seat_nobody",
	ERROR,
	"The seat names no person.",
	"Write name and surname of who holds the seat.",
	REFERENCE,
)
SEAT_FOR_NONE = template(
	"bodies.seat_for_none",
	ERROR,
	"The seat of {person} names no organisation.",
	"Choose the organisation, or tick Seat of the ATS.",
	REFERENCE,
)
SEAT_FOR_BOTH = template(
	"bodies.seat_for_both",
	ERROR,
	"The seat of {person} is of the ATS and of an organisation.",
	"Take away the organisation, or the tick on Seat of the ATS.",
	REFERENCE,
)
SEAT_DATES = template(
	"bodies.seat_dates",
	ERROR,
	"The seat of {person} has no valid first day.",
	"Write the day from which the seat is held.",
	REFERENCE,
)
SEAT_REVERSED = template(
	"bodies.seat_reversed",
	ERROR,
	"The seat of {person} ends on {last}, before it begins on {first}.",
	"Correct From or To.",
	REFERENCE,
)
SEAT_TOO_EARLY = template(
	"bodies.seat_too_early",
	ERROR,
	"The seat of {person} begins on {first}, before the body was established on {established}.",
	"Correct From, or the day on which the body was established.",
	REFERENCE,
)
SEAT_AFTER_END = template(
	"bodies.seat_after_end",
	ERROR,
	"The seat of {person} begins on {first}, after the body was dissolved on {dissolved}.",
	"Correct From, or the day on which the body was dissolved.",
	REFERENCE,
)
SAME_PERSON = template(
	"bodies.same_person",
	ERROR,
	"{person} holds two seats at the same time, on {day} and after.",
	"Write To in the earlier seat, or take one of the two away.",
	REFERENCE,
)
SAME_OFFICE = template(
	"bodies.same_office",
	ERROR,
	"The same organisation holds the same office twice at the same time, on {day} and after.",
	"Write To in the earlier seat, or change the office of one of the two.",
	REFERENCE,
)
BODY_REVERSED = template(
	"bodies.reversed",
	ERROR,
	"The body was dissolved on {dissolved}, before it was established on {established}.",
	"Correct Established On or Dissolved On.",
	REFERENCE,
)
MEETING_DATES = template(
	"bodies.meeting_dates",
	ERROR,
	"The meeting has no valid start.",
	"Write day and hour of the start.",
	REFERENCE,
)
MEETING_REVERSED = template(
	"bodies.meeting_reversed",
	ERROR,
	"The meeting ends at {end}, which is not after its start at {start}.",
	"Correct Start or End.",
	REFERENCE,
)
MEETING_TOO_EARLY = template(
	"bodies.meeting_too_early",
	ERROR,
	"The meeting is on {day}, before the body was established on {established}.",
	"Correct the day of the meeting, or in the body the day on which it was established.",
	REFERENCE,
)
MEETING_AFTER_END = template(
	"bodies.meeting_after_end",
	ERROR,
	"The meeting is on {day}, after the body was dissolved on {dissolved}.",
	"Correct the day of the meeting, or in the body the day on which it was dissolved.",
	REFERENCE,
)
ATTENDEE_TWICE = template(
	"bodies.attendee_twice",
	ERROR,
	"{person} is among the attendees twice.",
	"Take one of the two rows away.",
	REFERENCE,
)


class Seat(NamedTuple):
	idx: int
	person: str
	organisation: str
	of_ats: bool
	office: str
	first: date | None
	last: date | None

	def held_on(self, on: date) -> bool:
		return bool(self.first and self.first <= on and (self.last is None or on <= self.last))


def get_seats(body: Mapping) -> list[Seat]:
	rows = body.get(SEATS)
	return [
		Seat(
			int(row.get("idx") or number),
			to_text(row.get("person")),
			to_text(row.get("organisation")),
			to_flag(row.get("of_ats")),
			to_text(row.get("office")),
			to_day(row.get("from_date")),
			to_day(row.get("to_date")),
		)
		for number, row in enumerate(rows if isinstance(rows, list) else [], 1)
		if isinstance(row, Mapping)
	]


def check_body(body: Mapping) -> Report:
	"""Everything that is wrong with the days and the seats of a body."""
	body = record(body)
	return Report.of([*_check_days(body), *_check_seats(body), *_check_overlaps(get_seats(body))])


def _check_days(body: Mapping) -> Iterator[Finding]:
	established, dissolved = to_day(body.get("established_on")), to_day(body.get("dissolved_on"))
	if established and dissolved and dissolved < established:
		yield BODY_REVERSED(field="dissolved_on", established=established, dissolved=dissolved)


def _check_seats(body: Mapping) -> Iterator[Finding]:
	established, dissolved = to_day(body.get("established_on")), to_day(body.get("dissolved_on"))
	for seat in get_seats(body):
		row = RowRef(SEATS, seat.idx)
		if not seat.person:
			yield SEAT_NOBODY(row, field="person")
		if seat.of_ats and seat.organisation:
			yield SEAT_FOR_BOTH(row, field="organisation", person=seat.person)
		elif not (seat.of_ats or seat.organisation):
			yield SEAT_FOR_NONE(row, field="organisation", person=seat.person)
		if seat.first is None:
			yield SEAT_DATES(row, field="from_date", person=seat.person)
			continue
		if seat.last and seat.last < seat.first:
			yield SEAT_REVERSED(row, field="to_date", person=seat.person, first=seat.first, last=seat.last)
		if established and seat.first < established:
			yield SEAT_TOO_EARLY(
				row, field="from_date", person=seat.person, first=seat.first, established=established
			)
		if dissolved and seat.first > dissolved:
			yield SEAT_AFTER_END(
				row, field="from_date", person=seat.person, first=seat.first, dissolved=dissolved
			)


def _check_overlaps(held: list[Seat]) -> Iterator[Finding]:
	for one, other in combinations(held, 2):
		on = _first_common_day(one, other)
		if on is None:
			continue
		rows = (RowRef(SEATS, one.idx), RowRef(SEATS, other.idx))
		if one.person and to_key(one.person) == to_key(other.person):
			yield SAME_PERSON(*rows, field="person", person=one.person, day=on)
		elif _holder(one) and _holder(one) == _holder(other) and to_key(one.office) == to_key(other.office):
			yield SAME_OFFICE(*rows, field="office", day=on)


def _holder(seat: Seat) -> tuple[bool, str] | None:
	return (seat.of_ats, seat.organisation) if seat.of_ats or seat.organisation else None


def _first_common_day(one: Seat, other: Seat) -> date | None:
	if one.first is None or other.first is None:
		return None
	first = max(one.first, other.first)
	return first if one.held_on(first) and other.held_on(first) else None


def check_meeting(meeting: dict, body: dict) -> Report:
	"""Everything that is wrong with the time and the attendees of a meeting of `body`."""
	return Report.of([*_check_time(record(meeting), record(body)), *_check_attendees(record(meeting))])


def _check_time(meeting: Mapping, body: Mapping) -> Iterator[Finding]:
	start, end = to_moment(meeting.get("starts_on")), to_moment(meeting.get("ends_on"))
	if start is None:
		yield MEETING_DATES(field="starts_on")
		return
	if end and to_instants(end)[-1] <= to_instants(start)[0]:
		yield MEETING_REVERSED(field="ends_on", start=start, end=end)
	on = to_rome(start).date()
	established, dissolved = to_day(body.get("established_on")), to_day(body.get("dissolved_on"))
	if established and on < established:
		yield MEETING_TOO_EARLY(field="starts_on", day=on, established=established)
	if dissolved and on > dissolved:
		yield MEETING_AFTER_END(field="starts_on", day=on, dissolved=dissolved)


def _check_attendees(meeting: Mapping) -> Iterator[Finding]:
	rows = meeting.get(ATTENDEES)
	seen: dict[tuple[str, str], int] = {}
	for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
		if not isinstance(row, Mapping) or not to_key(row.get("person")):
			continue
		number = int(row.get("idx") or number)
		who = to_key(row.get("person")), to_text(row.get("organisation"))
		if who in seen:
			rows_of = RowRef(ATTENDEES, seen[who]), RowRef(ATTENDEES, number)
			yield ATTENDEE_TWICE(*rows_of, field="person", person=to_text(row.get("person")))
		seen.setdefault(who, number)


def list_seats_at(body: dict, on: date) -> list[Seat]:
	"""The seats held on `on`, in the order of the rows."""
	return [seat for seat in get_seats(record(body)) if seat.held_on(on)]


def find_seat(person: str, organisation: str, held: list[Seat]) -> Seat | None:
	"""The seat that makes this person more than a guest; without an organisation the name alone tells."""
	for seat in held:
		if to_key(seat.person) == to_key(person) and organisation in ("", seat.organisation):
			return seat
	return None
