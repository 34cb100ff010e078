from frappe.model.document import Document

from rtc_conciliation.records.identity import set_codes, validate_codes
from rtc_conciliation.records.inputs import validate_links_fetched_from


class RTCOrganisation(Document):
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
		tax_code: DF.Data
		territory: DF.Link | None
		vat_number: DF.Data | None
		website: DF.Data | None
	# end: auto-generated types

	def before_validate(self):
		set_codes(self, "tax_code", "vat_number", "legal_representative_tax_code")

	def validate(self):
		validate_links_fetched_from(self)
		validate_codes(self, ("tax_code", "legal_representative_tax_code"), ("vat_number",))
