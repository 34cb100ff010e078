"""Two people at one application: what each wrote is kept, or told."""

import pytest
from hypothesis import given as ask
from hypothesis import settings
from hypothesis import strategies as st

from rtc_conciliation.applications.merge import is_same, merge, name_rows
from tests.rules.scripts import read_cases

given = lambda *strategies: lambda test: settings(max_examples=40, deadline=None)(ask(*strategies)(test))  # noqa: E731
WORDS = st.sampled_from(["", "a", "b", "c", None])
FIELDS = st.fixed_dictionaries({"title": WORDS, "abstract": WORDS, "risks": WORDS})
ROWS = st.lists(
	st.fixed_dictionaries({"name": st.sampled_from("pqrstu"), "description": WORDS, "unit_cost": WORDS}),
	unique_by=lambda row: row["name"],
	max_size=6,
)
VALUES = st.builds(lambda fields, rows: {**fields, "costs": rows}, FIELDS, ROWS)


def cells(values: dict) -> dict:
	"""(place) → text, of everything in the form."""
	found = {(field,): text for field, text in values.items() if field != "costs"}
	for row in values["costs"]:
		for column in ("description", "unit_cost"):
			found[(row["name"], column)] = row[column]
	return found


def said(values: dict) -> dict:
	return {place: text for place, text in cells(values).items() if text}


def names(values: dict) -> list:
	return [row["name"] for row in values["costs"]]


def plain(values: dict) -> dict:
	return {place: text or "" for place, text in cells(values).items()}


@given(VALUES, VALUES)
def test_who_is_alone_gets_what_he_wrote(base, mine):
	merged = merge(base, mine, base)
	assert (plain(merged.values), names(merged.values)) == (plain(mine), names(mine))
	assert not merged.conflicts


@given(VALUES, VALUES)
def test_who_wrote_nothing_gets_what_the_other_wrote(base, stored):
	merged = merge(base, base, stored)
	assert (plain(merged.values), names(merged.values)) == (plain(stored), names(stored))
	assert not merged.conflicts


@given(VALUES, VALUES)
def test_a_save_sent_twice_is_one_save(base, mine):
	merged = merge(base, mine, mine)
	assert (plain(merged.values), names(merged.values)) == (plain(mine), names(mine))
	assert not merged.conflicts


@given(VALUES, VALUES, VALUES)
def test_no_text_that_somebody_wrote_is_lost(base, mine, stored):
	merged = merge(base, mine, stored)
	before, kept = said(base), said(merged.values)
	told = {
		(conflict["name"], conflict["field"]) if "table" in conflict else (conflict["field"],): conflict
		for conflict in merged.conflicts
	}
	for place, text in said(mine).items():
		if text != before.get(place):
			assert kept.get(place) == text or told[place]["mine"] == text
	for place, text in said(stored).items():
		if text != before.get(place):
			assert kept.get(place) == text
	for conflict in told.values():
		assert not is_same(conflict["mine"], conflict["stored"])


@given(VALUES, VALUES, VALUES)
def test_each_row_once_and_only_rows_that_somebody_has(base, mine, stored):
	rows = names(merge(base, mine, stored).values)
	assert len(rows) == len(set(rows))
	assert set(rows) <= set(names(mine)) | set(names(stored))
	assert set(rows) >= set(names(mine)) & set(names(stored))
	for side, other in ((mine, stored), (stored, mine)):
		added = set(names(side)) - set(names(base))
		assert added <= set(rows), "a row that somebody added is there"
		assert other  # both sides are held to it


@given(VALUES, VALUES, VALUES)
def test_what_is_merged_can_be_merged_again(base, mine, stored):
	once = merge(base, mine, stored).values
	again = merge(stored, once, stored)
	assert (plain(again.values), names(again.values)) == (plain(once), names(once))
	assert not again.conflicts


@given(VALUES, st.sampled_from(["title", "abstract"]), WORDS, WORDS)
def test_different_fields_never_conflict(base, field, one, two):
	merged = merge(base, {**base, field: one}, {**base, "risks": two})
	assert not merged.conflicts
	assert is_same(merged.values[field], one)
	assert is_same(merged.values["risks"], two)


ROW = {"name": "p", "description": "a", "unit_cost": 10}


def merged_rows(base, mine, stored):
	return merge({"costs": base}, {"costs": mine}, {"costs": stored})


def test_a_row_changed_by_one_survives_its_removal_by_the_other():
	changed = {**ROW, "description": "b"}
	for mine, stored in (([], [changed]), ([changed], [])):
		merged = merged_rows([ROW], mine, stored)
		assert merged.values["costs"] == [changed]
		assert merged.changed == [{"table": "costs", "name": "p", "field": None}]
	assert not merged_rows([ROW], [], [ROW]).values["costs"]
	gone = merged_rows([ROW], [ROW], [])
	assert (gone.values["costs"], len(gone.changed)) == ([], 1)


def test_a_cell_that_both_changed_is_a_conflict_and_the_stored_one_stays():
	merged = merged_rows([ROW], [{**ROW, "unit_cost": "20", "idx": 3}], [{**ROW, "unit_cost": 30.0}])
	assert merged.values["costs"] == [{**ROW, "unit_cost": 30.0, "idx": 3}]
	assert merged.conflicts == [
		{"table": "costs", "name": "p", "field": "unit_cost", "mine": "20", "stored": 30.0}
	]


def test_columns_that_the_form_does_not_show_stay():
	merged = merged_rows(
		[{"name": "p", "a": 1}], [{"name": "p", "a": 2}], [{"name": "p", "a": 1, "amount": 9}]
	)
	assert merged.values["costs"] == [{"name": "p", "a": 2, "amount": 9}]


def test_rows_stand_where_they_were_put():
	def order(base, mine, stored):
		made = merged_rows(*([{"name": name} for name in names] for names in (base, mine, stored)))
		return "".join(row["name"] for row in made.values["costs"])

	assert order("abc", "cab", "abc") == "cab"
	assert order("abc", "abc", "cab") == "cab"
	assert order("abc", "axbc", "abyc") == "axbyc"
	assert order("abc", "abcx", "cab") == "cxab"
	assert order("", "a", "b") == "ba"


@pytest.mark.parametrize(("one", "other", "wanted"), read_cases("same.json"))
def test_the_form_and_the_server_compare_alike(one, other, wanted):
	"""tests/js/same.test.mjs reads the same cases."""
	assert is_same(one, other) is wanted and is_same(other, one) is wanted


def test_numbers_and_lines_are_the_same_however_they_are_written():
	assert is_same("70000.10", 70000.1) and is_same("", 0.0) and is_same(None, "") and is_same(None, 0)
	assert (
		is_same("a\r\nb", "a\nb")
		and not is_same("a", "a ")
		and not is_same("abc", 1)
		and not is_same("1", "1.0")
	)


def test_every_row_gets_a_name_and_none_twice():
	rows = [{"name": "p"}, {"name": "stranger"}, {"key": "k"}, {"key": "k"}, {"name": "p"}]
	made = name_rows(rows, {"p"}, lambda row: row.get("key") and "of k")
	assert [row["name"] for row in made] == ["p", "new 2", "of k", "new 4", "new 5"]
