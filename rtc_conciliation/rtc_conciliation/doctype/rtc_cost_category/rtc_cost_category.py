from rtc_conciliation.common.record import Record


class RTCCostCategory(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		default_cap_percent: DF.Percent
		description: DF.SmallText | None
		disabled: DF.Check
		kind: DF.Literal[
			"Personnel",
			"Services",
			"Vouchers",
			"Coordination",
			"Communication",
			"Training",
			"Goods",
			"Overheads",
			"Other",
		]
		sort_index: DF.Int
		title: DF.Data
	# end: auto-generated types
