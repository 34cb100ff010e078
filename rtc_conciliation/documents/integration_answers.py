"""What an applicant answered to a request of integration, for whoever closes it: each answer below what was asked."""

from urllib.parse import quote

import frappe

TEMPLATE = "rtc_conciliation/templates/includes/integration_answers.html"


def html(request) -> str:
	"""For the form of a request that was answered, in the reader's language; "" before."""
	if not request.answered_on:
		return ""
	return frappe.render_template(TEMPLATE, {"rows": rows(request)})


def rows(request) -> list[dict]:
	"""[{"what", "text", "file", "address"}]; "file" is the name that the applicant's file had, not its address."""
	names = file_names(request)
	return [
		{
			"what": row.what,
			"text": row.answer_text or "",
			"file": names.get(row.answer_file, ""),
			"address": quote(row.answer_file or "", safe="/:"),
		}
		for row in request.get("items")
	]


def file_names(request) -> dict[str, str]:
	"""Address → name of the files of this request."""
	filters = {"attached_to_doctype": request.doctype, "attached_to_name": request.name}
	found = frappe.get_all("File", filters=filters, fields=["file_url", "file_name"])
	return {file.file_url: file.file_name for file in found}
