"""What a person typed or pasted, without what nobody sees and without what programs add: one line, a text, an address, a code.

A name copied from a PDF, a phone or Word carries zero-width signs, marks of direction, line breaks and double blanks;
an address "mailto:", blanks and the full stop of its sentence. Nothing that is seen is changed or cut.
"""

import re
import unicodedata

#: seen by nobody: soft hyphen, zero-width signs, marks of direction, the mark at the beginning of a file
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
#: what joins the parts of an emoji and of other scripts has no work between our letters
_JOINERS = re.compile("(?<=[\u0000-\u024f])[\u200c\u200d]+")
#: in a long text: what turns it round, and what no program stores
_UNSTORED = re.compile("[\u0000\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\u0000-\u0008\u000e-\u001f\u007f]")
_HALVES = re.compile("[\ud800-\udfff]")
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?([/?#].*)?", re.IGNORECASE)
#: what no tidying would change: most of what is typed
_PLAIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f‘’“”€–]*")
#: apostrophes of keyboards, phones, Word and old typewriters
APOSTROPHES = "'’‘`´ʼʹ′＇"
_NO_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, ""))


def clean_surrogates(value: str) -> str:
	"""Half a character of two, cut off by some program, becomes "�"."""
	return _HALVES.sub("\ufffd", value)


def clean_line(value: str) -> str:
	"""Words on one line, one blank between them."""
	if _PLAIN.fullmatch(value) and "  " not in value and value == value.strip():
		return value
	seen = _JOINERS.sub("", _UNSEEN.sub("", _CONTROLS.sub("", clean_surrogates(value))))
	return unicodedata.normalize("NFC", " ".join(seen.split()))


def clean_text(value: str) -> str:
	"""A long text as it was written, less what cannot be stored and what turns it round."""
	return _UNSTORED.sub("", clean_surrogates(value))


def clean_address(value: str) -> str:
	"""An e-mail address: without "mailto:", angle brackets, blanks around and the full stop of its sentence."""
	written = _MAILTO.sub("", clean_line(value)).strip(" <>")
	return written.rstrip(".,;").strip()


def clean_site(value: str) -> str:
	"""The address of a website, with https:// where nobody typed a scheme."""
	written = clean_line(value)
	if written and not _SCHEME.match(written.replace("www.", "", 1)) and _HOST.fullmatch(written):
		return f"https://{written}"
	return written


def without_apostrophes(value: str) -> str:
	"""As names are compared: whichever sign a keyboard has for it."""
	return value.translate(_NO_APOSTROPHES)
