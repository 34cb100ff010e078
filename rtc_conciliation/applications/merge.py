"""Three-way merge of an application that two people, or two windows, change at the same time. No Frappe here.

`base` is what one of them had before writing, `mine` what that one sends, `stored` what the other has saved in
the meantime. A value is a scalar, or a table: a list of rows, dicts that each carry a "name" of their own.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

NAME = "name"
#: "1e5" is a text that somebody typed, and no way to write a stored number
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
#: what belongs to a row's place and not to what it says
NOT_CELLS = frozenset({NAME, "idx", "key"})


@dataclass
class Merged:
	"""`values` to be stored; `conflicts`, where `stored` stays; `changed`, what the other did, where it shows.

	A conflict is {"field", "mine", "stored"}, in a table with "table" and "name" of the row as well. A change is
	{"field"}, or {"table", "name", "field"}; "field" of a row that came, stayed or went is None.
	"""

	values: dict = field(default_factory=dict)
	conflicts: list[dict] = field(default_factory=list)
	changed: list[dict] = field(default_factory=list)


def merge(base: dict, mine: dict, stored: dict) -> Merged:
	"""Only the fields in `mine` are looked at; a field that is not in `base` counts as empty there."""
	merged = Merged()
	for fieldname, value in mine.items():
		if isinstance(value, list):
			made = merge_rows(
				fieldname, base.get(fieldname) or [], value, stored.get(fieldname) or [], merged
			)
		else:
			made = merge_value(
				base.get(fieldname), value, stored.get(fieldname), {"field": fieldname}, merged
			)
		merged.values[fieldname] = made
	return merged


def merge_value(base, mine, stored, where: dict, merged: Merged):
	if is_same(mine, stored):
		return stored
	if is_same(base, mine):
		merged.changed.append(where)
		return stored
	if not is_same(base, stored):
		merged.conflicts.append({**where, "mine": mine, "stored": stored})
		return stored
	return mine


def merge_rows(table: str, base: list[dict], mine: list[dict], stored: list[dict], merged: Merged) -> list:
	"""A row that one side removed goes, unless the other side has changed it: then it stays, with its text."""
	before, own, others = index_by_name(base), index_by_name(mine), index_by_name(stored)
	rows = {}
	for name in dict.fromkeys([*own, *others]):
		where = {"table": table, NAME: name, "field": None}
		if name in own and name in others:
			rows[name] = merge_row(before.get(name, {}), own[name], others[name], where, merged)
		elif name in own:
			if name not in before or is_different(before[name], own[name]):
				rows[name] = own[name]
			if name in before:
				merged.changed.append(where)
		elif name not in before or is_different(before[name], others[name]):
			rows[name] = others[name]
			merged.changed.append(where)
	return [rows[name] for name in order(list(before), list(own), list(others)) if name in rows]


def merge_row(base: dict, mine: dict, stored: dict, where: dict, merged: Merged) -> dict:
	row = {**stored, **{column: mine[column] for column in mine if column in NOT_CELLS}}
	for column in mine:
		if column not in NOT_CELLS:
			place = {**where, "field": column}
			row[column] = merge_value(base.get(column), mine[column], stored.get(column), place, merged)
	return row


def order(base: list, mine: list, stored: list) -> list:
	"""The order of whoever moved rows, mine if both did; rows that only the other has stand behind their neighbour."""
	first, second = (stored, mine) if is_moved(base, stored) and not is_moved(base, mine) else (mine, stored)
	result = list(first)
	for place, name in enumerate(second):
		if name not in result:
			neighbour = next((n for n in reversed(second[:place]) if n in result), None)
			result.insert(0 if neighbour is None else result.index(neighbour) + 1, name)
	return result


def is_moved(before: list, now: list) -> bool:
	return [name for name in before if name in now] != [name for name in now if name in before]


def index_by_name(rows: Iterable[dict]) -> dict[str, dict]:
	return {row[NAME]: row for row in rows if row.get(NAME)}


def is_different(one: dict, other: dict) -> bool:
	"""In a cell that both have: a reader of the form has only the columns that it shows."""
	return any(not is_same(one.get(column), other[column]) for column in other if column not in NOT_CELLS)


def is_same(one, other) -> bool:
	"""Equal as a person reads them: nothing is an empty text and no amount, 1 is 1.00, lines end in one way.

	The form compares in the same way (public/js/common/same.js)."""
	if is_number(one) or is_number(other):
		return as_number(one) == as_number(other)
	return as_text(one) == as_text(other)


def is_number(value) -> bool:
	return isinstance(value, int | float | Decimal)


def as_number(value) -> Decimal | str:
	"""A text that is no number stays one."""
	if is_number(value) and not isinstance(value, bool):
		return Decimal(str(value))
	text = as_text(value).strip()
	if not text:
		return Decimal(0)
	return Decimal(text) if NUMBER.fullmatch(text) else text


def as_text(value) -> str:
	return "" if value is None else str(value).replace("\r\n", "\n")


def name_rows(rows: list[dict], known: set[str], name_of: Callable[[dict], str | None]) -> list[dict]:
	"""`rows`, each with a name: its own if it is one of `known`, else what `name_of` gives, else a makeshift one.

	Only a row whose name comes from its "key" keeps that key.
	"""
	taken: set[str] = set()
	result = []
	for number, row in enumerate(rows, 1):
		name = row.get(NAME) if row.get(NAME) in known else name_of(row)
		if not name or name in taken:
			name, row = f"new {number}", {column: row[column] for column in row if column != "key"}
		taken.add(name)
		result.append({**row, NAME: name})
	return result
