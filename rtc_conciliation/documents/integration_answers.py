"""What an applicant answered to a request of integration, for whoever closes it: each answer below what was asked."""

from urllib.parse import quote

import frappe

from rtc_conciliation.records.files import names_of

TEMPLATE = "rtc_conciliation/templates/includes/integration_answers.html"


def html(request) -> str:
	"""For the form of a request that was answered, in the reader's language; "" before."""
	if not request.answered_on:
		return ""
	return frappe.render_template(TEMPLATE, {"rows": rows(request)})


def rows(request) -> list[dict]:
	"""[{"what", "text", "file", "address"}]; "file" is the name that the applicant's file had, not its address."""
	names = names_of(request.doctype, request.name)
	return [
		{
			"what": row.what,
			"text": row.answer_text or "",
			"file": names.get(row.answer_file, ""),
			"address": quote(row.answer_file or "", safe="/:"),
		}
		for row in request.get("items")
	]
