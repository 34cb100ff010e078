from rtc_conciliation.common.record import Record


class RTCArea(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		counts_towards_minimum: DF.Check
		description: DF.SmallText | None
		disabled: DF.Check
		legal_reference: DF.Data | None
		title: DF.Data
	# end: auto-generated types
