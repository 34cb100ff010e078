from rtc_conciliation.common.rows import OwnedRow


class RTCCallRequiredDocument(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		description: DF.SmallText | None
		document: DF.Data
		for_panel: DF.Check
		is_agreement: DF.Check
		mandatory: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		template: DF.Attach | None
	# end: auto-generated types
