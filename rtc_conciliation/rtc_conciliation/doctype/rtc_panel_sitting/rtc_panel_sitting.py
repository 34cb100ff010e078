from rtc_conciliation.common.rows import OwnedRow


class RTCPanelSitting(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		closed: DF.Check
		closed_by: DF.Link | None
		closed_on: DF.Datetime | None
		held_on: DF.Date
		minutes: DF.TextEditor | None
		minutes_file: DF.Attach | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		present: DF.SmallText | None
	# end: auto-generated types
