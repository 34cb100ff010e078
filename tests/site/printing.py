"""What a print format shows, as text; and records whose every text is a script."""

import re

import frappe
from frappe.www.printview import get_html_and_style

from rtc_conciliation.common.papers import issued

TYPED = ("Data", "Small Text", "Text", "Long Text")
SCRIPT = "<script>alert('rtc')</script>"


def printed(doc, print_format: str | None = None) -> str:
	return get_html_and_style(doc.doctype, doc.name, print_format)["html"]


def drawn(doc, print_format: str) -> str:
	"""What the paper would say if it were written down now, of the record as it is."""
	doc = frappe.get_doc(doc.doctype, doc.name)
	doc.flags.written_down = True
	return issued.draw(doc, print_format)


def issued_rows(doc, kind: str) -> list:
	"""The rows of RTC Paper of `doc` and this print format, the first version first."""
	filters = {"record": doc.name, "kind": kind}
	return frappe.get_all("RTC Paper", filters, ["*"], order_by="paper_version asc")


def words(html: str) -> str:
	return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", html)))


def scripted(doc) -> None:
	"""Every text that a person can type becomes a script, past what core would sanitise."""
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.fields:
			if df.fieldtype in (*TYPED, "Text Editor") and df.fieldname not in ("digest", "workflow_state"):
				frappe.db.set_value(row.doctype, row.name, df.fieldname, f"{SCRIPT}{df.fieldname}")
	doc.reload()
