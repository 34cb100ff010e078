from decimal import Decimal

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import codes, only


def split(contribution, cofinancing, *more):
	"""An application with these two costs, shared out among the partners as it should."""
	costs = [make.cost(1, contribution, "Contribution"), make.cost(2, cofinancing, "Co-financing"), *more]
	application = make.application(costs=costs)
	total = sum(Decimal(str(cost["unit_cost"])) for cost in costs)
	for partner in application["partners"]:
		partner.update(budget=0, cofinancing_cash=0, cofinancing_in_kind=0)
	application["partners"][0].update(budget=str(total), cofinancing_cash=str(cofinancing))
	return application


def test_the_minimum_exactly_passes_and_a_cent_less_fails():
	assert only("cofinancing", split("7000.00", "3000.00")) == []
	assert only("cofinancing", split("7000.01", "2999.99")) == ["cofinancing.too_low"]


def test_just_under_thirty_never_looks_like_thirty():
	"""29.995 % fails, and is shown as 29.99."""
	report = rules.check(split("70005", "29995"), make.call(max_contribution=0), make.AT)
	(finding,) = (found for found in report.findings if found.rule == "cofinancing")
	assert report.totals.cofinancing_percent == Decimal("29.99")
	assert finding.args["share"] == "29,99" and finding.args["minimum"] == "30"


def test_a_share_with_decimals():
	call = make.call(min_cofinancing_percent="33.333333")
	assert only("cofinancing", split(200, 100), call) == []
	assert only("cofinancing", split(200, 100), make.call(min_cofinancing_percent=33.34)) == [
		"cofinancing.too_low"
	]


def test_other_income_is_no_cofinancing():
	application = split(6000, 2000, make.cost(3, 2000, "Other Income"))
	assert only("cofinancing", application) == ["cofinancing.too_low"]
	assert rules.totals(application).other_income == 2000


@pytest.mark.parametrize("costs", [[], [make.cost(1, 0, "Contribution")]])
def test_a_project_that_costs_nothing(costs):
	assert only("cofinancing", make.application(costs=costs, partners=[])) == ["cofinancing.no_cost"]


@pytest.mark.parametrize("maximum, wrong", [(6999.99, True), (7000, False), (0, False), (None, False)])
def test_the_maximum_contribution(maximum, wrong):
	expected = ["cofinancing.over_maximum"] if wrong else []
	assert only("cofinancing", None, make.call(max_contribution=maximum)) == expected


@pytest.mark.parametrize("endowment, wrong", [("6999.99", True), ("7000", False)])
def test_the_endowment_of_the_call(endowment, wrong):
	expected = ["cofinancing.over_endowment"] if wrong else []
	assert only("cofinancing", None, make.call(endowment=endowment)) == expected


@pytest.mark.parametrize("change", [{"endowment": None}, {"endowment": "lots"}, {"max_contribution": -1}])
def test_a_call_without_resources(change):
	assert only("cofinancing", None, make.call(**change)) == ["cofinancing.no_endowment"]


@pytest.mark.parametrize("minimum", [None, "", "a third", -1, 101, float("nan")])
def test_a_call_without_a_minimum(minimum):
	call = make.call(min_cofinancing_percent=minimum)
	assert only("cofinancing", split(10, 0), call) == ["cofinancing.no_threshold"]


@pytest.mark.parametrize("minimum", [0, 30, 100])
def test_the_whole_range_of_minimums(minimum):
	assert only("cofinancing", split(0, 10), make.call(min_cofinancing_percent=minimum)) == []


def test_what_the_partners_bring_is_what_the_costs_say():
	application = make.changed(make.application(), "partners", 1, cofinancing_in_kind="1500.01")
	(finding,) = rules.check(application, make.call(), make.AT).findings
	assert finding.code == "cofinancing.sum_differs"
	assert finding.args == {"partners": Decimal("3000.01"), "costs": Decimal("3000.00")}


@pytest.mark.parametrize("value", ["1.500,00", -1500, "x", float("inf"), 10**12, [1500], True])
@pytest.mark.parametrize("field", ["cofinancing_cash", "cofinancing_in_kind"])
def test_an_amount_that_is_none(field, value):
	application = make.changed(make.application(), "partners", 1, **{"cofinancing_in_kind": 0, field: value})
	assert codes(application) == ["cofinancing.sum_differs", "cofinancing.bad_amount"]
