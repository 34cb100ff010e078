"""What an applicant answered to a request of integration, for whoever closes it: each answer below what was asked."""

from urllib.parse import quote

import frappe

from rtc_conciliation.common.files.records import get_file_names

TEMPLATE = "rtc_conciliation/templates/formal_check/integration_answers.html"


def render_answers(request) -> str:
	"""For the form of a request that was answered, in the reader's language; "" before."""
	if not request.answered_on:
		return ""
	return frappe.render_template(TEMPLATE, {"rows": list_answers(request)})


def list_answers(request) -> list[dict]:
	"""[{"what", "text", "file", "address"}]; "file" is the name that the applicant's file had, not its address."""
	names = get_file_names(request.doctype, request.name)
	return [
		{
			"what": row.what,
			"text": row.answer_text or "",
			"file": names.get(row.answer_file, ""),
			"address": quote(row.answer_file or "", safe="/:"),
		}
		for row in request.get("items")
	]
