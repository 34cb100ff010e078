"""Where a PDF begins and ends, whatever printers and programs write around it. Pure."""

import re

from rtc_conciliation.common.files import kinds

END = b"%%EOF"
#: programs and mail servers fill up what is behind the end
PADDING = b"\0\r\n\t \x1a"


def without_surroundings(content: bytes) -> bytes:
	"""From its header to the end of its last part: readers skip what printers and programs write around it."""
	return kinds.from_pdf_header(content[: end_of_pdf(content)])


def end_of_pdf(content: bytes) -> int:
	"""The place behind the last part and its line."""
	end = content.find(END, max(content.rfind(b"startxref"), 0)) + len(END)
	return re.compile(rb"\r?\n?").match(content, end).end()


def is_only_padded(content: bytes) -> bool:
	return not content[end_of_pdf(content) :].strip(PADDING)
