"""The codes without which an award is void, and the term to accept it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules.award import codes
from rtc_conciliation.rules.award.codes import Codes

CUP, OTHER = "C11G06000000001", "E19G26000010001"


def codes_of(found):
	return [finding.code for finding in found]


@pytest.mark.parametrize(
	"written", [CUP, " c11g 06000-000001 ", "C11G.0600.0000.001", "’C11G06000000001".replace("’", "'")]
)
def test_a_cup_in_any_way_of_writing(written):
	assert codes.normalise(written) == CUP and codes.is_valid_cup(written)


@pytest.mark.parametrize(
	"code",
	[
		"",
		None,
		"A" * 15,
		"1" * 15,
		CUP[:-1],
		CUP + "0",
		"CI1G06000000001",
		"C11G0600000000O",
		"Ç11G06000000001",
		[],
		3,
	],
)
def test_what_is_no_cup(code):
	assert not codes.is_valid_cup(code)


def test_a_cor_belongs_to_one_aid():
	rows = [Codes(1, "A-1", CUP, "77889"), Codes(2, "A-2", OTHER, "77 889"), Codes(3, "A-3", "", "5")]
	found = list(codes.check_written(rows, {"5": "A-9"}))
	assert codes_of(found) == ["award.same_cor", "award.same_cor"]
	assert [one.rows[0].idx for one in found] == [2, 3]


@given(st.text())
def test_nothing_typed_raises_and_normalising_twice_is_once(text):
	once = codes.normalise(text)
	assert codes.normalise(once) == once
	assert codes.is_valid_cup(text) == codes.is_valid_cup(once)


@pytest.mark.parametrize(
	"code, valid", [("1234567", True), (" 12 34 ", True), ("1" * 13, False), ("12A", False), ("", False)]
)
def test_cor(code, valid):
	assert codes.is_valid_cor(code) is valid


def test_codes_as_written():
	rows = [
		Codes(2, "A-1", CUP),
		Codes(3, "A-2", CUP),
		Codes(4, "A-3", "C11G", "12A"),
		Codes(5, "A-4", OTHER, "123"),
		Codes(6, "A-5"),
	]
	found = list(codes.check_written(rows, {OTHER: "A-9"}))
	assert codes_of(found) == ["award.same_cup", "award.bad_cup", "award.bad_cor", "award.same_cup"]
	assert [finding.rows[0].idx for finding in found] == [3, 4, 4, 5]
	assert found[0].args["other"] == "A-1" and found[3].args["other"] == "A-9"
	assert not list(codes.check_written([Codes(1, "A-9", OTHER)], {OTHER: "A-9"})), "its own is not another's"


def test_the_act_needs_a_cup_for_each_and_a_cor_for_state_aid():
	rows = [Codes(1, "A-1", CUP, "77"), Codes(2, "A-2", OTHER), Codes(3, "A-3", "", "", "Tempo")]
	assert codes_of(codes.check_award(rows, {}).errors) == ["award.no_cup"]
	aid = codes.check_award(rows, {}, state_aid=1)
	assert sorted(codes_of(aid.errors)) == ["award.no_cor", "award.no_cor", "award.no_cup"]
	told = [rows[0], rows[1]._replace(no_aid_reason="Ente pubblico, attività non economica")]
	assert codes.check_award(told, {}, state_aid=True).ok
	assert codes.check_award([], {}).ok


@pytest.mark.parametrize(
	"days, due",
	[(15, date(2026, 12, 16)), (0, date(2026, 12, 16)), (None, date(2026, 12, 16)), (30, date(2026, 12, 31))],
)
def test_the_term(days, due):
	assert codes.get_term(date(2026, 12, 1), days) == due


@pytest.mark.parametrize(
	("awarded", "days", "due"),
	[
		(date(2026, 12, 4), 15, date(2026, 12, 21)),  # a Saturday runs to Monday
		(date(2026, 12, 5), 15, date(2026, 12, 21)),  # so does a Sunday
		(date(2026, 12, 10), 15, date(2026, 12, 28)),  # Christmas, Santo Stefano on a Saturday, a Sunday
		(date(2027, 3, 14), 15, date(2027, 3, 30)),  # Easter Monday moves from year to year
		(date(2028, 9, 19), 15, date(2028, 10, 5)),  # 4 October, a holiday again since L. 151/2025
		(date(2026, 12, 17), 15, date(2027, 1, 4)),  # into another year
	],
)
def test_a_term_never_ends_on_a_holiday(awarded, days, due):
	assert codes.get_term(awarded, days) == due


def test_before_and_after_the_term():
	due = date(2026, 12, 16)
	assert not codes.is_over(due, due) and codes.is_over(date(2026, 12, 17), due)
	assert not codes.is_over(due, None) and not codes.is_near(due, None)
	near = [day for day in range(10, 20) if codes.is_near(date(2026, 12, day), due)]
	assert near == [13, 14, 15, 16]
