"""Files that an applicant adds to a form: only kinds of document, and only if they are what they say."""

import io
import zipfile

import frappe
from frappe import _
from frappe.utils import escape_html
from pypdf import PdfReader

from rtc_conciliation.common.web.retry import retry_on_deadlock
from rtc_conciliation.portal.limits import limited
from rtc_conciliation.records import file_limits, scans, signed_files
from rtc_conciliation.records.file_limits import FileSizeError
from rtc_conciliation.records.scans import VirusError

#: extension → what the content starts with
KINDS = {
	"pdf": (b"%PDF-",),
	"p7m": (b"\x30", b"MI", b"-----BEGIN"),  # signed (CAdES): DER, or the same in base64
	"docx": (b"PK\x03\x04",),
	"xlsx": (b"PK\x03\x04",),
	"odt": (b"PK\x03\x04",),
	"ods": (b"PK\x03\x04",),
	"jpg": (b"\xff\xd8\xff",),
	"jpeg": (b"\xff\xd8\xff",),
	"png": (b"\x89PNG",),
}
#: text documents and spreadsheets are zip files: extension → the part that each must hold
PACKED = {
	"docx": "word/document.xml",
	"xlsx": "xl/workbook.xml",
	"odt": "content.xml",
	"ods": "content.xml",
}
#: the harmless text by which scanners are tried (EICAR); in two pieces, so that this file is not taken for it
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
#: what a signed form can be
SIGNED_KINDS = ("pdf", "p7m")


class FileKindError(frappe.ValidationError):
	pass


@frappe.whitelist(methods=["POST"])
@limited("upload", 120, 600)
@retry_on_deadlock
def upload() -> dict:
	"""Keeps the file `file` of the request as a private file of the session's user, attached to nothing yet.

	Returns {"file_url", "file_name"}. Core's upload_file refuses signed .p7m files to people without a desk.
	"""
	frappe.has_permission("RTC Application", "create", throw=True)
	sent = frappe.request.files.get("file") if frappe.request else None
	if not sent or not sent.filename:
		frappe.throw(_("Choose a file first."), FileKindError, title=_("No File"))
	content = sent.stream.read(file_limits.LARGEST + 1)
	file_limits.validate_size(shown(sent.filename), len(content))
	validate_kind(sent.filename, content)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": sent.filename, "content": content, "is_private": 1}
	)
	file.insert()
	scans.take_in(file)
	return {"file_url": file.file_url, "file_name": file.file_name}


def validate_kind(filename: str, content: bytes, kinds: tuple[str, ...] = tuple(KINDS)) -> None:
	"""Refuse what is none of `kinds` by its name or not what its name says, and what a scanner would stop."""
	kind = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
	starts = KINDS[kind] if kind in kinds else None
	name = shown(filename)
	validate_no_virus(name, content)
	if not starts:
		frappe.throw(
			_("{0} is not a kind of file that can be attached. Use one of: {1}.").format(
				name, ", ".join(kinds)
			),
			FileKindError,
			title=_("File Refused"),
		)
	if not content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(starts) or not is_packed_as(kind, content):
		frappe.throw(
			_(
				"The content of {0} is not what its name says. Save it again from the program that made it."
			).format(name),
			FileKindError,
			title=_("File Refused"),
		)
	scans.refuse_infected(filename, content)


def shown(filename: str) -> str:
	return frappe.bold(escape_html(filename[:140]))


def is_packed_as(kind: str, content: bytes) -> bool:
	"""Does a text document or spreadsheet hold the part that makes it one? Any other kind passes."""
	if kind not in PACKED:
		return True
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as packed:
			return PACKED[kind] in packed.namelist()
	except (zipfile.BadZipFile, ValueError, NotImplementedError):
		return False


def validate_no_virus(name: str, content: bytes) -> None:
	"""The test file is known with or without a scanner, so that a site can be tried."""
	if TEST_VIRUS in content or TEST_VIRUS in signed_files.decoded(content):
		frappe.throw(
			_("{0} carries a virus, or the text by which scanners are tried. It was not kept.").format(name),
			VirusError,
			title=_("File Refused"),
		)


def validate_signed_form(filename: str, content: bytes) -> None:
	"""A PDF or a .p7m that can be opened, whether or not it is signed."""
	validate_kind(filename, content, SIGNED_KINDS)
	if not (is_pdf(content) if filename.lower().endswith(".pdf") else signed_files.is_p7m(content)):
		frappe.throw(
			_(
				"{0} cannot be opened: it is damaged or was cut off. Save or sign it again and send it."
			).format(shown(filename)),
			FileKindError,
			title=_("File Refused"),
		)


def is_pdf(content: bytes) -> bool:
	"""Begins, ends and is built as a PDF."""
	if b"%%EOF" not in content[-2048:]:
		return False
	try:
		reader = PdfReader(io.BytesIO(content))
		return reader.is_encrypted or len(reader.pages) > 0
	except Exception:  # whatever a broken file makes of the reader
		return False
