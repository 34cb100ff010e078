"""What the Region looks for in a Plan, and two versions side by side. The Plans are plain dicts."""

import copy
from decimal import Decimal

import pytest

from rtc_conciliation import rules
from rtc_conciliation.plan.compare import compare_plans
from rtc_conciliation.rules.plan import due_reminder, to_plain


def section(idx, kind, content="", **values):
	return {
		"idx": idx,
		"kind": kind,
		"title": f"Sezione {idx}",
		"content": content,
		"required": False,
		"table": None,
		**values,
	}


def complete(**values):
	data = {
		"plan": {"name": "P-1", "version": 1, "reference_date": "2026-09-30"},
		"programme": {"start_date": "2025-12-09", "end_date": "2027-12-31"},
		"sections": [
			section(1, "Text", "<p>Premessa</p>", required=True),
			section(2, "Composition", required=True),
			section(3, "Comitato"),
			section(4, "Community of Practice", required=True),
			section(5, "Projects", required=True),
			section(6, "Resources", required=True),
		],
		"composition": {"date": "2026-09-30", "total": 1, "groups": [{"group": "Other", "members": [{"name": "Uno", "tax_code": "1"}]}]},
		"comitato": {"members": [{"person": "Ada"}]},
		"community": {"members": [{"organisation": "Ente", "person": "Bruna"}], "outcome": "<p>Esito</p>"},
		"projects": [{"name": "A-1", "title": "Tempo", "cup": "E19G26000010001", "total_cost": "100.00", "cofinancing": "30.00", "granted": "70.00"}],
		"resources": {"endowment": "100.00", "residue": "30.00", "granted": "70.00", "years": [{"year": 2026, "amount": "100.00"}]},
	}  # fmt: skip
	return {**data, **values}


def codes(data):
	return {finding.code.removeprefix("plan.") for finding in rules.check_plan(data).findings}


def test_a_complete_plan_has_no_findings():
	assert codes(complete()) == set()


def without(kind):
	return [row for row in complete()["sections"] if row["kind"] != kind]


BROKEN = {"report": "R", "columns": [], "rows": [], "problem": "non esiste più."}


@pytest.mark.parametrize(
	("values", "expected", "blocks"),
	[
		({"sections": without("Composition")}, "no_composition_section", True),
		({"sections": without("Community of Practice")}, "no_community_section", True),
		({"sections": without("Projects")}, "no_projects_section", True),
		({"composition": {"date": "2026-09-30", "total": 0, "groups": []}}, "no_members", True),
		({"plan": {"reference_date": "2028-01-01"}}, "date_outside", True),
		({"community": {"members": [], "outcome": "<p>x</p>"}}, "no_community_members", True),
		({"community": {"members": [{"person": "Ada"}], "outcome": "<p><br></p>"}}, "no_community_outcome", True),
		({"comitato": {"members": []}}, "no_comitato", False),
		({"projects": []}, "nothing_required", True),
		({"projects": [{"title": "Tempo", "cup": ""}]}, "no_cup", False),
		({"sections": [*complete()["sections"], section(7, "Text", "<p> &nbsp; </p>", required=True)]}, "empty_required", True),
		({"sections": [*complete()["sections"], section(7, "Text")]}, "empty", False),
		({"sections": [*complete()["sections"], section(7, "Calls")]}, "nothing", False),
		({"sections": [*complete()["sections"], section(7, "Text", table=BROKEN)]}, "broken_report", True),
		({"resources": {"endowment": "10.00", "residue": "-0.01"}}, "overspent", True),
		({"resources": {"endowment": "10.00", "residue": "0.00", "years": [{"amount": "9.99"}]}}, "years", True),
	],
)  # fmt: skip
def test_each_thing_that_is_missing(values, expected, blocks):
	data = complete(**values)
	assert codes(data) == {expected}
	assert rules.check_plan(data).ok != blocks


def test_a_required_section_without_records_may_be_told_in_words():
	data = complete(projects=[])
	data["sections"][4]["content"] = "<p>La graduatoria non è ancora approvata.</p>"
	assert codes(data) == set()


def test_a_finding_names_section_and_row():
	data = complete(sections=[*complete()["sections"], section(7, "Text", title="Bisogni", required=True)])
	[finding] = rules.check_plan(data).findings
	assert finding.rows == (("sections", 7),) and "Bisogni" in rules.render(finding)[0]


@pytest.mark.parametrize(
	"values",
	[
		{"plan": {"reference_date": "2025-12-09"}},
		{"plan": {"reference_date": "2027-12-31"}},
		{"programme": {"start_date": "2025-12-09", "end_date": None}},
		{"resources": {"endowment": "100.00", "residue": "0.00", "years": []}},
		{
			"resources": {
				"endowment": "100.00",
				"years": [{"amount": "x"}, {"amount": "60"}, {"amount": "40"}],
			}
		},
		{
			"community": {
				"members": [{"person": "Ada"}],
				"meetings": [{"outcome": ""}, {"outcome": "<p>Esito</p>"}],
			}
		},
	],
)
def test_what_is_enough(values):
	assert codes(complete(**values)) == set()


