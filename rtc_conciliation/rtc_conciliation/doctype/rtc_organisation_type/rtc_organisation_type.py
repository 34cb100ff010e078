from rtc_conciliation.common.record import Record


class RTCOrganisationType(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		counts_towards_minimum: DF.Check
		disabled: DF.Check
		legal_reference: DF.Data | None
		nature: DF.Literal["Public Body", "Third Sector Entity", "Social Cooperative", "Other"]
		stakeholder_group: DF.Literal[
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
		title: DF.Data
	# end: auto-generated types
