"""What people write is text. `disarm` keeps it such that no program takes it for markup; `as_typed` gives it back.

Core cleans HTML as it is saved, but not what parses as JSON, nothing at submission, and what it does not know it
escapes on v15 and drops on v16. Its desk puts most of it into the page as it is stored, some of it decoded once more,
and takes out all that stands between "<" and ">". So such brackets are kept as "‹" and "›".
"""

import html
import re

KEPT = str.maketrans("<>", "‹›")
TYPED = str.maketrans("‹›", "<>")
#: where a parser of HTML would see the begin of a tag, a comment or an instruction
MARKUP = re.compile(r"<[A-Za-z/!?]")
#: no program decodes that often; without a limit "&amp;amp;…" would cost its length squared
MOST_DECODINGS = 6


def disarm(value: str) -> str:
	"""`value` such that it holds no markup, however often its entities are decoded; the same if done twice."""
	if "<" not in value and "&" not in value:
		return value
	plain = decode(value)
	return plain.translate(KEPT) if holds_markup(plain) else value


def holds_markup(value: str) -> bool:
	"""Would a browser, or what cuts tags out by "<" and ">", see more than text?"""
	first = value.find("<")
	return first >= 0 and (">" in value[first:] or bool(MARKUP.search(value)))


def decode(value: str) -> str:
	"""`value` without entities, those that only show when others are decoded included."""
	for _ in range(MOST_DECODINGS):
		decoded = html.unescape(value)
		if decoded == value:
			break
		value = decoded
	return value


def as_typed(value):
	"""A text as its author typed it; what is no text as it is. Older rows have "&lt;" for "<", as core kept it."""
	return html.unescape(value).translate(TYPED) if isinstance(value, str) else value


def means_the_same(one, other) -> bool:
	"""Are two kept texts the same to a reader? What was sent before texts were disarmed is kept as it was sent."""
	if one == other or not (isinstance(one, str) and isinstance(other, str)):
		return one == other
	return decode(one).translate(KEPT) == decode(other).translate(KEPT)
