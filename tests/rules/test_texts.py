"""Texts that are too long and rows without a name."""

import json
from pathlib import Path

from rtc_conciliation import rules
from rtc_conciliation.rules import texts

from . import factories as make

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


def test_what_is_no_text_has_no_length():
	assert [texts.length(value) for value in (None, 5, ["x"], "", "&lt;")] == [0, 0, 0, 0, 1]


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
	assert texts.needed({"text_limits": texts.usual_limits()}) == [texts.Place("", "abstract")]
	assert texts.needed({}) == []


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
