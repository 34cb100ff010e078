"""The page on which the awardee accepts or renounces the contribution, and what list and application say of it."""

import frappe
from frappe import _
from frappe.sessions import get_csrf_token
from frappe.utils import getdate, quoted

from rtc_conciliation.access import awards as access
from rtc_conciliation.documents.downloads import pdf_address
from rtc_conciliation.documents.italian import rtc_day, rtc_euro
from rtc_conciliation.portal import frame
from rtc_conciliation.portal.limits import count
from rtc_conciliation.records import acceptance
from rtc_conciliation.records.award_mails import LETTER, ROUTE
from rtc_conciliation.records.awards import ACCEPTED, AWAITED, DOCTYPE, RENOUNCED
from rtc_conciliation.rules.plain_text import as_typed

TEMPLATE = "rtc_conciliation/templates/public/acceptance.html"
#: of an application, what `summary` reads
FIELDS = ("granted_amount", "acceptance_state", "acceptance_due", "accepted_on")
#: what the form sends → the answer
GIVEN = {"accept": ACCEPTED, "renounce": RENOUNCED}


def page(name: str) -> tuple[str, int]:
	"""(HTML, status) of /accettazione/<application>: GET shows what is awarded, POST takes the answer."""
	count("acceptance", 60, 600)
	if frappe.session.user == "Guest":
		return render({"state": "login", "login": login(name)}), 200
	application = asked(name)
	if not application:
		return frame.message(
			_("Nothing to accept"),
			[
				_(
					"There is no contribution to accept for this account. Log in with the account that sent the application."
				)
			],
		), 404
	problem, refused = "", False
	if frappe.request.method == "POST":
		problem = take(application)
		refused = bool(problem)
		application = asked(name)
	return render({**told(application), "problem": problem}), 422 if refused else 200


def asked(name: str):
	"""The awarded application, if the user may read it."""
	if not frappe.db.exists(DOCTYPE, name):
		return None
	doc = frappe.get_doc(DOCTYPE, name)
	return doc if doc.acceptance_state and doc.has_permission("read") else None


def take(application) -> str:
	"""Keeps what the form sent; what is wrong with it, or ""."""
	given = GIVEN.get(str(frappe.form_dict.get("answer") or ""), "")
	if not given or not frappe.form_dict.get("confirm"):
		return _("Tick the box to confirm the answer.")
	try:
		acceptance.answer(application.name, given, str(frappe.form_dict.get("reason") or ""))
	except (acceptance.AnswerError, frappe.PermissionError) as error:
		frappe.clear_last_message()
		return str(error)
	return ""


def told(application) -> dict:
	open_now = acceptance.is_open(application)
	return {
		"state": "ask" if open_now and access.may_answer(application.name) else "read",
		"answered": application.acceptance_state if application.acceptance_state != AWAITED else "",
		"over": application.acceptance_state == AWAITED and not open_now,
		"number": application.name,
		"project": as_typed(application.title),
		"call": as_typed(frappe.get_cached_value("RTC Call", application.call, "title")),
		"amount": rtc_euro(application.granted_amount),
		"cup": application.cup or "",
		"act": (application.award_act_number or "", rtc_day(application.award_act_date)),
		"due": rtc_day(application.acceptance_due),
		"answered_on": rtc_day(application.accepted_on),
		"letter": pdf_address(DOCTYPE, application.name, LETTER),
		"back": f"/domanda/{quoted(application.name)}",
		"here": f"/{ROUTE}/{quoted(application.name)}",
		"csrf_token": get_csrf_token(),
	}


def render(context: dict) -> str:
	title = _("Acceptance of the Contribution")
	return frappe.render_template(TEMPLATE, {"title": title, "language": frappe.local.lang, **context})


def login(name: str) -> str:
	return f"/login?redirect-to={frappe.utils.quote(f'/{ROUTE}/{quoted(name)}', safe='')}"


# -- for the list and the application


def summary(row) -> dict:
	"""An award as its applicant reads it."""
	return {
		"amount": rtc_euro(row.granted_amount),
		"waiting": row.acceptance_state == AWAITED,
		"over": row.acceptance_state == AWAITED and not acceptance.is_open(row),
		"state_label": _(row.acceptance_state),
		"due": rtc_day(getdate(row.acceptance_due)),
		"answered_on": rtc_day(row.accepted_on),
		"address": f"/{ROUTE}/{quoted(row.name)}",
	}
