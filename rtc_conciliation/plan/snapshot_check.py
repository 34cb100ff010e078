"""Is a frozen Plan still as it was approved?

bench --site <site> execute rtc_conciliation.plan.snapshot_check.verify_plan --kwargs "{'plan': '<name>'}"
"""

import frappe
from frappe import _

from rtc_conciliation.common.papers import pdf
from rtc_conciliation.common.papers.snapshot_check import NotFrozenError, compare_digests, get_data_digest


def verify_plan(plan: str) -> str:
	"""Prints one line for the data and one for the PDF; ends with an error when either differs."""
	lines, intact = check_plan(plan)
	print("\n".join(lines))
	if not intact:
		raise NotFrozenError(_("The Plan {0} is not as it was approved.").format(plan))
	return "digest matches"


def check_plan(plan: str) -> tuple[list[str], bool]:
	doc = frappe.get_doc("RTC Plan", plan)
	if not (doc.docstatus and doc.digest):
		raise NotFrozenError(_("The Plan {0} is not approved: nothing is frozen.").format(plan))
	content = pdf.get_kept_pdf(doc)
	results = [compare_digests(_("Data"), doc.digest, get_data_digest(doc.snapshot))]
	if doc.pdf_file:
		found = pdf.sha256(content) if content is not None else _("the file is gone")
		results.append(compare_digests("PDF", doc.pdf_digest, found))
	return [line for line, _same in results], all(same for _line, same in results)
