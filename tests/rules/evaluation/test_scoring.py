"""Marks of a review, what the co-financing is worth, and what reviews come to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules import check_review
from rtc_conciliation.rules.evaluation import scoring

LEVELS = "Debole = 0\nBuona = 7,5\n\nOttima=10"


def row(**values):
	return {"criterion": "Azioni", "kind": "Judgement", "max_score": 20, "score": "10", **values}


def codes(*rows, step="0.25", complete=True):
	report = check_review({"scores": list(rows)}, step, complete)
	return [(finding.code, finding.rows[0].idx) for finding in report.findings]


@pytest.mark.parametrize(
	("values", "expected"),
	[
		({}, None),
		({"score": "0"}, None),
		({"score": 20}, None),
		({"score": "7,25"}, None),
		({"score": " 7.25 "}, None),
		({"score": "20,25"}, "review.outside"),
		({"score": "-0,25"}, "review.outside"),
		({"score": "7,3"}, "review.step"),
		({"score": "nan"}, "review.number"),
		({"score": float("nan")}, "review.number"),
		({"score": "1.234,5"}, "review.number"),
		({"score": ["7"]}, "review.number"),
		({"score": ""}, "review.mark"),
		({"score": None}, "review.mark"),
		({"note_required": 1}, "review.note"),
		({"note_required": 1, "note": "Chiare"}, None),
		({"note_required": 1, "kind": "Computed"}, None),
		({"kind": "Computed", "score": "3,33"}, None),
		({"kind": "Table", "levels": LEVELS, "score": "7.5"}, None),
		({"kind": "Table", "levels": LEVELS, "score": "8"}, "review.level"),
		({"kind": "Table", "levels": "senza punti", "score": "8"}, "review.level"),
	],
)
def test_a_mark(values, expected):
	assert codes(row(**values)) == ([(expected, 1)] if expected else [])


def test_a_draft_may_lack_marks_and_notes_but_has_no_bad_one():
	rows = row(score=""), row(note_required=1), row(score="99", idx=7)
	assert codes(*rows, complete=False) == [("review.outside", 7)]


def test_a_bad_step_is_the_usual_one_and_no_rows_have_no_findings():
	assert codes(row(score="7,25"), step="x") == []
	assert codes(row(score="7,25"), step="0.5") == [("review.step", 1)]
	assert [finding.code for finding in check_review({"scores": [row(score="")]}).findings] == ["review.mark"]
	assert check_review({"scores": "x"}).ok and check_review(None).ok


def test_the_nearest_marks_stay_within_the_maximum():
	(finding,) = check_review({"scores": [row(score="19,9", max_score="19.95", step="1")]}, "1").findings
	assert (finding.args["lower"], finding.args["upper"]) == ("19", "19,95")


def test_levels():
	assert [tuple(level) for level in scoring.get_levels(LEVELS)] == [
		("Debole", Decimal(0)),
		("Buona", Decimal("7.5")),
		("Ottima", Decimal(10)),
	]
	assert scoring.get_levels(None) == [] and scoring.get_levels("x")[0].points is None


@pytest.mark.parametrize(
	("cost", "part", "minimum", "most", "points"),
	[
		(100000, 30000, 30, 5, "0.00"),
		(100000, 29999, 30, 5, "0.00"),
		(100000, 45000, 30, 5, "2.50"),
		(100000, 60000, 30, 5, "5.00"),
		(100000, 90000, 30, 5, "5.00"),
		(30000, 10000, 30, 5, "0.56"),  # 33,33 % with all its decimals
		(100000, 80000, 60, 5, "2.50"),  # full points at 100 %, not at 120 %
		(100000, 50000, 0, 5, "2.50"),  # no minimum: full points at 100 %
		(100000, 100000, 100, 5, "0.00"),  # nothing can be above it
		(1, "0.30", 30, 5, "0.00"),
		(1, "0.29", 30, 5, "0.00"),
		(1, "0.31", 30, 5, "0.17"),  # one point of thirty, of five
		(1, "0.59", 30, 5, "4.83"),
		(1, "0.61", 30, 5, "5.00"),
		(200, 100, 20, 8, "8.00"),
		(200, 60, 20, 8, "4.00"),
		(1000, 700, 50, 10, "4.00"),  # from 50 to 100 %
		(1000, 500, 0, 10, "5.00"),
		(1000, 1, 0, 10, "0.01"),
		(0, 0, 30, 5, "0.00"),
		(0, 10, 30, 5, "0.00"),
		(None, "x", None, None, "0.00"),
	],
)
def test_points_for_the_co_financing(cost, part, minimum, most, points):
	assert scoring.compute_points(cost, part, minimum, most) == Decimal(points)


@given(st.integers(1, 10**8), st.integers(0, 10**8), st.integers(0, 100), st.integers(0, 20))
def test_more_co_financing_is_never_worth_less(cost, part, minimum, most):
	points = scoring.compute_points(cost, part, minimum, most)
	assert 0 <= points <= most
	assert points <= scoring.compute_points(cost, part + 1, minimum, most)


def marks(*values):
	return {f"v{n}": {"A": Decimal(a), "B": Decimal(b)} for n, (a, b) in enumerate(values)}


def test_the_mean_adds_up_as_it_is_printed():
	result = scoring.get_outcome("Mean", marks(("1", "1"), ("1", "1"), ("2", "2")), None, 2)
	assert result == {
		"criteria": {"A": Decimal("1.33"), "B": Decimal("1.33")},
		"total": Decimal("2.66"),
		"spread": Decimal("2"),
		"flagged": False,
	}
	assert scoring.get_mean([Decimal("0.25"), Decimal("0.24")]) == Decimal("0.25")  # 0.245 goes up


def test_the_consensus_takes_the_place_of_the_mean_but_not_of_the_spread():
	agreed = {"A": Decimal("9.50")}
	result = scoring.get_outcome("Consensus", marks(("1", "1"), ("9", "9")), agreed, 15)
	assert (result["criteria"], result["total"], result["spread"]) == (agreed, Decimal("9.50"), Decimal(16))
	assert result["flagged"] and scoring.get_outcome("Consensus", {}, None, 15)["total"] == 0


def test_nothing_is_flagged_without_a_limit():
	assert not scoring.flagged(Decimal(99), 0) and not scoring.flagged(Decimal(15), "15")
	assert scoring.get_outcome("Mean", {}, None, None) == {
		"criteria": {}, "total": Decimal("0.00"), "spread": Decimal("0.00"), "flagged": False
	}  # fmt: skip


reviews = st.lists(st.tuples(*[st.integers(0, 80).map(lambda n: Decimal(n) / 4)] * 2), min_size=1, max_size=7)


@given(reviews, st.randoms())
def test_the_order_of_the_reviews_never_matters(values, random):
	first = scoring.get_outcome("Mean", marks(*values), None, 5)
	random.shuffle(values)
	second = scoring.get_outcome("Mean", marks(*values), None, 5)
	assert first == second
	for name, index in (("A", 0), ("B", 1)):
		column = [value[index] for value in values]
		assert min(column) - Decimal("0.01") <= first["criteria"][name] <= max(column) + Decimal("0.01")
	assert first["total"] == sum(first["criteria"].values())


def test_each_criterion_has_the_mean_of_those_who_marked_it():
	given = {"v1": {"A": Decimal(1)}, "v2": {"A": Decimal(2), "B": Decimal(3)}}
	result = scoring.get_outcome("Mean", given, None, "3.99")
	assert result["criteria"] == {"A": Decimal("1.50"), "B": Decimal("3.00")}
	assert (result["total"], result["spread"], result["flagged"]) == (Decimal("4.50"), Decimal(4), True)
	assert not scoring.get_outcome("Mean", given, None, 4)["flagged"]


def test_what_is_said_of_a_mark():
	rows = [
		row(score="7,3"),
		row(score="20,5"),
		row(kind="Table", levels=f"{LEVELS}\nforse", score="8", idx=9),
		row(score="sette"),
	]
	step, outside, number, level = check_review({"scores": tuple(rows)}).findings
	assert step.code == "review.step" and step.rows == (("scores", 1),)
	assert step.args == {
		"criterion": "Azioni", "value": "7,3", "step": "0,25", "lower": "7,25", "upper": "7,5"
	}  # fmt: skip
	assert outside.rows == (("scores", 2),)
	assert outside.args == {"criterion": "Azioni", "value": "20,5", "maximum": "20"}
	assert number.rows == (("scores", 4),) and number.args["value"] == "sette"
	assert level.rows == (("scores", 9),)
	assert level.args["levels"] == "Debole = 0; Buona = 7,5; Ottima = 10"


def test_a_criterion_without_a_maximum_takes_only_nothing():
	assert codes(row(max_score=None, score="0")) == []
	assert codes(row(max_score=None, score="0,25")) == [("review.outside", 1)]


def test_a_mark_as_it_is_kept():
	assert scoring.format_mark(Decimal("7.495")) == "7.50" and scoring.format_mark(Decimal("7.494")) == "7.49"
	assert scoring.format_mark(scoring.read("7,5")) == "7.50"
