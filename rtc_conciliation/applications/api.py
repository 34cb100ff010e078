"""Every whitelisted method of applications: drafts, sending, colleagues, partners, sheets. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.applications import (
	colleague_pages,
	concurrent_edits,
	draft_removal,
	drafts,
	partner_pages,
	rows_from_sheets,
	saving,
	send,
)
from rtc_conciliation.applications import profile as profiles
from rtc_conciliation.common.rate_limits import limited
from rtc_conciliation.common.web.retry import retry_on_deadlock


@frappe.whitelist(methods=["POST"])
def check_draft(application: dict | str) -> dict:
	"""Totals and findings for the values in the form, as `to_form` gives them; stores nothing."""
	return drafts.check_draft(application)


@frappe.whitelist(methods=["POST"])
def save_draft(application: dict | str, base: dict | str | None = None) -> dict:
	"""Keeps the values as a draft of the session's user, in one transaction; see `saving.to_form` for what it gives."""
	return saving.save_draft(application, base)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def send_application(application: str) -> dict:
	"""Send the draft `application`; one that was sent already gives the same receipt again."""
	return send.send_application(application)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def delete_draft(application: str) -> None:
	"""Deletes a draft of the session's user, with its files, and tells those who work at it."""
	draft_removal.delete_draft(application)


@frappe.whitelist(methods=["GET"])
def get_edits_since(application: str, modified: str) -> dict:
	"""{} while the draft is as the form has it; else {"modified", "by", "own", "sent", "at"}."""
	return concurrent_edits.get_edits_since(application, modified)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def save_profile(profile: dict | str) -> dict:
	"""Keeps the values of the form's own fields, all else ignored, as the session's user's profile; {"modified"}."""
	return profiles.save_profile(profile)


@frappe.whitelist(methods=["GET"])
def list_colleagues(application: str) -> dict:
	"""Who works at `application`, and what the session's user may do about it."""
	return colleague_pages.list_colleagues(application)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def invite_colleague(application: str, email: str, may_send: int = 0) -> dict:
	"""Mails an invitation in the name of the applicant; {"mailed", "link", **list_colleagues}."""
	return colleague_pages.invite_colleague(application, email, may_send)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def change_colleague(colleague: str, may_send: int) -> dict:
	"""The applicant gives or takes the leave to send; returns `list_colleagues`."""
	return colleague_pages.change_colleague(colleague, may_send)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def revoke_colleague(colleague: str) -> dict:
	"""The applicant takes a colleague or an invitation back, or the colleague leaves; {} to who left."""
	return colleague_pages.revoke_colleague(colleague)


@frappe.whitelist(methods=["POST"])
@limited("partner confirmations", 60, 3600)
@retry_on_deadlock
def ask_partners(application: str, row: str = "") -> dict:
	"""Mail a link to the partner `row` of a draft, or to all who were not asked or have to confirm again."""
	return partner_pages.ask_partners(application, row)


@frappe.whitelist(methods=["POST"])
def read_pasted_rows(table: str, text: str, call: str | None = None) -> dict:
	"""Cells copied from a spreadsheet as rows of `table`; see `to_form`."""
	return rows_from_sheets.read_pasted_rows(table, text, call)


@frappe.whitelist(methods=["POST"])
def read_budget(call: str | None = None) -> dict:
	"""The workbook, or table saved as text, `file` of the request as rows of the costs; see `to_form`."""
	return rows_from_sheets.read_budget(call)


@frappe.whitelist(methods=["GET"])
def download_budget(application: str) -> None:
	"""The costs of `application` as a workbook with the lists of its call."""
	rows_from_sheets.download_budget(application)
