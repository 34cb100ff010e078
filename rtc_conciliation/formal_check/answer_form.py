"""The page on which an applicant answers a request of integration: each thing asked, by text or by file.

What is saved stays a draft of the answer in the request itself; it is sent once. The application that was sent
is not touched.
"""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import cint, get_datetime, quoted

from rtc_conciliation.access import integrations as access
from rtc_conciliation.common import clock
from rtc_conciliation.common.files.records import get_file_names
from rtc_conciliation.common.italian import rtc_minute
from rtc_conciliation.common.papers.downloads import get_pdf_address
from rtc_conciliation.common.web import page
from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.formal_check.integrations import DOCTYPE, OPEN, ROUTE
from rtc_conciliation.rules.formal_check import integration as rules
from rtc_conciliation.rules.plain_text import as_typed

LETTER = "RTC Integration Letter"
LIST = "/domanda/list"
#: letters of one answer; more belongs in a file
LONGEST = 20_000


class AnswerFormError(frappe.ValidationError):
	"""What came is not what the page sends."""


def show(context) -> None:
	page.require_login()
	name = frappe.form_dict.get("name")
	if not name:
		frappe.redirect(LIST)
	doc = get_request(name)
	context.doc = frappe._dict(name=ROUTE, title="Request of Integration")
	page.show_page(context, lambda: {"form": "integration"}, get_settings(doc))


def get_request(name):
	"""The request, if the user may see it; one refusal for all that is not theirs."""
	doc = frappe.get_doc(DOCTYPE, name) if frappe.db.exists(DOCTYPE, name) else None
	if not doc or not doc.has_permission("read"):
		frappe.throw(
			_(
				"There is no such request for this account. Log in with the account that sent the application."
			),
			frappe.PermissionError,
			title=_("Not Found"),
		)
	return doc


def get_settings(doc) -> dict:
	call = frappe.db.get_value("RTC Application", doc.application, "call")
	return {
		"name": doc.name,
		"modified": str(doc.modified),
		"title": _("Request of Integration"),
		"page_title": f"{_('Request of Integration')} {doc.name}",
		"application": {
			"name": doc.application,
			"title": as_typed(doc.application_title),
			"address": f"/domanda/{quoted(doc.application)}",
			"call": frappe.get_cached_value("RTC Call", call, "title"),
		},
		"list": LIST,
		"can_answer": access.may_answer(doc),
		"introduction": as_typed(doc.introduction or ""),
		"reason": as_typed(doc.decision_reason or "") if doc.workflow_state == "Cancelled" else "",
		"digest": doc.answer_digest or "",
		"letter": get_pdf_address(DOCTYPE, doc.name, LETTER),
		"items": [describe_item(row) for row in doc.items],
		"files": get_file_names(DOCTYPE, doc.name),
		**summarise_request(doc),
	}


def describe_item(row) -> dict:
	return {
		"name": row.name,
		"what": as_typed(row.what),
		"why": as_typed(row.why or ""),
		"kind": row.kind,
		"answer_text": as_typed(row.answer_text or ""),
		"answer_file": row.answer_file or "",
	}


def summarise_request(doc) -> dict:
	"""State and times of a request as its applicant reads them; for its page, the list and the application."""
	over = not doc.answered_on and rules.is_late(clock.now(), get_datetime(doc.due_on))
	return {
		"state": doc.workflow_state,
		"state_label": _("To Be Answered") if doc.workflow_state == "Sent" else _(doc.workflow_state),
		"due_on": rtc_minute(doc.due_on),
		"answered_on": rtc_minute(doc.answered_on) if doc.answered_on else "",
		"late": cint(doc.late),
		"over": over and doc.workflow_state == "Sent",
		"waiting": doc.workflow_state == "Sent",
	}


def get_requests(applications: list) -> dict[str, list[dict]]:
	"""Application → its requests that the session's user may see, what waits for an answer first; one query."""
	names = [row.name for row in applications]
	rows = frappe.get_list(
		DOCTYPE,
		filters={"application": ("in", names)},
		fields=["name", "application", "workflow_state", "due_on", "answered_on", "late"],
		order_by="due_on asc",
		limit_page_length=0,
	)
	found: dict[str, list[dict]] = {}
	for row in sorted(rows, key=lambda row: row.workflow_state not in OPEN):
		told = {"name": row.name, "address": f"/{ROUTE}/{quoted(row.name)}", **summarise_request(row)}
		found.setdefault(row.application, []).append(told)
	return found


# -- what the page sends


def save_answer(request: str, modified: str, answers: dict | str) -> dict:
	"""Keeps the answers to come back to them; {"modified", "missing": names of rows without an answer}.

	`answers`: {name of the row: {"answer_text", "answer_file"}}; other rows and fields in it are ignored.
	"""
	return store_answer(fill(request, modified, answers))


def send_answer(request: str, modified: str, answers: dict | str) -> dict:
	"""Keeps the answers and sends them, once; {"answered_on", "late"}. Raises UnansweredError."""
	doc = fill(request, modified, answers)
	doc = apply_workflow(doc, "Send Answer")
	return {"answered_on": rtc_minute(doc.answered_on), "late": cint(doc.late)}


def fill(request: str, modified: str, answers: dict | str):
	doc = get_request(request)
	doc.check_permission("write")
	if not access.may_answer(doc):
		frappe.throw(
			_("The request {0} no longer takes an answer: it is {1}. Reload the page to see it.").format(
				frappe.bold(doc.name), frappe.bold(_(doc.workflow_state))
			),
			frappe.PermissionError,
			title=_("Already Answered"),
		)
	doc.modified = modified
	given = parse_answers(answers)
	for row in doc.items:
		answer = given.get(row.name) or {}
		if "answer_text" in answer:
			row.answer_text = read_text(answer["answer_text"])
		if "answer_file" in answer:
			row.answer_file = read_text(answer["answer_file"])
	doc.save()
	return doc


def parse_answers(answers) -> dict:
	given = parse_sent_values(answers)
	if given is None or not all(isinstance(answer, dict) for answer in given.values()):
		refuse_answer()
	return given


def read_text(value) -> str:
	if not isinstance(value, str):
		refuse_answer()
	if len(value) > LONGEST:
		frappe.throw(
			_("An answer has {0} letters: the most is {1}. Put the rest in a file.").format(
				len(value), LONGEST
			),
			AnswerFormError,
			title=_("Too Long"),
		)
	return value


def refuse_answer() -> None:
	frappe.throw(
		_("What was sent cannot be read as an answer. Reload the page and try again."),
		AnswerFormError,
		title=_("Form Not Understood"),
	)


def store_answer(doc) -> dict:
	missing = rules.list_unanswered(row.as_dict() for row in doc.items)
	return {"modified": str(doc.modified), "missing": [row["name"] for row in missing]}


FORM_PAGES = {ROUTE: show}


APPLICANT_NEWS = {"requests": get_requests}
