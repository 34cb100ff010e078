"""Codice fiscale and VAT number: one way to write them, and whether they are valid.

Structure and check digits: D.M. 23/12/1976 (codice fiscale), D.P.R. 633/1972 art. 35 (partita IVA).
"""

import re

from stdnum.it import codicefiscale, iva

from rtc_conciliation.rules.typed_text import clean_line
from rtc_conciliation.rules.values import to_text

_SEPARATORS = re.compile(r"[\s.:\-_/‐‑‒–—]+")
_JOINERS = re.compile("[\u200c\u200d]")
#: a code after what it is called
_NAMED = re.compile(
	r"(CODICEFISCALE|CODFISCALE|CODFISC|CF|PARTITAIVA|PARTIVA|PIVA|VAT|IT)+"
	r"(?P<code>[0-9]{11}|[A-Z]{6}[A-Z0-9]{10})"
)

#: what a spreadsheet makes of a long number in a column that was not text: 9.40001E+10
_SHORTENED = re.compile(r"[+-]?\d([.,]\d+)?E\+\d{2}", re.IGNORECASE)


def normalise(code) -> str:
	"""The code in capitals, without spaces, dots, dashes and what nobody sees, without its own name and IT before it.

	>>> normalise(" it 041144-00163 ")
	'04114400163'
	>>> normalise("C.F.: 04114400163")
	'04114400163'
	"""
	written = _SEPARATORS.sub("", _JOINERS.sub("", clean_line(to_text(code)))).upper()
	named = _NAMED.fullmatch(written)
	return named["code"] if named else written


def is_valid_tax_code(code) -> bool:
	"""A codice fiscale: 11 digits for a body, 16 characters for a person; any way of writing it."""
	return is_valid_vat(code) or is_valid_person_code(code)


def is_valid_person_code(code) -> bool:
	"""The codice fiscale of a person, 16 characters, also where digits were replaced (omocodia)."""
	written = normalise(code)
	return bool(re.fullmatch(r"[A-Z0-9]{16}", written)) and codicefiscale.is_valid(written)


def is_valid_vat(code) -> bool:
	"""A partita IVA, which has the same 11 digits as the codice fiscale of a body."""
	written = normalise(code)
	return bool(re.fullmatch(r"[0-9]{11}", written)) and iva.is_valid(written)


def is_shortened(code) -> bool:
	"""Did a spreadsheet shorten it, so that its last digits are lost?

	>>> is_shortened("9.40001E+10")
	True
	"""
	return bool(_SHORTENED.fullmatch(to_text(code).strip()))


def restore_zeros(code) -> str:
	"""The valid code of 11 digits of which a spreadsheet took the zeros at the beginning; "" if there is none.

	>>> restore_zeros(4114400163)
	'04114400163'
	"""
	written = normalise(code)
	restored = written.zfill(11)
	return restored if re.fullmatch(r"[0-9]{7,10}", written) and is_valid_vat(restored) else ""
