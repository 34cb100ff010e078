from rtc_conciliation.common.rows import OwnedRow


class RTCPanelMember(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		act: DF.Data | None
		from_date: DF.Date
		office: DF.Literal["Chair", "Member", "Substitute"]
		organisation: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person: DF.Data | None
		to_date: DF.Date | None
		user: DF.Link
	# end: auto-generated types
