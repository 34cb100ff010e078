import frappe

from rtc_conciliation.common.identity import set_codes, validate_codes
from rtc_conciliation.common.record import Record


class RTCApplicantProfile(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.Data | None
		contact_email: DF.Data | None
		contact_person: DF.Data | None
		contact_phone: DF.Data | None
		legal_representative: DF.Data | None
		legal_representative_powers: DF.Data | None
		legal_representative_tax_code: DF.Data | None
		municipality: DF.Data | None
		organisation_name: DF.Data
		organisation_type: DF.Link | None
		pec: DF.Data | None
		runts_number: DF.Data | None
		tax_code: DF.Data | None
		territory: DF.Link | None
		user: DF.Link | None
	# end: auto-generated types

	def before_validate(self):
		self.set_user()
		set_codes(self, "tax_code", "legal_representative_tax_code")

	def validate(self):
		validate_codes(self, ("tax_code", "legal_representative_tax_code"))

	def set_user(self):
		"""A profile is its maker's and stays so, whatever was sent."""
		before = self.get_doc_before_save()
		self.user = before.user if before else frappe.session.user
		self.owner = before.owner if before else self.owner
