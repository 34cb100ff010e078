"""The Plan as a tagged PDF (PDF/UA-1) for the Region and the public, and its download."""

import frappe

from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers import issued, pdf
from rtc_conciliation.common.papers.downloads import get_readable, respond
from rtc_conciliation.plan import papers

TEMPLATE = "rtc_conciliation/templates/plan/pdf.html"
#: members, and ten times the projects, above which the PDF is made by a job
LONG = 500


def download_pdf(plan: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of the draft."""
	doc = get_readable("RTC Plan", plan, "print")
	content = pdf.get_kept_pdf(doc)
	if not content:
		with use_italian():
			content = make_pdf(papers.rtc_plan_paper(doc), doc)
	respond(doc, "pdf", content, "application/pdf")


def make_pdf(data: dict, doc=None) -> bytes:
	"""PDF of the data of `papers.rtc_plan_paper`."""
	return pdf.make(TEMPLATE, data, doc)


def keep_pdf(doc) -> dict:
	"""Keeps the PDF of the frozen data as a private file of the Plan; the values of the fields that tell of it."""
	data = papers.rtc_plan_paper(doc)
	name = f"{doc.name}-v{doc.plan_version}.pdf"
	return issued.keep_made(
		doc, papers.PLAN, doc.digest, name, lambda stamp: make_pdf({**data, "stamp": stamp}, doc)
	)


def is_long(data: dict) -> bool:
	"""Would its pages take longer than a request may? About a second of work for 50 members or 5 projects."""
	return data["composition"]["total"] + 10 * len(data["projects"]) > LONG


def enqueue(plan: str) -> None:
	frappe.enqueue(
		"rtc_conciliation.plan.pdf.keep_later",
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		job_id=f"rtc_plan_pdf_{plan}",
		deduplicate=True,
		plan=plan,
	)


def keep_later(plan: str) -> None:
	"""The job after the approval of a long Plan: made of the frozen data, so nothing can have changed meanwhile."""
	doc = frappe.get_doc("RTC Plan", plan)
	if doc.docstatus and not doc.pdf_file:
		doc.db_set(keep_pdf(doc), update_modified=False, notify=True)
