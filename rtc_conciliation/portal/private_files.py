"""Private files as they leave the site: never shown inside the browser, never before the virus scanner saw them.

Core shows PDFs and pictures inside its own address, with the reader's session; what strangers send is downloaded.
"""

from urllib.parse import quote

import frappe

from rtc_conciliation.access.files import GOVERNED
from rtc_conciliation.records import scans

BEGINNING = "/private/files/"
#: core's methods that give the bytes of a file
METHODS = ("download_file",)


def guard_request() -> None:
	"""`before_request`: a file in quarantine is closed to everybody, by address and by method."""
	path = frappe.request.path
	if path.startswith(BEGINNING):
		scans.refuse_closed(path)
	elif path.endswith(METHODS) or str(frappe.form_dict.get("cmd") or "").endswith(METHODS):
		scans.refuse_closed(str(frappe.form_dict.get("file_url") or ""))


def as_attachment(response=None, request=None) -> None:
	"""`after_request`: files of our records, and what an applicant has just uploaded, are downloads."""
	if not response or not request or not request.path.startswith(BEGINNING) or response.status_code != 200:
		return
	if is_ours(request.path):
		name = request.path.rsplit("/", 1)[-1]
		response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
		response.headers["X-Content-Type-Options"] = "nosniff"
		response.headers["Cache-Control"] = "private, no-store"


def is_ours(path: str) -> bool:
	files = frappe.get_all("File", {"file_url": path}, ["attached_to_doctype", "owner"])
	return any(
		file.attached_to_doctype in GOVERNED
		or (not file.attached_to_doctype and not comes_from_staff(file.owner))
		for file in files
	)


def comes_from_staff(user: str) -> bool:
	return frappe.get_cached_value("User", user, "user_type") == "System User"
