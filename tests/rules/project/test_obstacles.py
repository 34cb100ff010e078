"""What stands between a project and its money, one list, with dates and limits to the day and the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from rtc_conciliation.rules.project import obstacles, payments
from rtc_conciliation.rules.project.obstacles import (
	ANTI_MAFIA,
	DEGGENDORF,
	DURC,
	GUARANTEE,
	IRREGULAR,
	REGULAR,
	TAX_DEBTS,
	Check,
	Facts,
	Settings,
)

TODAY = date(2027, 3, 15)
GOOD = Check(DURC, date(2027, 1, 10), REGULAR, date(2027, 5, 10))
FACTS = Facts(TODAY, D("5000.00"), D("49155.68"), checks=(GOOD,))


def codes_of(facts, step=payments.PAID):
	return [
		obstacle.finding.code.removeprefix("payment.") for obstacle in obstacles.list_obstacles(facts, step)
	]


def test_nothing_stands_in_the_way():
	assert codes_of(FACTS) == []


@pytest.mark.parametrize(
	("change", "code", "by"),
	[
		({"running": False, "state": "Suspended"}, "not_running", ("Officer", "Manager")),
		({"published": False}, "not_published", ("Manager",)),
		({"coded": False}, "no_code", ("Officer",)),
		({"accepted": False}, "not_accepted", ("Lead",)),
		({"signed": False}, "not_signed", ("Lead", "Manager")),
		({"account_approved": False}, "no_account", ("Lead", "Officer")),
		({"spent_enough": False}, "not_spent", ("Lead", "Officer")),
		({"report_due": date(2027, 3, 14)}, "report_late", ("Lead",)),
	],
)
def test_each_thing_of_the_project(change, code, by):
	(obstacle,) = obstacles.list_obstacles(replace(FACTS, **change))
	assert obstacle.finding.code == f"payment.{code}" and obstacle.by == by
	assert codes_of(replace(FACTS, **change), payments.REQUESTED) == [code]


def test_a_report_is_late_the_day_after():
	assert codes_of(replace(FACTS, report_due=TODAY)) == []
	(late,) = obstacles.list_obstacles(replace(FACTS, report_due=date(2027, 3, 14)))
	assert late.since == date(2027, 3, 14)


def test_publication_comes_first():
	bad = replace(FACTS, published=False, coded=False, accepted=False, checks=())
	assert codes_of(bad) == ["not_published", "no_code", "not_accepted", "no_durc"]


@pytest.mark.parametrize(
	("check", "counts"),
	[
		(GOOD, True),
		(replace(GOOD, valid_until=TODAY), True),
		(replace(GOOD, valid_until=date(2027, 3, 14)), False),
		(replace(GOOD, valid_until=None), True),
		(replace(GOOD, asked_on=TODAY), True),
		(replace(GOOD, asked_on=date(2027, 3, 16)), False),
		(replace(GOOD, asked_on=None), False),
		(replace(GOOD, outcome=""), False),
		(Check(DURC, not_applicable="No employees", said_by="officer@ats.test"), True),
		(Check(DURC, not_applicable="No employees"), False),
	],
)
def test_what_counts_as_a_check(check, counts):
	assert check.counts_on(TODAY) is counts
	assert codes_of(replace(FACTS, checks=(check,))) == ([] if counts else ["no_durc"])


def test_an_expired_check_says_since_when():
	(obstacle,) = obstacles.list_obstacles(
		replace(FACTS, checks=(replace(GOOD, valid_until=date(2027, 3, 14)),))
	)
	assert obstacle.since == date(2027, 3, 14) and obstacle.by == ("Officer",)


def test_without_any_check_nobody_knows_since_when():
	(obstacle,) = obstacles.list_obstacles(replace(FACTS, checks=()))
	assert obstacle.since is None


def test_of_two_checks_the_newer_speaks():
	bad = Check(DURC, date(2027, 2, 1), IRREGULAR, date(2027, 6, 1))
	assert codes_of(replace(FACTS, checks=(bad, GOOD))) == ["debt_not_paid"]
	assert codes_of(replace(FACTS, checks=(GOOD, replace(bad, asked_on=date(2027, 1, 9))))) == []


def test_a_debt_is_paid_out_of_the_sum():
	bad = replace(FACTS, checks=(replace(GOOD, outcome=IRREGULAR),))
	assert codes_of(bad) == ["debt_not_paid"]
	assert codes_of(replace(bad, paid_out=frozenset({DURC}))) == []


@pytest.mark.parametrize(
	("change", "needed"),
	[
		({}, [DURC]),
		({"gross": D("5000.01")}, [DURC, TAX_DEBTS]),
		({"gross": D("5000.01"), "public_body": True}, [DURC]),
		({"gross": D("5000.01"), "settings": Settings(tax_debts=False)}, [DURC]),
		({"grant": D("150000.00")}, [DURC]),
		({"grant": D("150000.01")}, [DURC, ANTI_MAFIA]),
		({"grant": D("150000.01"), "public_body": True}, [DURC]),
		({"settings": Settings(state_aid=True), "public_body": True}, [DURC, DEGGENDORF]),
		({"settings": Settings(guarantee=True)}, [DURC]),
		({"settings": Settings(guarantee=True), "advance": True}, [DURC, GUARANTEE]),
		({"settings": Settings(guarantee=True), "advance": True, "public_body": True}, [DURC]),
	],
)
def test_which_checks_a_payment_wants(change, needed):
	assert obstacles.list_needed_checks(replace(FACTS, **change)) == needed


@pytest.mark.parametrize(
	("kind", "code", "by"),
	[
		(DURC, "no_durc", "Officer"),
		(TAX_DEBTS, "no_tax_check", "Officer"),
		(ANTI_MAFIA, "no_anti_mafia", "Officer"),
		(DEGGENDORF, "no_deggendorf", "Officer"),
		(GUARANTEE, "no_guarantee", "Lead"),
	],
)
def test_each_missing_check(kind, code, by):
	everything = Settings(state_aid=True, guarantee=True)
	facts = Facts(TODAY, D("160000"), D("160000"), advance=True, settings=everything)
	present = [replace(GOOD, kind=other) for other in obstacles.MISSING if other != kind]
	(obstacle,) = obstacles.list_obstacles(replace(facts, checks=tuple(present)))
	assert obstacle.finding.code == f"payment.{code}" and obstacle.by == (by,)


def test_an_irregular_check_that_nothing_mends():
	checks = (GOOD, Check(ANTI_MAFIA, date(2027, 3, 1), IRREGULAR))
	(obstacle,) = obstacles.list_obstacles(replace(FACTS, grant=D("150000.01"), checks=checks))
	assert obstacle.finding.code == "payment.check_failed" and obstacle.since == date(2027, 3, 1)


def test_what_does_not_apply_is_never_irregular():
	waived = Check(DURC, TODAY, IRREGULAR, not_applicable="No employees", said_by="officer@ats.test")
	assert codes_of(replace(FACTS, checks=(waived,))) == []
