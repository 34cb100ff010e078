from rtc_conciliation.common.rows import OwnedRow


class RTCMemberPeriod(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		act_date: DF.Date | None
		act_number: DF.Data | None
		from_date: DF.Date
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.SmallText | None
		status: DF.Literal["Admitted", "Suspended", "Withdrawn", "Ended"]
		to_date: DF.Date | None
	# end: auto-generated types
