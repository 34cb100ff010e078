"""Is an application still as it was sent, and its files?

bench --site <site> execute rtc_conciliation.applications.content_check.verify --kwargs "{'application': '<name>'}"
"""

import hashlib
import hmac

import frappe
from frappe import _

from rtc_conciliation.applications import receipts
from rtc_conciliation.common import kept_names
from rtc_conciliation.common.files.records import get_content
from rtc_conciliation.common.papers import canonical
from rtc_conciliation.rules.names import get_name_now
from rtc_conciliation.rules.plain_text import means_the_same

DOCTYPE = "RTC Application"
MATCHES, DIFFERS, CHANGED, FILE_CHANGED = "matches", "differs", "changed", "file changed"


class NotAsSentError(SystemExit):
	"""Ends `bench execute` with one sentence."""


def verify(application: str) -> str:
	"""Prints a line for the receipt, the data and each file; ends with an error when one differs."""
	doc = frappe.get_doc(DOCTYPE, application)
	kept = receipts.sent_content(doc)
	if not (doc.docstatus and doc.digest and kept):
		raise NotAsSentError(_("{0} was not sent: there is nothing to compare.").format(application))
	data, files = changed_fields(doc, kept), changed_files(doc, kept)
	print(line(_("Digest"), canonical.digest(kept) == doc.digest))
	print(line(_("Data"), not data, ", ".join(data)))
	for file in kept[receipts.FILES]:
		print(line(file["name"], file["file"] not in files))
	if check(doc) != MATCHES:
		raise NotAsSentError(_("The application {0} is not as it was sent.").format(application))
	return "digest matches"


def line(what: str, same: bool, where: str = "") -> str:
	return f"{what}: " + (_("as it was sent") if same else f"{_('DIFFERS')} {where}".strip())


def verify_receipt(number: str, digest: str) -> str:
	"""What a number and a digest say together. Without a receipt that has both, nothing is told of any application."""
	kept = frappe.db.get_value(DOCTYPE, {"name": number, "docstatus": (">", 0)}, "digest") or ""
	if not kept or not hmac.compare_digest(kept, digest):
		return DIFFERS
	return check(frappe.get_doc(DOCTYPE, number))


def check(doc) -> str:
	"""MATCHES, CHANGED when a value or the kept content differs, FILE_CHANGED when only a file does."""
	kept = receipts.sent_content(doc)
	if kept is None or canonical.digest(kept) != doc.digest or changed_fields(doc, kept):
		return CHANGED
	return FILE_CHANGED if changed_files(doc, kept) else MATCHES


def changed_fields(doc, kept: dict) -> list[str]:
	"""Fields that are not as they were sent; those that the app has got since then are not compared. What they link to
	is compared by the names of then."""
	now = {"name": doc.name, **canonical.content(doc, receipts.get_outside(doc))}
	renames = kept_names.list_renames_since(doc.sent_on)
	then = with_names_of_today(doc.meta, kept, renames) if renames else kept
	return [
		field
		for field, value in then.items()
		if field != receipts.FILES and not is_same(value, now.get(field))
	]


def with_names_of_today(meta, kept: dict, renames: dict[str, list[tuple[str, str]]]) -> dict:
	"""`kept` with the names that its links have today: who is renamed after the sending changes nothing that was sent."""
	named = dict(kept)
	for df in meta.get_link_fields():
		if named.get(df.fieldname):
			named[df.fieldname] = get_name_now(named[df.fieldname], renames.get(df.options, ()))
	for df in meta.get_table_fields():
		if isinstance(named.get(df.fieldname), list):
			rows = frappe.get_meta(df.options)
			named[df.fieldname] = [with_names_of_today(rows, row, renames) for row in named[df.fieldname]]
	return named


def is_same(kept, now) -> bool:
	if not isinstance(kept, list):
		return means_the_same(kept, now)
	if not isinstance(now, list) or len(kept) != len(now):
		return False
	return all(
		means_the_same(value, row.get(field))
		for old, row in zip(kept, now, strict=True)
		for field, value in old.items()
	)


def changed_files(doc, kept: dict) -> list[str]:
	"""Addresses of the files that are gone or have other bytes."""
	changed = []
	for file in kept[receipts.FILES]:
		found = get_content(doc, file["file"])
		if found is None or hashlib.sha256(found[1]).hexdigest() != file["sha256"]:
			changed.append(file["file"])
	return changed
