"""What every letter about an application has: letterhead, addressee, what it is about, how to appeal."""

import frappe
from frappe import _

from rtc_conciliation.common.papers.print_data import make_application_header


def get_letter_data(application, issuer: dict) -> dict:
	"""Letterhead, of `issuer` as `kept_names` gives it, addressee and what the letter is about."""
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	call = frappe.get_cached_doc("RTC Call", application.call)
	return {
		"header": make_application_header(application, issuer),
		"contact": issuer["contact"],
		"legal_basis": issuer["legal_basis"],
		"act": make_protocol(call.act_number, call.act_date),
		"lead": application.lead_name or "",
		"tax_code": application.lead_tax_code or "",
		"attention": application.legal_representative or "",
		"pec": application.pec or "",
		"title": application.title,
		"application_sent_on": application.sent_on,
		"application_protocol": make_protocol(application.protocol_number, application.protocol_date),
		"appeal": get_appeal(programme),
	}


def get_appeal(programme) -> str:
	"""How to appeal, for every letter and act: as the programme words it, else the usual way."""
	return programme.appeal_text or _(
		"Against this decision an appeal can be made to the Regional Administrative Court (TAR) within 60 days, or an extraordinary appeal to the President of the Republic within 120 days, from the day on which this letter is received. The papers of the procedure can be asked for under artt. 22 and following of L. 241/1990."
	)


def make_protocol(number, date) -> dict:
	return {"number": number or "", "date": date}
