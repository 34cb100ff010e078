from rtc_conciliation.common.record import Record


class RTCTerritory(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		asst: DF.Data | None
		disabled: DF.Check
		map_column: DF.Int
		map_row: DF.Int
		province: DF.Data | None
		title: DF.Data
	# end: auto-generated types
