"""What people write is text. `disarm` keeps it such that no program takes it for markup; `as_typed` gives it back.

Core cleans HTML as it is saved, but not what parses as JSON, nothing at submission, and what it does not know it
escapes on v15 and drops on v16. Its desk puts most of it into the page as it is stored, some of it decoded once more.
"""

import html
import re

#: behind a "<" it is seen by nobody, and makes a letter of it for every parser
JOINER = "\u2060"
#: where a parser of HTML would see the begin of a tag, a comment or an instruction
MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
#: no program decodes that often; without a limit "&amp;amp;…" would cost its length squared
MOST_DECODINGS = 6


def disarm(value: str) -> str:
	"""`value` such that it holds no markup, however often its entities are decoded; the same if done twice."""
	if "<" not in value and "&" not in value:
		return value
	plain = decode(value)
	return MARKUP.sub(f"<{JOINER}", plain) if MARKUP.search(plain) else value


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
	return html.unescape(value).replace(f"<{JOINER}", "<") if isinstance(value, str) else value


def means_the_same(one, other) -> bool:
	"""Are two kept texts the same to a reader? What was sent before texts were disarmed is kept as it was sent."""
	if one == other or not (isinstance(one, str) and isinstance(other, str)):
		return one == other
	return decode(disarm(one)) == decode(disarm(other))
