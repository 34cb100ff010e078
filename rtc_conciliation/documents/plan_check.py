"""Is a frozen Plan still as it was approved?

bench --site <site> execute rtc_conciliation.documents.plan_check.verify --kwargs "{'plan': '<name>'}"
"""

import json

import frappe
from frappe import _

from rtc_conciliation.documents import canonical, pdf


class NotFrozenError(SystemExit):
	"""Ends `bench execute` with one sentence."""


def verify(plan: str) -> str:
	"""Prints one line for the data and one for the PDF; ends with an error when either differs."""
	lines, intact = check(plan)
	print("\n".join(lines))
	if not intact:
		raise NotFrozenError(_("The Plan {0} is not as it was approved.").format(plan))
	return "digest matches"


def check(plan: str) -> tuple[list[str], bool]:
	doc = frappe.get_doc("RTC Plan", plan)
	if not (doc.docstatus and doc.digest):
		raise NotFrozenError(_("The Plan {0} is not approved: nothing is frozen.").format(plan))
	content = pdf.kept(doc)
	results = [compared(_("Data"), doc.digest, data_digest(doc.snapshot))]
	if doc.pdf_file:
		found = pdf.sha256(content) if content is not None else _("the file is gone")
		results.append(compared("PDF", doc.pdf_digest, found))
	return [line for line, _same in results], all(same for _line, same in results)


def data_digest(snapshot) -> str:
	try:
		return canonical.digest(json.loads(snapshot) if isinstance(snapshot, str) else snapshot)
	except ValueError:
		return _("the data cannot be read")


def compared(what: str, kept: str | None, found: str) -> tuple[str, bool]:
	if kept == found:
		return _("{0}: digest matches ({1})").format(what, found), True
	return _("{0}: digest DIFFERS. Kept at approval: {1}. Found now: {2}.").format(
		what, kept or "—", found
	), False
