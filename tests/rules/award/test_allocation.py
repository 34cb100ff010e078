"""Who is funded: examples, and what holds whatever the pot, the reserves and the answers are."""

import time
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtc_conciliation.rules.award import allocation, ranking, reasons

EURO = Decimal(1)
NORTH, SOUTH = "Valle Nord", "Valle Sud"


def row(position, requested, *territories, areas=("Cura",)) -> dict:
	return {
		"application": f"APP-{position}",
		"position": position,
		"requested": Decimal(str(requested)),
		"areas": areas,
		"territories": territories,
	}


def reserve(territory, amount, kind="Territory", **values) -> dict:
	return {"kind": kind, "territory": territory, "area": None, "amount": amount, **values}


def granted(outcome) -> list[str]:
	return [str(share["granted"]) for share in outcome["shares"].values()]


def why(outcome, position) -> str:
	return reasons.describe_reason(outcome["shares"][f"APP-{position}"]["reasons"])


THREE = [row(1, 40), row(2, 50), row(3, 5)]


def test_in_full_and_nobody_after_the_first_that_does_not_fit():
	outcome = allocation.allocate(Decimal(60), THREE)
	assert granted(outcome) == ["40.00", "0.00", "0.00"]
	assert (outcome["assigned"], outcome["residue"], outcome["end"]) == (Decimal(40), Decimal(20), "APP-2")
	assert why(outcome, 1) == ""
	assert why(outcome, 2) == "The available funds end here: € 20,00 are left, € 50,00 were requested."
	assert why(outcome, 3) == "The available funds are used up: they end at position 2."


@pytest.mark.parametrize(
	"answer, amounts, offered, told",
	[
		("Accepted", ["40.00", "20.00", "0.00"], 20, "which the lead body accepted"),
		("Refused", ["40.00", "0.00", "0.00"], 20, "which the lead body refused"),
		("", ["40.00", "0.00", "0.00"], 20, "is asked whether it accepts"),
	],
)
def test_the_last_one_partially(answer, amounts, offered, told):
	outcome = allocation.allocate(Decimal(60), THREE, partial=True, answers={"APP-2": answer})
	assert granted(outcome) == amounts
	assert outcome["shares"]["APP-2"]["offered"] == offered and outcome["shares"]["APP-2"]["partial"]
	assert told in why(outcome, 2)
	assert outcome["residue"] == (0 if answer == "Accepted" else 20)


def test_a_call_that_does_not_fund_partially_asks_nobody():
	outcome = allocation.allocate(Decimal(60), THREE, answers={"APP-2": "Accepted"})
	assert granted(outcome) == ["40.00", "0.00", "0.00"]


def test_nothing_left_is_nothing_to_offer():
	outcome = allocation.allocate(Decimal(40), THREE, partial=True)
	assert outcome["shares"]["APP-2"]["offered"] == 0 and "€ 0,00 are left" in why(outcome, 2)


def test_a_reserve_reaches_the_best_of_its_ambito_and_its_rest_is_for_all():
	rows = [row(1, 40), row(2, 50), row(3, 30, NORTH), row(4, 30, NORTH), row(5, 1)]
	outcome = allocation.allocate(Decimal(100), rows, [reserve(NORTH, 45)])
	assert granted(outcome) == ["30.00", "40.00", "0.00", "0.00", "0.00"]
	assert outcome["shares"]["APP-3"]["by_reserve"] == NORTH
	assert why(outcome, 3) == "Funded by the share reserved for Valle Nord."
	assert outcome["residue"] == 30 and outcome["end"] == "APP-2"


def test_a_reserve_stops_at_the_first_that_it_does_not_reach():
	rows = [row(1, 30, NORTH), row(2, 15, SOUTH), row(3, 16, NORTH), row(4, 15, NORTH)]
	assert allocation.reached_by([reserve(NORTH, 45), reserve(SOUTH, 15)], rows) == {
		"APP-1": NORTH,
		"APP-2": SOUTH,
	}
	assert allocation.reached_by([reserve(NORTH, "x")], rows) == {}
	assert allocation.reached_by([reserve(NORTH, 46)], rows) == {"APP-1": NORTH, "APP-3": NORTH}


def test_a_reserve_for_an_area():
	rows = [row(1, 60), row(2, 60, areas=("Mobilità",))]
	kept = reserve(None, 60, kind="Area", area="Mobilità")
	assert allocation.allocate(Decimal(60), rows, [kept])["shares"]["APP-2"]["granted"] == 60
	assert (
		allocation.allocate(Decimal(60), rows, [kept | {"area": "Altro"}])["shares"]["APP-1"]["granted"] == 60
	)


def test_who_is_in_two_reserves_takes_of_the_first_only():
	rows = [row(1, 30, NORTH, SOUTH), row(2, 30, SOUTH), row(3, 30)]
	outcome = allocation.allocate(Decimal(60), rows, [reserve(NORTH, 30), reserve(SOUTH, 30)])
	assert [share["by_reserve"] for share in outcome["shares"].values()] == [NORTH, SOUTH, ""]
	assert outcome["end"] == "APP-3"


