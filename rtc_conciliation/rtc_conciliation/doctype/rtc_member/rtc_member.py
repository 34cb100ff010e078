import frappe
from frappe import _
from frappe.utils import add_days, escape_html, getdate

from rtc_conciliation.access import states
from rtc_conciliation.common import clock, findings, locks, privacy, programmes
from rtc_conciliation.common.files import signatures
from rtc_conciliation.common.files.records import claim_files
from rtc_conciliation.common.identity import set_codes, validate_codes
from rtc_conciliation.common.inputs import (
	require,
	validate_date_order,
	validate_lengths,
	validate_links_fetched_from,
)
from rtc_conciliation.common.record import Record
from rtc_conciliation.network import adhesion_mails, adhesion_screen, successions
from rtc_conciliation.network.adhesions import DuplicateMemberError as DuplicateMemberError
from rtc_conciliation.network.adhesions import require_only, set_reason_to_discard
from rtc_conciliation.network.mergers import find_organisation
from rtc_conciliation.rules import Report
from rtc_conciliation.rules.network import membership

#: what only the mailed link and the check of the signature write
COMPUTED_FIELDS = (
	"email_confirmed_on",
	"confirmation_digest",
	"confirmation_expires_on",
	"signature_state",
	"signature_result",
)

#: what an Organisation takes over from its adhesion
IDENTITY_FIELDS = (
	"organisation_name organisation_type tax_code vat_number runts_section runts_number address postal_code "
	"municipality territory pec email phone website legal_representative legal_representative_tax_code "
	"legal_representative_office contact_person contact_email contact_phone"
).split()


class NoProgrammeError(frappe.ValidationError):
	pass


class PrivacyError(frappe.ValidationError):
	pass


class PeriodError(frappe.ValidationError):
	"""The days of the membership do not follow one another."""


class PublicFormError(frappe.PermissionError):
	"""An adhesion from outside that did not come through the public form."""


class UnconfirmedError(frappe.ValidationError):
	pass


