"""Sites from before RTC Settings get who the ATS is from their active programme; theirs to complete from then on."""

import frappe

from rtc_conciliation.common import programmes


def execute():
	programme = programmes.get_active()
	if not programme or frappe.db.get_single_value("RTC Settings", "ats_name"):
		return
	known = frappe.db.get_value(
		"RTC Programme", programme, ["ats_name", "office_email", "office_pec"], as_dict=True
	)
	values = {"ats_name": known.ats_name, "email": known.office_email, "pec": known.office_pec}
	frappe.db.set_single_value("RTC Settings", {key: value for key, value in values.items() if value})
