"""Sheets of a workbook: each with a name of its own that programs take."""

import pytest

from rtc_conciliation.rules.sheet_names import LONGEST, sheet_name


@pytest.mark.parametrize(
	("title", "name"),
	[
		("Progetti", "Progetti"),
		("Progetti ammissibili non finanziati", "Progetti ammissibili non…"),
		("A" * 31, "A" * 31),
		("A" * 32, "A" * 30 + "…"),
		("Entrate/Uscite [2026]: *?\\", "EntrateUscite 2026"),
		("'Citato'", "Citato"),
		("", "-"),
		("Uno\ndue", "Unodue"),
	],
)
def test_a_name_is_cut_between_words(title, name):
	assert sheet_name(title, []) == name
	assert len(name) <= LONGEST


def test_where_a_name_is_cut():
	# 30 characters and the sign of the cut; at a blank when what is left is more than half of that
	assert sheet_name("a" * 15 + " " + "b" * 20, []) == "a" * 15 + " " + "b" * 14 + "…"
	assert sheet_name("a" * 16 + " " + "b" * 20, []) == "a" * 16 + "…"
	assert sheet_name("a" * 30 + " b", []) == "a" * 30 + "…"
	assert sheet_name("a" * 29 + " bb", []) == "a" * 29 + "…"
	assert sheet_name("a" * 31 + " b", []) == "a" * 30 + "…"
	assert sheet_name("a" * 16 + " " + "b" * 13 + " c", []) == "a" * 16 + " " + "b" * 13 + "…"
	# with its number: 28 characters are left
	taken = ["c" * 31]
	assert sheet_name("c" * 31, taken) == "c" * 28 + "… 2"
	assert sheet_name("C" * 31, [*taken, "c" * 28 + "… 2"]) == "C" * 28 + "… 3"
	assert sheet_name("Costi", ["costi", "COSTI 2"]) == "Costi 3"


def test_names_that_are_cut_alike_differ():
	titles = [
		"Costo dei progetti per area di intervento",
		"Costo dei progetti per area di intervista",
		"PARTNER",
	]
	names = ["Partner"]
	for title in titles:
		names.append(sheet_name(title, names))
	assert len({name.casefold() for name in names}) == 4
	assert all(len(name) <= LONGEST for name in names)
	assert names[2].endswith(" 2") and names[3] == "PARTNER 2"


def test_a_hundred_sheets_of_one_name():
	names: list[str] = []
	for _number in range(100):
		names.append(sheet_name("Indicatori dei progetti finanziati", names))
	assert len(set(names)) == 100 and max(map(len, names)) <= LONGEST
