"""The notice of a call to print and to sign: a tagged PDF (PDF/UA-1), in Italian, for everybody and for the desk."""

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.calls import public_calls, questions
from rtc_conciliation.common import clock, kept_names
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import pdf
from rtc_conciliation.common.papers.downloads import get_readable, respond
from rtc_conciliation.common.papers.plain_values import to_day
from rtc_conciliation.common.papers.print_data import make_header
from rtc_conciliation.common.papers.qr import draw_qr_picture

TEMPLATE = "rtc_conciliation/templates/calls/call_notice.html"


def download_notice(call: str) -> None:
	"""The notice of a call that the user may print, also before it is published; then it says that it is a draft."""
	doc = get_readable("RTC Call", call, "print")
	respond(doc, "pdf", make_pdf(doc), "application/pdf")


def make_pdf(call) -> bytes:
	with use_italian():
		data = get_content(call)
	return pdf.make(TEMPLATE, data, call)


def get_content(call) -> dict:
	"""Of a call: what its public page says, without what changes with the clock."""
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	issuer = kept_names.get_issuer(call, "Published")
	page = get_url(f"/bandi/{quoted(call.name)}")
	return {
		**public_calls.get_content(call, clock.now()),
		"ats": issuer["ats"],
		"header": make_header(issuer),
		"draft": call.workflow_state not in public_calls.PUBLIC_CALL_STATES,
		"number": call.name,
		"office": issuer["office"],
		"office_email": programme.office_email or "",
		"website": programme.website or "",
		"questions_until": questions.get_question_deadline(call) if call.closing else None,
		"today": to_day(clock.now()),
		"page": page,
		"qr": draw_qr_picture(page, _("QR code of this page")),
		"integration_days": call.integration_days,
	}
