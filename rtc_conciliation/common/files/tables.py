"""Tables saved as text (CSV), as offices here save them. Pure.

Excel in Italy writes Windows-1252 with semicolons, "Unicode text" UTF-16 with tabs, the choices "MS-DOS" and
"Macintosh" the alphabets of these systems; other programs write UTF-8, some with a mark before the first heading.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from rtc_conciliation.common.cells import count_headings, find_headings, read_csv

#: how a file begins that says its encoding itself → (its name, what Python calls it)
MARKS = {
	codecs.BOM_UTF8: ("UTF-8", "utf-8-sig"),
	codecs.BOM_UTF16_LE: ("UTF-16", "utf-16"),
	codecs.BOM_UTF16_BE: ("UTF-16", "utf-16"),
}
#: the first that makes the most sense in Italian is taken
OLDER = {"Windows-1252": "cp1252", "MS-DOS (850)": "cp850", "Macintosh": "mac_roman"}
#: how much a letter speaks for the alphabet in which it is one; what is not here speaks against it
LETTERS = {**dict.fromkeys("àèéìòù", 3), **dict.fromkeys("áíóúÀÈÉÌÒÙçäöüÄÖÜ€°ªº«»’‘“”–—…", 1)}
STRANGE = -2
SEPARATORS = (";", ",", "\t", "|")
#: what Excel obeys in the first line of a file
TOLD_SEPARATOR = re.compile(r"sep=([;,\t|])\s*")
#: rows in which a separator is tried
TRIED = 50


@dataclass(frozen=True)
class Table:
	"""Row n of the file is `rows[n - 1]`; `encoding` as people call it, `separator` one of `SEPARATORS`."""

	rows: list[list[str]]
	encoding: str
	separator: str


def read(content: bytes, is_heading: Callable[[str], bool], most: int | None = None) -> Table:
	"""The first `most` rows of a CSV file; csv.Error where a cell is longer than 131,072 characters.

	`is_heading` is asked in small letters (`cells.make_key`).
	"""
	text, encoding = decode(content)
	told = TOLD_SEPARATOR.match(text)
	separator = told[1] if told else find_separator(text, is_heading)
	rows = read_csv(text, separator, most)
	if told:
		rows[0] = []
	return Table(rows, encoding, separator)


def decode(content: bytes) -> tuple[str, str]:
	"""(text, name of its encoding); nothing is lost: an unknown letter becomes U+FFFD."""
	for mark, (name, codec) in MARKS.items():
		if content.startswith(mark):
			return content.decode(codec, errors="replace"), name
	try:
		return content.decode("utf-8"), "UTF-8"
	except UnicodeDecodeError:
		name = max(OLDER, key=lambda name: weigh(content, OLDER[name]))
	return content.decode(OLDER[name], errors="replace"), name


def weigh(content: bytes, codec: str) -> int:
	"""How Italian the letters beyond ASCII are, read by `codec`."""
	letters = Counter(letter for letter in content.decode(codec, errors="replace") if letter > "\x7f")
	return sum(LETTERS.get(letter, STRANGE) * times for letter, times in letters.items())


def find_separator(text: str, is_heading: Callable[[str], bool]) -> str:
	"""The one that makes the most headings, then the most rows of one width, then the widest."""
	return max(SEPARATORS, key=lambda separator: judge(read_csv(text, separator, TRIED), is_heading))


def judge(rows: list[list[str]], is_heading: Callable[[str], bool]) -> tuple[int, int, int]:
	at = find_headings(rows, is_heading)
	headings = 0 if at is None else count_headings(rows[at], is_heading)
	widths = Counter(len(row) for row in rows if len(row) > 1)
	width, times = max(widths.items(), key=lambda one: one[::-1], default=(0, 0))
	return headings, times, width
