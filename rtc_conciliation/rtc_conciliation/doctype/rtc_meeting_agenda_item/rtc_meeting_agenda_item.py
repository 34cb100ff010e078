from rtc_conciliation.common.rows import OwnedRow


class RTCMeetingAgendaItem(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		minutes_long: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		speaker: DF.Data | None
		topic: DF.Data
	# end: auto-generated types
