"""Rows of the child tables, with the number that a person sees beside each."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rtc_conciliation.rules.finding import CALL_TEXT, ERROR, Finding, RowRef, template
from rtc_conciliation.rules.limits import TOO_MANY, within_limits
from rtc_conciliation.rules.values import record, to_whole

UNREADABLE = {
	table: template(
		f"{too_many.rule}.unreadable_{table}",
		ERROR,
		"What was sent for this table cannot be read as rows.",
		"Enter the rows again; if they come from another program, send them as a list of records.",
		CALL_TEXT,
	)
	for table, too_many in TOO_MANY.items()
}


class Row(NamedTuple):
	ref: RowRef
	values: Mapping

	def get(self, fieldname: str):
		return self.values.get(fieldname)


def get_rows(parent, table: str) -> list[Row]:
	"""The rows of a table; one that is too long or is no list counts as empty (a finding says so)."""
	value = record(parent).get(table)
	if not isinstance(value, (list, tuple)) or not within_limits(table, value):
		return []
	return [
		Row(RowRef(table, _idx(row, position)), row)
		for position, row in enumerate(value, 1)
		if isinstance(row, Mapping)
	]


def check(application) -> Iterator[Finding]:
	"""Tables that are no lists, rows that are no records."""
	for table, unreadable in UNREADABLE.items():
		value = record(application).get(table)
		if value is None or value == "":
			continue
		if not isinstance(value, (list, tuple)):
			yield unreadable(field=table)
			continue
		bad = [RowRef(table, n) for n, row in enumerate(value, 1) if not isinstance(row, Mapping)]
		if bad:
			yield unreadable(*bad)


def _idx(row: Mapping, position: int) -> int:
	idx = row.get("idx")
	idx = idx if type(idx) is int else to_whole(idx)
	return idx if idx and idx > 0 else position
