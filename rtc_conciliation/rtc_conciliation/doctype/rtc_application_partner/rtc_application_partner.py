from rtc_conciliation.common.rows import OwnedRow


class RTCApplicationPartner(OwnedRow):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		activities: DF.SmallText | None
		agreement_file: DF.Attach | None
		budget: DF.Currency
		cofinancing_cash: DF.Currency
		cofinancing_in_kind: DF.Currency
		confirmation_answered_on: DF.Datetime | None
		confirmation_asked_on: DF.Datetime | None
		confirmation_content: DF.Data | None
		confirmation_digest: DF.Data | None
		confirmation_expires_on: DF.Datetime | None
		confirmation_name: DF.Data | None
		confirmation_office: DF.Data | None
		confirmation_reason: DF.SmallText | None
		confirmation_state: DF.Literal["", "Asked", "Confirmed", "Declined", "Changed Since"]
		contact_email: DF.Data | None
		counts_towards_minimum: DF.Check
		organisation: DF.Link | None
		organisation_name: DF.Data
		organisation_type: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		role: DF.Literal["Lead", "Partner", "Supporter"]
		runts_number: DF.Data | None
		tax_code: DF.Data | None
		unread_values: DF.JSON | None
	# end: auto-generated types
