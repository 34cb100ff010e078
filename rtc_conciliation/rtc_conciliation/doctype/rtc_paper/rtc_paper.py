import frappe
from frappe import _

from rtc_conciliation.common.record import ServerRecord


class IssuedPaperError(frappe.PermissionError):
	"""What was issued is kept by the server, and neither written nor deleted by anybody."""


class RTCPaper(ServerRecord):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		body: DF.LongText | None
		code: DF.Data | None
		content_digest: DF.Data | None
		file: DF.Data | None
		file_digest: DF.Data | None
		issued_on: DF.Datetime | None
		issuer: DF.Data | None
		kind: DF.Data | None
		made_by: DF.Data | None
		made_on: DF.Datetime | None
		paper_version: DF.Int
		reason: DF.SmallText | None
		record: DF.Data | None
		record_type: DF.Link | None
		step: DF.Data | None
	# end: auto-generated types

	def refuse(self):
		frappe.throw(
			_("Papers that were issued are kept by the site itself: they are neither changed nor deleted."),
			IssuedPaperError,
			title=_("Not Permitted"),
		)
