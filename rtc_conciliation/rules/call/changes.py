"""What differs between two versions of a call: each field, and each row of a table by what names it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: characters of a long text that are shown around what differs
AROUND = 60
LONG = 240
CUT = "…"


@dataclass(frozen=True)
class Change:
	"""`before` and `after` of a field, of a `column` of a `row`, of the whole row, or of the `order` of the rows."""

	field: str
	before: str = ""
	after: str = ""
	row: str = ""
	column: str = ""
	order: bool = False


Rows = Sequence[Mapping[str, str]]


def list_changes(
	before: Mapping, after: Mapping, fields: Sequence[str], tables: Mapping[str, Sequence[str]]
) -> list[Change]:
	"""In the order of `fields`. Values are texts; `tables` are those of them that hold rows → columns that name a row."""
	found: list[Change] = []
	for field in fields:
		old, new = before.get(field), after.get(field)
		if field in tables:
			found += list_row_changes(field, old or (), new or (), tables[field])
		elif (old or "") != (new or ""):
			found.append(Change(field, old or "", new or ""))
	return found


def list_row_changes(table: str, before: Rows, after: Rows, keys: Sequence[str]) -> list[Change]:
	old, new = name_rows(before, keys), name_rows(after, keys)
	found = [Change(table, before=name, row=name) for name in old if name not in new]
	for name, row in new.items():
		if name not in old:
			found.append(Change(table, after=name, row=name))
			continue
		columns = [column for column in row if column not in keys and row[column] != old[name].get(column)]
		found += [Change(table, old[name].get(column, ""), row[column], name, column) for column in columns]
	kept_before = [name for name in old if name in new]
	kept_after = [name for name in new if name in old]
	if kept_before != kept_after:
		found.append(Change(table, ", ".join(kept_before), ", ".join(kept_after), order=True))
	return found


def name_rows(rows: Rows, keys: Sequence[str]) -> dict[str, Mapping[str, str]]:
	"""What names it → row; of two with the same name the later ones are numbered."""
	named: dict[str, Mapping[str, str]] = {}
	for row in rows:
		name = first = " ".join(filter(None, (row.get(key, "") for key in keys)))
		number = 2
		while name in named:
			name, number = f"{first} ({number})", number + 1
		named[name] = row
	return named


def cut_to_difference(before: str, after: str) -> tuple[str, str]:
	"""Both texts without what a long one has the same at its ends, cut between words."""
	if max(len(before), len(after)) <= LONG:
		return before, after
	old, new = before.split(), after.split()
	head = count_same(old, new)
	tail = count_same(old[head:][::-1], new[head:][::-1])
	return cut_words(old, head, tail), cut_words(new, head, tail)


def count_same(one: Sequence[str], other: Sequence[str]) -> int:
	count = 0
	for left, right in zip(one, other, strict=False):
		if left != right:
			break
		count += 1
	return count


def cut_words(words: list[str], head: int, tail: int) -> str:
	end = len(words) - tail
	lead = " ".join(words[:head])[-AROUND:]
	rest = " ".join(words[end:])[:AROUND]
	shown = [
		CUT + lead if head else "",
		" ".join(words[head:end]),
		rest + CUT if tail else "",
	]
	return " ".join(filter(None, shown))
