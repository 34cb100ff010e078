"""The decision page as a tagged PDF, A4 landscape, and its download."""

import frappe

from rtc_conciliation.documents import pdf, ranking
from rtc_conciliation.documents.downloads import asked, respond
from rtc_conciliation.documents.italian import in_italian_language
from rtc_conciliation.records.files import keep_file

TEMPLATE = "rtc_conciliation/templates/print/ranking_pdf.html"


@frappe.whitelist(methods=["GET", "POST"])
def download(ranking: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of what is not approved yet."""
	doc = asked("RTC Ranking", ranking, "print")
	respond(doc, "pdf", pdf.kept(doc) or make(doc), "application/pdf")


def make(doc) -> bytes:
	with in_italian_language():
		data = ranking.page(doc)
	return pdf.make(TEMPLATE, data, doc)


def keep(doc) -> dict:
	"""Keeps the PDF as a private file of the ranking; the values of the fields that tell of it."""
	content = make(doc)
	return {
		"pdf_file": keep_file(doc, "pdf_file", f"{doc.name}.pdf", content),
		"pdf_digest": pdf.sha256(content),
	}