def test_years_are_held_against_no_endowment():
	assert codes(complete(resources={"endowment": None, "years": [{"amount": "5"}]})) == {"nothing_required"}


def test_what_a_finding_is_told_with():
	projects = [{"title": "Uno", "cup": ""}, {"title": "Due", "cup": "X"}, {"title": "Tre"}]
	(no_cup,) = rules.check_plan(complete(projects=projects)).findings
	assert no_cup.args == {"count": 2, "title": "Uno"}
	(overspent,) = rules.check_plan(complete(resources={"endowment": "10", "residue": "-0.01"})).findings
	assert overspent.args == {"excess": Decimal("0.01")}
	(years,) = rules.check_plan(
		complete(resources={"endowment": "10", "years": [{"amount": 4}, {"amount": 5}]})
	).findings
	assert years.args == {"years": Decimal(9), "endowment": Decimal(10)}
	unnumbered = {"kind": "Text", "title": "Bisogni"}
	(empty,) = rules.check_plan(complete(sections=[*complete()["sections"], unnumbered])).findings
	assert (empty.code, empty.rows) == ("plan.empty", (("sections", 0),))
	(comitato,) = rules.check_plan(complete(comitato={})).findings
	assert comitato.rows == (("sections", 3),)


def test_a_section_that_is_in_order_hides_none_after_it():
	last = [section(7, "Text", "<p>x</p>"), section(8, "Text"), section(9, "Text", table={"rows": [[1]]})]
	(finding,) = rules.check_plan(complete(sections=[*complete()["sections"], *last])).findings
	assert (finding.code, finding.rows) == ("plan.empty", (("sections", 8),))


def test_the_comitato_may_be_told_in_words():
	data = complete(comitato={})
	data["sections"][2]["content"] = "<p>Siede la direttrice.</p>"
	assert codes(data) == set()
	del data["sections"][2]["idx"]
	data["sections"][2]["content"] = ""
	(finding,) = rules.check_plan(data).findings
	assert finding.rows == (("sections", 0),)


@pytest.mark.parametrize("data", [None, {}, {"sections": None, "projects": None, "resources": None}, []])
def test_nothing_makes_it_raise(data):
	assert not rules.check_plan(data).ok


def test_words_of_a_rich_text():
	assert to_plain('<div class="ql-editor"><p><br></p></div>') == ""
	assert to_plain("<p>a <b>b</b></p>") == "a b"
	assert to_plain('<img src="/files/a.png">')


@pytest.mark.parametrize(
	("days", "last", "due"),
	[(61, None, None), (60, None, 60), (60, 60, None), (45, None, 60), (31, 60, None), (31, None, 60), (30, 60, 30),
	 (20, None, 30), (8, 30, None), (8, None, 30), (7, 30, 7), (3, 7, None), (0, 30, 7), (0, None, 7), (-1, None, None)],
)  # fmt: skip
def test_which_reminder_is_due(days, last, due):
	assert due_reminder(days, last) == due


def test_the_same_plan_twice_differs_in_nothing():
	assert compare_plans(complete(), complete())["same"]


def test_what_changed_between_two_versions():
	before, after = complete(), copy.deepcopy(complete())
	after["plan"] = {"name": "P-2", "version": 2, "reference_date": "2027-01-01"}
	after["composition"]["groups"][0]["members"] = [{"name": "Due", "tax_code": "2"}]
	after["community"] = {"members": [{"organisation": "Ente", "person": "Carla"}], "outcome": "<p>Altro</p>"}
	after["projects"][0].update(granted="75.50")
	after["projects"].append({"name": "A-2", "title": "Nuovo", "granted": "1.00"})
	after["resources"].update(residue="24.50")
	after["sections"][0].update(content="<p>Nuova</p>")
	after["sections"][2].update(title="Il Comitato")
	found = compare_plans(before, after)
	assert not found["same"]
	assert (found["members"]["joined"], found["members"]["left"]) == (["Due"], ["Uno"])
	assert found["community"] == {"joined": ["Carla, Ente"], "left": ["Bruna, Ente"]}
	assert (found["projects"]["added"], found["projects"]["removed"]) == (["Nuovo"], [])
	[project] = found["projects"]["changed"]
	assert project["changes"] == [
		{"what": "Contribution Granted", "before": "70.00", "after": "75.50", "difference": "5.50"}
	]
	assert found["amounts"] == [
		{"what": "Residue", "before": "30.00", "after": "24.50", "difference": "-5.50"}
	]
	assert (found["sections"]["added"], found["sections"]["removed"]) == (["Il Comitato"], ["Sezione 3"])
	assert [row["title"] for row in found["sections"]["changed"]] == ["Sezione 1", "Outcome of the Work"]


def test_a_snapshot_of_an_earlier_schema_can_be_compared():
	old = {key: value for key, value in complete().items() if key not in ("comitato", "resources")}
	assert compare_plans(old, complete())["amounts"]


@pytest.mark.parametrize("content", [None, 7, ["<p>testo</p>"]])
def test_what_is_no_text_has_no_words(content):
	assert to_plain(content) == ""
