"""The decision page as a tagged PDF, A4 landscape, and its download."""

from rtc_conciliation.awards import decision_page as ranking
from rtc_conciliation.common.files.records import keep_file
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import pdf
from rtc_conciliation.common.papers.downloads import get_readable, respond

TEMPLATE = "rtc_conciliation/templates/awards/ranking_pdf.html"


def download_decision(ranking: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of what is not approved yet."""
	doc = get_readable("RTC Ranking", ranking, "print")
	respond(doc, "pdf", pdf.get_kept_pdf(doc) or make(doc), "application/pdf")


def make(doc) -> bytes:
	with use_italian():
		data = ranking.make_page(doc)
	return pdf.make(TEMPLATE, data, doc)


def keep_pdf(doc) -> dict:
	"""Keeps the PDF as a private file of the ranking; the values of the fields that tell of it."""
	content = make(doc)
	return {
		"pdf_file": keep_file(doc, "pdf_file", f"{doc.name}.pdf", content),
		"pdf_digest": pdf.sha256(content),
	}
