"""What follows from the steps of a request of integration: the application's own step, and mail."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import cint, get_url, quoted

from rtc_conciliation.access import states
from rtc_conciliation.common import locks, mails
from rtc_conciliation.common.italian import rtc_minute, use_italian
from rtc_conciliation.common.notices import notify
from rtc_conciliation.formal_check import checks
from rtc_conciliation.rules.formal_check import checks as rules

DOCTYPE = "RTC Integration Request"
ROUTE = "integrazione"
UNDER_CHECK, REQUESTED = "Under Formal Check", "Integration Requested"
#: states of an application of which an integration is asked
ASKED_IN = (UNDER_CHECK, REQUESTED)
#: states of a request that keeps the application waiting
OPEN = ("Sent", "Answered")
USUAL_DAYS = 10
TEMPLATE = "rtc_integration"


class NoRequestError(frappe.ValidationError):
	"""The application waits for an answer exactly as long as a request is open."""


def get_usual_days(application: str) -> int:
	"""Days of the term: of the call, else of its programme."""
	call = frappe.get_cached_doc("RTC Call", frappe.db.get_value("RTC Application", application, "call"))
	return (
		cint(call.integration_days)
		or cint(frappe.get_cached_value("RTC Programme", call.programme, "integration_days"))
		or USUAL_DAYS
	)


def list_open_requests(application: str) -> list[str]:
	"""As they are now: whoever asks holds the application."""
	return locks.get_names_now(DOCTYPE, application=application, workflow_state=OPEN)


def draft_request(application: str) -> str:
	"""Name of the application's request in draft, made now from the checks that failed where there is none yet."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	locks.hold("RTC Application", application)
	check = checks.get_check(application)
	if not check:
		frappe.throw(_("The formal check was not made. Open it from the application and answer every check."))
	check.check_permission("write")
	if drafts := locks.get_names_now(DOCTYPE, application=application, workflow_state="Draft"):
		return drafts[0]
	items = [make_item(row) for row in rules.list_failed_items(check.plain_items())]
	return frappe.get_doc({"doctype": DOCTYPE, "application": application, "items": items}).insert().name


def make_item(row) -> dict:
	why = " – ".join(text for text in (row.get("note"), row.get("legal_reference")) if text)
	return {"what": row["item"], "why": why, "kind": "Text or File"}


def guard_application(application) -> None:
	"""Called by the application before a step: it waits with an open request only, and no longer than that."""
	if states.enters(application, REQUESTED) and not list_open_requests(application.name):
		refuse_step(
			_(
				"Write an integration request with what is missing and send it: the application then waits for the answer."
			)
		)
	before = application.get_doc_before_save()
	resumes = states.enters(application, UNDER_CHECK) and before.workflow_state == REQUESTED
	if resumes and (waiting := list_open_requests(application.name)):
		refuse_step(
			_("Close the integration request first: {0}. The formal check then resumes by itself.").format(
				", ".join(waiting)
			)
		)


def refuse_step(message: str) -> None:
	frappe.throw(message, NoRequestError, title=_("Integration Request"))


def after_step(doc) -> None:
	"""`on_update` of a request."""
	if states.enters(doc, "Sent"):
		move_application(doc.application, UNDER_CHECK, "Request Integration")
		tell_applicant(doc, "sent")
	elif states.enters(doc, "Answered"):
		tell_applicant(doc, "answered")
		tell_office(doc)
	elif states.enters(doc, "Closed") or states.enters(doc, "Cancelled"):
		if not list_open_requests(doc.application):
			move_application(doc.application, REQUESTED, "Resume Formal Check")
		if doc.workflow_state == "Cancelled":
			tell_applicant(doc, "cancelled")
	elif doc.workflow_state == "Sent" and doc.has_value_changed("due_on"):
		tell_applicant(doc, "extended")


def move_application(name: str, state: str, action: str) -> None:
	application = frappe.get_doc("RTC Application", name, for_update=True)
	if application.workflow_state == state:
		apply_workflow(application, action)


# -- mail


def tell_applicant(doc, what: str) -> bool:
	"""`what`: sent, extended, reminded, answered or cancelled. In Italian, whoever presses the button."""
	application = frappe.get_doc("RTC Application", doc.application)
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	with use_italian():
		subjects = {
			"sent": _("{0}: integration requested by {1}"),
			"extended": _("{0}: new term to answer, {1}"),
			"reminded": _("{0}: the term to answer ends on {1}"),
			"answered": _("{0}: answer received"),
			"cancelled": _("{0}: the request of integration was cancelled"),
		}
		told = mails.send(
			mails.get_applicant_addresses(application),
			subjects[what].format(application.title, rtc_minute(doc.due_on)),
			template=TEMPLATE,
			args={
				"what": what,
				"doc": doc,
				"application": application,
				"call": frappe.get_cached_value("RTC Call", application.call, "title"),
				"due_on": rtc_minute(doc.due_on),
				"answered_on": rtc_minute(doc.answered_on),
				"link": get_url(f"/{ROUTE}/{quoted(doc.name)}"),
				**mails.get_office(programme),
			},
			reply_to=programme.office_email or None,
			reference_doctype=DOCTYPE,
			reference_name=doc.name,
		)
	if not told:
		doc.add_comment("Info", _("The applicant was not told by e-mail: this site has no outgoing mail."))
	return told


def tell_office(doc) -> None:
	subject = (
		_("Late answer to the request of integration: {0}")
		if doc.late
		else _("Answer to the request of integration: {0}")
	)
	title = frappe.bold(frappe.utils.escape_html(doc.application_title or ""))
	notify(DOCTYPE, doc.name, subject.format(title))
