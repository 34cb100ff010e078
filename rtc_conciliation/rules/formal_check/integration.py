"""Requests of integration (L. 241/1990, art. 6 c. 1 lett. b): which answers are missing, when one comes late."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

TEXT, FILE = "Text", "File"
#: the last minute of the day of the term
END_OF_DAY = time(23, 59)


def get_term(sent: datetime, days: int) -> datetime:
	"""The end of the last of `days` days after `sent`; the day of sending does not count (c.c., art. 2963)."""
	return datetime.combine(sent.date() + timedelta(days=days), END_OF_DAY)


def is_late(answered: datetime, due: datetime) -> bool:
	"""The minute of the term still counts whole."""
	return answered >= due + timedelta(minutes=1)


def list_unanswered(items: Iterable[Mapping]) -> list[Mapping]:
	return [row for row in items if not is_answered(row)]


def is_answered(row: Mapping) -> bool:
	text, file = bool((row.get("answer_text") or "").strip()), bool(row.get("answer_file"))
	if row.get("kind") == TEXT:
		return text
	return file if row.get("kind") == FILE else text or file
