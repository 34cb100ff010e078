"""Rows that come and go with their record only."""

import frappe
from frappe import _
from frappe.model.document import Document


class LooseRowError(frappe.PermissionError):
	"""A row was written or deleted by itself, past the checks and the locks of the record it belongs to."""


class OwnedRow(Document):
	"""A row that only its record writes. Core runs these events for a row that is saved or deleted by itself."""

	def autoname(self):
		"""A form that may send the same new row twice says its name (`portal/saving.py`); others get core's."""
		self.name = self.flags.get("name_of_key")

	def validate(self):
		refuse(self)

	def before_update_after_submit(self):
		refuse(self)

	def on_trash(self):
		refuse(self)


def refuse(row: Document) -> None:
	frappe.throw(
		_("{0}: open the record that it belongs to, change the row there and save.").format(
			frappe.bold(_(row.doctype))
		),
		LooseRowError,
		title=_("Row Refused"),
	)
