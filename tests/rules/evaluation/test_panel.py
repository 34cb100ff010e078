"""Seats of a panel, and who reviews an application."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules import check_panel
from rtc_conciliation.rules.evaluation import panel as rules

ON = date(2026, 11, 20)


def seat(user, office="Member", **values):
	return {"user": user, "office": office, "from_date": "2026-11-01", **values}


def panel(*rows):
	return {"members": [{"idx": n, **row} for n, row in enumerate(rows, 1)]}


THREE = (seat("a", "Chair"), seat("b"), seat("c"))
ENDED = tuple({**row, "to_date": "2026-12-31"} for row in THREE)


def codes(*rows, appointed=True):
	return {finding.code for finding in check_panel(panel(*rows), appointed).findings}


@pytest.mark.parametrize(
	("rows", "expected"),
	[
		(THREE, set()),
		((*THREE, seat("d", "Substitute")), set()),
		((*THREE, seat("d"), seat("e")), set()),
		((), {"panel.few"}),
		((*THREE, seat("d")), {"panel.even"}),
		(THREE[:2], {"panel.few"}),
		((seat("a"), *THREE[1:]), {"panel.chair"}),
		((*THREE[:2], seat("c", "Chair")), {"panel.chair"}),
		((*THREE[:2], seat("c", to_date="2026-11-10")), {"panel.few"}),
		((*THREE[:2], seat("c", to_date="2026-11-10"), seat("d", "Substitute")), set()),
		((*THREE[:2], seat("c", to_date="2026-11-10"), seat("d", from_date="2026-11-11")), set()),
		((*THREE[:2], seat("c", to_date="2026-11-10"), seat("d", from_date="2026-11-10")), {"panel.even"}),
		((seat("a", "Chair", to_date="2026-11-10"), *THREE[1:], seat("d", "Substitute")), {"panel.chair"}),
		(ENDED, set()),
		((*THREE, seat("")), {"panel.nobody"}),
		((*THREE, seat("d", from_date="x")), {"panel.dates"}),
		((*THREE, seat("d", to_date="2026-10-01")), {"panel.reversed"}),
		((*THREE, seat("A", "Substitute")), {"panel.twice"}),
		((*THREE, seat("d", "Substitute", from_date=None)), {"panel.dates"}),
		# two more come later: the substitute does not step in, since no place is free
		((*THREE, *(seat(user, from_date="2026-11-10") for user in "de"), seat("s", "Substitute")), set()),
		# the term of all is over, and then one sits alone
		((*ENDED, seat("d", "Chair", from_date="2027-02-01")), {"panel.few"}),
	],
)
def test_seats(rows, expected):
	assert codes(*rows) == expected


def test_a_draft_need_not_be_complete_and_nonsense_is_no_panel():
	assert codes(*THREE[:1], appointed=False) == set()
	assert rules.get_seats({"members": "x"}) == [] and rules.get_seats({"members": [1]}) == []
	assert rules.get_places([]) == 0


@pytest.mark.parametrize(
	("first", "second", "expected"),
	[
		({"to_date": "2026-11-10"}, {"from_date": "2026-11-10"}, {"panel.twice"}),
		({"to_date": "2026-11-10"}, {"from_date": "2026-11-11"}, set()),
		({"from_date": "2026-11-10"}, {"to_date": "2026-11-10"}, {"panel.twice"}),
		({"from_date": "2026-11-11"}, {"to_date": "2026-11-10"}, set()),
		({"to_date": "2026-11-01"}, {"from_date": "2026-11-02"}, set()),
		({"from_date": None}, {}, {"panel.dates"}),
		({}, {"from_date": None}, {"panel.dates"}),
	],
)
def test_two_seats_of_one_person(first, second, expected):
	assert codes(seat("a", **first), seat("a", "Chair", **second), appointed=False) == expected


def test_what_is_said_of_the_seats():
	without_numbers = {"members": [dict(row) for row in (*THREE, seat("A"), seat(""))]}
	found = {finding.code: finding.rows for finding in check_panel(without_numbers).findings}
	assert found == {
		"panel.twice": (("members", 1), ("members", 4)),
		"panel.nobody": (("members", 5),),
	}
	(reversed_,) = check_panel(panel(seat("a", person="Ada Prova", to_date="2026-10-31")), False).findings
	assert reversed_.args == {"person": "Ada Prova", "first": date(2026, 11, 1), "last": date(2026, 10, 31)}
	assert codes(seat("a", to_date="2026-11-01"), appointed=False) == set()
	(few,) = check_panel(panel(*THREE[:2], seat("c", to_date="2026-11-10"))).findings
	assert few.args == {"day": date(2026, 11, 11), "count": 2, "least": 3}
	(even,) = check_panel(panel(*THREE, seat("d", from_date="2026-11-05"))).findings
	assert even.args == {"day": date(2026, 11, 5), "count": 4}
	(chairs,) = check_panel(panel(*THREE[:2], seat("c", "Chair"))).findings
	assert chairs.args == {"day": date(2026, 11, 1), "count": 2}
	(nobody,) = check_panel(panel()).findings
	assert nobody.args == {"day": "–", "count": 0, "least": 3}


FIVE = (*THREE, seat("s", "Substitute"), seat("t", "Substitute"))


def duty(shut=(), submitted=None, rows=FIVE):
	return rules.get_duty(rules.get_seats(panel(*rows)), ON, set(shut), submitted or {})


def test_the_members_review_and_substitutes_only_where_a_place_is_left():
	assert duty() == ((), ("a", "b", "c"), 0)
	assert duty({"b"}) == ((), ("a", "c", "s"), 0)
	assert duty({"b", "s"}) == ((), ("a", "c", "t"), 0)
	assert duty({"a", "b", "s"}) == ((), ("c", "t"), 1)
	assert duty(submitted={"a": ON}) == (("a",), ("b", "c"), 0)
	later = (*THREE, *(seat(user, from_date="2026-11-10") for user in "de"), seat("s", "Substitute"))
	assert duty(rows=later) == ((), ("a", "b", "c", "d", "e"), 0)
	before = (*THREE, seat("s", "Substitute", from_date="2026-10-01"))
	assert duty({"b"}, rows=before) == ((), ("a", "c", "s"), 0)
	assert duty(submitted={"a": ON}).reviewers == ("a", "b", "c")


def test_what_counts():
	left = (*THREE[:2], seat("c", to_date="2026-11-10"), seat("s", "Substitute"))
	early, late = date(2026, 11, 10), date(2026, 11, 11)
	assert duty(submitted={"c": early}, rows=left) == (
		("c",),
		("a", "b"),
		0,
	)  # submitted while they sat: it counts
	assert duty(submitted={"c": late}, rows=left) == (
		(),
		("a", "b", "s"),
		0,
	)  # after they had left: it does not
	assert duty(rows=left) == ((), ("a", "b", "s"), 0)
	assert duty({"a"}, {"a": ON}) == ((), ("b", "c", "s"), 0)  # a conflict undoes what was submitted
	assert duty({"a"}, {"s": ON}) == (("s",), ("b", "c"), 0)
	assert duty(submitted={"x": ON}) == ((), ("a", "b", "c"), 0)  # who never sat


users = st.sets(st.sampled_from("abcst"))


@given(users, users)
def test_nobody_in_conflict_reviews_and_nobody_twice(shut, submitted):
	found = duty(shut, dict.fromkeys(submitted, ON))
	assert not set(found.reviewers) & shut and len(set(found.reviewers)) == len(found.reviewers)
	assert len(found.reviewers) + found.short >= 3


def test_the_consensus_is_the_chairs_or_the_next_ones():
	held = rules.get_seats(panel(seat("s", "Substitute"), *THREE))
	assert rules.get_writer(held, ON, {"a", "b", "s"}) == "a"
	assert rules.get_writer(held, ON, {"c", "b", "s"}) == "b"
	assert rules.get_writer(held, ON, {"s"}) == "s"
	assert rules.get_writer(held, ON, set()) is None
