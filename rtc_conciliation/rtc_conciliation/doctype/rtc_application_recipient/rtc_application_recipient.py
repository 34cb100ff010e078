from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationRecipient(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		description: DF.SmallText | None
		expected_number: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		recipient_category: DF.Link
		unread_values: DF.JSON | None
	# end: auto-generated types
