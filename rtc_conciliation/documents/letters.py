"""The letters of the formal check, prepared for their print formats: plain data, not yet escaped, in Italian.

A letter says what it is only where the record bears it out; elsewhere `ready` is False and it says that it has
no effect: whoever may read the record may print any of its formats.
"""

import frappe
from frappe import _
from frappe.utils import cint, get_url, quoted

from rtc_conciliation.documents import fields
from rtc_conciliation.documents.papers import application_header
from rtc_conciliation.documents.qr import qr_picture
from rtc_conciliation.records import clock, integrations, kept_names
from rtc_conciliation.records.files import name_at, names_of
from rtc_conciliation.rules import formal_check as rules

ADMISSIBLE, NOT_ADMISSIBLE = "Admissible", "Not Admissible"
#: an admissible application stays so in what follows
ADMITTED = (ADMISSIBLE, "Under Evaluation", "Funded", "Eligible Not Funded", "Below Threshold")
UNSENT = ("Draft", "Cancelled")
#: art. 10-bis L. 241/1990
DAYS_TO_OBSERVE = 10


def rtc_integration_letter(doc) -> dict:
	application = frappe.get_doc("RTC Application", doc.application)
	address = get_url(f"/{integrations.ROUTE}/{quoted(doc.name)}")
	return {
		**addressed(application, kept_names.issuer(doc, "Sent")),
		"ready": doc.workflow_state not in UNSENT,
		"cancelled": doc.workflow_state == "Cancelled",
		"number": doc.name,
		"protocol": protocol(doc.protocol_number, doc.protocol_date),
		"day": doc.sent_on or clock.now(),
		"due_on": doc.first_due_on or doc.due_on,
		"introduction": doc.introduction or "",
		"items": [
			{
				"what": row.what,
				"why": row.why or "",
				"kind": _(row.kind),
			}
			for row in doc.get("items")
		],
		"address": address,
		"qr": qr_picture(address, _("QR code of {0}").format(address)),
	}


def rtc_integration_answer(doc) -> dict:
	"""What was answered to a request, with its time and digest: a paper of its own, since the letter came before."""
	named = names_of(doc.doctype, doc.name)
	application = frappe.get_doc("RTC Application", doc.application)
	return {
		**addressed(application, kept_names.issuer(doc, "Sent")),
		"ready": bool(doc.answered_on),
		"number": doc.name,
		"answer": fields.pairs(doc, "answered_on", "late", "answer_digest"),
		"items": [
			{
				"what": row.what,
				"text": row.answer_text or "",
				"file": name_at(named, row.answer_file),
			}
			for row in doc.get("items")
		],
	}


def rtc_outcome_letter(doc, admitted: int) -> dict:
	"""The outcome of the formal check of an application; `admitted` says which of the two letters it is."""
	check = formal_check(doc.name)
	return {
		**addressed(doc, kept_names.issuer(doc, ADMISSIBLE if cint(admitted) else NOT_ADMISSIBLE)),
		"ready": doc.workflow_state in ADMITTED if cint(admitted) else doc.workflow_state == NOT_ADMISSIBLE,
		"state": _(doc.workflow_state),
		"number": doc.name,
		"day": check.decided_on if check else None,
		"reasons": doc.decision_reason or "",
		"notice_sent_on": check.notice_sent_on if check else None,
		"notice_protocol": (check.notice_protocol or "") if check else "",
		"observations": (check.observations or "") if check else "",
	}


def rtc_refusal_notice(doc) -> dict:
	"""The notice of the reasons that stand against admission (art. 10-bis L. 241/1990), from a formal check."""
	application = frappe.get_doc("RTC Application", doc.application)
	failed = rules.failed_items([row.as_dict() for row in doc.get("items")])
	return {
		**addressed(application, kept_names.issuer(doc, kept_names.NOTICE)),
		"ready": bool(failed) and application.workflow_state == "Under Formal Check",
		"number": application.name,
		"protocol": protocol(doc.notice_protocol, doc.notice_sent_on),
		"day": doc.notice_sent_on or clock.now(),
		"days": DAYS_TO_OBSERVE,
		"items": [
			{"item": row.item, "law": row.legal_reference or "", "note": row.note or ""} for row in failed
		],
	}


def formal_check(application: str):
	"""Not asked for permission: the letter of the outcome tells the applicant what the office has decided to tell."""
	if not frappe.db.exists("RTC Formal Check", application):
		return None
	return frappe.get_doc("RTC Formal Check", application)


def addressed(application, issuer: dict) -> dict:
	"""Letterhead, of `issuer` as `kept_names` gives it, addressee and what the letter is about."""
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	call = frappe.get_cached_doc("RTC Call", application.call)
	return {
		"header": application_header(application, issuer),
		"contact": issuer["contact"],
		"legal_basis": issuer["legal_basis"],
		"act": protocol(call.act_number, call.act_date),
		"lead": application.lead_name or "",
		"tax_code": application.lead_tax_code or "",
		"attention": application.legal_representative or "",
		"pec": application.pec or "",
		"title": application.title,
		"application_sent_on": application.sent_on,
		"application_protocol": protocol(application.protocol_number, application.protocol_date),
		"appeal": appeal(programme),
	}


def appeal(programme) -> str:
	"""How to appeal, for every letter and act: as the programme words it, else the usual way."""
	return programme.appeal_text or _(
		"Against this decision an appeal can be made to the Regional Administrative Court (TAR) within 60 days, or an extraordinary appeal to the President of the Republic within 120 days, from the day on which this letter is received. The papers of the procedure can be asked for under artt. 22 and following of L. 241/1990."
	)


def protocol(number, date) -> dict:
	return {"number": number or "", "date": date}
