"""A file as the answer to a request."""

import frappe


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
