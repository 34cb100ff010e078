"""Which kinds of file people may send, and which run in a browser."""

import mimetypes
import os

#: what a browser runs or lays out as a page of the site, by its name …
RUNNING = frozenset(
	"htm html xhtml xht shtml shtm svg svgz xml xsl xslt xbl rdf rss atom mathml mml js mjs cjs jsx css wasm swf mht "
	"mhtml hta htc vbs php phtml jsp asp aspx cgi".split()
)
#: … by the type that servers make of the name …
RUNNING_TYPES = ("html", "xml", "javascript", "ecmascript", "css", "shockwave", "wasm", "mathml")
#: … and by how the content begins
MARKUP = (
	b"<!doctype",
	b"<?xml",
	b"<!--",
	b"<html",
	b"<head",
	b"<body",
	b"<title",
	b"<svg",
	b"<script",
	b"<style",
	b"<iframe",
	b"<img",
	b"<a ",
	b"<div",
	b"<table",
	b"<p>",
	b"<math",
	b"<link",
	b"<meta",
	b"<object",
	b"<embed",
)
BLANK = b"\xef\xbb\xbf\t\n\x0b\x0c\r "
#: what may stand before it, the byte order marks of UTF-16 too
BEFORE = BLANK + b"\xff\xfe\x00"
#: how the commands begin that drivers of printers write before a PDF (PJL); within so many bytes readers look for it
PRINTER, FOREWORD = b"\x1b%-12345X", 1024
#: pictures that are shown where everybody sees them
PICTURES = {
	"gif": (b"GIF8",),
	"jpeg": (b"\xff\xd8\xff",),
	"jpg": (b"\xff\xd8\xff",),
	"png": (b"\x89PNG",),
	"webp": (b"RIFF",),
}
#: what people without a desk may send at all; what content must begin with, nothing where it may be any text
FROM_OUTSIDE = {
	**PICTURES,
	"csv": (),
	"doc": (b"\xd0\xcf\x11\xe0",),
	"docx": (b"PK\x03\x04",),
	"ods": (b"PK\x03\x04",),
	"odt": (b"PK\x03\x04",),
	"p7m": (),
	"pdf": (b"%PDF-",),
	"rtf": (b"{\\rtf",),
	"txt": (),
	"xls": (b"\xd0\xcf\x11\xe0",),
	"xlsx": (b"PK\x03\x04",),
}


def kind_of(file_name: str) -> str:
	"""The last part of a name in small letters, "" where it has none."""
	return os.path.splitext(file_name.strip().rstrip("."))[1].removeprefix(".").lower()


def runs_in_browser(file_name: str, content: bytes) -> bool:
	"""By its name (a packed page, too, is served as a page), or by what it is."""
	served_as = mimetypes.guess_type(file_name)[0] or ""
	by_type = any(one in served_as.split("/")[-1] for one in RUNNING_TYPES)
	if kind_of(file_name) in RUNNING or (by_type and not served_as.startswith("application/vnd.")):
		return True
	return is_markup(content)


def is_markup(content: bytes) -> bool:
	beginning = content[:4096].replace(b"\x00", b"").lstrip(BEFORE).lower()
	return beginning.startswith(MARKUP)


def may_come_from_outside(file_name: str, content: bytes) -> bool:
	kind = kind_of(file_name)
	if kind not in FROM_OUTSIDE or runs_in_browser(file_name, content):
		return False
	starts = FROM_OUTSIDE[kind]
	return not starts or from_pdf_header(content).startswith(starts)


def from_pdf_header(content: bytes) -> bytes:
	"""Without blanks before it, and without a printer's commands before a PDF."""
	start = content.find(b"%PDF-", 0, FOREWORD) if content.startswith(PRINTER) else -1
	return content[start:] if start > 0 else content.lstrip(BLANK)


def is_picture(file_name: str, content: bytes) -> bool:
	starts = PICTURES.get(kind_of(file_name))
	return bool(starts) and content.startswith(starts)
