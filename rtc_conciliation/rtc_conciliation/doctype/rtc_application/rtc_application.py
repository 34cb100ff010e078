import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation import rules
from rtc_conciliation.access import colleagues, states
from rtc_conciliation.access.roles import is_staff
from rtc_conciliation.applications import draft_removal, draft_saves, partner_confirmations, receipts, sending
from rtc_conciliation.applications.unread_values import restore_typed
from rtc_conciliation.awards import approval, award
from rtc_conciliation.common import clock, findings, privacy
from rtc_conciliation.common.files import scans
from rtc_conciliation.common.files.records import claim_files
from rtc_conciliation.common.identity import set_codes
from rtc_conciliation.common.inputs import (
	disown_foreign_rows,
	require,
	validate_lengths,
	validate_numbers,
	validate_row_counts,
)
from rtc_conciliation.common.papers import canonical
from rtc_conciliation.common.record import Record
from rtc_conciliation.common.rows import to_plain
from rtc_conciliation.formal_check import checks, integrations
from rtc_conciliation.rtc_conciliation.doctype.rtc_application.next_step import describe_next_step
from rtc_conciliation.rules.limits import MAX_ROWS

TOTALS = ("total_cost", "requested_contribution", "cofinancing_amount", "cofinancing_percent", "other_income")
#: what only the office writes, or the sending
OFFICE_FIELDS = (
	"protocol_number protocol_date decision_reason ranking ranking_position score granted_amount "
	"cup cor no_aid_reason sent_on sent_by privacy_notice_version receipt_sent_on draft_reminded_on digest sent_content"
).split()


class AwardError(frappe.ValidationError):
	pass


