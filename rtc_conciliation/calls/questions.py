"""Questions about a call: until when they are taken, and the mail to whoever asked."""

from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cint, escape_html, get_datetime, get_url, quoted

from rtc_conciliation.common import clock, mails
from rtc_conciliation.common.italian import use_italian

USUAL_DAYS = 5


class QuestionCallError(frappe.ValidationError):
	"""The call takes no questions."""


def get_question_deadline(call) -> datetime:
	"""The moment until which questions are taken: written in the call, else so many days before it closes."""
	if call.questions_until:
		return get_datetime(call.questions_until)
	days = frappe.get_cached_value("RTC Programme", call.programme, "questions_days")
	return get_datetime(call.closing) - timedelta(days=USUAL_DAYS if days is None else cint(days))


def is_open_to_questions(call) -> bool:
	"""From the publication of a call, which may come before its opening."""
	return call.workflow_state == "Published" and clock.now() < get_question_deadline(call)


def validate_call(name: str) -> None:
	"""A desk may record a question of any published call, also one that came by telephone on the last day."""
	call = frappe.get_cached_doc("RTC Call", name)
	if call.workflow_state in ("Draft", "Approved"):
		frappe.throw(
			_("The call {0} is not published yet: nobody can ask about it.").format(
				frappe.bold(escape_html(call.title))
			),
			QuestionCallError,
			title=_("Question Refused"),
		)


def tell_asker(doc) -> None:
	if not doc.email:
		return
	call = frappe.get_cached_doc("RTC Call", doc.call)
	with use_italian():
		told = mails.send(
			[doc.email],
			_("{0}: answer to your question").format(call.title),
			template="rtc_call_question",
			args={
				"doc": doc,
				"call": call.title,
				"link": get_url(f"/bandi/{quoted(doc.call)}"),
				"contact": call.contact_email or "",
			},
			reply_to=call.contact_email or None,
			reference_doctype=doc.doctype,
			reference_name=doc.name,
		)
	if not told:
		doc.add_comment("Info", _("The answer was not mailed: this site has no outgoing mail."))
