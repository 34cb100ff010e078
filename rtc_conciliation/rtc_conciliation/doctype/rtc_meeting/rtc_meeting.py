import uuid

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from rtc_conciliation.access import states
from rtc_conciliation.common import clock, findings
from rtc_conciliation.common.files.records import claim_files
from rtc_conciliation.common.inputs import (
	disown_foreign_rows,
	require,
	validate_numbers,
	validate_row_counts,
)
from rtc_conciliation.common.record import Record
from rtc_conciliation.network import invitations
from rtc_conciliation.rules import check_meeting
from rtc_conciliation.rules.network import bodies
from rtc_conciliation.rules.values import to_key

PLANNED, HELD, APPROVED, CANCELLED = "Planned", "Held", "Minutes Approved", "Cancelled"
#: what a calendar shows: a change of it after the invitation makes a new version
IN_CALENDARS = ("title", "starts_on", "ends_on", "place", "link")
LIMITS = {"attendees": 300, "agenda": 100}


class NotYetHeldError(frappe.ValidationError):
	pass


class RTCMeeting(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_meeting_agenda_item.rtc_meeting_agenda_item import (
			RTCMeetingAgendaItem,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_meeting_attendee.rtc_meeting_attendee import (
			RTCMeetingAttendee,
		)

		agenda: DF.Table[RTCMeetingAgendaItem]
		attendees: DF.Table[RTCMeetingAttendee]
		body: DF.Link
		decision_reason: DF.SmallText | None
		ends_on: DF.Datetime | None
		ics_sent: DF.Int
		ics_sequence: DF.Int
		ics_uid: DF.Data | None
		invited_on: DF.Datetime | None
		link: DF.Data | None
		minutes: DF.TextEditor | None
		minutes_file: DF.Attach | None
		naming_series: DF.Literal["RTC-MTG-.YYYY.-.#####"]
		outcome: DF.TextEditor | None
		place: DF.Data | None
		prepared_by: DF.Link | None
		programme: DF.Link | None
		starts_on: DF.Datetime
		title: DF.Data
		workflow_state: DF.Link | None

	# end: auto-generated types
	def before_insert(self):
		self.ics_uid, self.ics_sequence, self.ics_sent = str(uuid.uuid4()), 0, -1
		self.invited_on = None

	def before_validate(self):
		states.guard(self)
		validate_row_counts(self, LIMITS)
		disown_foreign_rows(self)
		validate_numbers(self)
		self.set_attendees()
		self.set_invitation()

	def validate(self):
		report = check_meeting(self.as_dict(), self.of_body())
		findings.refuse_report(report, self.meta, _("Check the Meeting"))
		self.validate_step()

	def before_save(self):
		claim_files(self)

	def on_update(self):
		invitations.cancel_for_removed(self)

	def on_trash(self):
		states.guard_delete(self)

	def of_body(self) -> dict:
		if not hasattr(self, "_body") or self._body.name != self.body:
			exists = self.body and frappe.db.exists("RTC Body", self.body)
			self._body = frappe.get_doc("RTC Body", self.body) if exists else frappe.new_doc("RTC Body")
		return self._body.as_dict()

	def seats(self) -> list[bodies.Seat]:
		start = get_datetime(self.starts_on) if self.starts_on else None
		return bodies.list_seats_at(self.of_body(), start.date()) if start else []

	def set_attendees(self):
		"""Who holds a seat on that day gets its office and organisation; everybody else is a guest."""
		held = self.seats()
		for row in self.attendees:
			seat = bodies.find_seat(row.person or "", row.organisation or "", held)
			row.is_guest = int(seat is None)
			row.office = seat.office if seat else None
			if seat and not seat.of_ats:
				row.organisation = seat.organisation

	def set_invitation(self):
		"""Only the sending writes what was sent; the version grows with each change that calendars show."""
		before = self.get_doc_before_save()
		if not before:
			return
		for field in ("ics_uid", "ics_sequence", "ics_sent", "invited_on"):
			self.set(field, before.get(field))
		changed = any(self.has_value_changed(field) for field in IN_CALENDARS) or invitations.list_removed(
			self
		)
		if cint(self.ics_sent) == cint(self.ics_sequence) and (changed or states.enters(self, CANCELLED)):
			self.ics_sequence = cint(self.ics_sequence) + 1
		for row in invitations.list_uninvited(self, self.attendees):
			row.invited_to = None  # the address was corrected: the one before is told once

	def validate_step(self):
		if states.enters(self, HELD) and get_datetime(self.starts_on) > clock.now():
			frappe.throw(
				_("The meeting starts on {0}: it can be marked as held only after that.").format(
					frappe.bold(self.get_formatted("starts_on"))
				),
				NotYetHeldError,
				title=_("Not Held Yet"),
			)
		if states.enters(self, APPROVED) and not self.minutes_file:
			require(
				self, "minutes", _("Write the minutes, or attach the signed ones, before you approve them.")
			)
		if states.enters(self, CANCELLED):
			require(self, "decision_reason", _("Write the reason before you cancel the meeting."))

	@frappe.whitelist()
	def seat_holders(self) -> list[dict]:
		"""Rows for Attendees: the seats held on the day of the meeting that have no row yet."""
		self.check_permission("read")
		frappe.get_doc("RTC Body", self.body).check_permission("read")
		here = {to_key(row.person) for row in self.attendees}
		emails = {row["idx"]: row.get("email") for row in self.of_body()["seats"]}
		return [
			{
				"person": seat.person,
				"organisation": seat.organisation or None,
				"email": emails.get(seat.idx),
				"office": seat.office,
				"is_guest": 0,
			}
			for seat in self.seats()
			if to_key(seat.person) not in here
		]

	@frappe.whitelist(methods=["POST"])
	def send_invitations(self) -> dict:
		"""Mails the invitation, its change or the cancellation: {"sent": number, "without_email": [names]}."""
		self.check_permission("write")
		return invitations.send_invitations(self)
