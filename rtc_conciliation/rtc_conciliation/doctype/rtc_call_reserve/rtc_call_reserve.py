from rtc_conciliation.common.rows import OwnedRow


class RTCCallReserve(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		area: DF.Link | None
		kind: DF.Literal["Area", "Territory"]
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		territory: DF.Link | None
	# end: auto-generated types
