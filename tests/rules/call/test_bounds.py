"""A call exactly at its bounds and one step beyond, and which field and which figures a finding names."""

from decimal import Decimal

import pytest

from rtc_conciliation import rules
from tests.rules import factories as make


def find(programme=None, **changes):
	return rules.check_call(make.call(**changes), programme or make.programme()).findings


def codes(programme=None, **changes) -> list[str]:
	return [finding.code for finding in find(programme, **changes)]


def grid(*rows) -> dict:
	return {"criteria": [{"criterion": f"Criterion {number}", **row} for number, row in enumerate(rows, 1)]}


def levels(text: str) -> dict:
	return grid({"max_score": 100, "kind": "Table", "levels": text})


@pytest.mark.parametrize(
	"changes",
	[
		{"min_partners": 1},
		{"min_partners": 50},
		{"min_areas": 2},
		{"max_contribution": None},
		{"max_contribution": "400000.00"},
		{"endowment": "0.01", "max_contribution": 0},
		{"endowment": 1, "max_contribution": 1},
		{"opening": "2028-12-31 23:59:00", "closing": "2029-01-31 12:00:00"},
		{"opening": "2025-12-09 00:00:00", "closing": "2025-12-09 00:00:01"},
		{"project_start": "2028-11-01", "project_end": "2028-11-01"},
		{"project_end": "2026-11-01"},
		{"score_threshold": 0},
		{"score_threshold": 100},
		{"min_reviews": 1},
		{"min_reviews": ""},
		{"cost_caps": [{"cost_category": "A", "max_percent": 100, "max_amount": 0}]},
		{"cost_caps": [{"cost_category": "A"}]},
		{"declarations": [{"declaration": str(n)} for n in range(100)]},
		{"text_limits": [{"text": "Abstract", "characters": 1}, {"text": "Risks", "characters": 10_000}]},
		grid({"max_score": 100, "min_score": 100}),
		grid({"max_score": "0.01", "min_score": "0.01"}, {"max_score": "99.99"}),
		levels("No = 0\nSì = 100"),
		levels("Only = 100"),
		{
			"tie_breaks": [
				{"criterion": "Co-financing Share"},
				{"criterion": "time of arrival"},
				{"criterion": "needs"},
			]
		},
		{"reserves": [{"territory": "Bergamo", "amount": "400000.00"}]},
		{
			"reserves": [
				{"territory": "Bergamo", "amount": 200_000},
				{"kind": "Area", "area": "Bergamo", "amount": 200_000},
			]
		},
		# in the hour that comes twice, opening is the earlier and closing the later of the two
		{"opening": "2026-10-25 02:30:00", "closing": "2026-10-25T01:00:00+00:00"},
		{"opening": "2026-10-25T01:00:00+00:00", "closing": "2026-10-25 02:30:00"},
	],
)
def test_at_the_bound(changes):
	assert codes(**changes) == []


@pytest.mark.parametrize(
	("changes", "code"),
	[
		({"max_contribution": "x"}, "cofinancing.call_maximum"),
		({"endowment": "x", "max_contribution": 9}, "cofinancing.call_endowment"),
		({"opening": "2026-10-25T01:00:00+00:00", "closing": "2026-10-25T01:00:00+00:00"}, "window.call_reversed"),
		({"project_start": "2026-10-31", "project_end": "2026-11-30"}, "period.call_outside"),
		({"project_start": "2028-10-31", "project_end": "2028-11-02"}, "period.call_outside"),
		({"score_threshold": "100.01"}, "scoring.threshold"),
		({"score_threshold": -1}, "scoring.threshold"),
		({"cost_caps": [{"cost_category": "A", "max_percent": "100.01"}]}, "budget.call_cap"),
		({"cost_caps": [{"cost_category": "A", "max_percent": -1}]}, "budget.call_cap"),
		({"text_limits": [{"text": "Poem", "characters": 5}]}, "texts.call_length"),
		(grid({"max_score": 100, "min_score": "x"}), "scoring.score"),
		(grid({"max_score": 100, "min_score": "100.01"}), "scoring.score"),
		(grid({"max_score": "99.99"}), "scoring.sum"),
		(grid({"max_score": "100.01"}), "scoring.sum"),
		(levels("= 0\nSì = 100"), "scoring.levels"),
		(levels("No = no\nSì = 100"), "scoring.levels"),
		(levels("No = 0\nSì = 100.01"), "scoring.levels"),
		(levels("No = -0.01\nSì = 100"), "scoring.levels"),
		({"reserves": [{"territory": "Bergamo", "amount": "x"}]}, "scoring.reserve"),
		({"reserves": [{"territory": " ", "amount": 5}]}, "scoring.reserve"),
		({"reserves": [{"kind": "Area", "area": "A", "amount": 200_000}, {"territory": "B", "amount": "200000.01"}]}, "scoring.reserve_sum"),
	],
)  # fmt: skip
def test_beyond_the_bound(changes, code):
	assert codes(**changes) == [code]


