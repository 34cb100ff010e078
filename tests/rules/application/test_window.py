from datetime import datetime, timedelta, timezone

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import only

UTC = timezone.utc


def said(at, **call):
	return only("window", None, make.call(**call), at)


@pytest.mark.parametrize(
	"at, expected",
	[
		(datetime(2026, 7, 1, 8, 59, 59, 999999), ["window.too_early"]),
		(datetime(2026, 7, 1, 9), []),
		(datetime(2026, 9, 30, 12), []),
		(datetime(2026, 9, 30, 12, 0, 0, 1), ["window.too_late"]),
		(datetime(2026, 9, 30, 10, tzinfo=UTC), []),
		(datetime(2026, 9, 30, 10, 0, 1, tzinfo=UTC), ["window.too_late"]),
		(datetime(2026, 9, 30, 5, tzinfo=timezone(timedelta(hours=-5))), []),
	],
)
def test_opening_and_closing_are_included(at, expected):
	assert said(at) == expected


def test_winter_time_is_another_hour_of_utc():
	closing = "2026-10-26 12:00:00"  # the day after the clocks went back
	assert said(datetime(2026, 10, 26, 11, tzinfo=UTC), closing=closing) == []
	assert said(datetime(2026, 10, 26, 11, 0, 1, tzinfo=UTC), closing=closing) == ["window.too_late"]


def test_in_the_hour_that_comes_twice_the_later_closing_holds():
	closing = "2026-10-25 02:30:00"
	for at in (datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)):
		assert said(at, closing=closing) == []
	assert said(datetime(2026, 10, 25, 1, 30, 1, tzinfo=UTC), closing=closing) == ["window.too_late"]
	assert said(datetime(2026, 10, 25, 2, 31, fold=1), closing=closing) == ["window.too_late"]


def test_in_the_hour_that_does_not_exist_the_earlier_opening_holds():
	opening = "2026-03-29 02:30:00"
	assert said(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), opening=opening) == []
	assert said(datetime(2026, 3, 29, 0, 29, tzinfo=UTC), opening=opening) == ["window.too_early"]


def test_dates_of_the_call_may_have_a_zone_and_are_shown_as_the_clock_in_italy():
	closing = datetime(2026, 8, 1, 10, tzinfo=UTC)
	report = rules.check(make.application(), make.call(closing=closing), make.AT)
	assert [finding.args for finding in report.findings] == [{"closing": datetime(2026, 8, 1, 12)}]


@pytest.mark.parametrize("state", ["Draft", "Approved", "Concluded", None, "", 3])
def test_a_call_that_is_not_published(state):
	assert said(make.AT, workflow_state=state) == ["window.not_published"]


def test_a_closed_call_is_judged_by_its_dates():
	assert said(datetime(2026, 9, 30, 12), workflow_state="Closed") == []
	assert said(datetime(2026, 9, 30, 12, 0, 1), workflow_state="Closed") == ["window.too_late"]


def test_a_call_without_a_state_is_judged_by_its_dates():
	call = make.call()
	del call["workflow_state"]
	assert only("window", None, call) == []


@pytest.mark.parametrize("value", [None, "", "noon", "2026-09-30 25:00:00", 5, "0001-01-01 00:00:00"])
def test_a_call_without_dates(value):
	assert said(make.AT, opening=value) == ["window.no_dates"]
	assert said(make.AT, closing=value) == ["window.no_dates"]
