"""Files wait for the virus scanner where the site has one: `"rtc_clamd": "host:port"` or a socket's path in site_config.

What carries a virus is not kept. What could not be scanned is kept, but nobody reads it until the job of every five
minutes has scanned it. One row of RTC File Scan for each address of a file says where it stands.
"""

import hashlib
import json
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.access.files import attach_fields, is_governed
from rtc_conciliation.common import clock, mails
from rtc_conciliation.common.files import scanner
from rtc_conciliation.common.italian import use_italian

DOCTYPE = "RTC File Scan"
ADDRESS, SECONDS = "rtc_clamd", "rtc_clamd_timeout"
WAITING, CLEAN, INFECTED = "Waiting", scanner.CLEAN, scanner.INFECTED
#: of one run of the job; the next one goes on
AT_ONCE = 200


class VirusError(frappe.ValidationError):
	pass


class QuarantineError(frappe.PermissionError):
	"""The file has not been scanned yet, or carries a virus."""


def is_on() -> bool:
	return bool(frappe.conf.get(ADDRESS))


def get_verdict(content: bytes) -> scanner.Verdict:
	"""What the scanner says of `content`, asked once in a request; state Waiting where it gives no verdict."""
	known = frappe.flags.setdefault("rtc_verdicts", {})
	key = hashlib.sha256(content).hexdigest()
	if key not in known:
		try:
			known[key] = scanner.scan(frappe.conf.get(ADDRESS), content, cint(frappe.conf.get(SECONDS)) or 30)
		except scanner.ScannerError as error:
			frappe.logger("rtc_conciliation").warning(f"virus scanner: {error}")
			known[key] = scanner.Verdict(WAITING)
	return known[key]


def refuse_infected(file_name: str, content: bytes) -> None:
	if not is_on():
		return
	found = get_verdict(content)
	if found.state == INFECTED:
		frappe.throw(
			_(
				"{0} carries a virus ({1}). It was not kept: clean your computer, then send a sound file."
			).format(frappe.bold(escape_html(file_name[:140])), escape_html(found.virus)),
			VirusError,
			title=_("File Refused"),
		)


def on_insert(file, method=None) -> None:
	"""`after_insert` of File: whatever way a file comes to one of our records, it is scanned."""
	if is_governed(file.attached_to_doctype) and not file.is_folder:
		scan_file(file)


def scan_file(file) -> None:
	"""Scan `file` unless its address has been; refuses it when it carries a virus."""
	if not is_on() or frappe.db.exists(DOCTYPE, {"file_url": file.file_url}):
		return
	content = get_bytes(file)
	if content is None:
		return
	refuse_infected(file.file_name, content)
	found = get_verdict(content)
	row = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"file_name": file.file_name[:140],
			"file_url": file.file_url,
			"sha256": hashlib.sha256(content).hexdigest(),
			"state": found.state,
			"scanned_on": None if found.state == WAITING else clock.now(),
			"uploaded_by": frappe.session.user,
		}
	)
	row.db_insert()  # nobody may write these rows, whoever uploads the file


def on_trash(file, method=None) -> None:
	"""`on_trash` of File: what it was goes with the last file of that address, unless it was a virus."""
	others = frappe.db.exists("File", {"file_url": file.file_url, "name": ("!=", file.name)})
	if file.file_url and not others:
		frappe.db.delete(DOCTYPE, {"file_url": file.file_url, "state": ("!=", INFECTED)})


def get_bytes(file) -> bytes | None:
	"""Not by core's get_content, which gives text for some files."""
	try:
		return Path(file.get_full_path()).read_bytes()
	except OSError:
		return None


# -- quarantine


def is_closed(file_url: str) -> bool:
	"""May nobody read what is at this address? Without a scanner only what a scanner found before is closed."""
	states = (WAITING, INFECTED) if is_on() else (INFECTED,)
	return bool(file_url and frappe.db.exists(DOCTYPE, {"file_url": file_url, "state": ("in", states)}))


def list_closed(file_urls: list[str]) -> set[str]:
	"""Those of these addresses that nobody may read, in one query."""
	states = (WAITING, INFECTED) if is_on() else (INFECTED,)
	filters = {"file_url": ("in", file_urls or [""]), "state": ("in", states)}
	return set(frappe.get_all(DOCTYPE, filters, pluck="file_url", limit_page_length=0))


