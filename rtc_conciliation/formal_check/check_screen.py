"""The formal check on one screen: what its form shows besides its own fields, for whoever reads it.

The documents are named, not sent: the browser asks for each by its address, which asks who may read it.
"""

import frappe
from frappe import _
from frappe.utils import escape_html, get_fullname

from rtc_conciliation.access import states
from rtc_conciliation.common import findings
from rtc_conciliation.common.files.documents import describe_document
from rtc_conciliation.common.files.records import get_file_name, get_file_names
from rtc_conciliation.common.papers.downloads import get_pdf_address
from rtc_conciliation.formal_check import decisions, integration_answers, integrations

APPLICATION = "RTC Application"


def describe_screen(check) -> dict:
	"""{"state", "findings", "documents", "requests", "answers", "people", "actions", "own"} for the form's `onload`.

	`findings` and `answers` are HTML, `documents` as `list_documents` gives them, `people` user → name, `actions` the
	decisions that the reader's role may take, `own` whether the reader prepared what is to be decided.
	"""
	application = frappe.get_doc(APPLICATION, check.application)
	requests = list_requests(application.name)
	return {
		"state": application.workflow_state,
		"findings": findings.render_findings(application),
		"documents": [*list_documents(application), *list_answer_files(requests)],
		"requests": [{"name": doc.name, "state": doc.workflow_state} for doc in requests],
		"answers": "".join(render_request(doc) for doc in requests),
		"people": {row.answered_by: get_fullname(row.answered_by) for row in check.items if row.answered_by},
		"actions": states.list_actions(APPLICATION, application.workflow_state, decisions.OUTCOMES),
		"own": decisions.has_prepared(application, check),
	}


def list_requests(application: str) -> list:
	"""Those that the reader may see, the last first."""
	names = frappe.get_list(
		integrations.DOCTYPE,
		filters={"application": application, "workflow_state": ("!=", "Cancelled")},
		pluck="name",
		order_by="creation desc",
	)
	return [frappe.get_doc(integrations.DOCTYPE, name) for name in names]


def render_request(doc) -> str:
	if not doc.answered_on:
		return ""
	title = _("Answer to {0}").format(escape_html(doc.name))
	return f"<h5>{title}</h5>{integration_answers.render_answers(doc)}"


def list_documents(application) -> list[dict]:
	"""The files of an application, the signed one first, then its paper; as `describe_document` gives them."""
	names = get_file_names(APPLICATION, application.name)
	named = [(_("Signed Application"), application.signature_file)]
	named += [(row.document, row.file) for row in application.attachments]
	found = [describe_document(label, names, address) for label, address in named if address]
	paper = get_pdf_address(APPLICATION, application.name, application.meta.default_print_format)
	return [
		*(document for document in found if document),
		{"label": _("Application"), "name": f"{application.name}.pdf", "address": paper, "kind": "pdf"},
	]


def list_answer_files(requests: list) -> list[dict]:
	found = []
	for doc in requests:
		names = get_file_names(doc.doctype, doc.name)
		for row in doc.items if doc.answered_on else ():
			label = f"{doc.name}: {get_file_name(names, row.answer_file)}"
			found.append(row.answer_file and describe_document(label, names, row.answer_file))
	return [document for document in found if document]
