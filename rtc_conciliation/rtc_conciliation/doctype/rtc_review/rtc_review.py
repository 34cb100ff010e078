import frappe
from frappe.model.document import Document


class RTCReview(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_review_score.rtc_review_score import (
			RTCReviewScore,
		)

		application: DF.Link
		call: DF.Link | None
		evaluator: DF.Link | None
		kind: DF.Literal["Individual", "Consensus"]
		remark: DF.SmallText | None
		reopen_reason: DF.SmallText | None
		reopen_sitting: DF.Date | None
		reopened_by: DF.Link | None
		reopened_on: DF.Datetime | None
		review_key: DF.Data | None
		scores: DF.Table[RTCReviewScore]
		submitted_on: DF.Datetime | None
		total: DF.Float
		workflow_state: DF.Link | None
	# end: auto-generated types
	pass
