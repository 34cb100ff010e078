"""The order of a call's applications: threshold, minimum per criterion, precedence among equals, reasons."""

import csv
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation import rules
from rtc_conciliation.rules.award import allocation, ranking, reasons

CALL = {
	"score_threshold": 60,
	"criteria": [
		{"criterion": "Analisi dei bisogni", "max_score": 60, "min_score": 0},
		{"criterion": "Azioni e cronoprogramma", "max_score": 40, "min_score": 10},
	],
}
NOON = datetime(2026, 9, 30, 12)


def entry(name, total, actions=20, **values) -> dict:
	return {
		"application": name,
		"total": Decimal(str(total)),
		"criteria": {
			"Analisi dei bisogni": Decimal(str(total)) - actions,
			"Azioni e cronoprogramma": Decimal(actions),
		},
		"cofinancing": Decimal(30),
		"total_cost": Decimal(100),
		"arrived_on": NOON,
		"protocol_number": "",
		**values,
	}


def said(row) -> str:
	return reasons.describe_reason(row["reasons"])


def names(rows) -> list[str]:
	return [row["application"] for row in rows]


def test_best_first_and_at_the_threshold_it_passes():
	rows = ranking.rank_cases(CALL, [entry("A", 60), entry("B", "59.999"), entry("C", 80)])
	assert [(row["application"], row["position"], row["eligible"]) for row in rows] == [
		("C", 1, True),
		("A", 2, True),
		("B", 0, False),
	]
	assert said(rows[2]) == "Score 59,99 below the threshold of 60."
	assert said(rows[0]) == ""


def test_below_the_minimum_of_a_criterion():
	rows = ranking.rank_cases(
		CALL, [entry("A", 90, actions=9), entry("B", 50, actions=8), entry("C", 70, actions=10)]
	)
	assert names(rows) == ["C", "A", "B"] and rows[1]["position"] == 0
	assert said(rows[1]) == "Criterion “Azioni e cronoprogramma”: 9,00 points, below the minimum of 10."
	assert said(rows[2]).startswith("Score 50,00 below the threshold of 60. Criterion “Azioni")


def test_a_criterion_without_a_mark_counts_nothing():
	(row,) = ranking.rank_cases(CALL, [entry("A", 90, criteria={})])
	assert not row["eligible"]


def test_without_threshold_and_criteria_all_are_eligible():
	assert ranking.rank_cases({}, [entry("A", 0)])[0]["position"] == 1


@pytest.mark.parametrize(
	"other, reason",
	[
		({"actions": 19}, "placed by the criterion “Azioni e cronoprogramma”"),
		({"cofinancing": Decimal("29.99")}, "placed by the co-financing share"),
		({"total_cost": Decimal(0)}, "placed by the co-financing share"),
		({"arrived_on": NOON + timedelta(seconds=1)}, "placed by the time of arrival"),
		({"arrived_on": None}, "placed by the time of arrival"),
		({"protocol_number": "10/2026"}, "placed by protocol number"),
		({"protocol_number": "9/2026 bis"}, "placed by protocol number"),
		({"protocol_number": None}, "placed by protocol number"),
		({"protocol_number": "9/2026"}, "placed by protocol number"),
	],
)
def test_among_equals_as_the_usual_call_says(other, reason):
	first = entry("B", 70, protocol_number="9/2026")
	second = entry("C", 70, **{"protocol_number": "9/2026"} | other)
	rows = ranking.rank_cases(CALL, [second, first])
	assert names(rows) == ["B", "C"]
	assert all(reason in said(row) for row in rows)


def test_among_equals_as_this_call_says():
	call = CALL | {
		"tie_breaks": [
			{"criterion": "Time of Arrival"},
			{"criterion": " Analisi dei  bisogni "},
			{"criterion": ""},
		]
	}
	assert ranking.get_precedence(call) == ["Time of Arrival", "Analisi dei bisogni"]
	late = entry("A", 70, actions=30, arrived_on=NOON + timedelta(seconds=1))
	rows = ranking.rank_cases(call, [late, entry("B", 70), entry("C", 70, actions=21)])
	assert names(rows) == ["B", "C", "A"]
	assert "time of arrival" in said(rows[2]) and "Analisi" in said(rows[0])


def test_without_a_criterion_on_actions_the_share_decides():
	call = {"criteria": [{"criterion": "Qualità", "max_score": 100}]}
	assert ranking.get_precedence(call) == ["Co-financing Share", "Time of Arrival"]


def test_the_share_is_exact():
	third = entry("A", 70, cofinancing=Decimal("33.33"), total_cost=Decimal("99.99"))
	more = entry("B", 70, cofinancing=Decimal("33.34"), total_cost=Decimal("100.02"))
	assert "protocol" in said(ranking.rank_cases(CALL, [third, more])[0])


def test_what_the_usual_call_gives_precedence_for():
	criteria = [{"criterion": name} for name in ("Needs", "Actions", "Azioni e tempi")]
	assert ranking.get_precedence({"criteria": criteria}) == [
		"Actions",
		"Co-financing Share",
		"Time of Arrival",
	]
	said_twice = [{"criterion": "Needs"}, {"criterion": "Needs"}]
	assert ranking.get_precedence({"criteria": criteria, "tie_breaks": said_twice}) == ["Needs"]


