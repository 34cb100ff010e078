"""Mails carry no file by its path: core puts into a mail whatever `embed="…"` names on the server."""

import re

EMBED = re.compile(r"\bembed(\s*=)", re.IGNORECASE)
#: of Communication, Comment and Notification Log, all of which core mails as they are
FIELDS = ("content", "email_content")


def guard(doc, method=None) -> None:
	"""`validate`: what a person wrote names no path."""
	for field in FIELDS:
		if isinstance(doc.get(field), str):
			doc.set(field, EMBED.sub(r"data-path\1", doc.get(field)))
