"""A number as people type it, 1.234,56, or as programs write it: one reading for the form, for pasted cells and for workbooks.

`public/js/common/numbers.js` reads the same way (tests/rules/test_numbers.py holds the two together). What has no
reading or two is not guessed: the person is asked.
"""

import re
from decimal import Decimal

_SIGN = r"(?P<sign>[+-]?)"
_FORMS = (
	# a group of thousands never begins with 0: 0.500 is half
	(
		re.compile(_SIGN + r"(?P<whole>[1-9][0-9]{0,2}(\.[0-9]{3})+)(,(?P<rest>[0-9]+))?"),
		".",
	),  # 1.234,56 and 1.234
	(re.compile(_SIGN + r"(?P<whole>[1-9][0-9]{0,2}(,[0-9]{3})+)\.(?P<rest>[0-9]+)"), ","),  # 1,234.56
	(re.compile(_SIGN + r"(?P<whole>[1-9][0-9]{0,2}(,[0-9]{3}){2,})(?P<rest>)"), ","),  # 1,234,567
	(re.compile(_SIGN + r"(?P<whole>[0-9]+)([.,](?P<rest>[0-9]+))?"), ""),  # 1234,56 and 1234.56
)
#: 1.234 is a thousand for an Italian; 1,234 is one and a bit for an Italian, a thousand for many programs
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
_EURO = re.compile(r"^(€|EUR)|(€|EUR)$", re.IGNORECASE)
LONGEST = 30


def strip_number(typed: str) -> str:
	"""`typed` without blanks, apostrophes between thousands, and the sign of the euro at one end."""
	return _EURO.sub("", _BLANKS.sub("", typed).replace("−", "-"))


def is_ambiguous(typed: str) -> bool:
	return bool(_AMBIGUOUS.fullmatch(strip_number(typed)))


def read_number(typed: str) -> Decimal | None:
	"""None for what is no number, and for what can be read in two ways."""
	text = strip_number(typed)
	if len(text) > LONGEST or is_ambiguous(typed):
		return None
	for pattern, group in _FORMS:
		if found := pattern.fullmatch(text):
			whole = found["whole"].replace(group, "") if group else found["whole"]
			number = Decimal(f"{whole}.{found['rest'] or 0}")
			return -number if found["sign"] == "-" and number else number
	return None
