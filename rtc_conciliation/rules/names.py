"""What a record that was named once is called now, and what an act calls it that was written before."""

from collections.abc import Iterable


def get_name_now(name: str, renames: Iterable[tuple[str, str]]) -> str:
	"""`name` after `renames`, each (old, new), in the order in which they were made.

	A name that was given up and taken by another record later is followed as it went, not as it is written.
	"""
	for old, new in renames:
		if old == name:
			name = new
	return name
