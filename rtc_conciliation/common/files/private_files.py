"""Files as they leave the site: never shown inside the browser, never before the virus scanner saw them.

Core shows PDFs and pictures inside its own address, with the reader's session; what people send is downloaded.
"""

import json
from urllib.parse import quote

import frappe

from rtc_conciliation.access import files as access
from rtc_conciliation.common.files import scans
from rtc_conciliation.rules.plain_text import as_typed

BEGINNING = "/private/files/"
#: core's methods that give the bytes of a file, and of several
METHODS, MANY = ("download_file",), ("zip_files", "unzip_file")
#: one that adds files to any record, and asks nothing
ADDING = ("add_attachments",)


def guard_request() -> None:
	"""`before_request`: a file in quarantine is closed to everybody, by address and by method."""
	path, command = frappe.request.path, str(frappe.form_dict.get("cmd") or "")
	if path.startswith(BEGINNING):
		refuse_likeness(path)
		scans.refuse_closed(path)
	elif path.endswith(METHODS) or command.endswith(METHODS):
		scans.refuse_closed(str(frappe.form_dict.get("file_url") or ""))
	elif path.endswith(MANY) or command.endswith(MANY):
		guard_many(frappe.form_dict.get("files") or frappe.form_dict.get("name"))
	elif path.endswith(ADDING) or command.endswith(ADDING):
		guard_adding(frappe.form_dict.get("doctype"), frappe.form_dict.get("name"))


def refuse_likeness(path: str) -> None:
	"""MariaDB finds the row of another address that differs in capitals or accents, core then sends what is at this."""
	fields = ["owner", "file_url", "is_private", "attached_to_doctype", "attached_to_name"]
	found = frappe.get_all("File", {"file_url": path}, fields)
	exact = [row for row in found if row.file_url == path]
	if len(exact) < len(found) and not any(access.may_read(row, frappe.session.user) for row in exact):
		raise frappe.PermissionError


def guard_many(named) -> None:
	"""Core asks its own rule only, or nobody."""
	for name in parse_names(named):
		address = frappe.db.get_value("File", name, "file_url") if isinstance(name, str) else None
		if address:
			frappe.has_permission("File", "read", doc=name, throw=True)
			scans.refuse_closed(address)


def guard_adding(doctype, name) -> None:
	known = isinstance(doctype, str) and isinstance(name, str) and frappe.db.exists("DocType", doctype)
	if not known or not frappe.db.exists(doctype, name):
		raise frappe.PermissionError
	frappe.has_permission(doctype, "write", doc=name, throw=True)


def get_named_answer(address: str) -> str:
	"""What the reader of the file at `address` is to find in their folder: the name of the row that lets them read it."""
	fields = ["file_name", "owner", "file_url", "is_private", "attached_to_doctype", "attached_to_name"]
	rows = frappe.get_all("File", {"file_url": address, "is_folder": 0}, fields, order_by="creation asc")
	user = frappe.session.user
	own = next((row for row in rows if row.file_url == address and access.may_read(row, user)), None)
	return as_typed(own.file_name) if own and own.file_name else address.rsplit("/", 1)[-1]


def parse_names(named) -> list:
	"""One name, several, or several as JSON."""
	if isinstance(named, str) and named.startswith("["):
		try:
			named = json.loads(named)
		except ValueError:
			return []
	return named if isinstance(named, list) else [named]


def serve_as_attachment(response=None, request=None) -> None:
	"""`after_request`: private files are downloads, and no download is taken for what it does not say."""
	if not response or not request or response.status_code not in (200, 206):
		return
	if request.path.startswith(BEGINNING):
		name = get_named_answer(request.path)
		response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
		response.headers["Cache-Control"] = "private, no-store"
	if "Content-Disposition" in response.headers:
		response.headers["X-Content-Type-Options"] = "nosniff"
