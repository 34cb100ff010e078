"""A file as the answer to a request."""

import frappe
from frappe.utils import quoted


def get_readable(doctype: str, name: str, *permissions: str):
	"""The record, if the user may read it and has `permissions`."""
	doc = frappe.get_doc(doctype, name)
	for permission in ("read", *permissions):
		doc.check_permission(permission)
	return doc


def get_pdf_address(doctype: str, name: str, print_format: str) -> str:
	"""Where core gives the print format of a record as PDF."""
	return (
		"/api/method/frappe.utils.print_format.download_pdf"
		f"?doctype={quoted(doctype)}&name={quoted(name)}&format={quoted(print_format)}"
	)


def respond(doc, extension: str, content: bytes, content_type: str) -> None:
	frappe.local.response.update(
		{
			"type": "download",
			"filename": f"{doc.name}-v{doc.get('plan_version') or 1}.{extension}",
			"filecontent": content,
			"content_type": content_type,
			"display_content_as": "attachment",
		}
	)
