"""A file as the answer to a request."""

import frappe


def asked(doctype: str, name: str, *permissions: str):
	"""The record, if the user may read it and has `permissions`."""
	doc = frappe.get_doc(doctype, name)
	for permission in ("read", *permissions):
		doc.check_permission(permission)
	return doc


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
