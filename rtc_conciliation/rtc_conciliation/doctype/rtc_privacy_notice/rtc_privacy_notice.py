import frappe
from frappe import _

from rtc_conciliation.common.record import ServerRecord


class PrivacyNoticeError(frappe.PermissionError):
	pass


class RTCPrivacyNotice(ServerRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		since: DF.Date | None
		text: DF.TextEditor | None
		version: DF.Int
	# end: auto-generated types

	def refuse(self):
		frappe.throw(
			_(
				"A version of the privacy notice stays as it was accepted. Write the new text in RTC Settings."
			),
			PrivacyNoticeError,
			title=_("Not Permitted"),
		)
