"""Seats and meetings of a body: what overlaps, what comes too early, who is a guest."""

from datetime import date

import pytest

from rtc_conciliation.rules import check_body, check_meeting
from rtc_conciliation.rules.network import bodies


def seat(person="Ada", organisation="ORG-1", **values):
	return {
		"person": person,
		"organisation": organisation,
		"office": "Member",
		"from_date": "2026-05-20",
		**values,
	}


def body(*seats, **values):
	return {
		"established_on": "2026-05-20",
		"seats": [{"idx": n, **row} for n, row in enumerate(seats, 1)],
		**values,
	}


def codes(report):
	return {finding.code: tuple(ref.idx for ref in finding.rows) for finding in report.findings}


@pytest.mark.parametrize(
	("seats", "expected"),
	[
		([seat(), seat("Ada", "ORG-2", office="President")], {"bodies.same_person": (1, 2)}),
		([seat("Ada  Prova"), seat("ada prova", "ORG-2")], {"bodies.same_person": (1, 2)}),
		([seat(), seat("Bice")], {"bodies.same_office": (1, 2)}),
		([seat(), seat("Bice", office="Alternate")], {}),
		([seat(to_date="2026-06-30"), seat(from_date="2026-07-01")], {}),
		([seat(to_date="2026-07-01"), seat(from_date="2026-07-01")], {"bodies.same_person": (1, 2)}),
		([seat(from_date="2026-07-01"), seat(to_date="2026-07-01")], {"bodies.same_person": (1, 2)}),
		([seat(to_date="2026-05-19")], {"bodies.seat_reversed": (1,)}),
		([seat(from_date="2026-05-19")], {"bodies.seat_too_early": (1,)}),
		([seat(from_date="2027-01-02")], {"bodies.seat_after_end": (1,)}),
		([seat(from_date=None)], {"bodies.seat_dates": (1,)}),
		([seat(from_date="20 maggio")], {"bodies.seat_dates": (1,)}),
		([seat(from_date="2027-01-01")], {}),
		([seat(to_date="2026-05-20")], {}),
		(
			[seat(from_date=None), seat(from_date="2026-05-19")],
			{"bodies.seat_dates": (1,), "bodies.seat_too_early": (2,)},
		),
		(
			[
				seat(to_date="2026-05-31"),
				seat(from_date="2026-06-01"),
				seat("Ada", "ORG-2", to_date="2026-05-31"),
			],
			{"bodies.same_person": (1, 3)},
		),
		([seat("Ada", ""), seat("Ada", "")], {"bodies.seat_for_none": (2,), "bodies.same_person": (1, 2)}),
		([seat("", "ORG-1"), seat("", "ORG-2")], {"bodies.seat_nobody": (2,)}),
		([seat("")], {"bodies.seat_nobody": (1,)}),
		([seat(organisation="")], {"bodies.seat_for_none": (1,)}),
		([seat(of_ats=1)], {"bodies.seat_for_both": (1,)}),
		([seat("Ada", "", of_ats=1), seat("Bice", "", of_ats="1")], {"bodies.same_office": (1, 2)}),
	],
)
def test_seats(seats, expected):
	assert codes(check_body(body(*seats, dissolved_on="2027-01-01"))) == expected


def test_a_body_cannot_end_before_it_begins():
	assert codes(check_body(body(dissolved_on="2026-05-19"))) == {"bodies.reversed": ()}
	assert codes(check_body(body(dissolved_on="2026-05-20"))) == {}
	assert codes(check_body(body(dissolved_on="2026-05-19", established_on=None))) == {}


