"""The page on which anybody asks something about a call, and what takes the question; no login."""

import frappe
from frappe import _
from frappe.utils import escape_html, quoted, validate_email_address

from rtc_conciliation.access.fields import allow
from rtc_conciliation.access.visibility import PUBLIC_CALL_STATES
from rtc_conciliation.calls import questions
from rtc_conciliation.common.italian import rtc_minute
from rtc_conciliation.common.notices import notify
from rtc_conciliation.common.web import captcha, page
from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.common.web.retry import retry
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Call Question"
ROUTE = "quesito"
#: field → most letters
ASKED = {"subject": 140, "question": 3000, "email": 140}


class QuestionFormError(frappe.ValidationError):
	pass


def show(context) -> None:
	call = get_public_call(frappe.form_dict.name)
	if not call:
		frappe.redirect("/bandi")
	if not questions.is_open_to_questions(call):
		frappe.redirect(f"{get_address(call)}#quesiti")
	context.doc = frappe._dict(name=ROUTE, title="Ask a question")
	page.show_page(
		context,
		common,
		{
			"call": call.name,
			"call_title": as_typed(call.title),
			"address": get_address(call),
			"introduction": [
				_(
					"Questions are taken until {0}. Look first whether the answer is already on the page of the call."
				).format(rtc_minute(questions.get_question_deadline(call))),
				_(
					"Question and answer are published for everybody, without names. Write nothing that tells who you are."
				),
			],
		},
	)


def common() -> dict:
	return {
		"form": "question",
		"title": _("Ask a question"),
		"button": _("Send the question"),
		"pages": [{"label": "", "sections": [{"label": "", "description": "", "fields": form_fields()}]}],
	}


def form_fields() -> list[dict]:
	shared = {"read_only": 0, "hidden": 0}
	return [
		{
			**shared,
			"fieldname": "subject",
			"kind": "line",
			"type": "text",
			"label": _("Subject"),
			"description": _("A few words, for example: co-financing in kind."),
			"required": 1,
		},
		{
			**shared,
			"fieldname": "question",
			"kind": "long",
			"label": _("Question"),
			"description": "",
			"required": 1,
		},
		{
			**shared,
			"fieldname": "email",
			"kind": "line",
			"type": "email",
			"label": _("E-mail"),
			"description": _(
				"Only if you want the answer by mail. It is not published and serves for nothing else."
			),
			"required": 0,
		},
	]


def get_address(call) -> str:
	return f"/bandi/{quoted(call.name)}"


def get_public_call(name):
	"""A call that everybody may read; None for any other, whether it exists or not."""
	if not isinstance(name, str) or not frappe.db.exists(
		"RTC Call", {"name": name, "workflow_state": ("in", PUBLIC_CALL_STATES)}
	):
		return None
	return frappe.get_cached_doc("RTC Call", name)


def send_question(call: str, question: dict | str, altcha: str = "", nickname: str = "") -> dict:
	"""Take a question from anybody; robots are refused before anything else is done.

	`question`: {"subject", "question", "email"?}, all else in it is ignored; `altcha`: a solved challenge;
	`nickname`: a field that no person sees. Returns {"number", "email"}.
	"""
	captcha.require_empty(nickname)
	captcha.require_solution(altcha)
	values = read_values(question)
	found = get_public_call(call)
	if not found or not questions.is_open_to_questions(found):
		frappe.throw(
			_("This call takes no questions now. The calls are listed at /bandi."),
			questions.QuestionCallError,
			title=_("Question Refused"),
		)
	return retry(lambda: keep(found.name, values))


def keep(call: str, values: dict) -> dict:
	doc = insert_question(call, values)
	notify(DOCTYPE, doc.name, _("New question: {0}").format(frappe.bold(escape_html(doc.subject))))
	return {"number": doc.name, "email": doc.email or ""}


def read_values(question: dict | str) -> dict:
	sent = parse_sent_values(question)
	if sent is None or not all(isinstance(sent.get(field) or "", str) for field in ASKED):
		frappe.throw(
			_("The form did not arrive whole. Reload the page and send it again."), QuestionFormError
		)
	values = {field: (sent.get(field) or "").strip() for field in ASKED}
	problems = [
		_("{0}: the most is {1} letters.").format(frappe.bold(_(label)), ASKED[field])
		for field, label in (("subject", "Subject"), ("question", "Question"), ("email", "E-mail"))
		if len(values[field]) > ASKED[field]
	]
	if not values["subject"] or not values["question"]:
		problems.append(_("Write the subject and the question."))
	if values["email"] and not validate_email_address(values["email"]):
		problems.append(
			_("{0} is no e-mail address.").format(frappe.bold(escape_html(values["email"][:140])))
		)
	if problems:
		frappe.throw(problems, QuestionFormError, title=_("Check the Question"), as_list=True)
	return values


def insert_question(call: str, values: dict):
	"""No guest may create one: this form may, once it knows that no robot fills it in (as in `adhesion_form.insert_member`)."""
	doc = frappe.get_doc({"doctype": DOCTYPE, "call": call, "channel": "Web", **values})
	allow(doc, "call")  # a public one: guests read no call in its own record
	return doc.insert(ignore_permissions=True)


FORM_PAGES = {ROUTE: show}
