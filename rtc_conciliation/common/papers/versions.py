"""The papers that a record has issued, for its form, and a new version of one for a good reason."""

import frappe
from frappe import _

from rtc_conciliation.common.italian import rtc_day, rtc_minute
from rtc_conciliation.common.papers import issued, kinds
from rtc_conciliation.common.papers.downloads import get_pdf_address
from rtc_conciliation.rules.plain_text import as_typed, disarm

MANAGER = "RTC Manager"
LONGEST = 500


class NoReasonError(frappe.ValidationError):
	pass


def list_papers(doctype: str, name: str) -> dict:
	"""{"papers": [{"kind", "title", "version", "issued_on", "made_on", "reason", "code", "file"}], "may_reissue"}.

	`file`: where to open it. The last versions first.
	"""
	doc = get_record(doctype, name)
	rows = issued.list_versions(doc)
	last = {row.kind: row.paper_version for row in reversed(rows)}
	names = [row.file for row in rows if row.file] or [""]
	found = frappe.get_all("File", {"name": ("in", names)}, ["name", "file_url"], limit_page_length=0)
	addresses = {file.name: file.file_url for file in found}
	return {
		"may_reissue": MANAGER in frappe.get_roles(),
		"papers": [
			{
				"kind": row.kind,
				"title": _(row.kind),
				"version": row.paper_version,
				"issued_on": rtc_day(row.issued_on),
				"made_on": rtc_minute(row.made_on),
				"reason": as_typed(row.reason or ""),
				"code": issued.show_code(row.code),
				"file": addresses.get(row.file) or get_address(doc, row, last),
				"own_pages": is_own_pages(row.kind, doctype),
			}
			for row in rows
		],
	}


def get_address(doc, row, last: dict[str, int]) -> str:
	"""Where the file is made that is not there yet: of the last version only."""
	return get_pdf_address(doc.doctype, doc.name, row.kind) if row.paper_version == last[row.kind] else ""


def is_own_pages(kind: str, doctype: str) -> bool:
	"""The Plan and the ranking are frozen with their record: of them no new version is made."""
	found = kinds.get_kind(kind, doctype)
	return not found or found.own_pages


def reissue_paper(doctype: str, name: str, kind: str, reason: str) -> int:
	if MANAGER not in frappe.get_roles():
		frappe.throw(
			_("Only the {0} has a paper made anew.").format(frappe.bold(_(MANAGER))),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	if is_own_pages(kind, doctype):
		raise frappe.PermissionError(kind)
	doc = get_record(doctype, name)
	reason = disarm(" ".join(reason.split()))[:LONGEST]
	if not reason:
		frappe.throw(
			_("Write why the paper is made anew: the reason stands on the new version."),
			NoReasonError,
			title=_("Reason Missing"),
		)
	return issued.reissue(doc, kind, reason).paper_version


def get_record(doctype: str, name: str):
	"""The record, if it issues papers and the reader may read and print it."""
	if not kinds.list_kinds(doctype):
		raise frappe.PermissionError(doctype)
	doc = frappe.get_doc(doctype, name)
	for permission in ("read", "print"):
		doc.check_permission(permission)
	return doc
