from rtc_conciliation.common.rows import OwnedRow


class RTCCallDeclaration(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		declaration: DF.Data
		legal_reference: DF.Data | None
		mandatory: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		text: DF.SmallText
	# end: auto-generated types
