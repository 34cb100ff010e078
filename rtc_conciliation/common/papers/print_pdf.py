"""Our print formats as tagged PDFs (PDF/UA-1): what a public body sends or publishes is to be read by everybody
(L. 4/2004). Core's own way, wkhtmltopdf, leaves them without structure; other print formats keep it.
"""

import frappe
from frappe import _
from frappe.utils import quoted

from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import issued, pdf


@frappe.whitelist(allow_guest=True, methods=["GET", "POST"])
def download_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	doc: str | None = None,
	no_letterhead: int | str = 0,
	language: str | None = None,
	letterhead: str | None = None,
	pdf_generator: str | None = None,
) -> None:
	"""Takes the place of core's, with what it takes; core asks for the permission to print in both cases.

	`doc` is for core's own code: what a request sends there is not looked at.
	"""
	# it opens a log of its own when it is imported
	from frappe.utils.print_format import download_pdf as of_core

	format = format or frappe.get_meta(doctype).default_print_format
	if not is_ours(format, doctype):
		given = {"no_letterhead": no_letterhead, "language": language, "letterhead": letterhead}
		if pdf_generator:
			given["pdf_generator"] = pdf_generator
		pdf.count_paper()
		return frappe.call(of_core, doctype=doctype, name=name, format=format, **given)
	record = frappe.get_doc(doctype, name)
	try:
		content = get_pdf(record, format)
	except issued.REFUSALS:
		if "text/html" not in (frappe.get_request_header("Accept") or ""):
			raise
		show_refusal(doctype, name, format)
		return None
	frappe.local.response.update(
		{
			"type": "pdf",
			"filename": f"{name}.pdf".replace(" ", "-").replace("/", "-"),
			"filecontent": content,
		}
	)


def show_refusal(doctype: str, name: str, print_format: str) -> None:
	"""To a browser the sentence as a page, by the print view; core would answer with the JSON that is meant for scripts."""
	frappe.clear_messages()
	address = f"/printview?doctype={quoted(doctype)}&name={quoted(name)}&format={quoted(print_format)}"
	frappe.local.response.update({"type": "redirect", "location": address})


def get_pdf(doc, print_format: str) -> bytes:
	"""What was issued, else the record as it is now; raises frappe.PermissionError to whom may not print it."""
	from frappe.www.printview import validate_print_permission

	if not frappe.flags.ignore_print_permissions:
		validate_print_permission(doc)
	return issued.get_pdf(doc, print_format) or make(doc, print_format)


def is_ours(print_format: str | None, doctype: str) -> bool:
	filters = {"name": print_format, "doc_type": doctype, "module": MODULE, "standard": "Yes"}
	return bool(print_format and frappe.db.exists("Print Format", filters))


def make(doc, print_format: str) -> bytes:
	"""The record as the print view shows it; raises frappe.PermissionError to whom may not print it."""
	from frappe.www.printview import get_rendered_template

	with use_italian():
		body = get_rendered_template(
			doc, print_format=frappe.get_cached_doc("Print Format", print_format), no_letterhead=True
		)
		title = f"{_(print_format)} {doc.name}"
	return pdf.make(issued.TEMPLATE, {"title": title, "number": doc.name, "body": body}, doc)
