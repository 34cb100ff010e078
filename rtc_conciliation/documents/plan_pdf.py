"""The Plan as a tagged PDF (PDF/UA-1) for the Region and the public, and its download."""

import hashlib
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

import frappe
from bs4 import BeautifulSoup

from rtc_conciliation.documents import papers
from rtc_conciliation.documents.downloads import asked, respond
from rtc_conciliation.documents.italian import in_italian_language
from rtc_conciliation.documents.tagging import complete_tags
from rtc_conciliation.records.files import keep_file

TEMPLATE = "rtc_conciliation/templates/print/plan_pdf.html"
#: nothing is ever asked of it: it only makes the addresses of the site's own files whole
BASE = "https://site.invalid"
#: members, and ten times the projects, above which the PDF is made by a job
LONG = 500


class OutsideAddressError(ValueError):
	pass


@frappe.whitelist(methods=["GET", "POST"])
def download(plan: str) -> None:
	"""The PDF: the one kept at approval, or a fresh one of the draft."""
	doc = asked("RTC Plan", plan, "print")
	content = kept(doc)
	if not content:
		with in_italian_language():
			content = make(papers.rtc_plan_paper(doc), doc)
	respond(doc, "pdf", content, "application/pdf")


def kept(doc) -> bytes | None:
	"""The approved PDF of a Plan, None while it is a draft or when the file is gone."""
	if not (doc.docstatus and doc.pdf_file):
		return None
	name = frappe.db.get_value(
		"File", {"file_url": doc.pdf_file, "attached_to_doctype": "RTC Plan", "attached_to_name": doc.name}
	)
	file = name and frappe.get_doc("File", name)
	if not file or not file.exists_on_disk():
		return None
	return Path(file.get_full_path()).read_bytes()


def make(data: dict, doc=None) -> bytes:
	"""PDF of the data of `papers.rtc_plan_paper`, in Italian whoever reads; `doc` is whose pictures it may show."""
	from weasyprint import HTML

	with in_italian_language():
		html = frappe.render_template(TEMPLATE, {"data": data})
	return HTML(string=html, base_url=BASE, url_fetcher=own_files(doc)).write_pdf(
		pdf_variant="pdf/ua-1", finisher=lambda _document, pdf: complete_tags(pdf, alternatives(html))
	)


def keep(doc) -> dict:
	"""Keeps the PDF of the frozen data as a private file of the Plan; the values of the fields that tell of it."""
	content = make(papers.rtc_plan_paper(doc), doc)
	name = f"{doc.name}-v{doc.plan_version}.pdf"
	return {"pdf_file": keep_file(doc, "pdf_file", name, content), "pdf_digest": sha256(content)}


def is_long(data: dict) -> bool:
	"""Would its pages take longer than a request may? About a second of work for 50 members or 5 projects."""
	return data["composition"]["total"] + 10 * len(data["projects"]) > LONG


def enqueue(plan: str) -> None:
	frappe.enqueue(
		"rtc_conciliation.documents.plan_pdf.keep_later",
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
		doc.db_set(keep(doc), update_modified=False, notify=True)


def own_files(doc):
	"""The only addresses a Plan may load: its drawings, and pictures of this site that its reader may see."""
	from weasyprint import default_url_fetcher

	def fetch(url: str, *args, **kwargs) -> dict:
		if url.startswith("data:image/"):
			return default_url_fetcher(url, *args, **kwargs)
		path = unquote(url.removeprefix(BASE))
		name = url.startswith(f"{BASE}/") and frappe.db.get_value("File", {"file_url": path})
		if not name:
			raise OutsideAddressError(f"{url} is no picture of this site")
		file = frappe.get_doc("File", name)
		if not own(file, doc):
			file.check_permission("read")
		return {
			"string": Path(file.get_full_path()).read_bytes(),
			"mime_type": guess_type(path)[0] or "application/octet-stream",
		}

	return fetch


def own(file, doc) -> bool:
	return bool(doc) and (file.attached_to_doctype, file.attached_to_name) == ("RTC Plan", doc.name)


def alternatives(html: str) -> list[str]:
	"""The text alternatives of the charts, in their order."""
	return [image.get("alt", "") for image in BeautifulSoup(html, "html.parser").select("img.rtc-chart")]


def sha256(content: bytes) -> str:
	return hashlib.sha256(content).hexdigest()
