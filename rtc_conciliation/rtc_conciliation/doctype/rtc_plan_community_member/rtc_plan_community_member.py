from rtc_conciliation.common.rows import OwnedRow


class RTCPlanCommunityMember(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		office: DF.Data | None
		organisation: DF.Link | None
		organisation_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person: DF.Data | None
	# end: auto-generated types