class RTCApplication(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_action.rtc_application_action import (
			RTCApplicationAction,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_attachment.rtc_application_attachment import (
			RTCApplicationAttachment,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_cost.rtc_application_cost import (
			RTCApplicationCost,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_declaration.rtc_application_declaration import (
			RTCApplicationDeclaration,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_indicator.rtc_application_indicator import (
			RTCApplicationIndicator,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_partner.rtc_application_partner import (
			RTCApplicationPartner,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_application_recipient.rtc_application_recipient import (
			RTCApplicationRecipient,
		)

		abstract: DF.Text | None
		acceptance_by: DF.Link | None
		acceptance_due: DF.Date | None
		acceptance_expiry_notified_on: DF.Datetime | None
		acceptance_note: DF.SmallText | None
		acceptance_reminded_on: DF.Datetime | None
		acceptance_state: DF.Literal["", "Awaited", "Accepted", "Renounced"]
		accepted_on: DF.Datetime | None
		acronym: DF.Data | None
		actions: DF.Table[RTCApplicationAction]
		agreement_commitment: DF.Check
		agreement_state: DF.Literal["", "Signed", "To Be Signed"]
		amended_from: DF.Link | None
		applicant: DF.Link | None
		attachments: DF.Table[RTCApplicationAttachment]
		award_act_date: DF.Date | None
		award_act_number: DF.Data | None
		blocking_findings: DF.Int
		call: DF.Link
		client_key: DF.Data | None
		cofinancing_amount: DF.Currency
		cofinancing_percent: DF.Percent
		communication_plan: DF.Text | None
		contact_email: DF.Data | None
		contact_person: DF.Data | None
		contact_phone: DF.Data | None
		context_needs: DF.Text | None
		continuity: DF.Text | None
		cor: DF.Data | None
		costs: DF.Table[RTCApplicationCost]
		cup: DF.Data | None
		currency: DF.Link | None
		decision_reason: DF.SmallText | None
		declarations: DF.Table[RTCApplicationDeclaration]
		digest: DF.Data | None
		end_date: DF.Date | None
		findings: DF.JSON | None
		governance: DF.Text | None
		granted_amount: DF.Currency
		draft_reminded_on: DF.Datetime | None
		indicators: DF.Table[RTCApplicationIndicator]
		innovation: DF.Text | None
		lead_name: DF.Data | None
		lead_organisation: DF.Link | None
		lead_tax_code: DF.Data | None
		legal_representative: DF.Data | None
		legal_representative_powers: DF.Data | None
		legal_representative_tax_code: DF.Data | None
		local_ties: DF.Text | None
		naming_series: DF.Literal["RTC-APP-.YYYY.-.#####"]
		needs_survey: DF.Text | None
		no_aid_reason: DF.SmallText | None
		objectives: DF.Text | None
		other_income: DF.Currency
		partners: DF.Table[RTCApplicationPartner]
		pec: DF.Data | None
		privacy_notice_version: DF.Data | None
		programme: DF.Link | None
		protocol_date: DF.Date | None
		protocol_number: DF.Data | None
		ranking: DF.Link | None
		ranking_position: DF.Int
		receipt_sent_on: DF.Datetime | None
		recipients: DF.Table[RTCApplicationRecipient]
		requested_contribution: DF.Currency
		risks: DF.Text | None
		score: DF.Float
		sent_by: DF.Link | None
		sent_content: DF.Code | None
		sent_on: DF.Datetime | None
		signature_file: DF.Attach | None
		start_date: DF.Date | None
		sustainability: DF.Text | None
		timeline: DF.Text | None
		title: DF.Data
		total_cost: DF.Currency
		unread_values: DF.JSON | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	def insert(self, *args, **kwargs):
		validate_row_counts(self, MAX_ROWS)
		return super().insert(*args, **kwargs)

	def save(self, *args, **kwargs):
		colleagues.require_sender(self)
		validate_row_counts(self, MAX_ROWS)
		if self.docstatus == 1 and not self.sent_on:
			sending.hold_lead(self)
		return super().save(*args, **kwargs)

	def load_doc_before_save(self, **kwargs):
		"""What the form has read with a lock for this very save is not read once more, eight tables of it."""
		read = self.flags.pop("read_to_save", None)
		if read is None:
			super().load_doc_before_save(**kwargs)
		else:
			self._doc_before_save = read

	def onload(self):
		self.set_onload("findings_html", findings.render_findings(self))
		self.set_onload("next_step", describe_next_step(self))

	def before_insert(self):
		self.applicant = frappe.session.user

	def before_validate(self):
		states.guard(self)
		self.keep_applicant()
		disown_foreign_rows(self)
		validate_numbers(self)
		partner_confirmations.restore_confirmations(self)
		validate_lengths(self)
		self.set_office_fields()
		award.guard(self)
		approval.guard(self)
		self.set_derived_values()

	def validate(self):
		findings.store_report(self, self.check())

	def before_save(self):
		claim_files(self)

	def on_update(self):
		draft_saves.store_last_save(self)

	def before_submit(self):
		claim_files(self)
		arrived = clock.request_time()  # not after a slow save: who pressed Send in time is in time
		self.sent_on, self.sent_by = arrived.replace(tzinfo=None), frappe.session.user
		self.privacy_notice_version = str(privacy.get_version())
		self.receipt_sent_on = self.sent_on if frappe.flags.mute_emails else None
		report = self.check(arrived)
		findings.store_report(self, report)
		findings.refuse_report(report, self.meta, _("The Application Cannot Be Sent Yet"))
		scans.refuse_to_send_infected(self)
		self.flags.sent_content = receipts.get_content(self)
		self.digest = canonical.digest(self.flags.sent_content)

	def on_submit(self):
		# by itself: it would stand in the history of changes once more
		self.db_set("sent_content", canonical.text(self.flags.sent_content), update_modified=False)
		sending.tell_later(self, "sent")

	def before_update_after_submit(self):
		states.guard(self)
		validate_numbers(self)
		award.guard(self)
		approval.guard(self)
		award.validate_codes(self)
		self.validate_award()
		integrations.guard_application(self)
		checks.guard_decision(self)
		if states.enters(self, "Not Admissible"):
			require(self, "decision_reason", _("Write the reasons before you declare it not admissible."))

	def on_update_after_submit(self):
		if states.enters(self, checks.UNDER_CHECK):
			checks.ensure_check(self)

	def before_cancel(self):
		self.ignore_linked_doctypes = ("RTC Ranking",)  # which keeps what it said of it
		states.guard(self)
		sending.validate_withdrawal(self)

	def on_cancel(self):
		sending.tell_later(self, "withdrawn")

	def on_trash(self):
		states.guard_delete(self)
		draft_removal.guard(self)
		# The draft goes with its invitations: they name nothing any more.
		frappe.db.delete(colleagues.DOCTYPE, {"application": self.name})

	def check(self, at=None) -> rules.Report:
		"""The report of the rules on the application as it stands, at server time unless `at` is given."""
		call = frappe.get_cached_doc("RTC Call", self.call)
		case = {**typed(self), "sent_by_same_lead": sending.find_other_of_lead(self, call)}
		return rules.check(case, to_plain(call), at or clock.now())

	def content_digest(self) -> str:
		"""SHA-256 of what the applicant sent, files included; the same as long as nothing of it is changed."""
		return canonical.digest(receipts.get_content(self))

	def keep_applicant(self):
		"""An application stays with who began it: a colleague who writes in it does not take it over."""
		before = self.get_doc_before_save()
		if before:
			self.owner, self.applicant = before.owner, before.applicant

	def set_office_fields(self):
		"""What the office writes about an application does not come from its applicant."""
		if not is_staff(frappe.session.user) and frappe.session.user != "Administrator":
			for fieldname in OFFICE_FIELDS:
				self.set(fieldname, None)

	def set_derived_values(self):
		"""All that follows from what the applicant wrote; the form's live check calls it on a document in memory."""
		self.set_rows_from_call()
		self.set_reference_flags()
		self.set_tax_codes()
		self.set_lead()
		self.set_amounts()
		partner_confirmations.set_states(self)

	def set_rows_from_call(self):
		"""Declarations and documents are the call's: the applicant accepts and attaches, nothing else."""
		call = frappe.get_cached_doc("RTC Call", self.call)
		self.set_declarations(call.declarations)
		mandatory = {row.document: row.mandatory for row in call.required_documents}
		given = {row.document for row in self.attachments}
		for document in mandatory:
			if document not in given:
				self.append("attachments", {"document": document})
		for row in self.attachments:
			row.mandatory = mandatory.get(row.document, 0)

	def set_declarations(self, of_the_call):
		"""One row for each declaration of the call, with the time at which the server first saw it accepted."""
		before = self.get_doc_before_save()
		since = {row.declaration: row.accepted_on for row in (before.declarations if before else ())}
		given = {row.declaration: row for row in self.declarations}
		self.set(
			"declarations",
			[given.get(row.declaration) or {"declaration": row.declaration} for row in of_the_call],
		)
		for own, row in zip(self.declarations, of_the_call, strict=True):
			accepted = cint(own.accepted)
			own.update({"accepted": accepted, "mandatory": row.mandatory, "text": row.text})
			own.accepted_on = (since.get(row.declaration) or clock.now()) if accepted else None

	def set_reference_flags(self):
		"""Flags that decide eligibility come from the reference rows, never from the sender."""
		for row in self.partners:
			row.counts_towards_minimum = counts("RTC Organisation Type", row.organisation_type)
		for row in self.actions:
			row.counts_towards_minimum = counts("RTC Area", row.area)

	def set_tax_codes(self):
		set_codes(self, "legal_representative_tax_code")
		for row in self.partners:
			set_codes(row, "tax_code")
		codes = [row.tax_code for row in self.partners if row.tax_code]
		filters = {"tax_code": ("in", codes or [""])}
		known = dict(frappe.get_all("RTC Organisation", filters, ["tax_code", "name"], as_list=True))
		for row in self.partners:
			row.organisation = known.get(row.tax_code)

	def set_lead(self):
		lead = next((row for row in self.partners if row.role == "Lead"), None)
		self.lead_name = lead.organisation_name if lead else None
		self.lead_tax_code = lead.tax_code if lead else None
		self.lead_organisation = lead.organisation if lead else None

	def set_amounts(self):
		for row in self.costs:
			row.amount = float(rules.row_amount(vars(row)))
		totals = rules.totals(to_plain(self))
		for fieldname in TOTALS:
			self.set(fieldname, float(getattr(totals, fieldname)))

	def validate_award(self):
		if (self.granted_amount or 0) > self.requested_contribution:
			frappe.throw(
				_("{0} cannot be more than what was requested ({1}).").format(
					frappe.bold(_(self.meta.get_label("granted_amount"))),
					self.get_formatted("requested_contribution"),
				),
				AwardError,
				title=_("Check the Award"),
			)


def typed(doc) -> dict:
	"""`doc` as the rules read it, with what was typed and cannot be stored in its place."""
	values = restore_typed(to_plain(doc))
	return {
		key: [restore_typed(row) for row in value] if isinstance(value, list) else value
		for key, value in values.items()
	}


def counts(doctype: str, name: str | None) -> int:
	"""`counts_towards_minimum` of a reference row, which core keeps at hand; 0 for one that is not there."""
	return cint(name and frappe.get_cached_value(doctype, name, "counts_towards_minimum"))
