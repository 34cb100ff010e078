from frappe.model.document import Document


class RTCPlanSection(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		content: DF.TextEditor | None
		kind: DF.Literal["Text", "Composition", "Community of Practice", "Projects", "Resources", "Calls"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		title: DF.Data
	# end: auto-generated types
	pass