class RTCMember(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_member_period.rtc_member_period import (
			RTCMemberPeriod,
		)

		act_date: DF.Date | None
		act_number: DF.Data | None
		address: DF.Data | None
		adhesion_form: DF.Attach | None
		adhesion_form_date: DF.Date | None
		channel: DF.Literal["Web", "PEC", "E-mail", "Paper"]
		confirmation_digest: DF.Data | None
		confirmation_expires_on: DF.Datetime | None
		confirmed_from_previous: DF.Check
		contact_email: DF.Data | None
		contact_person: DF.Data | None
		contact_phone: DF.Data | None
		decision_reason: DF.SmallText | None
		email: DF.Data
		email_confirmed_on: DF.Datetime | None
		legal_representative: DF.Data
		legal_representative_office: DF.Data | None
		legal_representative_tax_code: DF.Data | None
		municipality: DF.Data
		naming_series: DF.Literal["RTC-ADH-.YYYY.-.#####"]
		offers: DF.SmallText | None
		organisation: DF.Link | None
		organisation_name: DF.Data
		organisation_type: DF.Link
		pec: DF.Data
		periods: DF.Table[RTCMemberPeriod]
		phone: DF.Data | None
		postal_code: DF.Data | None
		prepared_by: DF.Link | None
		privacy_accepted: DF.Check
		privacy_accepted_on: DF.Datetime | None
		privacy_notice_version: DF.Data | None
		programme: DF.Link
		protocol_date: DF.Date | None
		protocol_number: DF.Data | None
		received_on: DF.Datetime | None
		runts_number: DF.Data | None
		runts_section: DF.Data | None
		signature_result: DF.JSON | None
		signature_state: DF.Literal[
			"",
			"Not Signed",
			"Intact, by the Legal Representative",
			"Intact, by Another Person",
			"Intact, Signer Not Comparable",
			"Signed After the Certificate Ended",
			"Signed Before the Certificate Began",
			"Altered",
			"Not Verifiable",
		]
		stakeholder_group: DF.Literal[
			"",
			"Municipalities",
			"Ambiti Territoriali Sociali",
			"Third Sector",
			"Business Organisations",
			"ASST",
			"Province",
			"Associations",
			"Trade Unions",
			"Other Public Bodies",
			"Other",
		]
		step_act_date: DF.Date | None
		step_act_number: DF.Data | None
		step_from: DF.Date | None
		tax_code: DF.Data
		territory: DF.Link | None
		valid_from: DF.Date | None
		valid_to: DF.Date | None
		vat_number: DF.Data | None
		wants_comitato: DF.Check
		wants_community: DF.Check
		website: DF.Data | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	def hold_others(self):
		locks.take_turn(self.doctype)

	def before_insert(self):
		locks.take_turn(
			self.doctype
		)  # of two adhesions of one body at the same moment the second finds the first
		self.programme = self.programme or open_programme()
		self.received_on = self.received_on or clock.now()
		if frappe.flags.in_web_form or frappe.session.user == "Guest":
			self.validate_public_form()
			self.channel = "Web"
			self.validate_programme_open()

	def before_validate(self):
		states.guard(self, membership.ADMITTED if self.flags.confirmed_from_previous else None)
		set_codes(self, "tax_code", "vat_number", "legal_representative_tax_code")
		self.set_computed()
		self.set_privacy()
		self.set_membership()
		self.set_periods()

	def validate(self):
		validate_lengths(self)
		validate_links_fetched_from(self)
		validate_codes(self, ("tax_code", "legal_representative_tax_code"), ("vat_number",))
		validate_date_order(self, ("valid_from", "valid_to"))
		self.validate_privacy()
		self.validate_duplicate()
		self.validate_decision()
		self.validate_confirmed()

	def before_save(self):
		claim_files(self)

	def on_update(self):
		if self.adhesion_form and self.has_value_changed("adhesion_form"):
			signatures.check_in_background(self.name)
		if adhesion_mails.is_decision(self):
			adhesion_mails.tell_later(self)

	def onload(self):
		self.set_onload("signature_html", signatures.render_panel(self))
		self.set_onload("check", adhesion_screen.describe_check(self))

	def on_trash(self):
		states.guard_delete(self)

	def validate_workflow(self):
		"""Core knows no way into a later state but a step; a member confirmed in bulk is admitted by an act."""
		if not (self.is_new() and self.flags.confirmed_from_previous):
			super().validate_workflow()

	def validate_programme_open(self):
		if frappe.db.get_value("RTC Programme", self.programme, "status") != "Active":
			refuse_closed()

	def validate_public_form(self):
		"""Core's own way into a Web Form asks for no proof that a person sends it."""
		if not self.flags.from_public_form:
			frappe.throw(
				_(
					"Adhesions from outside are taken by the form of the site only. Open {0} and send it there."
				).format(frappe.bold("/adesione")),
				PublicFormError,
				title=_("Use the Form"),
			)

	def set_computed(self):
		before = self.get_doc_before_save()
		for fieldname in COMPUTED_FIELDS:
			self.set(fieldname, before.get(fieldname) if before else None)
		if self.has_value_changed("adhesion_form"):
			self.signature_state = self.signature_result = None

	def set_privacy(self):
		if not self.privacy_accepted:
			self.privacy_accepted_on = self.privacy_notice_version = None
		elif not self.privacy_accepted_on:
			self.privacy_accepted_on = clock.now()
			self.privacy_notice_version = str(privacy.get_version())

	def set_membership(self):
		if not states.enters(self, membership.ADMITTED) or self.was(membership.SUSPENDED):
			return
		self.valid_from = self.valid_from or clock.now().date()
		known = self.organisation or find_organisation(self.tax_code, for_update=True)
		if known:
			successions.refuse_succeeded(known, self.valid_from)
		self.organisation = known or self.make_organisation()
		if not locks.hold("RTC Organisation", self.organisation):
			frappe.throw(
				_(
					"{0} has just been merged with another organisation. Reload the page and take the step again."
				).format(frappe.bold(escape_html(self.organisation))),
				frappe.LinkValidationError,
				title=_("Organisation Merged"),
			)

	def was(self, state: str) -> bool:
		before = self.get_doc_before_save()
		return bool(before) and before.workflow_state == state

	def set_periods(self):
		"""The history is written by the steps: what a form or REST sends of it is not read."""
		before = self.get_doc_before_save()
		self.set("periods", [row.as_dict() for row in before.periods] if before else [])
		if self.workflow_state in membership.NEXT and states.enters(self, self.workflow_state):
			self.require_for_step()
			self.take_step()
		elif self.periods:
			self.mend_periods()

	def require_for_step(self):
		if self.workflow_state == membership.SUSPENDED:
			require(self, "step_from", _("Write the first day of the suspension before you suspend."))
			require(self, "decision_reason", _("Write the reason before you suspend the member."))
		elif self.was(membership.SUSPENDED) and self.workflow_state == membership.ADMITTED:
			require(self, "step_from", _("Write the first day of membership after the suspension."))
		elif self.workflow_state == membership.ADMITTED:
			require(self, "act_number", _("Write the act of the ATS before you admit the organisation."))
			require(self, "act_date", _("Write the date of the act before you admit the organisation."))
		elif self.workflow_state == membership.WITHDRAWN:
			require(self, "valid_to", _("Write the last day of membership before it withdraws."))
			require(self, "decision_reason", _("Write the reason that the member gives."))
		elif self.workflow_state == membership.ENDED:
			require(self, "valid_to", _("Write the last day of membership before you end it."))

	def take_step(self):
		status, admission = self.workflow_state, not self.periods
		if admission:
			start, act = self.valid_from, (self.act_number, self.act_date)
		else:
			start = add_days(self.valid_to, 1) if status in membership.LEFT else self.step_from
			act = (self.step_act_number, self.step_act_date)
		step = membership.Step(status, getdate(start))
		made, finding = membership.take_step(self.history(), step)
		if finding:
			findings.refuse_report(Report.of([finding]), self.meta, _("Step Refused"))
		if not admission:
			self.periods[-1].to_date = made[-2].end
		row = {"status": status, "from_date": step.start, "act_number": act[0], "act_date": act[1]}
		row["reason"] = None if admission else self.decision_reason
		self.append("periods", row)
		if status not in membership.LEFT:
			self.periods[-1].to_date = self.valid_to
		if not admission:
			done = ("step_from", "step_act_number", "step_act_date")
			reason = () if status in membership.LEFT else ("decision_reason",)
			self.update(dict.fromkeys((*done, *reason)))
		self.validate_periods()

	def mend_periods(self):
		"""A corrected first or last day, or act of admission, is corrected in the history too."""
		fields = ("valid_from", "valid_to", "act_number", "act_date")
		if not any(self.has_value_changed(field) for field in fields):
			return
		require(self, "valid_from", _("Write the first day of membership."))
		first, last = self.periods[0], self.periods[-1]
		first.update({"from_date": self.valid_from, "act_number": self.act_number, "act_date": self.act_date})
		if last.status in membership.LEFT:
			require(self, "valid_to", _("Write the last day of membership before you end it."))
			last.from_date = add_days(self.valid_to, 1)
			self.periods[-2].to_date = self.valid_to
		else:
			last.to_date = self.valid_to
		self.validate_periods()

	def validate_periods(self):
		for row in self.periods:
			if row.to_date and getdate(row.from_date) > getdate(row.to_date):
				frappe.throw(
					_(
						"{0}: {1} would begin on {2} and end on {3}. Correct the day of the step or {4}."
					).format(
						_("History of the Membership"),
						frappe.bold(_(row.status)),
						row.get_formatted("from_date"),
						row.get_formatted("to_date"),
						frappe.bold(_(self.meta.get_label("valid_to"))),
					),
					PeriodError,
					title=_("Check These Dates"),
				)

	def history(self) -> tuple[membership.Period, ...]:
		"""The periods as plain values, as `rules.network.membership` reads them."""
		return tuple(
			membership.Period(row.status, getdate(row.from_date), row.to_date and getdate(row.to_date))
			for row in self.periods
		)

	def make_organisation(self) -> str:
		organisation = frappe.new_doc("RTC Organisation")
		organisation.update({field: self.get(field) for field in IDENTITY_FIELDS})
		return organisation.insert().name

	def validate_privacy(self):
		if self.channel == "Web" and not self.privacy_accepted:
			frappe.throw(
				_("Read the privacy notice and tick {0} to send the adhesion.").format(
					frappe.bold(_(self.meta.get_label("privacy_accepted")))
				),
				PrivacyError,
				title=_("Privacy Notice"),
			)

	def validate_duplicate(self):
		"""One adhesion of a body at a time."""
		changed = any(self.has_value_changed(field) for field in ("tax_code", "programme"))
		if not (self.is_new() or changed or states.enters(self, membership.ADMITTED)):
			return
		require_only(self)

	def validate_decision(self):
		if states.enters(self, membership.REJECTED):
			require(self, "decision_reason", _("Write the reason before you reject the adhesion."))
		if states.enters(self, membership.DISCARDED):
			set_reason_to_discard(self)

	def validate_confirmed(self):
		admitted = states.enters(self, membership.ADMITTED) and not self.was(membership.SUSPENDED)
		if admitted and self.channel == "Web" and not self.email_confirmed_on:
			frappe.throw(
				_(
					"The adhesion came from the site and {0} has not confirmed it by the link mailed to it. "
					"Send the link again; if the organisation wrote by PEC or on paper, keep that with the "
					"adhesion and change the channel."
				).format(frappe.bold(escape_html(self.email))),
				UnconfirmedError,
				title=_("Adhesion Not Confirmed"),
			)


def open_programme() -> str:
	"""The programme that takes new adhesions: the active one that started last."""
	return programmes.get_active() or refuse_closed()


def refuse_closed():
	frappe.throw(
		_("No programme is open to adhesions at the moment. Write to the health agency (ATS)."),
		NoProgrammeError,
		title=_("Adhesions Closed"),
	)
