"""The page on which the awardee accepts or renounces the contribution, and what list and application say of it."""

import frappe
from frappe import _
from frappe.sessions import get_csrf_token
from frappe.utils import getdate, quoted

from rtc_conciliation.access import awards as access
from rtc_conciliation.awards import acceptance
from rtc_conciliation.awards.award import ACCEPTED, AWAITED, DOCTYPE, RENOUNCED
from rtc_conciliation.awards.mails import LETTER, ROUTE
from rtc_conciliation.common.italian import rtc_day, rtc_euro
from rtc_conciliation.common.papers.downloads import get_pdf_address
from rtc_conciliation.common.rate_limits import count
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.rules.plain_text import as_typed

TEMPLATE = "rtc_conciliation/templates/awards/acceptance.html"
#: what the form sends → the answer
GIVEN = {"accept": ACCEPTED, "renounce": RENOUNCED}


def render_acceptance(name: str) -> tuple[str, int]:
	"""(HTML, status) of /accettazione/<application>: GET shows what is awarded, POST takes the answer."""
	count("acceptance", 60, 600)
	if frappe.session.user == "Guest":
		return render({"state": "login", "login": get_login_address(name)}), 200
	application = get_application(name)
	if not application:
		return page_cache.render_message(
			_("Nothing to accept"),
			[
				_(
					"There is no contribution to accept for this account. Log in with the account that sent the application."
				)
			],
		), 404
	problem, refused = "", False
	if frappe.request.method == "POST":
		problem = take_answer(application)
		refused = bool(problem)
		application = get_application(name)
	return render({**to_page(application), "problem": problem}), 422 if refused else 200


def get_application(name: str):
	"""The awarded application, if the user may read it."""
	if not frappe.db.exists(DOCTYPE, name):
		return None
	doc = frappe.get_doc(DOCTYPE, name)
	return doc if doc.acceptance_state and doc.has_permission("read") else None


def take_answer(application) -> str:
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


def to_page(application) -> dict:
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
		"letter": get_pdf_address(DOCTYPE, application.name, LETTER),
		"back": f"/domanda/{quoted(application.name)}",
		"here": f"/{ROUTE}/{quoted(application.name)}",
		"csrf_token": get_csrf_token(),
	}


def render(context: dict) -> str:
	title = _("Acceptance of the Contribution")
	return frappe.render_template(TEMPLATE, {"title": title, "language": frappe.local.lang, **context})


def get_login_address(name: str) -> str:
	return f"/login?redirect-to={frappe.utils.quote(f'/{ROUTE}/{quoted(name)}', safe='')}"


# -- for the list and the application


def summarise_award(row) -> dict:
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


def get_awards(applications: list) -> dict[str, dict]:
	"""Application → its award, of those that have one; no query."""
	return {row.name: summarise_award(row) for row in applications if row.acceptance_state}


PAGES = {f"{ROUTE}/": render_acceptance}
APPLICANT_NEWS = {"award": get_awards}
