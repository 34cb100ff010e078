"""Files that come with a record: private, and only the sender's own."""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access.files import attach_fields
from rtc_conciliation.common.files import limits, scans
from rtc_conciliation.common.files.fields import is_free
from rtc_conciliation.rules.plain_text import as_typed


class ForeignFileError(frappe.PermissionError):
	pass


def claim_files(doc) -> None:
	"""Make every file that `doc` and its rows name private and its own.

	A file of somebody else is refused: naming its address must not give access to it.
	"""
	named = [(row, fieldname) for row, fieldname in attach_fields(doc) if row.get(fieldname)]
	urls = [row.get(fieldname) for row, fieldname in named]
	if doc.doctype == "RTC Application":
		limits.validate_together(urls)
	known = get_rows_at(urls)
	for row, fieldname in named:
		claim_file(doc, known.get(row.get(fieldname), []), row, fieldname)


def get_rows_at(file_urls: list[str]) -> dict[str, list]:
	"""Address → the rows of File that have exactly this one."""
	if not file_urls:
		return {}
	fields = ["name", "owner", "file_url", "is_private"]
	fields += ["attached_to_doctype", "attached_to_name", "attached_to_field"]
	found = {}
	for row in frappe.get_all("File", {"file_url": ("in", file_urls), "is_folder": 0}, fields):
		found.setdefault(row.file_url, []).append(row)
	return found


def get_file_names(doctype: str, name: str | None) -> dict[str, str]:
	"""Address → name, as whoever sent it called it, of each file attached to a record; not escaped."""
	if not name:
		return {}
	filters = {"attached_to_doctype": doctype, "attached_to_name": name, "is_folder": 0}
	rows = frappe.get_all("File", filters, ["file_url", "file_name"], order_by="creation asc")
	return {row.file_url: as_typed(row.file_name) for row in rows if row.file_url and row.file_name}


def get_file_name(named: dict[str, str], address: str | None) -> str:
	"""The name of the file at `address`, of those in `named`; the end of the address for one that is gone."""
	return named.get(address) or (address or "").rsplit("/", 1)[-1]


def add_file(doctype: str, name: str, fieldname: str | None, file_name: str, content: bytes):
	"""A private file that the app itself makes for a record.

	It is attached after it was made: the step that makes it may lead to a state in which its taker edits nothing.
	"""
	file = frappe.get_doc({"doctype": "File", "file_name": file_name, "content": content, "is_private": 1})
	file.flags.made_here = True
	file.insert()
	values = {"attached_to_doctype": doctype, "attached_to_name": name, "attached_to_field": fieldname}
	frappe.db.set_value("File", file.name, values)
	return file


def claim_file(doc, files: list, row, fieldname: str) -> None:
	"""One of `files`, the rows at the address in the field, belongs to `doc` from now on.

	It is the document's already, or an upload of the session's user that waits for its record: `common.files.rows`
	lets nobody make a row of what they did not send, but at what they may read anyhow. Core looks for the field of the
	document too, and would add the file once more where it does not find it.
	"""
	own_field = fieldname if row is doc else None
	own = [f for f in files if (f.attached_to_doctype, f.attached_to_name) == (doc.doctype, doc.name)]
	if own and own[0].is_private:
		if own_field and own_field not in {f.attached_to_field for f in own}:
			frappe.db.set_value("File", own[0].name, "attached_to_field", own_field)
		return
	user = frappe.session.user
	mine = [f for f in files if is_free(f, doc.doctype) and user in (f.owner, "Administrator")] or own
	if not mine:
		frappe.throw(
			_("{0} was not uploaded by you with this form. Upload the file again.").format(
				frappe.bold(escape_html(row.get(fieldname).rsplit("/", 1)[-1]))
			),
			ForeignFileError,
			title=_("File Refused"),
		)
	file = frappe.get_doc("File", mine[0].name)
	file.update({"is_private": 1, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
	file.attached_to_field = own_field
	file.flags.own_step = True
	file.save()
	scans.scan_file(file)
	row.set(fieldname, file.file_url)


def get_content(doc, file_url: str) -> tuple[str, bytes] | None:
	"""Name and bytes of the file at `file_url` that belongs to `doc`; None when there is none any more."""
	filters = {"file_url": file_url, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	names = frappe.get_all("File", filters=filters, pluck="name", limit=1)
	file = frappe.get_doc("File", names[0]) if names else None
	content = scans.get_bytes(file) if file else None
	return None if content is None else (file.file_name, content)
