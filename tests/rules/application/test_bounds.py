"""An application exactly at the bounds of the rules, and which field, rows and figures a finding names."""

from decimal import Decimal

import pytest

from rtc_conciliation import rules
from rtc_conciliation.rules.application.declarations import DECLARATIONS_LAW
from rtc_conciliation.rules.finding import CALL_TEXT
from tests.rules import factories as make
from tests.rules.helpers import codes, only


def find(application, call=None):
	return rules.check(application, call or make.call(), make.AT).findings


def with_row(table, position, **changes):
	return make.changed(make.application(), table, position, **changes)


def with_fourth(**changes):
	application = make.application()
	application["partners"].append(make.partner(4, **changes))
	return application


@pytest.mark.parametrize(
	"call",
	[{"min_areas": 0}, {"min_partners": 0}, {"max_contribution": None}, {"min_cofinancing_percent": 0}],
)
def test_a_call_that_asks_for_nothing(call):
	assert codes(None, make.call(**call)) == []


def test_no_area_is_asked_for_and_none_is_there():
	assert only("areas", make.application(actions=[]), make.call(min_areas=0)) == ["areas.no_action"]


def test_a_partner_that_manages_and_brings_nothing_changes_no_sum():
	assert codes(with_fourth()) == []
	assert codes(with_fourth(budget=None, cofinancing_cash="", cofinancing_in_kind=None)) == []


def test_a_value_that_is_no_amount_adds_nothing():
	(bad,) = find(with_fourth(budget="x"))
	assert bad.code == "budget.bad_share" and bad.rows == (("partners", 4),)
	(bad,) = find(with_fourth(cofinancing_cash="x"))
	assert bad.code == "cofinancing.bad_amount" and bad.rows == (("partners", 4),)
	assert bad.field == "cofinancing_cash" and bad.args == {"value": "x", "name": "Body 4"}


@pytest.mark.parametrize(
	("amount", "wrong"), [(1, True), ("0.01", True), (7000, False), ("7000.004", False), ("7000.005", True)]
)
def test_the_amount_that_is_stored_is_compared_to_the_cent(amount, wrong):
	assert only("budget", with_row("costs", 0, amount=amount)) == ["budget.amount_differs"] * wrong


def test_a_cost_at_the_most_that_can_be_stored():
	found = codes(with_row("costs", 0, unit_cost="999999999.99"))
	assert "budget.too_large" not in found
	assert "budget.too_large" in codes(with_row("costs", 0, unit_cost="999999999.99", vat="0.01"))


@pytest.mark.parametrize(("percent", "wrong"), [(100, False), ("100.01", True), (-1, True)])
def test_a_cap_is_at_most_the_whole(percent, wrong):
	caps = [{"cost_category": "Personnel", "max_percent": percent}, {"cost_category": "Vouchers"}]
	assert only("budget", None, make.call(cost_caps=caps)) == ["budget.bad_cap"] * wrong


def test_the_figures_of_a_cap():
	caps = [
		{"cost_category": "Personnel", "max_percent": "69.5", "max_amount": 6000},
		{"cost_category": "Vouchers"},
	]
	euro, percent = sorted(
		find(make.application(), make.call(cost_caps=caps)), key=lambda finding: finding.code
	)
	assert euro.args == {"category": "Personnel", "amount": Decimal(7000), "maximum": Decimal(6000)}
	assert percent.args == {
		"category": "Personnel",
		"amount": Decimal(7000),
		"total": Decimal(10_000),
		"maximum": "69,5",
	}


@pytest.mark.parametrize(
	("table", "title", "given", "field"),
	[("declarations", "declaration", "accepted", "accepted"), ("attachments", "document", "file", "file")],
)
def test_what_the_call_makes_mandatory_is_told_at_its_row(table, title, given, field):
	asked = {"declarations": "declarations", "attachments": "required_documents"}[table]
	call = make.call(
		**{
			asked: [
				{title: "Other"},
				{title: " "},
				{title: "Wanted", "mandatory": 1},
				{title: "Also", "mandatory": 1},
			]
		}
	)
	rows = [{title: "Else", given: 1}, {title: "WANTED"}, {title: "also", given: "1"}]
	(missing,) = find(make.application(**{table: rows}), call)
	assert (missing.field, missing.rows, missing.args) == (field, ((table, 2),), {title: "Wanted"})
	missing = find(make.application(**{table: []}), call)
	assert {finding.field for finding in missing} == {table} and not any(finding.rows for finding in missing)


