from rtc_conciliation.common.record import Record


class RTCFileScan(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		file_name: DF.Data | None
		file_url: DF.Data | None
		scanned_on: DF.Datetime | None
		sha256: DF.Data | None
		state: DF.Literal["Waiting", "Clean", "Infected"]
		uploaded_by: DF.Data | None
		virus: DF.Data | None
	# end: auto-generated types
