from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationDeclaration(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accepted: DF.Check
		accepted_on: DF.Datetime | None
		declaration: DF.Data
		mandatory: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		text: DF.SmallText | None
	# end: auto-generated types