def refuse_closed(file_url: str) -> None:
	if is_closed(file_url):
		frappe.throw(
			_(
				"This file is waiting for the virus scanner and cannot be opened yet. Try again in some minutes."
			),
			QuarantineError,
			title=_("File Not Scanned Yet"),
		)


def guard_mail(queue, method=None) -> None:
	"""`before_insert` of Email Queue: an attachment would be another way to read the file."""
	for attachment in json.loads(queue.attachments or "[]"):
		if isinstance(attachment, dict):
			url = attachment.get("file_url")
			if fid := attachment.get("fid"):
				url = frappe.db.get_value("File", fid, "file_url")
			refuse_closed(url)


def refuse_to_send_infected(doc) -> None:
	"""Refuse to send `doc` with a file known to carry a virus.

	One that still waits for the scanner is sent with it: who arrives in time is not turned away because the office's
	scanner is down. It stays closed to everybody until the job has scanned it.
	"""
	urls = list(dict.fromkeys(row.get(field) for row, field in attach_fields(doc) if row.get(field)))
	if not is_on() or not urls:
		return
	known = frappe.get_all(DOCTYPE, {"file_url": ("in", urls)}, ["file_name", "file_url", "state"])
	scan_older_files(doc, set(urls) - {row.file_url for row in known})
	infected = [row.file_name for row in known if row.state == INFECTED]
	if infected:
		frappe.throw(
			[
				_("{0} carries a virus. Take it away and attach a sound file.").format(
					frappe.bold(escape_html(name))
				)
				for name in infected
			],
			VirusError,
			title=_("File Refused"),
			as_list=True,
		)


def scan_older_files(doc, urls: set[str]) -> None:
	"""Files that came before the site had a scanner."""
	filters = {"file_url": ("in", list(urls) or [""]), "attached_to_name": doc.name}
	for name in frappe.get_all("File", {**filters, "attached_to_doctype": doc.doctype}, pluck="name"):
		scan_file(frappe.get_doc("File", name))


# -- the job


def scan_waiting() -> None:
	"""Every five minutes: what waits is scanned, what carries a virus is taken away and its uploader told."""
	if not is_on():
		return
	fields = ["name", "file_name", "file_url", "state", "uploaded_by"]
	for row in frappe.get_all(DOCTYPE, {"state": WAITING}, fields, order_by="creation", limit=AT_ONCE):
		frappe.db.savepoint("scan")
		try:
			if scan_again(row) == INFECTED:
				remove_infected(row)
		except Exception:  # noqa: BLE001 (one that fails stops no other)
			frappe.db.rollback(save_point="scan")
			frappe.log_error(title=f"RTC File Scan {row.name} failed")


def scan_again(row) -> str:
	"""The new state of a row that waits, kept with it."""
	name = frappe.db.get_value("File", {"file_url": row.file_url})
	content = get_bytes(frappe.get_doc("File", name)) if name else None
	if content is None:
		frappe.db.delete(DOCTYPE, {"name": row.name})
		return CLEAN
	found = get_verdict(content)
	if found.state != WAITING:
		# the job's own note about a file: no record that anybody edits
		values = {"state": found.state, "virus": found.virus, "scanned_on": clock.now()}
		frappe.db.set_value(DOCTYPE, row.name, values, update_modified=False)
	return found.state


def remove_infected(row) -> None:
	"""Delete the file wherever it is attached, empty the fields of drafts that name it, tell who uploaded it."""
	fields = ["name", "attached_to_doctype", "attached_to_name"]
	for file in frappe.get_all("File", {"file_url": row.file_url}, fields):
		if is_governed(file.attached_to_doctype) and file.attached_to_name:
			empty_field(file, row)
		frappe.delete_doc("File", file.name, force=True)
	told = [row.uploaded_by] if row.uploaded_by and "@" in row.uploaded_by else []
	if told:
		with use_italian():
			mails.send(
				told,
				_("File refused: {0}").format(row.file_name),
				template="rtc_file_refused",
				args={"file_name": row.file_name},
			)


def empty_field(file, row) -> None:
	if not frappe.db.exists(file.attached_to_doctype, file.attached_to_name):
		return
	doc = frappe.get_doc(file.attached_to_doctype, file.attached_to_name)
	for part, fieldname in attach_fields(doc):
		if part.get(fieldname) == row.file_url and not doc.docstatus:  # what was sent stays as it was sent
			# by the job, past the locks of the record: the file is gone, whatever the record's state
			part.db_set(fieldname, None, update_modified=False)
	doc.add_comment("Info", _("{0} carried a virus and was removed.").format(escape_html(row.file_name)))
