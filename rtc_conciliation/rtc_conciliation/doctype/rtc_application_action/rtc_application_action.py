from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationAction(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		area: DF.Link | None
		counts_towards_minimum: DF.Check
		description: DF.SmallText | None
		end_date: DF.Date | None
		output: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		partner: DF.Data | None
		start_date: DF.Date | None
		territory: DF.Link | None
		title: DF.Data
		unread_values: DF.JSON | None
	# end: auto-generated types
