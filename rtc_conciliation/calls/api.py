"""Every whitelisted method of the calls. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.calls import changes, defaults, exports, notice_pdf, question_form
from rtc_conciliation.common.rate_limits import limited, limited_success


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("attempts at a question", 200, 60 * 60)
@limited_success("question", 5)
@limited_success("question of the day", 50, 24 * 60 * 60)
def send_question(call: str, question: dict | str, altcha: str = "", nickname: str = "") -> dict:
	"""Take a question from anybody; robots are refused before anything else is done."""
	return question_form.send_question(call, question, altcha, nickname)


@frappe.whitelist(methods=["GET", "POST"])
def download_notice(call: str) -> None:
	"""The notice of a call that the user may print, also before it is published; then it says that it is a draft."""
	notice_pdf.download_notice(call)


@frappe.whitelist(methods=["GET"])
def get_defaults(programme: str) -> dict:
	"""{field: value, table: [{column: value}]} of a new call of `programme`, for the desk's form."""
	return defaults.get_proposals(programme)


@frappe.whitelist(methods=["POST"])
def preview_amendment(call: str, values: dict | str) -> list[str]:
	"""What an amendment to `values`, as the form has them, would publish; nothing is kept. Who may write the call."""
	return changes.preview(call, values)


@frappe.whitelist(methods=["GET"])
def get_export_progress(export: str) -> dict:
	"""{"state", "progress", "taken"} of an export of one's own, also where the site has no live connection."""
	return exports.get_progress(export)
