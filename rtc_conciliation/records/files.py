"""Files that come with a record: private, and only the sender's own."""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access import states
from rtc_conciliation.access.files import GOVERNED, attach_fields
from rtc_conciliation.records import file_limits, scans


class ForeignFileError(frappe.PermissionError):
	pass


def guard_insert(doc, method=None) -> None:
	"""`before_insert` of File: private, and only where the record's state can be edited."""
	if doc.attached_to_doctype not in GOVERNED or doc.is_folder:
		return
	doc.is_private = 1
	if doc.attached_to_name:
		states.guard_attachment(doc.attached_to_doctype, doc.attached_to_name)


def claim_files(doc) -> None:
	"""Make every file that `doc` and its rows name private and its own.

	A file of somebody else is refused: naming its address must not give access to it.
	"""
	named = [(row, fieldname) for row, fieldname in attach_fields(doc) if row.get(fieldname)]
	if doc.doctype == "RTC Application":
		file_limits.validate_together([row.get(fieldname) for row, fieldname in named])
	for row, fieldname in named:
		row.set(fieldname, claim_file(doc, row.get(fieldname), fieldname if row is doc else None))


def keep_file(doc, fieldname: str, file_name: str, content: bytes) -> str:
	"""A private file that the app itself makes for `doc`; its address, for the Attach field `fieldname`.

	It is attached after it was made: the step that makes it may lead to a state in which its taker edits nothing.
	"""
	file = frappe.get_doc({"doctype": "File", "file_name": file_name, "content": content, "is_private": 1})
	file.flags.made_here = True
	file.insert()
	values = {
		"attached_to_doctype": doc.doctype,
		"attached_to_name": doc.name,
		"attached_to_field": fieldname,
	}
	frappe.db.set_value("File", file.name, values)
	return file.file_url


def claim_file(doc, file_url: str, fieldname: str | None) -> str:
	"""The address of the file once it belongs to `doc`, and to its field `fieldname` unless a row names it.

	Core looks for the field too, and would add the file once more where it does not find it.
	"""
	files = frappe.get_all(
		"File",
		filters={"file_url": file_url},
		fields=[
			"name",
			"owner",
			"is_private",
			"attached_to_doctype",
			"attached_to_name",
			"attached_to_field",
		],
	)
	own = [f for f in files if (f.attached_to_doctype, f.attached_to_name) == (doc.doctype, doc.name)]
	if own and own[0].is_private:
		if fieldname and fieldname not in {f.attached_to_field for f in own}:
			frappe.db.set_value("File", own[0].name, "attached_to_field", fieldname)
		return file_url
	mine = [f for f in files if not f.attached_to_name or f in own]
	mine = [f for f in mine if f.owner == frappe.session.user or frappe.session.user == "Administrator"]
	if not mine:
		frappe.throw(
			_("{0} was not uploaded by you with this form. Upload the file again.").format(
				frappe.bold(escape_html(file_url.rsplit("/", 1)[-1]))
			),
			ForeignFileError,
			title=_("File Refused"),
		)
	file = frappe.get_doc("File", mine[0].name)
	file.update({"is_private": 1, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
	file.attached_to_field = fieldname
	file.save()
	scans.take_in(file)
	return file.file_url


def content_of(doc, file_url: str) -> tuple[str, bytes] | None:
	"""Name and bytes of the file at `file_url` that belongs to `doc`; None when there is none any more."""
	filters = {"file_url": file_url, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	names = frappe.get_all("File", filters=filters, pluck="name", limit=1)
	file = frappe.get_doc("File", names[0]) if names else None
	content = scans.bytes_of(file) if file else None
	return None if content is None else (file.file_name, content)
