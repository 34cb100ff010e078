from decimal import Decimal

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import codes, only

NO_AMOUNT = [
	"x",
	"1.234,50",
	"12,5",
	-1,
	"-0.01",
	float("nan"),
	float("-inf"),
	10**10,
	10**500,
	"9" * 60,
	[],
	{},
	True,
]


def with_cost(**changes):
	return make.changed(make.application(), "costs", 0, **changes)


def test_the_budget_of_the_factory_is_in_order():
	assert only("budget") == []


@pytest.mark.parametrize("value", [*NO_AMOUNT, Decimal("sNaN"), Decimal("Infinity")])
@pytest.mark.parametrize("field", ["quantity", "unit_cost", "vat"])
def test_a_value_that_is_no_amount(field, value):
	report = rules.check(with_cost(**{field: value}), make.call(), make.AT)
	(finding,) = (found for found in report.findings if found.code == f"budget.bad_{field}")
	assert finding.rows == (("costs", 1),) and finding.field == field
	assert report.totals.total_cost == 3000
	assert rules.row_amount(with_cost(**{field: value})["costs"][0]) == 0


def test_all_three_values_wrong_are_three_findings():
	found = only("budget", with_cost(quantity="x", unit_cost=-1, vat="22%"))
	assert [code for code in found if "bad" in code] == [
		"budget.bad_quantity",
		"budget.bad_unit_cost",
		"budget.bad_vat",
	]


def test_a_product_that_is_too_large():
	found = only("budget", with_cost(quantity=999_999, unit_cost=999_999))
	assert "budget.too_large" in found and "budget.amount_differs" not in found


@pytest.mark.parametrize(
	"quantity, unit_cost, vat, amount",
	[
		(3, "33.33", 0, "99.99"),
		(0.1, 0.3, None, "0.03"),
		(0.5, 0.01, 0, "0.01"),
		(0.49, 0.01, 0, "0.00"),
		("2", 10.005, "1.10", "21.11"),
		(1, 2.675, "", "2.68"),
		(None, 5, 0, "0.00"),
		(Decimal("1.5"), Decimal("1000000.01"), 0, "1500000.02"),
	],
)
def test_a_row_amount_goes_to_the_cent_half_up(quantity, unit_cost, vat, amount):
	computed = rules.row_amount({"quantity": quantity, "unit_cost": unit_cost, "vat": vat})
	assert str(computed) == amount


@pytest.mark.parametrize(
	"stored, wrong",
	[(7000, False), ("7000.00", False), (0, False), (7000.01, True), ("x", True), (-7000, True)],
)
def test_the_stored_amount(stored, wrong):
	assert only("budget", with_cost(amount=stored)) == (["budget.amount_differs"] if wrong else [])


@pytest.mark.parametrize("category", [None, "", " "])
def test_no_category(category):
	assert only("budget", with_cost(cost_category=category)) == ["budget.no_category"]


@pytest.mark.parametrize("category", ["Yachts", [1]])
def test_a_category_that_the_call_does_not_admit(category):
	assert only("budget", with_cost(cost_category=category)) == ["budget.not_admitted"]
	assert only("budget", with_cost(cost_category=category), make.call(cost_caps=[])) == []


@pytest.mark.parametrize("source", [None, "", "Somebody", "contribution", 3])
def test_nobody_pays(source):
	assert "budget.no_source" in only("budget", with_cost(charged_to=source))


@pytest.mark.parametrize(
	"percent, wrong", [(70, False), (69.99, True), ("69.999999", True), (0, False), (100, False)]
)
def test_a_cap_in_percent(percent, wrong):
	caps = [{"cost_category": "Personnel", "max_percent": percent}, {"cost_category": "Vouchers"}]
	assert only("budget", None, make.call(cost_caps=caps)) == (["budget.over_percent"] if wrong else [])


@pytest.mark.parametrize("maximum, wrong", [(7000, False), ("6999.99", True), (0, False)])
def test_a_cap_in_euro(maximum, wrong):
	caps = [{"cost_category": "Personnel", "max_amount": maximum}, {"cost_category": "Vouchers"}]
	assert only("budget", None, make.call(cost_caps=caps)) == (["budget.over_amount"] if wrong else [])


@pytest.mark.parametrize("cap", [{"max_percent": "x"}, {"max_percent": 101}, {"max_amount": -1}])
def test_a_cap_that_is_none(cap):
	caps = [{"cost_category": "Personnel", **cap}, {"cost_category": "Vouchers"}]
	assert only("budget", None, make.call(cost_caps=caps)) == ["budget.bad_cap"]


def test_rows_of_a_category_add_up_under_the_cap():
	application = make.application()
	application["costs"][1]["cost_category"] = "Personnel"
	assert only("budget", application) == ["budget.over_percent"]


def test_the_partners_manage_the_whole_cost():
	application = make.changed(make.application(), "partners", 2, budget="999.99")
	(finding,) = rules.check(application, make.call(), make.AT).findings
	assert finding.code == "budget.sum_differs"
	assert finding.args == {"partners": Decimal("9999.99"), "total": Decimal("10000.00")}


@pytest.mark.parametrize("value", NO_AMOUNT)
def test_a_budget_that_is_no_amount(value):
	application = make.changed(make.application(), "partners", 2, budget=value)
	assert codes(application) == ["budget.sum_differs", "budget.bad_share"]


@pytest.mark.parametrize("field", ["partner", "action"])
def test_a_name_that_nobody_has_is_a_warning(field):
	report = rules.check(with_cost(**{field: "Nobody"}), make.call(), make.AT)
	assert report.ok and [found.code for found in report.findings] == [f"budget.unknown_{field}"]
	assert codes(with_cost(**{field: None})) == []


def test_names_are_compared_without_spaces_and_case():
	assert codes(with_cost(partner="  BODY   1 ", action="action 1")) == []
