from rtc_conciliation.common.rows import OwnedRow


class RTCIntegrationItem(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer_file: DF.Attach | None
		answer_text: DF.Text | None
		kind: DF.Literal["Text or File", "Text", "File"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		what: DF.SmallText
		why: DF.SmallText | None
	# end: auto-generated types
