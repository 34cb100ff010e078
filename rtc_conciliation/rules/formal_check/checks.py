"""The checks that an officer makes by hand on an application: what is open, what failed, what may be decided."""

from collections.abc import Iterable, Mapping

PASSED, FAILED, NOT_APPLICABLE = "Passed", "Failed", "Not Applicable"
ANSWERS = (PASSED, FAILED, NOT_APPLICABLE)


def open_items(items: Iterable[Mapping]) -> list[Mapping]:
	return [row for row in items if row.get("answer") not in ANSWERS]


def list_failed_items(items: Iterable[Mapping]) -> list[Mapping]:
	return [row for row in items if row.get("answer") == FAILED]


def answer_of(row) -> tuple[str, str]:
	"""Answer and note of a row, as far as a change of them is another answer."""
	return (row.get("answer") or "", (row.get("note") or "").strip())


def list_reasons(items: Iterable[Mapping]) -> str:
	"""What failed as the reasons of a refusal: a line for each, "item (law): note"."""
	lines = []
	for row in list_failed_items(items):
		law = f" ({row['legal_reference']})" if row.get("legal_reference") else ""
		note = (row.get("note") or "").strip()
		lines.append(f"- {row['item']}{law}" + (f": {note}" if note else ""))
	return "\n".join(lines)
