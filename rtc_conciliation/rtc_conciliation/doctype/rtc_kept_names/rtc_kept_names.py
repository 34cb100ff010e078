import frappe
from frappe import _

from rtc_conciliation.common.record import ServerRecord


class KeptNamesError(frappe.PermissionError):
	"""The names of the day are kept by the server, and neither written nor deleted by anybody."""


class RTCKeptNames(ServerRecord):
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

	def refuse(self):
		frappe.throw(
			_("The names of the day are kept by the site itself: they are neither changed nor deleted."),
			KeptNamesError,
			title=_("Not Permitted"),
		)
