import frappe
from frappe import _
from frappe.utils import escape_html, get_link_to_form

from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.applications import body_applications
from rtc_conciliation.common import findings, locks
from rtc_conciliation.common.identity import set_codes, validate_codes
from rtc_conciliation.common.inputs import validate_links_fetched_from
from rtc_conciliation.common.record import Record
from rtc_conciliation.network import mergers


class DuplicateOrganisationError(frappe.DuplicateEntryError):
	pass


class MergeError(frappe.ValidationError):
	pass


class RTCOrganisation(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.Data | None
		contact_email: DF.Data | None
		contact_person: DF.Data | None
		contact_phone: DF.Data | None
		email: DF.Data | None
		former_tax_codes: DF.SmallText | None
		legal_representative: DF.Data | None
		legal_representative_office: DF.Data | None
		legal_representative_tax_code: DF.Data | None
		municipality: DF.Data | None
		notes: DF.SmallText | None
		organisation_name: DF.Data
		organisation_type: DF.Link
		pec: DF.Data | None
		phone: DF.Data | None
		postal_code: DF.Data | None
		runts_number: DF.Data | None
		runts_section: DF.Data | None
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
		succeeded_by: DF.Link | None
		succeeded_on: DF.Date | None
		succession_act_date: DF.Date | None
		succession_act_number: DF.Data | None
		tax_code: DF.Data
		territory: DF.Link | None
		vat_number: DF.Data | None
		website: DF.Data | None
	# end: auto-generated types

	def onload(self):
		self.set_onload("applications_html", body_applications.render_table(self))

	def before_validate(self):
		set_codes(self, "tax_code", "vat_number", "legal_representative_tax_code")

	def validate(self):
		validate_links_fetched_from(self)
		validate_codes(self, ("tax_code", "legal_representative_tax_code"), ("vat_number",))
		self.validate_unique_code()

	def validate_unique_code(self):
		if not self.tax_code or not (self.is_new() or self.has_value_changed("tax_code")):
			return
		other = mergers.find_organisation(self.tax_code, besides=self.name)
		if other:
			frappe.throw(
				_(
					"{0} already has the tax code {1}. Open that record; if this one is the same organisation, "
					"the RTC Manager joins the two with Merge with…"
				).format(get_link_to_form(self.doctype, other), frappe.bold(escape_html(self.tax_code))),
				DuplicateOrganisationError,
				title=_("Organisation Already Registered"),
			)

	def before_rename(self, old: str, new: str, merge: bool = False):
		"""Guards the merge itself, which core offers to everybody who may write."""
		if not merge:
			return
		require_manager()
		locks.take_turn("RTC Member")  # nobody is admitted meanwhile as the one that goes
		if old == new:
			frappe.throw(
				_("An organisation cannot be merged with itself. Choose the other record of the two."),
				MergeError,
				title=_("Merge Refused"),
			)
		if mergers.is_succession(old, new):
			frappe.throw(
				_(
					"One of the two succeeded the other: they are two bodies, each with its own history, and not one that is registered twice."
				),
				MergeError,
				title=_("Merge Refused"),
			)
		for body, report in mergers.check_seats_after(old, new):
			findings.refuse_report(
				report, body.meta, _("Merge Refused: Seats in {0}").format(escape_html(body.title))
			)

	def after_rename(self, old: str, new: str, merge: bool = False):
		if merge:
			mergers.keep_codes(old, new)