def test_levels_of_another_kind_of_criterion_are_not_looked_at():
	assert codes(**grid({"max_score": 100, "kind": "Judgement", "levels": "nonsense"})) == []


@pytest.mark.parametrize(
	("changes", "field"),
	[
		({"opening": None}, "opening"),
		({"closing": None}, "closing"),
		({"opening": None, "closing": None}, "opening"),
		({"project_start": None}, "project_start"),
		({"project_end": None}, "project_end"),
		({"project_start": None, "project_end": None}, "project_start"),
	],
)
def test_a_missing_day_is_told_at_its_field(changes, field):
	(finding,) = find(**changes)
	assert finding.field == field


def test_the_endowment_of_a_call_is_at_most_that_of_its_programme():
	programme = make.programme(endowment="400000.00")
	assert codes(programme) == []
	(finding,) = find(programme, endowment="400000.01")
	assert finding.args == {"endowment": Decimal("400000.01"), "maximum": Decimal(400_000)}
	assert codes(make.programme(endowment=0)) == ["cofinancing.programme_endowment"]


def test_only_areas_with_a_name_that_count_are_asked_for():
	areas = [
		{"area": "Care services", "counts_towards_minimum": 1},
		{"area": "", "counts_towards_minimum": 1},
		{"area": "Times of the city", "counts_towards_minimum": 0},
	]
	assert codes(areas=areas, min_areas=1) == []
	(finding,) = find(areas=areas, min_areas=2)
	assert (finding.code, finding.args) == ("areas.call_minimum", {"maximum": 1})


def test_the_figures_that_are_told():
	(partners,) = find(min_partners=0)
	assert partners.args == {"maximum": 50}
	(threshold,) = find(score_threshold=101)
	assert threshold.args == {"maximum": 100}
	(length,) = find(text_limits=[{"text": "Risks", "characters": 0}])
	assert length.args == {"name": "Risks", "maximum": 10_000}
	(points,) = find(**grid({"max_score": "40.5"}, {"max_score": 50}))
	assert points.args == {"total": "90,5", "maximum": 100}
	(reserved,) = find(reserves=[{"territory": "A", "amount": 400_000}, {"territory": "B", "amount": "0.50"}])
	assert reserved.args == {"total": Decimal("400000.50"), "endowment": Decimal(400_000)}


def test_without_an_endowment_nothing_can_be_reserved():
	reserves = [{"territory": "Bergamo", "amount": "0.50"}]
	assert codes(endowment=None, reserves=reserves) == ["cofinancing.call_endowment", "scoring.reserve_sum"]


def test_a_table_that_is_too_long_does_not_hide_what_is_wrong_with_the_next():
	areas = [{"area": str(number), "counts_towards_minimum": 1} for number in range(101)]
	many, twice = find(areas=areas, min_areas=0, declarations=[{"declaration": "A"}] * 2)
	assert {many.code, twice.code} == {"documents.call_too_many", "declarations.call_repeated"}
	(many,) = [finding for finding in (many, twice) if finding.code == "documents.call_too_many"]
	assert many.args == {"count": 101, "maximum": 100}


def test_a_reserve_of_the_same_name_twice():
	rows = [{"territory": "Bergamo", "amount": 5}, {"territory": " bergamo", "amount": 6}]
	(finding,) = find(reserves=rows)
	assert (finding.code, finding.field) == ("scoring.reserve_repeated", "territory")
	assert finding.rows == (("reserves", 1), ("reserves", 2)) and finding.args == {"name": "Bergamo"}
	(finding,) = find(reserves=[{"kind": "Area", "area": "Cura", "amount": 5}] * 2)
	assert finding.field == "area"
