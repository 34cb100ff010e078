"""Every whitelisted method of all forms. Who may call which: `access/methods.py`."""

import frappe
from frappe.utils import cint

from rtc_conciliation.access.roles import require_desk
from rtc_conciliation.common import daily_mail, figures, tasks
from rtc_conciliation.common.files import uploads
from rtc_conciliation.common.papers import versions
from rtc_conciliation.common.rate_limits import limited
from rtc_conciliation.common.web import captcha
from rtc_conciliation.common.web.retry import retry_on_deadlock


@frappe.whitelist(allow_guest=True, methods=["GET"])
@limited("captcha", 60)
def get_challenge() -> dict:
	"""A new challenge; open to all. {"algorithm", "challenge", "maxnumber", "salt", "signature", "wait"}."""
	return captcha.get_challenge()


@frappe.whitelist(methods=["GET"])
def get_tasks() -> dict:
	"""{"groups": what waits for the reader, by term, "figures": what it comes to, "mailed": does a mail say it every day}"""
	require_desk()
	return {
		"groups": tasks.list_tasks(),
		"figures": figures.list_figures(),
		"mailed": daily_mail.is_wanted(frappe.session.user),
	}


@frappe.whitelist(methods=["POST"])
def set_daily_mail(wanted: int) -> None:
	"""Does the reader want a mail of what waits, on every working day?"""
	require_desk()
	daily_mail.set_wanted(frappe.session.user, cint(wanted))


@frappe.whitelist(methods=["POST"])
@limited("upload", 120, 600)
@retry_on_deadlock
def upload_file() -> dict:
	"""Keeps the file `file` of the request as a private file of the session's user, attached to nothing yet."""
	return uploads.upload_file()


@frappe.whitelist(methods=["GET"])
def list_papers(doctype: str, name: str) -> dict:
	"""{"papers": rows of the papers that a record has issued, "may_reissue"}; see `versions.list_papers`."""
	return versions.list_papers(doctype, name)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def reissue_paper(doctype: str, name: str, kind: str, reason: str) -> int:
	"""A new version of a paper, for a reason that stands on it; its number. RTC Manager only."""
	return versions.reissue_paper(doctype, name, kind, reason)
