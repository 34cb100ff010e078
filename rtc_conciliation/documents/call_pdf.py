"""The notice of a call to print and to sign: a tagged PDF (PDF/UA-1), in Italian, for everybody and for the desk."""

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.documents import pdf, public_calls
from rtc_conciliation.documents.downloads import asked, respond
from rtc_conciliation.documents.figures import day
from rtc_conciliation.documents.italian import in_italian_language
from rtc_conciliation.documents.qr import qr_picture
from rtc_conciliation.records import call_questions, clock, kept_names

TEMPLATE = "rtc_conciliation/templates/print/call_notice.html"


@frappe.whitelist(methods=["GET", "POST"])
def download(call: str) -> None:
	"""The notice of a call that the user may print, also before it is published; then it says that it is a draft."""
	doc = asked("RTC Call", call, "print")
	respond(doc, "pdf", make(doc), "application/pdf")


def make(call) -> bytes:
	with in_italian_language():
		data = content(call)
	return pdf.make(TEMPLATE, data, call)


def content(call) -> dict:
	"""Of a call: what its public page says, without what changes with the clock."""
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	issuer = kept_names.issuer(call, "Published")
	page = get_url(f"/bandi/{quoted(call.name)}")
	return {
		**public_calls.content(call, clock.now()),
		"ats": issuer["ats"],
		"draft": call.workflow_state not in public_calls.PUBLIC_CALL_STATES,
		"number": call.name,
		"office": issuer["office"],
		"office_email": programme.office_email or "",
		"website": programme.website or "",
		"questions_until": call_questions.questions_until(call) if call.closing else None,
		"today": day(clock.now()),
		"page": page,
		"qr": qr_picture(page, _("QR code of this page")),
		"integration_days": call.integration_days,
	}
