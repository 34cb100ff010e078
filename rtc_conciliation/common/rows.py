"""Rows that come and go with their record only."""

import copy

import frappe
from frappe import _
from frappe.model.document import Document


class LooseRowError(frappe.PermissionError):
	"""A row was written or deleted by itself, past the checks and the locks of the record it belongs to."""


class OwnedRow(Document):
	"""A row that only its record writes. Core runs these events for a row that is saved or deleted by itself."""

	def autoname(self):
		"""A form that may send the same new row twice says its name (`applications/saving.py`); others get core's."""
		self.name = self.flags.get("name_of_key")

	def validate(self):
		refuse_row(self)

	def before_update_after_submit(self):
		refuse_row(self)

	def on_trash(self):
		refuse_row(self)


def to_plain(doc: Document) -> dict:
	"""What `doc` and its rows hold, as the rules read it: {field: value, table: [{column: value}]}; to be read only.

	Core's `as_dict` casts and copies every field of every row, which was a tenth of what saving a draft costs; the
	rules understand values as they are.
	"""
	return {
		key: [vars(row) for row in value] if isinstance(value, list) else value
		for key, value in vars(doc).items()
	}


def copy_document(doc: Document) -> Document:
	"""`doc` as it stands, with rows of its own."""
	kept = copy.copy(doc)
	kept.flags = frappe._dict()
	for field in doc.meta.get_table_fields():
		vars(kept)[field.fieldname] = [copy.copy(row) for row in doc.get(field.fieldname)]
	return kept


def list_links(doc: Document) -> set[tuple]:
	"""What `doc` and its rows link to: (row, field, name)."""
	return {
		(row.name, field.fieldname, row.get(field.fieldname))
		for row in (doc, *doc.get_all_children())
		for field in row.meta.get_link_fields()
		if row.get(field.fieldname)
	}


def refuse_row(row: Document) -> None:
	frappe.throw(
		_("{0}: open the record that it belongs to, change the row there and save.").format(
			frappe.bold(_(row.doctype))
		),
		LooseRowError,
		title=_("Row Refused"),
	)
