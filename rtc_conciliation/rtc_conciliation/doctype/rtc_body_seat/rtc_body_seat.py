from rtc_conciliation.common.rows import OwnedRow


class RTCBodySeat(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		email: DF.Data | None
		from_date: DF.Date
		of_ats: DF.Check
		office: DF.Literal["President", "Member", "Secretary", "Alternate"]
		organisation: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person: DF.Data
		to_date: DF.Date | None
	# end: auto-generated types
