"""The Attach fields of any record, of core's and other apps' too: naming an address gives no access to it.

After a save core takes whatever row it finds at the address that a field names, also a stranger's, and makes it one
of the record; or it makes a new row, past all permissions.
"""

import frappe

from rtc_conciliation.access import files as access
from rtc_conciliation.common.files import addresses


def guard(doc, method=None) -> None:
	"""`validate` of every DocType: what a field newly names is the saver's own upload, or open to them."""
	for fieldname in attach_fields(doc):
		address = doc.get(fieldname)
		local = isinstance(address, str) and address.startswith((addresses.PUBLIC, addresses.PRIVATE))
		if local and doc.has_value_changed(fieldname):
			take(doc, fieldname, address)


def attach_fields(doc) -> list[str]:
	return [df.fieldname for df in doc.meta.fields if df.fieldtype in access.ATTACH]


def take(doc, fieldname: str, address: str) -> None:
	fields = ["name", "owner", "file_url", "attached_to_doctype", "attached_to_name"]
	named = [row for row in frappe.get_all("File", {"file_url": address}, fields) if row.file_url == address]
	if any((row.attached_to_doctype, row.attached_to_name) == (doc.doctype, doc.name) for row in named):
		return
	if not named and frappe.session.user == "Administrator":
		return  # fixtures and imports name what may come later; core makes the row if it is there
	place = {
		"attached_to_doctype": doc.doctype,
		"attached_to_name": doc.name,
		"attached_to_field": fieldname,
	}
	mine = [row for row in named if row.owner == frappe.session.user and is_free(row, doc.doctype)]
	if mine:
		frappe.db.set_value("File", mine[0].name, place)
	else:
		values = {"doctype": "File", "file_url": address, "folder": "Home/Attachments"}
		file = frappe.get_doc({**values, **place})
		file.flags.own_step = True  # whoever saves the record may name files in it
		file.insert()


def is_free(row, doctype: str) -> bool:
	"""Uploaded and attached to nothing, or to the form of a record that was not saved yet."""
	if not row.attached_to_name:
		return not row.attached_to_doctype
	return row.attached_to_doctype == doctype and row.attached_to_name.startswith(access.UNSAVED)
