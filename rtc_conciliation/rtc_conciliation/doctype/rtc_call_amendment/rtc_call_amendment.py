from rtc_conciliation.common.rows import OwnedRow


class RTCCallAmendment(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		act_date: DF.Date
		act_number: DF.Data
		changed: DF.LongText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		recorded_by: DF.Link | None
		recorded_on: DF.Datetime | None
		text: DF.SmallText
	# end: auto-generated types
