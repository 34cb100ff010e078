from rtc_conciliation.common.rows import OwnedRow


class RTCFormalCheckItem(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.Literal["", "Passed", "Failed", "Not Applicable"]
		answered_by: DF.Link | None
		answered_on: DF.Datetime | None
		description: DF.SmallText | None
		item: DF.Data
		legal_reference: DF.Data | None
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
