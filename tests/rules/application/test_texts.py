"""Texts that are too long and rows without a name."""

import json
from pathlib import Path

import pytest

from rtc_conciliation import rules
from rtc_conciliation.rules.application import texts
from tests.rules import factories as make
from tests.rules.scripts import read_cases

APP = Path(rules.__file__).resolve().parents[1]


def found(**changes):
	report = rules.check(make.application(**changes), make.call(), make.AT)
	return [(f.code, f.field, tuple(f.rows), dict(f.args)) for f in report.findings if f.rule == "texts"]


def test_a_complete_application_has_no_such_finding():
	assert found() == []


def test_a_text_at_the_limit_can_be_sent_and_one_character_more_cannot():
	most = texts.TEXTS["abstract"]
	assert found(abstract="à" * most) == []
	assert found(abstract="𝄞" * (most - 1) + "\r\n") == []
	assert found(abstract="𝄞" * most + "\n") == [
		("texts.too_long", "abstract", (), {"count": most + 1, "maximum": most})
	]


def test_rows_are_named_and_their_texts_end_somewhere():
	actions, partners = make.application()["actions"], make.application()["partners"]
	actions[1]["title"] = " "
	partners[1]["activities"] = "x" * 1501
	assert found(partners=partners, actions=actions) == [
		("texts.no_name", "title", (rules.RowRef("actions", 2),), {}),
		("texts.too_long", "activities", (rules.RowRef("partners", 2),), {"count": 1501, "maximum": 1500}),
	]


#: what the form of the guidelines gives room for
USUAL = {
	"Abstract": 2000,
	"Context and Needs": 5000,
	"How the Needs Were Surveyed": 3000,
	"Continuity with Earlier Projects": 3000,
	"Objectives": 4000,
	"Innovation": 3000,
	"Ties with Local Plans and Firms": 3000,
	"Governance": 3000,
	"Communication": 3000,
	"Timeline": 3000,
	"Risks": 3000,
	"Sustainability": 3000,
	"Activities of a Partner": 1500,
	"Description of an Action": 2000,
	"Output of an Action": 1000,
	"Description of the Recipients": 1000,
}


def test_the_usual_length_of_each_text():
	rows = texts.get_usual_limits()
	assert {row["text"]: row["characters"] for row in rows} == USUAL
	assert [row["text"] for row in rows if row["needed"]] == ["Abstract"]


@pytest.mark.parametrize(
	("characters", "limit"), [(1, 1), (0, 2000), (-1, 2000), (10_000, 10_000), (10_001, 2000)]
)
def test_a_length_that_makes_no_sense_leaves_the_usual_one(characters, limit):
	call = {"text_limits": [{"text": "Abstract", "characters": characters}]}
	assert texts.get_limits(call)[texts.Place("", "abstract")] == limit


def test_what_is_no_text_has_no_length():
	assert [texts.count_characters(value) for value in (None, 5, ["x"], "", "&lt;")] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(("typed", "count"), read_cases("characters.json"))
def test_the_form_and_the_rule_count_alike(typed, count):
	"""tests/js/characters.test.mjs reads the same cases."""
	assert texts.count_characters(typed) == count


def test_the_call_says_how_long_its_texts_are():
	limits = [
		{"text": "Abstract", "characters": 10},
		{"text": "Output of an Action", "characters": "3"},
		{"text": "Risks", "characters": 0},
		{"text": "Poem", "characters": 1},
	]
	actions = make.application()["actions"]
	actions[0]["output"] = "1234"
	application = make.application(abstract="à" * 11, risks="x" * 3000, actions=actions)
	report = rules.check(application, make.call(text_limits=limits), make.AT)
	assert [(f.field, f.rows, f.args["maximum"]) for f in report.findings if f.rule == "texts"] == [
		("abstract", (), 10),
		("output", (rules.RowRef("actions", 1),), 3),
	]


def test_the_call_says_which_texts_have_to_be_written():
	limits = [
		{"text": "Abstract", "characters": 10, "needed": 1},
		{"text": "Risks", "characters": 10, "needed": 0},
		{"text": "Output of an Action", "characters": 10, "needed": "1"},
		{"text": "Poem", "characters": 10, "needed": 1},
	]
	actions = make.application()["actions"]
	actions[0]["output"] = "  \n"
	for action in actions[1:]:
		action["output"] = "Fatto"
	application, call = (
		make.application(abstract=None, risks="", actions=actions),
		make.call(text_limits=limits),
	)
	report = rules.check(application, call, make.AT)
	assert [(f.code, f.field, f.rows, f.severity) for f in report.findings if f.rule == "texts"] == [
		("texts.empty", "abstract", (), "error"),
		("texts.empty", "output", (rules.RowRef("actions", 1),), "error"),
	]
	assert texts.get_needed({"text_limits": texts.get_usual_limits()}) == [texts.Place("", "abstract")]
	assert texts.get_needed({}) == []


def test_every_text_with_a_most_has_a_name_in_the_table_of_the_call():
	own = {field for table, field in texts.PLACES.values() if not table}
	rows = {(table, field) for table, field in texts.PLACES.values() if table}
	assert own == set(texts.TEXTS)
	assert rows == {(table, field) for table, fields in texts.ROW_TEXTS.items() for field in fields}
	definition = APP / "rtc_conciliation" / "doctype" / "rtc_call_text_limit" / "rtc_call_text_limit.json"
	[options] = [
		f["options"] for f in json.loads(definition.read_text())["fields"] if f["fieldname"] == "text"
	]
	assert options.split("\n") == list(texts.PLACES)
