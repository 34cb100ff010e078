"""Every whitelisted method of rankings and awards. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.awards import acceptance, approval_job, corrections, ranking_pdf, trial
from rtc_conciliation.awards import codes as award_codes
from rtc_conciliation.common.web.retry import retry_on_deadlock


@frappe.whitelist(methods=["GET"])
def try_ranking(ranking: str, pot: str) -> str:
	"""HTML of what other available funds (euro, with a decimal point) would change; whoever reads the ranking may ask."""
	return trial.render_trial(ranking, pot)


@frappe.whitelist(methods=["POST"])
def approve_ranking(ranking: str) -> None:
	"""Approve a proposed ranking in the background, as who asks; what forbids it is refused at once."""
	approval_job.approve_ranking(ranking)


@frappe.whitelist(methods=["GET"])
def get_approval_progress(ranking: str) -> dict:
	"""{"state", "message", "taken"}: how far the approval is; `taken` False where no worker would begin it."""
	return approval_job.get_progress(ranking)


@frappe.whitelist(methods=["GET", "POST"])
def download_decision(ranking: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of what is not approved yet."""
	ranking_pdf.download_decision(ranking)


@frappe.whitelist(methods=["GET"])
def list_codes(ranking: str) -> list[dict]:
	"""[{"application", "title", "lead", "outcome", "cup", "cor"}] of what a ranking funds, and may fund later."""
	return award_codes.list_codes(ranking)


@frappe.whitelist(methods=["GET"])
def download_codes(ranking: str) -> None:
	"""The same rows as a workbook to be filled in and brought back."""
	award_codes.download_codes(ranking)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def save_codes(ranking: str, codes: dict | str) -> dict:
	"""Keeps the codes typed in the form, {application: {"cup", "cor"}}; see `to_form`."""
	return award_codes.save_codes(ranking, codes)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def import_codes(ranking: str, write: int = 0) -> dict:
	"""Reads the spreadsheet `file` of the request (.xlsx or .csv), and writes its good rows if asked to; see `to_form`, `sheets.read_as`."""
	return award_codes.import_codes(ranking, write)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def record_acceptance(application: str, answer: str, note: str, answered_on: str | None = None) -> None:
	"""The office records an answer that came by PEC, also after the term; `note` says its protocol."""
	acceptance.record_acceptance(application, answer, note, answered_on)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def correct_register_entry(entry: str, reason: str, cup: str | None = None, cor: str | None = None) -> str:
	"""A new version of a published row, to be looked over and published in its place; its name. RTC Manager only."""
	return corrections.correct_entry(entry, reason, cup, cor)


@frappe.whitelist(methods=["GET"])
def preview_correction(entry: str, cup: str | None = None, cor: str | None = None) -> list[str]:
	"""What a new version of a published row would say otherwise, a line for each value. RTC Manager only."""
	return corrections.preview(entry, cup, cor)
