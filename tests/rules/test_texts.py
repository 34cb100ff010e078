"""Texts that are too long and rows without a name."""

from rtc_conciliation import rules
from rtc_conciliation.rules import texts

from . import factories as make


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
