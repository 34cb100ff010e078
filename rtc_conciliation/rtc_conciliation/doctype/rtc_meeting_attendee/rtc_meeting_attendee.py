from rtc_conciliation.common.rows import OwnedRow


class RTCMeetingAttendee(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		email: DF.Data | None
		invited_to: DF.Data | None
		is_guest: DF.Check
		office: DF.Data | None
		organisation: DF.Link | None
		organisation_name: DF.Data | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		person: DF.Data
		presence: DF.Literal["", "Present", "Excused", "Absent"]
	# end: auto-generated types
