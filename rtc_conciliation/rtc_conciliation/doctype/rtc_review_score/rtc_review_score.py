from rtc_conciliation.common.rows import OwnedRow


class RTCReviewScore(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		criterion: DF.Data
		description: DF.SmallText | None
		kind: DF.Literal["Judgement", "Table", "Computed"]
		levels: DF.SmallText | None
		max_score: DF.Float
		min_score: DF.Float
		note: DF.SmallText | None
		note_required: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		score: DF.Data | None
	# end: auto-generated types