@pytest.mark.parametrize(
	("values", "expected"),
	[
		({}, {}),
		({"starts_on": "2026-05-19 23:59:00"}, {"bodies.meeting_too_early": ()}),
		({"starts_on": "2027-01-02 09:00:00", "ends_on": None}, {"bodies.meeting_after_end": ()}),
		({"ends_on": "2026-06-10 15:00:00"}, {"bodies.meeting_reversed": ()}),
		({"starts_on": ""}, {"bodies.meeting_dates": ()}),
		({"starts_on": "2026-05-20 00:00:00"}, {}),
		({"starts_on": "2027-01-01 23:00:00", "ends_on": None}, {}),
		({"ends_on": "2026-06-10 15:00:01"}, {}),
		(
			{"starts_on": "2026-06-10T13:00:00Z", "ends_on": "2026-06-10T13:00:00Z"},
			{"bodies.meeting_reversed": ()},
		),
		# in the hour that comes twice the end may be the later of the two
		({"starts_on": "2026-10-25 02:30:00", "ends_on": "2026-10-25 02:15:00"}, {}),
		({"starts_on": "2026-10-25 02:30:00", "ends_on": "2026-10-25T00:45:00Z"}, {}),
		({"starts_on": "2026-10-25T00:45:00Z", "ends_on": "2026-10-25 02:30:00"}, {}),
		(
			{"attendees": [None, {"person": "Ada", "idx": 5}, {"person": "ada", "idx": 9}]},
			{"bodies.attendee_twice": (5, 9)},
		),
		({"attendees": [{"person": "Ada"}, {"person": " ADA "}]}, {"bodies.attendee_twice": (1, 2)}),
		({"attendees": [{"person": "Ada", "organisation": "A"}, {"person": "Ada", "organisation": "B"}]}, {}),
		({"attendees": "none"}, {}),
	],
)
def test_meetings(values, expected):
	meeting = {"starts_on": "2026-06-10 15:00:00", "ends_on": "2026-06-10 17:00:00", **values}
	if values.get("starts_on", "").startswith("2026-05-19"):
		meeting["ends_on"] = None
	assert codes(check_meeting(meeting, body(seat(), dissolved_on="2027-01-01"))) == expected


def test_rows_without_a_number_have_their_position():
	unnumbered = {"seats": [seat(from_date=None), seat("Bice"), seat("Carla")]}
	assert codes(check_body(unnumbered)) == {"bodies.seat_dates": (1,), "bodies.same_office": (2, 3)}


def test_the_day_on_which_two_seats_meet():
	(finding,) = check_body(body(seat(), seat("Ada", "ORG-2", from_date="2026-07-01"))).findings
	assert finding.args == {"person": "Ada", "day": date(2026, 7, 1)}


def test_an_attendee_three_times_is_told_twice():
	meeting = {"starts_on": "2026-06-10 15:00:00", "attendees": [{"person": "Ada"}] * 3}
	found = check_meeting(meeting, body()).findings
	assert [tuple(ref.idx for ref in finding.rows) for finding in found] == [(1, 2), (1, 3)]


def test_who_holds_a_seat_on_a_day():
	data = body(seat(to_date="2026-06-30"), seat("Bice", from_date="2026-07-01"))
	for on, person in ((date(2026, 6, 30), "Ada"), (date(2026, 7, 1), "Bice")):
		held = bodies.list_seats_at(data, on)
		assert [seat.person for seat in held] == [person]
		assert bodies.find_seat(person.upper(), "", held) and bodies.find_seat(person, "ORG-1", held)
		assert bodies.find_seat(person, "ORG-2", held) is None
	assert bodies.list_seats_at(data, date(2026, 5, 19)) == []


@pytest.mark.parametrize(
	"junk", [None, "", [], {"seats": 3}, {"seats": [None, 3, {}]}, {"seats": [{"idx": 2}]}]
)
def test_it_never_raises(junk):
	check_body(junk)
	check_meeting(junk, junk)
	assert bodies.list_seats_at(junk, date(2026, 1, 1)) == []


def test_seats_without_a_first_day_overlap_nothing():
	"""The missing day is told by itself; it must not hide behind an overlap."""
	found = codes(check_body(body(seat(from_date=None), seat("Ada", "ORG-2"))))
	assert "bodies.same_person" not in found


@pytest.mark.parametrize("row", [None, "Ada", {}, {"person": "  "}])
def test_an_attendee_without_a_name_is_nobody_twice(row):
	meeting = {"starts_on": "2026-06-01 10:00:00", "attendees": [row, row]}
	assert codes(check_meeting(meeting, body())) == {}
