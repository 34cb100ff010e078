from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationAttachment(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		document: DF.Data
		file: DF.Attach | None
		mandatory: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		unread_values: DF.JSON | None
	# end: auto-generated types
