from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationCost(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Data | None
		amount: DF.Currency
		charged_to: DF.Literal["Contribution", "Co-financing", "Other Income"]
		cost_category: DF.Link | None
		description: DF.Data
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		partner: DF.Data | None
		quantity: DF.Float
		unit_cost: DF.Currency
		unread_values: DF.JSON | None
		vat: DF.Currency
		year: DF.Int
	# end: auto-generated types
