"""Every way to read, for everybody, of every record in every state: what the matrix says and nothing else."""

import frappe
import pytest

from rtc_conciliation.access import matrix
from tests.site.matrix.ways import LIST, READ_ONE
from tests.site.matrix.world import MARKED, mark_of


@pytest.mark.parametrize("way", READ_ONE)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_one_record(who, way, people, names):
	seen = set()
	for (doctype, state), name in names.items():
		answer = READ_ONE[way](people[who], doctype, name, MARKED[doctype])
		if mark_of(doctype, state) in answer.text:
			seen.add((doctype, state))
	assert not seen - wanted(who), sorted(seen - wanted(who))
	if way in ("resource", "client.get"):
		assert seen == wanted(who), sorted(wanted(who) - seen)


@pytest.mark.parametrize("way", LIST)
@pytest.mark.parametrize("who", matrix.PEOPLE)
def test_lists(who, way, people, names):
	seen = set()
	for doctype, rules in matrix.MATRIX.items():
		text = LIST[way](people[who], doctype, MARKED[doctype]).text
		for state in rules.states:
			if names[doctype, state] in text or mark_of(doctype, state) in text:
				seen.add((doctype, state))
	assert not seen - wanted(who), sorted(seen - wanted(who))
	if way == "client.get_list":
		assert seen == wanted(who), sorted(wanted(who) - seen)


def wanted(who: str) -> set[tuple[str, str]]:
	return {
		(doctype, state)
		for doctype, rules in matrix.MATRIX.items()
		for state, cell in rules.states.items()
		if who in cell.read
	}
