from rtc_conciliation.common.rows import OwnedRow


class RTCRankingEntry(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		application: DF.Link
		application_title: DF.Data | None
		arrived_on: DF.Datetime | None
		by_reserve: DF.Data | None
		criteria: DF.JSON | None
		currency: DF.Link | None
		flagged: DF.Check
		granted: DF.Currency
		lead_name: DF.Data | None
		offered: DF.Currency
		outcome: DF.Literal["", "Funded", "Eligible Not Funded", "Below Threshold", "Not Admitted"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		partial: DF.Check
		partial_accepted: DF.Literal["", "Accepted", "Refused"]
		placing: DF.SmallText | None
		position: DF.Int
		pot_ends: DF.Check
		protocol_number: DF.Data | None
		reason: DF.SmallText | None
		requested: DF.Currency
		score: DF.Float
		spread: DF.Float
	# end: auto-generated types
