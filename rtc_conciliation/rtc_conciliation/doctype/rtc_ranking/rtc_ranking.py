from frappe.model.document import Document

from rtc_conciliation.access import states


class RTCRanking(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_ranking_entry.rtc_ranking_entry import (
			RTCRankingEntry,
		)

		act_date: DF.Date | None
		act_number: DF.Data | None
		amended_from: DF.Link | None
		approved_by: DF.Link | None
		approved_on: DF.Datetime | None
		call: DF.Link
		computed_on: DF.Datetime | None
		currency: DF.Link | None
		digest: DF.Data | None
		entries: DF.Table[RTCRankingEntry]
		kind: DF.Literal["Ranking", "Scrolling"]
		naming_series: DF.Literal["RTC-RANK-.YYYY.-.###"]
		pdf_digest: DF.Data | None
		pdf_file: DF.Attach | None
		pot: DF.Currency
		prepared_by: DF.Link | None
		previous_ranking: DF.Link | None
		programme: DF.Link | None
		published_on: DF.Datetime | None
		snapshot: DF.JSON | None
		title: DF.Data
		workflow_state: DF.Link | None
	# end: auto-generated types

	def before_validate(self):
		states.guard(self)

	def before_update_after_submit(self):
		states.guard(self)

	def before_cancel(self):
		states.guard(self)

	def on_trash(self):
		states.guard_delete(self)
