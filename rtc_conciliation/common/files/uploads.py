"""Files that an applicant adds to a form: only kinds of document, and only if they are what they say."""

import frappe
from frappe import _

from rtc_conciliation.common.files import content_check, guard, kinds, limits, scans
from rtc_conciliation.common.files.guard import TEST_VIRUS, FileContentError, bold_name

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
#: what a signed form can be
SIGNED_KINDS = ("pdf", "p7m")


def upload_file() -> dict:
	"""Keeps the file `file` of the request as a private file of the session's user, attached to nothing yet.

	Returns {"file_url", "file_name"}. Core's upload_file refuses signed .p7m files to people without a desk.
	"""
	frappe.has_permission("RTC Application", "create", throw=True)
	sent = frappe.request.files.get("file") if frappe.request else None
	if not sent or not sent.filename:
		frappe.throw(_("Choose a file first."), FileContentError, title=_("No File"))
	content = sent.stream.read(limits.LARGEST + 1)
	limits.validate_size(bold_name(sent.filename), len(content))
	validate_kind(sent.filename, content)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": sent.filename, "content": content, "is_private": 1}
	)
	file.insert()
	scans.scan_file(file)
	return {"file_url": file.file_url, "file_name": file.file_name}


def validate_kind(filename: str, content: bytes, allowed: tuple[str, ...] = tuple(KINDS)) -> None:
	"""Refuse what is none of `allowed` by its name or not what its name says, and what a scanner would stop."""
	kind = guard.get_ending(filename)
	starts = KINDS[kind] if kind in allowed else None
	name = bold_name(filename)
	if TEST_VIRUS in content:  # known with or without a scanner, so that a site can be tried
		guard.refuse_virus(name)
	if not starts:
		frappe.throw(
			_("{0} is not a kind of file that can be attached. Use one of: {1}.").format(
				name, ", ".join(allowed)
			),
			FileContentError,
			title=_("File Refused"),
		)
	if not kinds.from_pdf_header(content).startswith(starts):
		locked = content_check.is_locked_document(content)
		guard.refuse_content(filename, kind, content_check.LOCKED if locked else content_check.OTHER)
	guard.validate_content(filename, content)
	scans.refuse_infected(filename, content)


def validate_signed_form(filename: str, content: bytes) -> None:
	"""A PDF or a .p7m that can be opened, whether or not it is signed."""
	validate_kind(filename, content, SIGNED_KINDS)
