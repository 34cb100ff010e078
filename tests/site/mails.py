"""What the site has queued to be mailed."""

import re
from email import message_from_string

import frappe

LINK = re.compile(r'href="http[^"]*?(/adesione/conferma\?token=[\w-]+)"')


PARTNER_LINK = re.compile(r'href="http[^"]*?(/partenariato/conferma\?token=[\w-]+)"')


def mailed_link(member: str, recipient: str, pattern: re.Pattern = LINK) -> str:
	"""The path of the link in the last mail about the record `member`, which went to `recipient` alone."""
	frappe.db.rollback()
	queue = frappe.get_last_doc("Email Queue", {"reference_name": member})
	assert [row.recipient for row in queue.recipients] == [recipient]
	parts = message_from_string(queue.message).walk()
	text = next(part for part in parts if part.get_content_type() == "text/html")
	body = text.get_payload(decode=True).decode()
	assert pattern is not LINK or member in body
	found = pattern.search(body)
	assert found, body
	return found.group(1)
