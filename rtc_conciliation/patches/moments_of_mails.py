"""The fields that say when a mail went out are named after the mail; what they held goes with them."""

import frappe
from frappe.model.utils.rename_field import rename_field

RENAMED = {
	"RTC Application": {
		"told_on": "receipt_sent_on",
		"idle_told_on": "draft_reminded_on",
		"acceptance_expiry_told_on": "acceptance_expiry_notified_on",
	},
	"RTC Integration Request": {"expiry_told_on": "expiry_notified_on"},
}


def execute() -> None:
	for doctype, fields in RENAMED.items():
		for before, after in fields.items():
			if frappe.db.has_column(doctype, before):
				rename_field(doctype, before, after)