@pytest.mark.parametrize(
	("laws", "told"),
	[
		(("", ""), DECLARATIONS_LAW),
		(("Reg. UE 2016/679",) * 2, "Reg. UE 2016/679"),
		(("Reg. UE 2016/679", ""), CALL_TEXT),
	],
)
def test_declarations_that_are_missing_are_one_finding(laws, told):
	asked = [
		{"declaration": title, "mandatory": 1, "legal_reference": law}
		for title, law in zip(("One", "Two"), laws, strict=True)
	]
	given = [
		{"declaration": title, "accepted": accepted} for title, accepted in (("one", 0), ("x", 1), ("Two", 0))
	]
	(missing,) = find(make.application(declarations=given), make.call(declarations=asked))
	assert (missing.code, missing.field, missing.args) == (
		"declarations.missing_many",
		"accepted",
		{"count": 2},
	)
	assert missing.rows == (("declarations", 1), ("declarations", 3))
	assert missing.legal_reference == told
	given[0]["accepted"] = 1
	(missing,) = find(make.application(declarations=given), make.call(declarations=asked))
	assert (missing.code, missing.rows) == ("declarations.missing", (("declarations", 3),))


def test_an_agreement_that_is_not_attached_is_told_at_its_row():
	call = make.call(required_documents=[{"document": "Pact", "is_agreement": 1}])
	signed = {"agreement_state": "Signed"}
	(missing,) = find(
		make.application(attachments=[{"document": "x", "file": "f"}, {"document": "pact"}], **signed), call
	)
	assert (missing.field, missing.rows) == ("file", (("attachments", 2),))
	(missing,) = find(make.application(attachments=[], **signed), call)
	assert (missing.field, missing.rows) == ("attachments", ())


@pytest.mark.parametrize(("length", "wrong"), [(254, False), (255, True)])
def test_the_longest_address(length, wrong):
	host = ".".join(["b" * 60] * 3 + ["c" * (length - 64 - 1 - 183 - 3)]) + ".it"
	pec = f"{'a' * 64}@{host}"
	assert len(pec) == length
	assert only("lead", make.application(pec=pec)) == ["lead.bad_pec"] * wrong


def test_how_many_lead():
	application = with_row("partners", 1, role="Lead")
	(several,) = find(application)
	assert several.args == {"count": 2} and several.field == "role"


@pytest.mark.parametrize("year", [1, -1, 2025, 2029])
def test_a_year_that_is_none_of_the_project(year):
	(finding,) = find(with_row("costs", 1, year=year))
	assert finding.code == "period.cost_year" and finding.rows == (("costs", 2),)
	assert finding.args == {"year": str(year), "description": "Cost 2", "first": "2026", "last": "2028"}


def test_a_cost_without_a_year_hides_none_after_it():
	application = with_row("costs", 0, year=None)
	application["costs"][1]["year"] = 2025
	assert codes(application) == ["period.cost_year"]


def test_an_action_of_one_day():
	assert codes(with_row("actions", 0, start_date="2027-03-01", end_date="2027-03-01")) == []
	assert codes(with_row("actions", 0, start_date="2027-03-01", end_date="2027-02-28")) == [
		"period.action_reversed"
	]


def test_a_number_of_people_that_cannot_be_read_reaches_nobody():
	rows = [{"recipient_category": "Employees", "expected_number": "x"}]
	assert only("recipients", make.application(recipients=rows)) == [
		"recipients.none",
		"recipients.bad_number",
	]
	(bad,) = [f for f in find(make.application(recipients=rows)) if f.code == "recipients.bad_number"]
	assert bad.args == {"number": "x", "category": "Employees", "maximum": 10_000_000}


@pytest.mark.parametrize(
	("number", "wrong"), [(0, False), (-1, True), (10_000_000, False), (10_000_001, True)]
)
def test_how_many_people_there_can_be(number, wrong):
	rows = [
		{"recipient_category": "Employees", "expected_number": 1},
		{"recipient_category": "Freelancers", "expected_number": number},
	]
	assert codes(make.application(recipients=rows)) == ["recipients.bad_number"] * wrong


def test_both_supporter_and_partner_of_one_code_are_named():
	application = with_fourth(tax_code=make.CODES[0], role="Supporter", organisation_name="Again")
	(finding,) = find(application)
	assert (finding.code, finding.rows) == ("partnership.duplicate", (("partners", 1), ("partners", 4)))


def test_a_field_of_a_row_that_cannot_be_read_is_told_where_no_rule_tells_it():
	application = make.application()
	application["costs"][0] |= {"unread_values": ["year", "note"], "year": "soon", "note": "x"}
	application["costs"][1] |= {"unread_values": ["note"], "note": "y"}
	told = [(f.code, f.rows, f.field) for f in find(application)]
	assert told == [
		("period.cost_year", (("costs", 1),), "year"),
		("texts.unread", (("costs", 1),), "note"),
		("texts.unread", (("costs", 2),), "note"),
	]


def test_a_warning_does_not_stand_for_what_cannot_be_read():
	application = with_row("costs", 0, partner="Nobody", unread_values=["partner"])
	assert codes(application) == ["budget.unknown_partner", "texts.unread"]
