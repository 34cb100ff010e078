"""Every whitelisted method of evaluation: what evaluators read, declare and write. Who may call which: `access/methods.py`."""

import frappe
from werkzeug.wrappers import Response

from rtc_conciliation.common.web.retry import retry_on_deadlock
from rtc_conciliation.evaluation import reviewer_view, reviewing
from rtc_conciliation.rules.evaluation import scoring


@frappe.whitelist(methods=["GET"])
def get_desk() -> dict:
	"""What the session's user has to do in the panels they sit in, and how far those are that they may follow."""
	return reviewing.get_desk()


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def declare(call: str, conflicts: str = "[]", reason: str = "") -> dict:
	"""The declarations of the session's user on every application of `call` that waits for theirs."""
	return reviewing.declare(call, conflicts, reason)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def declare_conflict(application: str, reason: str = "") -> None:
	"""Who finds a conflict after they declared none: the application is closed to them from here on."""
	reviewing.declare_conflict(application, reason)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def begin_review(application: str, kind: str = scoring.INDIVIDUAL) -> str:
	"""Name of the user's review of an application, made now where there is none; twice at once gives the same one."""
	return reviewing.begin_review(application, kind)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def reopen_review(review: str, reason: str = "", sitting: str = "") -> None:
	"""A submitted review goes back to its author: by the manager, with the reason and the sitting that decided so."""
	reviewing.reopen_review(review, reason, sitting)


@frappe.whitelist(methods=["GET", "POST"])
def count_waiting(filters: str | None = None) -> dict:
	"""For the number card, which core asks by POST: applications that the reader has to declare on or to review."""
	return reviewing.count_waiting(filters)


@frappe.whitelist(methods=["GET"])
def get_application(application: str) -> str:
	"""The application as HTML, to be shown beside the marks."""
	return reviewer_view.get_application(application)


@frappe.whitelist(methods=["GET"])
def get_page(application: str) -> Response:
	"""The same as a page of its own, to be printed or kept open beside the form."""
	return reviewer_view.get_page(application)


@frappe.whitelist(methods=["GET"])
def get_document(application: str, row: str) -> None:
	"""A document of the application as download."""
	reviewer_view.get_document(application, row)
