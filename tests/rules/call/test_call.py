from decimal import Decimal

import pytest

from rtc_conciliation import rules
from rtc_conciliation.rules.application import texts
from tests.rules import factories as make


def said(programme=None, **changes):
	report = rules.check_call(make.call(**changes), make.programme() if programme is None else programme)
	return [finding.code for finding in report.findings]


def table_criterion(levels: str) -> dict:
	return {"criterion": "A", "max_score": 100, "kind": "Table", "levels": levels}


@pytest.mark.parametrize(
	"changes, code",
	[
		({"opening": None}, "window.call_dates"),
		({"closing": "x"}, "window.call_dates"),
		({"closing": "2026-06-30 09:00:00"}, "window.call_reversed"),
		({"closing": "2026-07-01 09:00:00"}, "window.call_reversed"),
		({"opening": "2025-12-08 09:00:00"}, "window.call_outside"),
		({"opening": "2029-01-01 09:00:00", "closing": "2029-02-01 09:00:00"}, "window.call_outside"),
		({"project_start": None}, "period.call_dates"),
		({"project_end": "x"}, "period.call_dates"),
		({"project_end": "2026-10-31"}, "period.call_reversed"),
		({"project_start": "2026-10-31"}, "period.call_outside"),
		({"project_end": "2028-11-02"}, "period.call_outside"),
		({"min_partners": 0}, "partnership.call_minimum"),
		({"min_partners": 51}, "partnership.call_minimum"),
		({"min_partners": "x"}, "partnership.call_minimum"),
		({"min_areas": -1}, "areas.call_minimum"),
		({"min_areas": 3}, "areas.call_minimum"),
		({"min_areas": None}, "areas.call_minimum"),
		({"min_cofinancing_percent": 0}, "cofinancing.call_minimum"),
		({"min_cofinancing_percent": 0.99}, "cofinancing.call_minimum"),
		({"min_cofinancing_percent": 100.01}, "cofinancing.call_minimum"),
		({"min_cofinancing_percent": 101}, "cofinancing.call_minimum"),
		({"min_cofinancing_percent": "x"}, "cofinancing.call_minimum"),
		({"endowment": 0, "max_contribution": 0}, "cofinancing.call_endowment"),
		({"endowment": -5}, "cofinancing.call_endowment"),
		({"endowment": "872000.01"}, "cofinancing.call_over_programme"),
		({"max_contribution": "400000.01"}, "cofinancing.call_maximum"),
		({"max_contribution": -1}, "cofinancing.call_maximum"),
		({"score_threshold": 101}, "scoring.threshold"),
		({"score_threshold": "x"}, "scoring.threshold"),
		({"cost_caps": [{"cost_category": "A", "max_percent": 101}]}, "budget.call_cap"),
		({"cost_caps": [{"cost_category": "A", "max_percent": "x"}]}, "budget.call_cap"),
		({"cost_caps": [{"cost_category": "A", "max_amount": -1}]}, "budget.call_cap"),
		({"criteria": [{"criterion": "A", "max_score": 99.5}]}, "scoring.sum"),
		({"min_reviews": 0}, "scoring.reviews"),
		({"min_reviews": "x"}, "scoring.reviews"),
		({"criteria": [table_criterion("")]}, "scoring.levels"),
		({"criteria": [table_criterion("No = 0\nSì")]}, "scoring.levels"),
		({"criteria": [table_criterion("No = 0\nno = 100")]}, "scoring.levels"),
		({"criteria": [table_criterion("No = -1\nSì = 100")]}, "scoring.levels"),
		({"criteria": [table_criterion("No = 0\nSì = 90")]}, "scoring.levels"),
		({"criteria": [{"criterion": "A", "max_score": 100, "min_score": 101}]}, "scoring.score"),
		({"criteria": [{"criterion": "A", "max_score": 100, "min_score": -1}]}, "scoring.score"),
		(
			{"criteria": [{"criterion": "A", "max_score": 100}, {"criterion": "B", "max_score": 0}]},
			"scoring.score",
		),
		({"declarations": [{"declaration": str(n)} for n in range(101)]}, "documents.call_too_many"),
		({"tie_breaks": [{"criterion": "Other"}]}, "scoring.tie_break"),
		({"tie_breaks": [{"criterion": "Time of Arrival"}] * 2}, "scoring.tie_break_repeated"),
		({"text_limits": [{"text": "Abstract", "characters": 0}]}, "texts.call_length"),
		({"text_limits": [{"text": "Abstract", "characters": 10001}]}, "texts.call_length"),
		({"text_limits": [{"text": "Abstract", "characters": "x"}]}, "texts.call_length"),
		({"text_limits": [{"text": "Poem", "characters": 5}]}, "texts.call_length"),
		({"text_limits": [{"text": "Risks", "characters": 5}] * 2}, "texts.call_repeated"),
		({"reserves": [{"kind": "Area", "territory": "Bergamo", "amount": 1}]}, "scoring.reserve"),
		({"reserves": [{"kind": "Territory", "territory": "Bergamo", "amount": 0}]}, "scoring.reserve"),
		({"reserves": [{"territory": "Bergamo", "amount": 1}] * 2}, "scoring.reserve_repeated"),
		({"reserves": [{"territory": "Bergamo", "amount": "400000.01"}]}, "scoring.reserve_sum"),
	],
)
def test_a_call_with_one_thing_wrong(changes, code):
	assert said(**changes) == [code]


