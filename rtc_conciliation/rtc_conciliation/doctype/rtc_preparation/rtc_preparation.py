import frappe
from frappe import _

from rtc_conciliation.common.record import ServerRecord


class PreparationKeptError(frappe.PermissionError):
	"""Who wrote a record is kept by the server, and neither written nor deleted by anybody."""


class RTCPreparation(ServerRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		part: DF.Data | None
		record: DF.Data | None
		record_type: DF.Link | None
		user: DF.Link | None
	# end: auto-generated types

	def refuse(self):
		frappe.throw(
			_("Who wrote a record is kept by the site itself: it is neither changed nor deleted."),
			PreparationKeptError,
			title=_("Not Permitted"),
		)
