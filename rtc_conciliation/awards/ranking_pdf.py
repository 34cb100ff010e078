"""The decision page as a tagged PDF, A4 landscape, and its download."""

from rtc_conciliation.awards import decision_page as ranking
from rtc_conciliation.common import kept_names
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import issued, pdf, print_data
from rtc_conciliation.common.papers.downloads import get_readable, respond

TEMPLATE = "rtc_conciliation/templates/awards/ranking_pdf.html"
DECISION = "RTC Ranking"


def download_decision(ranking: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of what is not approved yet."""
	doc = get_readable("RTC Ranking", ranking, "print")
	respond(doc, "pdf", pdf.get_kept_pdf(doc) or make(doc), "application/pdf")


def make(doc, stamp: str = "") -> bytes:
	with use_italian():
		data = ranking.make_page(doc)
		header = print_data.make_header(kept_names.get_issuer(doc, "Approved"))
	return pdf.make(TEMPLATE, {**data, "header": header, "stamp": stamp}, doc)


def keep_pdf(doc) -> dict:
	"""Keeps the PDF as a private file of the ranking; the values of the fields that tell of it."""
	return issued.keep_made(doc, DECISION, doc.digest, f"{doc.name}.pdf", lambda stamp: make(doc, stamp))
