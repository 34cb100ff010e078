"""The letters of the formal check, prepared for their print formats: plain data, not yet escaped, in Italian.

Whoever may read the record may print any of its formats: PAPERS says from which step on there is one.
"""

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, get_url, quoted

from rtc_conciliation.common import kept_names
from rtc_conciliation.common.files.records import get_file_name, get_file_names
from rtc_conciliation.common.papers import fields
from rtc_conciliation.common.papers.kinds import Kind, Step, get_step_of, tell_awaited_state
from rtc_conciliation.common.papers.letter import get_letter_data, make_protocol
from rtc_conciliation.common.papers.qr import draw_qr_picture
from rtc_conciliation.formal_check import integrations
from rtc_conciliation.rules.formal_check import checks as rules

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
		**get_letter_data(application, kept_names.get_issuer(doc, "Sent")),
		"sent": doc.workflow_state not in UNSENT,
		"number": doc.name,
		"protocol": make_protocol(doc.protocol_number, doc.protocol_date),
		"day": doc.sent_on,
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
		"qr": draw_qr_picture(address, _("QR code of {0}").format(address)),
	}


def rtc_integration_answer(doc) -> dict:
	"""What was answered to a request, with its time and digest: a paper of its own, since the letter came before."""
	named = get_file_names(doc.doctype, doc.name)
	application = frappe.get_doc("RTC Application", doc.application)
	return {
		**get_letter_data(application, kept_names.get_issuer(doc, "Sent")),
		"number": doc.name,
		"answer": fields.get_pairs(doc, "answered_on", "late", "answer_digest"),
		"items": [
			{
				"what": row.what,
				"text": row.answer_text or "",
				"file": get_file_name(named, row.answer_file),
			}
			for row in doc.get("items")
		],
	}


def rtc_outcome_letter(doc, admitted: int) -> dict:
	"""The outcome of the formal check of an application; `admitted` says which of the two letters it is."""
	check = get_check(doc.name)
	return {
		**get_letter_data(doc, kept_names.get_issuer(doc, ADMISSIBLE if cint(admitted) else NOT_ADMISSIBLE)),
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
	failed = rules.list_failed_items([row.as_dict() for row in doc.get("items")])
	return {
		**get_letter_data(application, kept_names.get_issuer(doc, kept_names.NOTICE)),
		"number": application.name,
		"protocol": make_protocol(doc.notice_protocol, doc.notice_sent_on),
		"day": doc.notice_sent_on,
		"days": DAYS_TO_OBSERVE,
		"items": [
			{"item": row.item, "law": row.legal_reference or "", "note": row.note or ""} for row in failed
		],
	}


def get_check(application: str):
	"""Not asked for permission: the letter of the outcome tells the applicant what the office has decided to tell."""
	if not frappe.db.exists("RTC Formal Check", application):
		return None
	return frappe.get_doc("RTC Formal Check", application)


def get_request_step(doc) -> Step | None:
	return None if doc.workflow_state in UNSENT else get_step_of(doc, "Sent", earlier=doc.sent_on)


def get_answer_step(doc) -> Step | None:
	return Step("Answered", get_datetime(doc.answered_on)) if doc.answered_on else None


def get_admission_step(doc) -> Step | None:
	return get_decision_step(doc, ADMISSIBLE) if doc.workflow_state in ADMITTED else None


def get_refusal_step(doc) -> Step | None:
	return get_decision_step(doc, NOT_ADMISSIBLE) if doc.workflow_state == NOT_ADMISSIBLE else None


def get_decision_step(doc, state: str) -> Step:
	check = get_check(doc.name)
	return get_step_of(doc, state, earlier=check.decided_on if check else None)


def get_notice_step(doc) -> Step | None:
	"""It is sent while the application is under check, with what has failed until then."""
	if not doc.notice_sent_on or not rules.list_failed_items([row.as_dict() for row in doc.get("items")]):
		return None
	if frappe.db.get_value("RTC Application", doc.application, "workflow_state") != "Under Formal Check":
		return None
	last = kept_names.get_last(doc, kept_names.NOTICE)
	return Step(last.name if last else "", get_datetime(doc.notice_sent_on))


def tell_before_notice(doc) -> str:
	return _(
		"answer the checks first; with one that has failed, and the application under formal check, write the day on which the notice is sent in {0} and save."
	).format(frappe.bold(_(doc.meta.get_label("notice_sent_on"))))


REQUEST = "RTC Integration Request"
PAPERS = {
	"RTC Admissibility Letter": Kind("RTC Application", get_admission_step, tell_awaited_state),
	"RTC Non-Admissibility Letter": Kind("RTC Application", get_refusal_step, tell_awaited_state),
	"RTC Notice of Refusal": Kind(
		"RTC Formal Check", get_notice_step, tell_before_notice, changes="notice_sent_on"
	),
	"RTC Integration Letter": Kind(REQUEST, get_request_step, tell_awaited_state, drafts=True),
	"RTC Integration Answer": Kind(REQUEST, get_answer_step, tell_awaited_state),
}
