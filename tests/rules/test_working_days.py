"""The days on which a term does not end, taken from a calendar and not from the rule."""

from datetime import date, timedelta

import pytest

from rtc_conciliation.rules.working_days import get_next_working_day, is_free

#: of a year, the days from Monday to Friday on which offices are closed; between them the years hold every holiday
CLOSED = {
	2026: ["01-01", "01-06", "04-06", "05-01", "06-02", "12-08", "12-25"],
	2027: ["01-01", "01-06", "03-29", "06-02", "10-04", "11-01", "12-08"],
	2028: [
		*("01-06", "04-17", "04-25", "05-01", "06-02", "08-15"),
		*("10-04", "11-01", "12-08", "12-25", "12-26"),
	],
	2029: ["01-01", "04-02", "04-25", "05-01", "08-15", "10-04", "11-01", "12-25", "12-26"],
}


@pytest.mark.parametrize("year", CLOSED)
def test_the_holidays_of_a_year(year):
	first = date(year, 1, 1)
	days = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
	from_monday_to_friday = [day for day in days if day.isoweekday() <= 5]
	assert [day.strftime("%m-%d") for day in from_monday_to_friday if is_free(day)] == CLOSED[year]
	assert all(is_free(day) for day in days if day.isoweekday() > 5)


@pytest.mark.parametrize(
	("day", "working"),
	[
		(date(2026, 12, 24), date(2026, 12, 24)),  # a Thursday
		(date(2026, 12, 25), date(2026, 12, 28)),  # Friday and Saturday are Christmas and Santo Stefano
		(date(2027, 1, 1), date(2027, 1, 4)),  # a Friday
		(date(2028, 12, 25), date(2028, 12, 27)),  # Monday and Tuesday
		(date(2028, 4, 15), date(2028, 4, 18)),  # the Saturday before Easter
	],
)
def test_the_next_working_day(day, working):
	assert get_next_working_day(day) == working
