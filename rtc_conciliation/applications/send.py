"""Sending an application from its form: once, however often the button or the request comes."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import cint, format_datetime

from rtc_conciliation.applications import form as pages
from rtc_conciliation.applications import sending

DOCTYPE = "RTC Application"
KEPT = ["name", "docstatus", "sent_on", "digest", "protocol_number"]


def send_application(application: str) -> dict:
	"""Send the draft `application`; one that was sent already gives the same receipt again.

	Returns {"name", "sent_on", "digest", "protocol", "receipt"}: times as Italians write them, address of the PDF.
	"""
	doc = frappe.get_doc(DOCTYPE, application)
	doc.check_permission("submit")
	sending.hold_lead(doc)
	# Requests that come together wait here for one another, and read what the first one has written.
	row = frappe.db.get_value(DOCTYPE, doc.name, KEPT, as_dict=True, for_update=True)
	if not cint(row.docstatus):
		sent = apply_workflow(doc, "Send")
		row = frappe._dict({field: sent.get(field) for field in KEPT})
	return {
		"name": row.name,
		"sent_on": format_datetime(row.sent_on, "d MMMM yyyy, HH:mm:ss"),
		"digest": row.digest,
		"protocol": row.protocol_number or "",
		"receipt": pages.get_paper_address(row, pages.RECEIPT),
	}
