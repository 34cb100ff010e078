"""Files that an applicant adds to a form: only kinds of document, and only if they are what they say."""

import frappe
from frappe import _
from frappe.utils import escape_html

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


class FileKindError(frappe.ValidationError):
	pass


@frappe.whitelist(methods=["POST"])
def upload() -> dict:
	"""Keeps the file `file` of the request as a private file of the session's user, attached to nothing yet.

	Returns {"file_url", "file_name"}. Core's upload_file refuses signed .p7m files to people without a desk.
	"""
	frappe.has_permission("RTC Application", "create", throw=True)
	sent = frappe.request.files.get("file") if frappe.request else None
	if not sent or not sent.filename:
		frappe.throw(_("Choose a file first."), FileKindError, title=_("No File"))
	content = sent.stream.read()
	validate_kind(sent.filename, content)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": sent.filename, "content": content, "is_private": 1}
	)
	file.insert()
	return {"file_url": file.file_url, "file_name": file.file_name}


def validate_kind(filename: str, content: bytes) -> None:
	starts = KINDS.get(filename.rsplit(".", 1)[-1].lower() if "." in filename else "")
	name = frappe.bold(escape_html(filename[:140]))
	if not starts:
		frappe.throw(
			_("{0} is not a kind of file that can be attached. Use one of: {1}.").format(
				name, ", ".join(KINDS)
			),
			FileKindError,
			title=_("File Refused"),
		)
	if not content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(starts):
		frappe.throw(
			_(
				"The content of {0} is not what its name says. Save it again from the program that made it."
			).format(name),
			FileKindError,
			title=_("File Refused"),
		)
