"""Every whitelisted method of the Plan. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.plan import deadline, docx, pdf, versions, xlsx


@frappe.whitelist(methods=["GET", "POST"])
def download_pdf(plan: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of the draft."""
	pdf.download_pdf(plan)


@frappe.whitelist(methods=["GET", "POST"])
def download_docx(plan: str) -> None:
	docx.download_docx(plan)


@frappe.whitelist(methods=["GET", "POST"])
def download_xlsx(plan: str) -> None:
	xlsx.download_xlsx(plan)


@frappe.whitelist()
def compare_versions(before: str, after: str) -> str:
	"""HTML of what changed from one Plan to another; a draft is taken as it stands now."""
	return versions.compare_versions(before, after)


@frappe.whitelist()
def get_days_left() -> dict | str:
	"""For the number card: days to the next deadline, below zero once it has passed; words when none is left."""
	return deadline.get_days_left()
