from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationIndicator(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		baseline: DF.Float
		indicator: DF.Data
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		source: DF.Data | None
		target: DF.Float
		unit: DF.Data | None
		unread_values: DF.JSON | None
	# end: auto-generated types
