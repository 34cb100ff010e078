"""The manual checks of an application and the answers to a request of integration, as pure rules."""

from datetime import datetime, timedelta

import pytest

from rtc_conciliation.rules.formal_check import checks, integration

ITEMS = [
	{"item": "Firma", "answer": "Passed"},
	{"item": "Delega", "legal_reference": "art. 38", "answer": "Failed", "note": " scaduta "},
	{"item": "DURC", "answer": "Not Applicable"},
	{"item": "Accordo", "answer": "Failed"},
	{"item": "RUNTS", "answer": ""},
	{"item": "Altro", "answer": "forse"},
]


def test_what_is_open_and_what_failed():
	assert [row["item"] for row in checks.open_items(ITEMS)] == ["RUNTS", "Altro"]
	assert [row["item"] for row in checks.list_failed_items(ITEMS)] == ["Delega", "Accordo"]


def test_reasons_are_what_failed():
	assert checks.list_reasons(ITEMS) == "- Delega (art. 38): scaduta\n- Accordo"
	assert checks.list_reasons(ITEMS[:1]) == ""


def test_an_answer_is_its_value_and_its_note():
	assert checks.answer_of({"answer": "Passed", "note": " x "}) == ("Passed", "x")
	assert checks.answer_of({}) == ("", "")


@pytest.mark.parametrize(
	("kind", "text", "file", "answered"),
	[
		("Text", "ecco", None, True),
		("Text", " ", "/private/files/a.pdf", False),
		("File", "ecco", None, False),
		("File", "", "/private/files/a.pdf", True),
		("Text or File", "", None, False),
		("Text or File", "ecco", None, True),
		("Text or File", None, "/private/files/a.pdf", True),
	],
)
def test_what_counts_as_an_answer(kind, text, file, answered):
	row = {"kind": kind, "answer_text": text, "answer_file": file}
	assert integration.is_answered(row) is answered
	assert integration.list_unanswered([row]) == ([] if answered else [row])


def test_the_term_ends_with_its_last_minute():
	due = integration.get_term(datetime(2026, 12, 20, 9, 30), 10)
	assert due == datetime(2026, 12, 30, 23, 59)
	assert not integration.is_late(due + timedelta(seconds=59), due)
	assert integration.is_late(due + timedelta(minutes=1), due)
