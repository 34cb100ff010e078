"""Files that come with a record: private, and only the sender's own."""

import frappe
from frappe import _
from frappe.utils import escape_html

ATTACH = ("Attach", "Attach Image")
OURS = ("RTC Member", "RTC Application", "RTC Plan")


class ForeignFileError(frappe.PermissionError):
	pass


def make_private(doc, method=None) -> None:
	"""`before_insert` of File: nothing attached to our records is ever public."""
	if doc.attached_to_doctype in OURS and not doc.is_folder:
		doc.is_private = 1


def claim_files(doc) -> None:
	"""Make every file that `doc` and its rows name private and its own.

	A file of somebody else is refused: naming its address must not give access to it.
	"""
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			if df.fieldtype in ATTACH and row.get(df.fieldname):
				row.set(df.fieldname, claim_file(doc, row.get(df.fieldname)))


def claim_file(doc, file_url: str) -> str:
	files = frappe.get_all(
		"File",
		filters={"file_url": file_url},
		fields=["name", "owner", "is_private", "attached_to_doctype", "attached_to_name"],
	)
	if any((f.attached_to_doctype, f.attached_to_name) == (doc.doctype, doc.name) and f.is_private for f in files):
		return file_url
	mine = [f for f in files if not f.attached_to_name or f.attached_to_name == doc.name]
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
	file.save()
	return file.file_url
