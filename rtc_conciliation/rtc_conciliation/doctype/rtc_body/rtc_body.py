import frappe
from frappe import _
from frappe.utils import get_link_to_form

from rtc_conciliation.common import findings
from rtc_conciliation.common.inputs import disown_foreign_rows, validate_date_order, validate_row_counts
from rtc_conciliation.common.record import Record
from rtc_conciliation.rules import check_body

MAX_SEATS = 200


class MeetingOutsideBodyError(frappe.ValidationError):
	pass


class RTCBody(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_body_seat.rtc_body_seat import RTCBodySeat

		act_date: DF.Date | None
		act_number: DF.Data | None
		dissolved_on: DF.Date | None
		established_on: DF.Date
		kind: DF.Literal["Comitato", "Comunità di Pratica", "Other"]
		programme: DF.Link
		seats: DF.Table[RTCBodySeat]
		tasks: DF.TextEditor | None
		title: DF.Data

	# end: auto-generated types
	def before_validate(self):
		validate_row_counts(self, {"seats": MAX_SEATS})
		disown_foreign_rows(self)

	def validate(self):
		validate_date_order(self, ("established_on", "dissolved_on"))
		findings.refuse_report(check_body(self.as_dict()), self.meta, _("Check the Seats"))
		self.validate_meetings()

	def validate_meetings(self):
		"""The days of the body may not leave out a meeting that is already there."""
		if self.is_new() or not (
			self.has_value_changed("established_on") or self.has_value_changed("dissolved_on")
		):
			return
		meeting = frappe.qb.DocType("RTC Meeting")
		outside = meeting.starts_on < self.established_on
		if self.dissolved_on:
			outside = outside | (meeting.starts_on >= frappe.utils.add_days(self.dissolved_on, 1))
		names = (
			frappe.qb.from_(meeting)
			.select(meeting.name)
			.where(meeting.body == self.name)
			.where(meeting.workflow_state != "Cancelled")
			.where(outside)
			.limit(5)
			.run(pluck=True)
		)
		if names:
			frappe.throw(
				_(
					"These meetings would lie outside the days of the body: {0}. Correct their day first."
				).format(", ".join(get_link_to_form("RTC Meeting", name) for name in names)),
				MeetingOutsideBodyError,
				title=_("Check These Dates"),
			)
