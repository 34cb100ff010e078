from rtc_conciliation.records.rows import OwnedRow


class RTCCallCriterion(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		computed: DF.Check
		criterion: DF.Data
		description: DF.SmallText | None
		max_score: DF.Float
		min_score: DF.Float
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types
	pass