@pytest.mark.parametrize(
	"changes",
	[
		{"min_cofinancing_percent": 1},
		{"min_cofinancing_percent": 100},
		{"min_areas": 0},
		{"max_contribution": 400000},
		{"max_contribution": 0},
		{"endowment": 872000},
		{"criteria": []},
		{"criteria": [table_criterion("No = 0\nSì = 100")], "min_reviews": 1},
		{
			"criteria": [
				{"criterion": "A", "max_score": 0.1},
				{"criterion": "B", "max_score": Decimal("99.9")},
			]
		},
		{"score_threshold": None},
		{"opening": "2025-12-09 00:00:00"},
		{"project_start": "2028-11-01"},
	],
)
def test_a_call_at_its_limits(changes):
	assert said(**changes) == []


@pytest.mark.parametrize(
	"table, field, rule",
	[
		("areas", "area", "areas"),
		("recipient_categories", "recipient_category", "recipients"),
		("cost_caps", "cost_category", "budget"),
		("declarations", "declaration", "declarations"),
		("required_documents", "document", "documents"),
		("criteria", "criterion", "scoring"),
	],
)
def test_nothing_is_in_a_table_twice(table, field, rule):
	call = make.call()
	first = call[table][0]
	call[table].append({**first, field: f" {first[field].upper()} ", "max_score": 0.0})
	found = [
		f for f in rules.check_call(call, make.programme()).findings if f.code == f"{rule}.call_repeated"
	]
	assert [finding.rows for finding in found] == [((table, 1), (table, len(call[table])))]
	assert found[0].field == field


def test_rows_without_a_name_are_no_duplicates():
	assert said(declarations=[{}, {"declaration": " "}]) == []


@pytest.mark.parametrize(
	"changes, code",
	[
		({"start_date": None}, "window.programme_dates"),
		({"end_date": "x"}, "window.programme_dates"),
		({"project_start": None}, "period.programme_dates"),
		({"project_end": "x"}, "period.programme_dates"),
		({"endowment": None}, "cofinancing.programme_endowment"),
	],
)
def test_a_programme_that_lacks_something(changes, code):
	assert said(programme=make.programme(**changes)) == [code]


def test_several_things_wrong_are_said_at_once():
	assert len(said(programme={}, opening=None, min_partners=0, endowment=0, project_end=None)) >= 6
	assert rules.check_call(None, []).errors


def test_what_a_programme_proposes_is_held_against_itself():
	def proposed(**tables):
		report = rules.check_proposals(make.programme(**tables))
		return [finding.code for finding in report.findings]

	assert proposed() == []
	assert proposed(tie_breaks=[{"criterion": "Of the usual grid"}]) == []
	grid = [{"criterion": "A", "max_score": 99}]
	assert proposed(criteria=grid, tie_breaks=[{"criterion": "B"}]) == ["scoring.sum", "scoring.tie_break"]
	assert proposed(text_limits=texts.get_usual_limits(), min_reviews=0) == ["scoring.reviews"]
