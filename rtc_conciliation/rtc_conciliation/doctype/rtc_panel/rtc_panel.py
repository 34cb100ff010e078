import frappe
from frappe.model.document import Document


class RTCPanel(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_panel_member.rtc_panel_member import (
			RTCPanelMember,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_panel_sitting.rtc_panel_sitting import (
			RTCPanelSitting,
		)

		act_date: DF.Date | None
		act_number: DF.Data | None
		call: DF.Link
		call_title: DF.Data | None
		members: DF.Table[RTCPanelMember]
		sittings: DF.Table[RTCPanelSitting]
		workflow_state: DF.Link | None
	# end: auto-generated types
	pass
