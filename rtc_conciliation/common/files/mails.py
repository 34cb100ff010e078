"""Mails carry no file by its path: core puts into a mail whatever `embed="…"` names on the server."""

import re

EMBED = re.compile(r"\bembed\s*=", re.IGNORECASE)


def guard(doc, method=None) -> None:
	"""`validate` of Communication: what a person wrote names no path."""
	if doc.content and EMBED.search(doc.content):
		doc.content = EMBED.sub("data-embed=", doc.content)