def test_each_among_equals_is_told_what_placed_it_behind_the_one_before():
	best = entry("A", 70, actions=21)
	rows = ranking.rank_cases(CALL, [entry("C", 70, arrived_on=None), entry("B", 70), best, entry("D", 69)])
	assert names(rows) == ["A", "B", "C", "D"]
	codes = [[reason.code for reason in row["reasons"]] for row in rows]
	assert codes == [["tie_criterion"], ["tie_criterion"], ["tie_arrival"], []]


def test_three_times_two_equals():
	pairs = [
		entry(name, total, protocol_number=name)
		for name, total in zip("ABCDE", (80, 70, 70, 60, 60), strict=True)
	]
	rows = ranking.rank_cases({}, pairs)
	assert [len(row["reasons"]) for row in rows] == [0, 1, 1, 1, 1]


@pytest.mark.parametrize(
	("first", "second"),
	[
		({"cofinancing": Decimal("0.5")}, {"cofinancing": None}),
		({"cofinancing": Decimal("0.5")}, {"cofinancing": Decimal(0)}),
		({"cofinancing": Decimal("30.01")}, {"cofinancing": Decimal(30)}),
		({"total_cost": Decimal("99.99")}, {"total_cost": Decimal(100)}),
		({}, {"total_cost": None}),
		({"criteria": {"Azioni e cronoprogramma": Decimal("0.5")}}, {"criteria": {}}),
		({"criteria": {}, "cofinancing": 31}, {"criteria": {"Azioni e cronoprogramma": Decimal(0)}}),
		# no cost is no share, as is no co-financing: the next thing decides
		({"total_cost": Decimal(0)}, {"cofinancing": Decimal(0), "arrived_on": NOON + timedelta(seconds=1)}),
		({"cofinancing": Decimal(0)}, {"total_cost": Decimal(0), "arrived_on": NOON + timedelta(seconds=1)}),
		({"protocol_number": "2/2026"}, {"protocol_number": "10/2026"}),
		({"protocol_number": "2/2026"}, {"protocol_number": "2/2027"}),
		({"protocol_number": "2/2026"}, {"protocol_number": "A/2026"}),
		({"protocol_number": "A/2026"}, {"protocol_number": "B/2026"}),
		({"protocol_number": "A/2026"}, {"protocol_number": ""}),
	],
)
def test_the_first_of_two_equals(first, second):
	call = {"criteria": [{"criterion": "Azioni e cronoprogramma"}]}
	rows = [entry("A", 70, **second), entry("B", 70, **first)]
	assert names(ranking.rank_cases(call, rows)) == ["B", "A"]


@pytest.mark.parametrize(
	("call", "values", "eligible"),
	[
		({}, {"total": "0.5"}, True),
		({"score_threshold": "x"}, {"total": "0.5"}, True),
		({"score_threshold": 60}, {"total": 60}, True),
		({"score_threshold": "60.01"}, {"total": 60}, False),
		({"criteria": [{"criterion": "A", "min_score": None}]}, {"criteria": {"A": Decimal("0.5")}}, True),
		({"criteria": [{"criterion": "A", "min_score": 0}]}, {"criteria": {}}, True),
		({"criteria": [{"criterion": "A", "min_score": 1}]}, {"criteria": {}}, False),
		({"criteria": [{"criterion": "A", "min_score": 1}]}, {"criteria": {"A": Decimal(1)}}, True),
		({"criteria": [{"criterion": "A", "min_score": 1}]}, {"criteria": {"A": Decimal("0.99")}}, False),
	],
)
def test_who_is_eligible(call, values, eligible):
	(row,) = ranking.rank_cases(call, [entry(**{"name": "A", "total": 70} | values)])
	assert row["eligible"] is eligible and row["position"] == int(eligible)


entries = st.lists(
	st.builds(
		entry,
		st.integers(1, 10**6).map("RTC-APP-{}".format),
		st.sampled_from([0, 59, 60, "60.5", 70]),
		actions=st.sampled_from([9, 10, 11]),
		cofinancing=st.sampled_from([Decimal(30), Decimal(31)]),
		arrived_on=st.sampled_from([None, NOON, NOON + timedelta(seconds=1)]),
		protocol_number=st.sampled_from(["", "1/2026", "2/2026"]),
	),
	max_size=8,
	unique_by=lambda row: row["application"],
)


@given(entries.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_the_input_never_matters(both):
	rows, shuffled = both
	placed = ranking.rank_cases(CALL, rows)
	assert placed == ranking.rank_cases(CALL, shuffled)
	positions = [row["position"] for row in placed if row["eligible"]]
	assert positions == list(range(1, len(positions) + 1))
	totals = [row["total"] for row in placed if row["eligible"]]
	assert totals == sorted(totals, reverse=True)


def test_every_reason_has_its_italian():
	path = Path(rules.__file__).resolve().parents[1] / "translations" / "it.csv"
	with path.open(encoding="utf-8", newline="") as file:
		italian = {row[0]: row[1] for row in csv.reader(file) if row}
	assert {"below_threshold", allocation.ENDED(position=1).code} <= reasons.get_texts().keys()
	for text in reasons.get_texts().values():
		assert {n for _, n, _, _ in Formatter().parse(text)} == {
			n for _, n, _, _ in Formatter().parse(italian[text])
		}
