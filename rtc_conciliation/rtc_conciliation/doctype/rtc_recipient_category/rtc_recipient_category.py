from rtc_conciliation.common.record import Record


class RTCRecipientCategory(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		description: DF.SmallText | None
		disabled: DF.Check
		legal_reference: DF.Data | None
		sort_index: DF.Int
		title: DF.Data
	# end: auto-generated types
