"""The award: the codes without which the act that funds is void, and the term to accept the contribution.

CUP: 15 characters, L. 3/2003 art. 11 (c. 2-bis: an act that funds without it is null) and CIPE resolution
143/2002. A code reads like C11G06000000001: a letter, two digits, a letter, two digits of the year, nine digits. How its
last digit is computed was never published, so a slip in a digit is found only by its register, OpenCUP.

COR: the number that the national register of state aid gives to a grant (D.M. 115/2017 art. 9). Where the
contribution is state aid the act that grants it has no effect without it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from rtc_conciliation.rules.finding import ERROR, Finding, RowRef, template
from rtc_conciliation.rules.report import Report
from rtc_conciliation.rules.values import to_flag, to_key, to_text, to_whole
from rtc_conciliation.rules.working_days import get_next_working_day

USUAL_DAYS = 15
#: days before the term at which who has not answered is reminded
REMIND_BEFORE = 3
#: the table of a ranking whose rows are meant
TABLE = "entries"
FUNDED = "Funded"

CUP_LAW = "L. 3/2003 art. 11"
COR_LAW = "D.M. 115/2017 art. 9"

NO_CUP = template(
	"award.no_cup",
	ERROR,
	"{application} “{title}” has no CUP: the act that funds it would be null.",
	"Ask for the CUP of the project and write it with the button “Codes (CUP, COR)”.",
	CUP_LAW,
)
BAD_CUP = template(
	"award.bad_cup",
	ERROR,
	"“{code}” is no CUP ({application}).",
	"A CUP has 15 characters: a letter, two digits, a letter and eleven digits, as in C11G06000000001. Copy it once more.",
	CUP_LAW,
)
SAME_CUP = template(
	"award.same_cup",
	ERROR,
	"The CUP {code} of {application} stands already on {other}.",
	"Each project has a CUP of its own: correct one of the two.",
	CUP_LAW,
)
NO_COR = template(
	"award.no_cor",
	ERROR,
	"{application} “{title}” has no COR, and the contributions of the call are state aid.",
	"Write the COR with the button “Codes (CUP, COR)”, or write in the application why it is no state aid.",
	COR_LAW,
)
BAD_COR = template(
	"award.bad_cor",
	ERROR,
	"“{code}” is no COR ({application}).",
	"A COR is a number of at most 12 digits. Copy it once more from the register of state aid.",
	COR_LAW,
)

SAME_COR = template(
	"award.same_cor",
	ERROR,
	"The COR {code} of {application} stands already on {other}.",
	"The register gives each single aid a COR of its own: correct one of the two.",
	COR_LAW,
)

_SEPARATORS = re.compile(r"[\s.\-_/‐‑‒–—']+")
_CUP = re.compile(r"[A-Z][0-9]{2}[A-Z][0-9]{11}")
_COR = re.compile(r"[0-9]{1,12}")


class Codes(NamedTuple):
	"""The codes of one application, as they stand or as they would be written; `row` numbers it in its table."""

	row: int
	application: str
	cup: str = ""
	cor: str = ""
	title: str = ""
	no_aid_reason: str = ""


def normalise(code) -> str:
	"""In capitals, without spaces, dots and dashes.

	>>> normalise(" c11g 06000-000001")
	'C11G06000000001'
	"""
	return _SEPARATORS.sub("", to_text(code)).upper()


def is_valid_cup(code) -> bool:
	return bool(_CUP.fullmatch(normalise(code)))


def is_valid_cor(code) -> bool:
	return bool(_COR.fullmatch(normalise(code)))


def check_written(codes: Iterable[Codes], taken: Mapping[str, str]) -> Iterator[Finding]:
	"""What is wrong with codes as somebody wrote them; an empty one is not.

	`taken`: CUP or COR → the application that has it; the one begins with a letter, the other is a number.
	"""
	seen = dict(taken)
	for one in codes:
		row, cup = RowRef(TABLE, one.row), normalise(one.cup)
		if cup and not is_valid_cup(cup):
			yield BAD_CUP(row, code=to_text(one.cup), application=one.application)
		elif cup and seen.get(cup, one.application) != one.application:
			yield SAME_CUP(row, code=cup, application=one.application, other=seen[cup])
		elif cup:
			seen[cup] = one.application
		cor = normalise(one.cor)
		if cor and not is_valid_cor(cor):
			yield BAD_COR(row, code=to_text(one.cor), application=one.application)
		elif cor and seen.get(cor, one.application) != one.application:
			yield SAME_COR(row, code=cor, application=one.application, other=seen[cor])
		elif cor:
			seen[cor] = one.application


def check_award(codes: list[Codes], taken: Mapping[str, str], state_aid=False) -> Report:
	"""What forbids the act that funds these applications."""
	found = list(check_written(codes, taken))
	for one in codes:
		row = RowRef(TABLE, one.row)
		if not normalise(one.cup):
			found.append(NO_CUP(row, application=one.application, title=one.title))
		if to_flag(state_aid) and not normalise(one.cor) and not to_key(one.no_aid_reason):
			found.append(NO_COR(row, application=one.application, title=one.title))
	return Report.of(found)


def get_term(awarded_on: date, days) -> date:
	"""The last day to accept; the day of the act does not count (art. 2963 Codice civile).

	One that falls on a holiday runs to the next day that is none (the same article, c. 3); a Saturday counts as one,
	as in art. 155 c. 5 c.p.c.: in doubt the awardee has the longer term, since offices are closed.
	"""
	return get_next_working_day(awarded_on + timedelta(days=to_whole(days) or USUAL_DAYS))


def is_over(today: date, due: date | None) -> bool:
	return due is not None and today > due


def is_near(today: date, due: date | None) -> bool:
	"""Is it time to remind of the term?"""
	return due is not None and 0 <= (due - today).days <= REMIND_BEFORE
