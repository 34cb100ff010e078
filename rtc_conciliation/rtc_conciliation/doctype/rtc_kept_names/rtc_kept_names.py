import frappe
from frappe import _
from frappe.model.document import Document


class KeptNamesError(frappe.PermissionError):
	"""The names of the day are kept by the server, and neither written nor deleted by anybody."""


class RTCKeptNames(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		kept_on: DF.Datetime | None
		names: DF.JSON | None
		occasion: DF.Data | None
		record: DF.Data | None
		record_type: DF.Link | None
	# end: auto-generated types

	def validate(self):
		refuse()

	def before_rename(self, *args, **kwargs):
		refuse()

	def on_trash(self):
		refuse()


def refuse() -> None:
	frappe.throw(
		_("The names of the day are kept by the site itself: they are neither changed nor deleted."),
		KeptNamesError,
		title=_("Not Permitted"),
	)
