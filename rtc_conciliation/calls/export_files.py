"""All sent applications of a call in one ZIP: a workbook with a sheet for each table, and every file beside it.

Nothing is held in memory but the rows of a few applications at a time: the workbook is written row by row, files go
from the disk into the archive piece by piece. What waits for the virus scanner stays out and is listed.
"""

import os
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from rtc_conciliation.access.files import ATTACH
from rtc_conciliation.common.files import scans
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import spreadsheets
from rtc_conciliation.common.papers.canonical import NOT_CONTENT

DOCTYPE = "RTC Application"
#: what only programs read, and what others than the applicant write about them
LEFT_OUT = frozenset(
	"naming_series client_key unread_values findings blocking_findings sent_content amended_from currency confirmation_digest "
	"confirmation_expires_on acceptance_reminded_on acceptance_expiry_notified_on".split()
)
#: applications whose rows are read together
AT_ONCE = 100
UNSAFE = re.compile(r"[^\w.\- ]+")
LONGEST_NAME = 100


def write(call: str, target: Path, with_files: bool, progress: Callable[[int], None]) -> dict:
	"""Writes the archive; {"applications", "files", "left_out"}. What the session's user may not read is not in it.

	`progress` is told the percentage that is done.
	"""
	names = frappe.get_list(
		DOCTYPE,
		filters={"call": call, "docstatus": 1},
		pluck="name",
		order_by="sent_on asc, name asc",
		limit_page_length=0,
	)
	files, left_out = 0, []
	with use_italian(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
		with tempfile.NamedTemporaryFile(suffix=".xlsx") as book:
			spreadsheets.save_workbook(tables(names), book.name)
			archive.write(book.name, "domande.xlsx")
		progress(20 if with_files else 90)
		for number, name in enumerate(names if with_files else [], 1):
			added, missing = add_files(archive, name)
			files, left_out = files + added, left_out + missing
			progress(20 + 75 * number // len(names))
		if left_out:
			columns = [
				("application", _("Application")),
				("file", _("File")),
				("why", _("Why it is left out")),
			]
			content = spreadsheets.make_workbook({_("Files left out"): (columns, left_out)})
			archive.writestr("file-esclusi.xlsx", content)
	return {"applications": len(names), "files": files, "left_out": len(left_out)}


# -- the workbook


def tables(names: list[str]) -> dict[str, spreadsheets.Table]:
	meta = frappe.get_meta(DOCTYPE)
	made = {
		_("Applications"): (
			columns(meta, ("name", _("Number"))),
			list_applications(DOCTYPE, meta, names, "name"),
		)
	}
	for df in meta.get_table_fields():
		rows = frappe.get_meta(df.options)
		made[_(df.label)] = (
			columns(rows, ("parent", _("Application"))),
			list_applications(df.options, rows, names, "parent"),
		)
	return made


def columns(meta, first: tuple[str, str]) -> list[tuple[str, str]]:
	return [first, *((df.fieldname, _(df.label)) for df in list_content_fields(meta))]


def list_content_fields(meta) -> list:
	return [
		df
		for df in meta.fields
		if df.fieldtype not in NOT_CONTENT
		and df.fieldtype not in ("Table", "Table MultiSelect")
		and df.fieldname not in LEFT_OUT
		and df.label
		and not df.permlevel
	]


def list_applications(doctype: str, meta, names: list[str], key: str) -> Iterator[dict]:
	fields = list_content_fields(meta)
	order = "sent_on asc, name asc" if key == "name" else "parent asc, idx asc"
	for start in range(0, len(names), AT_ONCE):
		rows = frappe.get_all(
			doctype,
			filters={key: ("in", names[start : start + AT_ONCE])},
			fields=[key, *(df.fieldname for df in fields)],
			order_by=order,
			limit_page_length=0,
		)
		for row in rows:
			yield {key: row[key], **{df.fieldname: format_value(row[df.fieldname], df) for df in fields}}


def format_value(value, df):
	if df.fieldtype == "Check":
		return _("Yes") if value else _("No")
	if value in (None, ""):
		return None
	if df.fieldtype in ("Currency", "Percent", "Float"):
		return Decimal(str(value))
	if df.fieldtype == "Date":
		return getdate(value)
	if df.fieldtype == "Datetime":
		return get_datetime(value).replace(tzinfo=None)
	if df.fieldtype == "Select" or df.options == "Workflow State":
		return _(value)
	return value


# -- the files


def add_files(archive: zipfile.ZipFile, name: str) -> tuple[int, list[dict]]:
	"""(files added, [{"application", "file", "why"}] of those left out) of an application."""
	filters = {"attached_to_doctype": DOCTYPE, "attached_to_name": name, "is_folder": 0}
	found = frappe.get_all("File", filters, ["name", "file_name", "file_url"], order_by="creation asc")
	named = list_files(name)
	closed = scans.list_closed(list(named))
	added, left_out = 0, []
	for number, url in enumerate(named, 1):
		file = next((one for one in found if one.file_url == url), None)
		title = file.file_name if file else url.rsplit("/", 1)[-1]
		if url in closed:
			left_out.append(
				{"application": name, "file": title, "why": _("not scanned for viruses, or infected")}
			)
		elif not file or not copy(archive, file, f"{safe(name)}/{number:02d} {safe(title)}"):
			left_out.append({"application": name, "file": title, "why": _("not on the site any more")})
		else:
			added += 1
	return added, left_out


def list_files(name: str) -> dict[str, None]:
	"""Addresses of the files that an application and its rows name, in the order of the form."""
	doc = frappe.get_doc(DOCTYPE, name)
	urls = {}
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			if df.fieldtype in ATTACH and row.get(df.fieldname):
				urls[row.get(df.fieldname)] = None
	return urls


def copy(archive: zipfile.ZipFile, file, path: str) -> bool:
	try:
		source = open(frappe.get_doc("File", file.name).get_full_path(), "rb")  # noqa: SIM115
	except (OSError, frappe.ValidationError):  # core refuses some names
		return False
	with source, archive.open(path, "w", force_zip64=True) as target:
		shutil.copyfileobj(source, target)
	return True


def safe(name: str) -> str:
	"""A name that every system can unpack, and that leads out of no folder."""
	text = UNSAFE.sub("_", unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])).strip(
		" ."
	)
	stem, extension = os.path.splitext(text)
	return stem[: LONGEST_NAME - len(extension)].strip(" .") + extension[:10] or "file"
