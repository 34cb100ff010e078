"""Names of the sheets of a workbook, as spreadsheet programs take them."""

LONGEST = 31
FORBIDDEN = frozenset("[]:*?/\\")
#: between a name that was cut and the number that tells it from another
CUT = "…"


def sheet_name(title: str, taken: list[str]) -> str:
	"""A name for a sheet called `title` that none of `taken` has: of 31 characters at most, whatever their case."""
	plain = "".join(char for char in title if char not in FORBIDDEN and char.isprintable()).strip(" '")
	known = {name.casefold() for name in taken}
	name = shorten(plain or "-", "")
	number = 1
	while name.casefold() in known:
		number += 1
		name = shorten(plain or "-", f" {number}")
	return name


def shorten(text: str, end: str) -> str:
	"""`text` and `end` together within the limit, cut between two words where one ends near."""
	if len(text) + len(end) <= LONGEST:
		return text + end
	room = LONGEST - len(end) - len(CUT)
	head, _space, _tail = text[: room + 1].rpartition(" ")
	return (head if len(head) > room // 2 else text[:room]).rstrip() + CUT + end
