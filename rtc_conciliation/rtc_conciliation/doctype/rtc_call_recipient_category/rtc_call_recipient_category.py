from rtc_conciliation.common.rows import OwnedRow


class RTCCallRecipientCategory(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		recipient_category: DF.Link
	# end: auto-generated types
