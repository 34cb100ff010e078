"""What each record of the app asks of what came in, before core or its own controller looks at it."""

import frappe
from frappe import _
from frappe.model.document import Document

from rtc_conciliation.access import fields, links
from rtc_conciliation.common import typed_texts


class Record(Document):
	def check_if_latest(self):
		"""Core comes here first: on insert, save, submit and cancel, and before a method of a sent document runs."""
		said = len(frappe.local.message_log)
		try:
			super().check_if_latest()
		except frappe.TimestampMismatchError:
			del frappe.local.message_log[said:]
			self.refuse_overtaken()
		fields.restore(self)
		typed_texts.tidy_document(self)
		links.guard(self)

	def refuse_overtaken(self):
		"""Core 16 says it in English whatever the language, the others with times of machines."""
		said = _(
			"{0} was changed after you opened it. Reload the page to see it as it is now, then change it again."
		)
		frappe.throw(said.format(self.name), frappe.TimestampMismatchError)

	def before_print(self, settings=None):
		"""What is printed is the record as it is stored: a request could send any other under its name."""
		from frappe.www.printview import validate_print_permission

		if not frappe.db.exists(self.doctype, self.name):
			frappe.throw(_("Save {0} first, then print it.").format(frappe.bold(_(self.doctype))))
		flags = self.flags
		self.load_from_db()
		self.flags = flags
		if not frappe.flags.ignore_print_permissions:
			validate_print_permission(self)


class ServerRecord(Document):
	"""Rows that the server alone writes, past this class (`db_insert`, `bulk_insert`): nobody changes or deletes one."""

	def refuse(self):
		"""Of each such DocType, in its own words."""
		raise frappe.PermissionError(self.doctype)

	def validate(self):
		self.refuse()

	def before_rename(self, *args, **kwargs):
		self.refuse()

	def on_trash(self):
		self.refuse()
