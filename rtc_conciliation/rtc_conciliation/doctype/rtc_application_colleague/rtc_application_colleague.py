import frappe
from frappe import _
from frappe.utils import cint, escape_html, get_datetime, validate_email_address

from rtc_conciliation.access import colleagues
from rtc_conciliation.applications import colleague_mail
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.record import Record

#: of those who may work at one application, asked or joined
MOST = 20


class InvitationError(frappe.ValidationError):
	pass


class RTCApplicationColleague(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		accepted_on: DF.Datetime | None
		application: DF.Link
		email: DF.Data
		expires_on: DF.Datetime | None
		may_send: DF.Check
		revoked_on: DF.Datetime | None
		token_digest: DF.Data | None
		user: DF.Link | None
	# end: auto-generated types

	def before_insert(self):
		"""Only address and leave come from who invites; the rest is what happens afterwards."""
		locks.hold(colleagues.APPLICATION, self.application)
		self.email = (self.email or "").strip().lower()
		self.may_send = cint(self.may_send)
		self.user = self.accepted_on = self.revoked_on = self.expires_on = self.token_digest = None

	def validate(self):
		if self.is_new():
			self.validate_address()
			self.validate_application()

	def after_insert(self):
		self.replace_earlier()
		colleague_mail.invite(self)

	def validate_address(self):
		if not validate_email_address(self.email):
			refuse(_("{0} is not an e-mail address. Check it and try again."), self.email)
		stored = colleagues.get_applicant(self.application)
		if self.email in {(stored.owner or "").lower(), (stored.applicant or "").lower()}:
			refuse(_("{0} is the address of the applicant, who needs no invitation."), self.email)
		if frappe.db.exists(
			colleagues.DOCTYPE,
			colleagues.add_active_filters({"application": self.application, "email": self.email}),
		):
			refuse(_("{0} already works at this application."), self.email)

	def validate_application(self):
		if colleagues.get_applicant(self.application).docstatus == 2:
			refuse(_("{0} was withdrawn: nobody can be invited to it any more."), self.application)
		if colleagues.is_decided(self.application):
			refuse(
				_(
					"{0} is decided: nobody can be invited to it any more. For what comes now write to the office that runs the call."
				),
				self.application,
			)
		present = {"application": self.application, "revoked_on": ("is", "not set")}
		if frappe.db.count(colleagues.DOCTYPE, present) >= MOST:
			refuse(_("{0} people are already invited, the most there can be. Revoke somebody first."), MOST)

	def replace_earlier(self):
		"""A new invitation takes the place of one that was not accepted."""
		for name in self.open_invitations():
			# Not by saving: nobody may write these records, and these end without anybody's having seen them.
			frappe.db.set_value(colleagues.DOCTYPE, name, {"revoked_on": clock.now(), "token_digest": None})

	def open_invitations(self) -> list[str]:
		"""The other ones of this address, as they are now: the row of the application is held since before the insert."""
		table = frappe.qb.DocType(colleagues.DOCTYPE)
		query = frappe.qb.from_(table).select(table.name).where(table.application == self.application)
		query = query.where((table.email == self.email) & (table.name != self.name))
		return (
			query.where(table.accepted_on.isnull() & table.revoked_on.isnull()).for_update().run(pluck=True)
		)

	def is_open(self) -> bool:
		"""Can it still be accepted?"""
		if self.accepted_on or self.revoked_on or get_datetime(self.expires_on) <= clock.now():
			return False
		return not colleagues.is_decided(self.application)


def refuse(text: str, about) -> None:
	frappe.throw(
		text.format(frappe.bold(escape_html(str(about)))), InvitationError, title=_("Invitation Refused")
	)
