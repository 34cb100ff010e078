"""What the reader of sent files says of each: here without its process, which tests/site/web_forms tries."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from rtc_conciliation.common import cells
from rtc_conciliation.common.files import content_check as check
from rtc_conciliation.common.files import workbooks
from tests.site import bombs

PAGE = bombs.pdf([bombs.CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", bombs.LEAF])
CASES = Path(__file__).resolve().parents[1] / "cases"
#: what a driver of a printer writes round a PDF
PRINTED = b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + PAGE + b"\x1b%-12345X"
#: a later version of the file, of which the end is missing
BEGUN_ANEW = b"4 0 obj\n<< /Length 900 >>\nstream\n" + b"x" * 200
COLUMNS = [{"fieldname": "description", "label": "Descrizione", "kind": "text", "most": 140}]


def picture(kind: str = "PNG", size: tuple[int, int] = (20, 20)) -> bytes:
	out = io.BytesIO()
	Image.new("L", size).save(out, kind)
	return out.getvalue()


def case(name: str) -> bytes:
	return (CASES / name).read_bytes()


def packed(name: str, content: bytes) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive:
		archive.writestr(name, content)
	return out.getvalue()


def with_password() -> bytes:
	"""A zip file whose table of contents says of its part that it is encrypted."""
	content = bytearray(packed("xl/workbook.xml", b"<workbook/>"))
	content[content.index(b"PK\x01\x02") + 8] |= 1
	return bytes(content)


@pytest.mark.parametrize(
	("kind", "content", "word"),
	[
		("pdf", PAGE, check.FINE),
		("pdf", PAGE + b"\0" * 5000, check.FINE),
		("pdf", PAGE + b"% a remark behind the end\n%%EOF\n", check.FINE),
		("pdf", PAGE + b"\0" * 5000 + b"\x1a \r\n", check.FINE),
		("pdf", PRINTED, check.FINE),
		("pdf", PAGE + BEGUN_ANEW, check.DAMAGED),
		("pdf", case("owner_protected_signed.pdf"), check.FINE),
		("pdf", case("signed_nul_padded.pdf"), check.FINE),
		("pdf", case("user_password.pdf"), check.LOCKED),
		("pdf", case("zero_pages.pdf"), check.EMPTY),
		("docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), check.LOCKED),
		("odt", packed("META-INF/manifest.xml", b"<manifest:encryption-data/>"), check.LOCKED),
		("odt", packed("META-INF/manifest.xml", b"<manifest/>"), check.OTHER),
		("xlsx", with_password(), check.LOCKED),
		("pdf", PAGE[:-30], check.DAMAGED),
		("pdf", b"%PDF-1.7\n%%EOF", check.DAMAGED),
		("pdf", b"<html>%%EOF", check.OTHER),
		("pdf", bombs.graph(30), check.HEAVY),
		("pdf", bombs.circle(), check.HEAVY),
		("pdf", bombs.same_page(check.MOST_PAGES + 1), check.HEAVY),
		("pdf", bombs.pdf([bombs.CATALOG, b"<< /Type /Pages /Count 0 /Kids [] >>"]), check.EMPTY),
		("pdf", PAGE.replace(b"/MediaBox", b"/AA << /O << /JS (1) >> >> /MediaBox"), check.SCRIPT),
		("png", picture(), check.FINE),
		("jpg", picture("JPEG"), check.FINE),
		("jpg", picture(), check.OTHER),
		("jpg", picture("JPEG", (600, 600))[:-60], check.DAMAGED),
		("png", bombs.picture(30_000, 30_000), check.HEAVY),
		("docx", bombs.document(10), check.FINE),
		("xlsx", bombs.document(10), check.OTHER),
		("docx", b"PK\x03\x04 broken", check.OTHER),
		("docx", bombs.many_parts(check.MOST_PARTS + 1), check.HEAVY),
		("docx", bombs.document(check.LARGEST_UNPACKED + 1), check.HEAVY),
		("p7m", bombs.signed_in_signed(3), check.FINE),
		("p7m", b"\x30\x82" + b"x" * 50, check.DAMAGED),
		("p7m", b"-----BEGIN PKCS7-----\nZWljYXI=\n-----END PKCS7-----\n", check.VIRUS),
	],
	ids=lambda value: value or "fine" if isinstance(value, str) else "file",
)
def test_each_file_has_its_word(kind, content, word):
	assert check.check(content, kind, "eicar") == word


def test_parts_are_counted_without_unpacking():
	assert check.count_parts(bombs.many_parts(30)) == 31
	assert check.count_parts(b"no archive") == 0


@pytest.mark.parametrize(
	("content", "problem"),
	[
		(bombs.workbook(b'<row r="1"><c r="A1" t="inlineStr"><is><t>Sala</t></is></c></row>'), ""),
		(bombs.laughs(), workbooks.STRANGE),
		(bombs.workbook(b" " * workbooks.LARGEST_UNPACKED), workbooks.LARGE),
		(b"PK no workbook", workbooks.DAMAGED),
		(bombs.document(10), workbooks.DAMAGED),
	],
	ids=["read", "laughs", "large", "none", "another document"],
)
def test_a_workbook_is_understood_or_has_its_word(content, problem):
	found = workbooks.understand(content, COLUMNS, 10)
	assert found["problem"] == problem
	assert problem or found["rows"] == [{"description": "Sala"}]
	assert workbooks.open_whole(content[:100]) is None


def test_no_more_lines_are_read_than_are_looked_at():
	assert len(cells.parse_grid("a\n" * 20_000)) == cells.MOST_LINES
