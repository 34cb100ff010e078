"""Seats of a panel, who reviews an application, and which ties the records tell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules import check_panel, conflicts
from rtc_conciliation.rules import panel as rules

ON = date(2026, 11, 20)


def seat(user, office="Member", **values):
	return {"user": user, "office": office, "from_date": "2026-11-01", **values}


def panel(*rows):
	return {"members": [{"idx": n, **row} for n, row in enumerate(rows, 1)]}


THREE = (seat("a", "Chair"), seat("b"), seat("c"))


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
		(tuple({**row, "to_date": "2026-12-31"} for row in THREE), set()),
		((*THREE, seat("")), {"panel.nobody"}),
		((*THREE, seat("d", from_date="x")), {"panel.dates"}),
		((*THREE, seat("d", to_date="2026-10-01")), {"panel.reversed"}),
		((*THREE, seat("A", "Substitute")), {"panel.twice"}),
		((*THREE, seat("d", "Substitute", from_date=None)), {"panel.dates"}),
	],
)
def test_seats(rows, expected):
	assert codes(*rows) == expected


def test_a_draft_need_not_be_complete_and_nonsense_is_no_panel():
	assert codes(*THREE[:1], appointed=False) == set()
	assert rules.seats({"members": "x"}) == [] and rules.seats({"members": [1]}) == []
	assert rules.places([]) == 0


FIVE = (*THREE, seat("s", "Substitute"), seat("t", "Substitute"))


def duty(shut=(), submitted=None, rows=FIVE):
	return rules.duty(rules.seats(panel(*rows)), ON, set(shut), submitted or {})


def test_the_members_review_and_substitutes_only_where_a_place_is_left():
	assert duty() == ((), ("a", "b", "c"), 0)
	assert duty({"b"}) == ((), ("a", "c", "s"), 0)
	assert duty({"b", "s"}) == ((), ("a", "c", "t"), 0)
	assert duty({"a", "b", "s"}) == ((), ("c", "t"), 1)
	assert duty(submitted={"a": ON}) == (("a",), ("b", "c"), 0)
	assert duty(submitted={"a": ON}).reviewers == ("a", "b", "c")


def test_what_counts():
	left = (*THREE[:2], seat("c", to_date="2026-11-10"), seat("s", "Substitute"))
	early, late = date(2026, 11, 10), date(2026, 11, 11)
	assert duty(submitted={"c": early}, rows=left) == (
		("c",),
		("a", "b"),
		0,
	)  # submitted while he sat: it counts
	assert duty(submitted={"c": late}, rows=left) == (
		(),
		("a", "b", "s"),
		0,
	)  # after he had left: it does not
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
	held = rules.seats(panel(seat("s", "Substitute"), *THREE))
	assert rules.writer(held, ON, {"a", "b", "s"}) == "a"
	assert rules.writer(held, ON, {"c", "b", "s"}) == "b"
	assert rules.writer(held, ON, {"s"}) == "s"
	assert rules.writer(held, ON, set()) is None


PERSON = {
	"user": "ada@coop.example.org",
	"email": "ada@coop.example.org",
	"organisation": "ORG-1",
	"tax_code": "1",
}
CASE = {
	"applicant": "x@y.it",
	"colleagues": [],
	"bodies": [{"name": "Coop", "organisation": None}],
	"addresses": [],
}


@pytest.mark.parametrize(
	("case", "expected"),
	[
		({}, []),
		({"applicant": "ADA@coop.example.org"}, [("applicant", "")]),
		({"colleagues": ["Ada@coop.example.org"]}, [("colleague", "")]),
		({"bodies": [{"name": "Coop", "organisation": "ORG-1"}]}, [("organisation", "Coop")]),
		({"bodies": [{"organisation": None, "tax_code": "1"}]}, [("organisation", "")]),
		({"addresses": ["info@coop.example.org", "b@coop.example.org"]}, [("domain", "coop.example.org")]),
		({"addresses": ["coop@pec.coop.example.org"]}, [("domain", "coop.example.org")]),
		({"addresses": ["ada@coop.example.org"]}, [("address", "ada@coop.example.org")]),
		({"addresses": ["info@other.example.org", "", "@", "x@nodot"]}, []),
	],
)
def test_links(case, expected):
	assert conflicts.links(PERSON, {**CASE, **case}, set()) == expected


def test_an_address_that_anybody_may_have_ties_nobody():
	person = {"user": "ada@gmail.com", "email": None}
	case = {**CASE, "addresses": ["coop@gmail.com", "coop@pec.it"], "colleagues": None}
	assert conflicts.links(person, case, conflicts.providers("Gmail.com\n\n@pec.it")) == []
	assert conflicts.links(person, case, conflicts.providers(None)) == [("domain", "gmail.com")]
	assert conflicts.domain("x@pec.it") == "pec.it"
