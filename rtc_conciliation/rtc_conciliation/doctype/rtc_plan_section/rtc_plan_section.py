from rtc_conciliation.common.rows import OwnedRow


class RTCPlanSection(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		content: DF.TextEditor | None
		included: DF.Check
		kind: DF.Literal[
			"Text",
			"Composition",
			"Comitato",
			"Community of Practice",
			"Times of the City",
			"Resources",
			"Calls",
			"Projects",
			"Projects Not Funded",
			"Indicators",
			"Timetable",
			"Ranking",
		]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		report: DF.Link | None
		required: DF.Check
		title: DF.Data
	# end: auto-generated types
