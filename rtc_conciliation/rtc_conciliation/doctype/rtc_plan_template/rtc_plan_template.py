from rtc_conciliation.common.inputs import disown_foreign_rows
from rtc_conciliation.common.record import Record


class RTCPlanTemplate(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_plan_section.rtc_plan_section import RTCPlanSection

		description: DF.SmallText | None
		sections: DF.Table[RTCPlanSection]
		title: DF.Data

	# end: auto-generated types
	def before_validate(self):
		disown_foreign_rows(self)
