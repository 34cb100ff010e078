from datetime import date, datetime, timezone

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import only

NO_DATE = [None, "", "soon", "2026-13-01", "2026-02-30", "01/11/2026", 20261101, [], "1500-01-01", True]


def shifted(**changes):
	"""An application whose actions and costs follow whatever dates the project has."""
	application = make.application(**changes)
	for row in application["actions"]:
		row["start_date"], row["end_date"] = application["start_date"], application["end_date"]
	for row in application["costs"]:
		row["year"] = None
	return application


def test_both_days_of_the_call_are_included():
	assert only("period") == []


@pytest.mark.parametrize(
	"dates", [{"start_date": "2026-10-31"}, {"end_date": "2028-11-02"}, {"end_date": date(2029, 1, 1)}]
)
def test_a_day_outside_the_call(dates):
	assert only("period", shifted(**dates)) == ["period.outside"]


@pytest.mark.parametrize("value", NO_DATE)
def test_dates_of_the_project_that_are_missing(value):
	application = make.application(start_date=value, end_date=value)
	assert only("period", application) == ["period.no_end", "period.no_start"]
	assert only("period", make.application(end_date=value)) == ["period.no_end"]


def test_a_project_that_ends_before_it_starts():
	application = make.application(start_date="2027-05-01", end_date="2027-04-30")
	assert only("period", application) == ["period.reversed"]
	assert only("period", shifted(start_date="2027-05-01", end_date="2027-05-01")) == []


@pytest.mark.parametrize(
	"start",
	[
		"2026-11-01 00:00:00",
		"2026-11-01T08:30:00.123456",
		date(2026, 11, 1),
		datetime(2026, 11, 1, 23, 59),
		datetime(2026, 10, 31, 23, 30, tzinfo=timezone.utc),
		"2026-10-31T23:30:00Z",
	],
)
def test_a_date_may_come_in_any_form(start):
	assert only("period", make.application(start_date=start)) == []


@pytest.mark.parametrize("value", NO_DATE)
def test_a_call_without_dates(value):
	assert only("period", None, make.call(project_start=value)) == ["period.no_window"]
	assert only("period", None, make.call(project_end=value)) == ["period.no_window"]


@pytest.mark.parametrize(
	"dates, code",
	[
		({"start_date": "2026-10-31"}, "action_outside"),
		({"end_date": "2028-11-02"}, "action_outside"),
		({"end_date": "2026-10-31"}, "action_reversed"),
		({"start_date": None}, "action_no_dates"),
		({"end_date": "never"}, "action_no_dates"),
	],
)
def test_dates_of_an_action(dates, code):
	broken = make.changed(make.application(), "actions", 1, **dates)
	(finding,) = rules.check(broken, make.call(), make.AT).findings
	assert finding.code == f"period.{code}" and finding.rows == (("actions", 2),)


@pytest.mark.parametrize("year", [2025, 2029, "next", 2027.5, -2027, "²"])
def test_a_year_outside_the_project(year):
	assert only("period", make.changed(make.application(), "costs", 0, year=year)) == ["period.cost_year"]


@pytest.mark.parametrize("year", [None, "", 0, 2026, "2028", 2027.0])
def test_a_year_of_the_project_or_none(year):
	assert only("period", make.changed(make.application(), "costs", 0, year=year)) == []
