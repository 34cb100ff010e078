import pytest

from rtc_conciliation import rules
from tests.rules import factories as make
from tests.rules.helpers import codes, only


def with_partner(n, **changes):
	return make.changed(make.application(), "partners", n - 1, **changes)


def fourth(**changes):
	application = make.application()
	application["partners"].append(make.partner(4, **changes))
	return application


def test_three_bodies_are_enough_and_two_are_not():
	assert only("partnership") == []
	report = rules.check(with_partner(3, counts_towards_minimum=0), make.call(), make.AT)
	(finding,) = report.findings
	assert finding.code == "partnership.too_few" and finding.args == {"count": 2, "minimum": 3}
	assert report.totals.counting_partners == 2


@pytest.mark.parametrize("flag", ["0", 0, None, "", False, "no", float("nan")])
def test_a_flag_that_is_off(flag):
	assert only("partnership", with_partner(3, counts_towards_minimum=flag)) == ["partnership.too_few"]


@pytest.mark.parametrize("flag", ["1", 1, True, "true", 1.0])
def test_a_flag_that_is_on(flag):
	assert only("partnership", with_partner(3, counts_towards_minimum=flag)) == []


def test_a_supporter_does_not_count():
	application = with_partner(3, role="Supporter", budget=0, cofinancing_cash=0)
	assert only("partnership", application) == ["partnership.too_few"]


@pytest.mark.parametrize("field", ["budget", "cofinancing_cash", "cofinancing_in_kind"])
def test_money_of_a_supporter_is_not_counted_and_it_is_said(field):
	assert codes(fourth(role="Supporter", **{field: 5})) == ["partnership.supporter_money"]
	assert codes(fourth(role="Supporter", **{field: "x"})) == []


@pytest.mark.parametrize("written", ["80034840167", "IT80034840167", " it 800.348-40167 ", "80034840167 "])
def test_the_same_body_twice_counts_once_and_both_rows_are_named(written):
	application = with_partner(3, tax_code=written, organisation_name="Again")
	found = rules.check(application, make.call(), make.AT).findings
	assert [finding.code for finding in found] == ["partnership.too_few", "partnership.duplicate"]
	assert found[1].rows == (("partners", 2), ("partners", 3))
	assert found[1].args == {"tax_code": "80034840167", "names": "Again, Body 2"}


@pytest.mark.parametrize(
	"tax_code", ["80034840168", "123", "x" * 5000, "<script>", [1], -5, "RSSMRA85T10A562X"]
)
def test_an_invalid_tax_code_is_an_error_and_does_not_count(tax_code):
	found = rules.check(with_partner(3, tax_code=tax_code), make.call(), make.AT).findings
	assert [finding.code for finding in found] == ["partnership.too_few", "partnership.bad_tax_code"]
	assert found[1].rows == (("partners", 3),)


@pytest.mark.parametrize("tax_code", [None, "", "  "])
def test_a_missing_tax_code(tax_code):
	assert only("partnership", with_partner(3, tax_code=tax_code)) == [
		"partnership.too_few",
		"partnership.no_tax_code",
	]


def test_an_entrepreneur_has_the_code_of_a_person():
	assert only("partnership", with_partner(3, tax_code=make.PERSON.lower())) == []


def test_a_code_read_from_a_spreadsheet_as_a_number():
	assert only("partnership", with_partner(2, tax_code=80034840167)) == []


@pytest.mark.parametrize(
	"field, code",
	[("organisation_name", "no_name"), ("organisation_type", "no_type")],
)
@pytest.mark.parametrize("value", [None, "", "  ", []])
def test_a_row_without_name_or_type(field, code, value):
	assert only("partnership", with_partner(2, **{field: value})) == [f"partnership.{code}"]


@pytest.mark.parametrize("role", [None, "", "Boss", 7])
def test_a_row_without_a_role(role):
	assert only("partnership", fourth(role=role)) == ["partnership.no_role"]


@pytest.mark.parametrize("minimum", [None, "", "three", -1, 2.5, float("inf")])
def test_a_call_without_a_minimum(minimum):
	assert only("partnership", None, make.call(min_partners=minimum)) == ["partnership.no_threshold"]


@pytest.mark.parametrize("minimum", [3, "3", 3.0])
def test_the_minimum_may_be_written_in_any_way(minimum):
	assert only("partnership", None, make.call(min_partners=minimum)) == []