def test_a_pot_below_the_reserves_goes_to_the_best_of_those_reached():
	rows = [row(1, 50), row(2, 30, SOUTH), row(3, 30, NORTH)]
	outcome = allocation.allocate(Decimal(40), rows, [reserve(NORTH, 30), reserve(SOUTH, 30)])
	assert [name for name, share in outcome["shares"].items() if share["granted"]] == ["APP-2"]


def test_no_pot_and_no_applications():
	outcome = allocation.allocate(Decimal(0), THREE, partial=True, answers={"APP-1": "Accepted"})
	assert granted(outcome) == ["0.00"] * 3 and outcome["end"] == "APP-1"
	assert allocation.allocate(Decimal(10), [])["residue"] == 10
	with pytest.raises(ValueError):
		allocation.allocate(Decimal("-0.01"), THREE)


amounts = st.integers(1, 60).map(lambda euros: Decimal(euros * 50) / 100)
places = st.sets(st.sampled_from([NORTH, SOUTH]))
lists = st.lists(st.tuples(amounts, places), max_size=12).map(
	lambda found: [row(number, amount, *where) for number, (amount, where) in enumerate(found, 1)]
)
reserves = st.lists(st.builds(reserve, st.sampled_from([NORTH, SOUTH]), amounts), max_size=3)
answers = st.dictionaries(
	st.integers(1, 12).map("APP-{}".format), st.sampled_from(["Accepted", "Refused", ""]), max_size=12
)
pots = st.integers(0, 200).map(lambda euros: Decimal(euros))
cases = st.tuples(pots, lists, reserves, st.booleans(), answers)


@given(cases, st.integers(0, 12))
def test_the_order_of_the_input_never_matters(case, turn):
	pot, rows, *others = case
	shuffled = [*reversed(rows[turn:]), *rows[:turn]]
	assert allocation.allocate(pot, shuffled, *others) == allocation.allocate(pot, rows, *others)


@given(cases)
@settings(max_examples=80)
def test_never_more_than_the_pot_nor_than_requested(case):
	outcome = allocation.allocate(*case)
	spent = sum(share["granted"] for share in outcome["shares"].values())
	assert spent == outcome["assigned"] <= outcome["pot"] and spent + outcome["residue"] == outcome["pot"]
	for item in case[1]:
		share = outcome["shares"][item["application"]]
		assert 0 <= share["granted"] <= item["requested"]
		assert (share["outcome"] == "Funded") == bool(share["granted"])
		assert share["granted"] in (0, item["requested"]) or (share["partial"] and case[3])
	assert sum(share["partial"] for share in outcome["shares"].values()) <= 1


@given(cases)
@settings(max_examples=80)
def test_nobody_is_funded_below_one_who_is_not_except_by_reserve(case):
	shares = allocation.allocate(*case)["shares"]
	without = False
	for item in case[1]:
		share = shares[item["application"]]
		if without:
			assert not share["granted"] or share["by_reserve"]
		without = without or share["granted"] < item["requested"]


@given(cases, st.sampled_from([Decimal("0.01"), EURO, Decimal(37)]))
@settings(max_examples=150)
def test_more_money_takes_from_nobody(case, more):
	pot, *others = case
	before = allocation.allocate(pot, *others)["shares"]
	after = allocation.allocate(pot + more, *others)["shares"]
	for name, share in before.items():
		assert after[name]["granted"] >= share["granted"]


@given(cases)
def test_a_pot_for_all_funds_all(case):
	_pot, rows, *others = case
	outcome = allocation.allocate(Decimal(10_000), rows, *others)
	assert outcome["end"] == "" and outcome["assigned"] == sum(item["requested"] for item in rows)


@pytest.mark.timed
def test_five_hundred_all_tied_in_less_than_a_second():
	call = {"score_threshold": 60, "criteria": [{"criterion": f"C{n}", "max_score": 10} for n in range(10)]}
	entries = [
		{
			"application": f"APP-{number:03}",
			"total": Decimal(70),
			"criteria": {f"C{n}": Decimal(7) for n in range(10)},
			"cofinancing": Decimal(30),
			"total_cost": Decimal(100),
			"arrived_on": datetime(2026, 9, 30, 12),
			"protocol_number": "",
			"requested": Decimal(70),
			"areas": {"Cura"},
			"territories": {NORTH},
		}
		for number in range(500)
	]
	began = time.perf_counter()
	placed = ranking.rank_cases(call, reversed(entries))
	outcome = allocation.allocate(Decimal(3500), placed, [reserve(NORTH, 700), reserve(SOUTH, 700)])
	assert time.perf_counter() - began < 0.5
	assert [entry["application"] for entry in placed] == [f"APP-{number:03}" for number in range(500)]
	assert [s["outcome"] for s in outcome["shares"].values()].count("Funded") == 50
