"""Values as they come: where a number, an amount, a moment or a table ends."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from rtc_conciliation import rules
from rtc_conciliation.rules import limits, money, numbers, tables, values
from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Template
from rtc_conciliation.rules.tables import get_rows

UTC = timezone.utc


@pytest.mark.parametrize(
	("value", "number"),
	[
		(999_999_999_999_999, Decimal(999_999_999_999_999)),
		(10**15, None),
		(-(10**15), None),
		(-(10**15) + 1, Decimal(-(10**15) + 1)),
		("999999999999999.999999999", Decimal("999999999999999.999999999")),
		("1000000000000000", None),
		(Decimal(10**15), None),
		(1e15, None),
		("0.1234567891", Decimal("0.123456789")),
		("-0.1234567899", Decimal("-0.123456789")),
		(0.1, Decimal("0.1")),
		("12.", Decimal(12)),
		(" 7 ", Decimal(7)),
		("1" * 21, None),
		(True, None),
		(float("inf"), None),
		(Decimal("NaN"), None),
		([], None),
	],
)
def test_a_number(value, number):
	assert values.to_number(value) == number


@pytest.mark.parametrize(
	("value", "amount"),
	[
		(None, 0),
		(" ", 0),
		(0, 0),
		("0.01", Decimal("0.01")),
		("-0.01", None),
		("999999999.99", Decimal("999999999.99")),
		("1000000000", None),
		("x", None),
	],
)
def test_an_amount(value, amount):
	assert values.to_amount(value) == amount


@pytest.mark.parametrize(
	("value", "whole"), [(3, 3), ("3.0", 3), (3.5, None), (-2, -2), (0, 0), (None, None)]
)
def test_a_whole_number(value, whole):
	assert values.to_whole(value) == whole


@pytest.mark.parametrize(
	("value", "moment"),
	[
		("1899-12-31", None),
		("1900-01-01", datetime(1900, 1, 1)),
		("2999-12-31 23:59", datetime(2999, 12, 31, 23, 59)),
		(date(3000, 1, 1), None),
		(date(2026, 2, 28), datetime(2026, 2, 28)),
		("2026-07-01T09:05:06Z", datetime(2026, 7, 1, 9, 5, 6, tzinfo=UTC)),
		("2026-07-01 09:05:06.123+02:00", datetime(2026, 7, 1, 7, 5, 6, 123000, tzinfo=UTC)),
		("2026-02-30", None),
		(5, None),
	],
)
def test_a_moment(value, moment):
	assert values.to_moment(value) == moment


def test_a_day_is_that_of_italy():
	assert values.to_day("2026-06-30T22:00:00Z") == date(2026, 7, 1)
	assert values.to_day("2026-06-30T21:59:59Z") == date(2026, 6, 30)


@pytest.mark.parametrize(
	("local", "hours"),
	[
		(datetime(2026, 7, 1, 12), (10, 10)),
		(datetime(2026, 12, 1, 12), (11, 11)),
		(datetime(2026, 10, 25, 2), (0, 1)),  # comes twice
		(datetime(2026, 3, 29, 2), (0, 1)),  # does not exist
	],
)
def test_the_instants_that_a_local_time_may_mean(local, hours):
	midnight = datetime(local.year, local.month, local.day, tzinfo=UTC)
	assert values.to_instants(local) == tuple(midnight + timedelta(hours=hour) for hour in hours)
	assert values.to_instants(midnight) == (midnight,)


@pytest.mark.parametrize(
	("flag", "on"),
	[(True, True), ("1", True), ("TRUE", True), (2, True), ("0", False), ("no", False), (None, False)],
)
def test_a_check_box(flag, on):
	assert values.to_flag(flag) is on


def test_how_a_value_is_quoted():
	assert [values.quote_value(value) for value in ("  a  b ", 5, None, " ", [1], {})] == [
		"a b",
		"5",
		"",
		"",
		"?",
		"?",
	]


def test_how_many_rows_a_table_may_have():
	assert limits.MAX_ROWS == {
		"partners": 50,
		"actions": 100,
		"recipients": 50,
		"indicators": 100,
		"costs": 500,
		"declarations": 100,
		"attachments": 50,
	}
	assert len(get_rows({"criteria": [{}] * 1000}, "criteria")) == 1000
	assert get_rows({"criteria": [{}] * 1001}, "criteria") == []


@pytest.mark.parametrize(
	("idx", "number"), [(7, 7), ("7", 7), (1, 1), (0, 2), (-1, 2), ("x", 2), (1.5, 2), (True, 2), (None, 2)]
)
def test_the_number_of_a_row(idx, number):
	rows = get_rows({"costs": ["no row", {"idx": idx}]}, "costs")
	assert [row.ref for row in rows] == [("costs", number)]


def test_every_table_that_is_none_is_told():
	record = {
		"partners": None,
		"actions": "",
		"recipients": "x",
		"indicators": [],
		"costs": [{}, 1],
		"attachments": 5,
	}
	found = [(finding.code, finding.field, finding.rows) for finding in tables.check(record)]
	assert found == [
		("recipients.unreadable_recipients", "recipients", ()),
		("budget.unreadable_costs", None, (("costs", 2),)),
		("documents.unreadable_attachments", "attachments", ()),
	]


def test_the_longest_number():
	assert numbers.read_number("1" * 30) == Decimal("1" * 30) and numbers.read_number("1" * 31) is None


@pytest.mark.parametrize(
	("quantity", "unit_cost", "vat", "amount"),
	[
		(1, "999999999.99", 0, Decimal("999999999.99")),
		(1, "999999999.99", "0.01", None),
		(1, "999999999.98", "0.01", Decimal("999999999.99")),
		("0.5", "0.01", 0, Decimal("0.01")),
		(0, 5, "0.25", Decimal("0.25")),
		(1, 1, None, Decimal(1)),
		(1, "x", 0, None),
	],
)
def test_what_a_cost_row_comes_to(quantity, unit_cost, vat, amount):
	row = {"quantity": quantity, "unit_cost": unit_cost, "vat": vat}
	assert money.read_row_amount(row) == amount


def test_a_share_is_cut_and_never_rounded_up():
	assert money.get_share(Decimal("29.9999"), Decimal(100)) == Decimal("29.99")
	assert money.get_share(Decimal(1), Decimal(3)) == Decimal("33.33")
	assert money.get_share(Decimal(1), Decimal(0)) == 0
	assert money.is_reached(Decimal(30), Decimal(100), Decimal(30))
	assert not money.is_reached(Decimal("29.99"), Decimal(100), Decimal(30))


def test_a_report_of_nothing():
	report = rules.Report.of([])
	assert report.ok and report.totals == rules.Totals(counting_partners=0, counting_areas=0)
	for value, field in ((report, "findings"), (report.totals, "total_cost")):
		with pytest.raises(AttributeError):
			setattr(value, field, ())
	kept = report.as_dict()
	assert kept["schema"] == 1 and kept["totals"]["counting_areas"] == 0
	assert kept["totals"]["total_cost"] == "0.00"
	for schema in (0, 2, None):
		with pytest.raises(ValueError):
			rules.Report.from_dict({**kept, "schema": schema})


def test_a_finding_is_a_value():
	kind = Template("budget", ERROR, "budget.x", "{value}", "", CALL_TEXT)
	one, other = kind(value="a"), kind(value="a")
	assert one == other and len({one, other}) == 1
	with pytest.raises(AttributeError):
		one.code = "budget.y"
	with pytest.raises(AttributeError):
		kind.code = "budget.y"
	assert kind(value="x" * 140).args["value"] == "x" * 140
	assert kind(value="x" * 141).args["value"] == "x" * 139 + "…"
