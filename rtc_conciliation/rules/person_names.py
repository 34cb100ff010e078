"""Whether two spellings may name one person: of a certificate, of a form, of a phone's keyboard.

Certificates write capitals without accents, phones curly apostrophes, registers "ue" for "ü" and De Luca or Deluca. A name
alone never says who somebody is; what can be the same is not called different.
"""

import re
import unicodedata

from rtc_conciliation.rules.typed_text import clean_line, without_apostrophes

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
TITLES = frozenset({"DOTT", "DOTTSSA", "DR", "SSA", "ING", "AVV", "PROF", "RAG", "ARCH", "GEOM"})
#: letters that no decomposition makes plain
_LETTERS = str.maketrans(
	{
		"ł": "l",
		"Ł": "L",
		"đ": "d",
		"Đ": "D",
		"ø": "o",
		"Ø": "O",
		"ß": "ss",
		"æ": "ae",
		"Æ": "AE",
		"œ": "oe",
		"ı": "i",
	}
)
#: two letters that stand for one with a sign
_SPELT_OUT = re.compile(r"([AOU])E")


def compare(one: str | None, other: str | None) -> str:
	"""SAME when the words of one name are all in the other; UNSURE when another spelling can be meant, or nothing is known."""
	first, second = get_words(one), get_words(other)
	full, other_full = set(get_full_words(first)), set(get_full_words(second))
	if not full or not other_full:
		return UNSURE
	if len(full & other_full) >= 2 and (full <= other_full or other_full <= full):
		return SAME
	return UNSURE if is_spelling_of(first, second) or is_spelling_of(second, first) else DIFFERENT


def get_words(name: str | None) -> list[str]:
	"""In capitals, without accents, apostrophes and titles."""
	written = without_apostrophes(clean_line(name or "")).translate(_LETTERS)
	plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().upper()
	letters = "".join(letter if letter.isalnum() else " " for letter in plain)
	return [word for word in letters.split() if word not in TITLES]


def get_full_words(names: list[str]) -> list[str]:
	return [word for word in names if len(word) > 1]


def is_spelling_of(names: list[str], others: list[str]) -> bool:
	"""Is every word of `names` somewhere in `others`, be they joined, spelt out or initials? A surname alone is not."""
	joined = to_loose("".join(others))
	if len(names) < 2:
		return to_loose("".join(names)) == joined
	return any(len(word) > 2 for word in names) and all(
		to_loose(word) in joined if len(word) > 1 else any(other.startswith(word) for other in others)
		for word in names
	)


def to_loose(word: str) -> str:
	return _SPELT_OUT.sub(r"\1", word)
