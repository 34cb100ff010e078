"""Tagged PDFs (PDF/UA-1) of our own pages, and the ones kept with an approved record."""

import hashlib
import re
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

import frappe
from bs4 import BeautifulSoup
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.common import rate_limits
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.papers.tagging import complete_tags

#: nothing is ever asked of it: it only makes the addresses of the site's own files whole
BASE = "https://site.invalid"
#: PDFs that one account, or a guest's address, may have made in ten minutes; each takes up to two seconds
MOST, MINUTES = 120, 10
#: drawings may refer to themselves without end
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


PICTURE, ALTERNATIVE = re.compile(r"(?<!<article>)<img\b[^>]*>"), re.compile(r'\balt="[^"]+"')
EMPTY_CELL = re.compile(r"<(t[dh])((?:\s[^<>]*)?)>\s*</\1>")


class OutsideAddressError(ValueError):
	pass


def make(template: str, data: dict, doc=None) -> bytes:
	"""PDF of a template and its data, in Italian whoever reads; `doc` is whose pictures it may show."""
	from weasyprint import HTML

	count_paper()
	with use_italian():
		html = set_pictures_apart(fill_cells(frappe.render_template(template, {"data": data})))
	return HTML(string=html, base_url=BASE, url_fetcher=fetch_own_files(doc)).write_pdf(
		pdf_variant="pdf/ua-1",
		finisher=lambda document, pdf: complete_tags(document, pdf, add_alternatives(html)),
	)


def fill_cells(html: str) -> str:
	"""A cell without anything in it gets a blank: WeasyPrint 59 leaves it out of the tags, and the row is too short."""
	return EMPTY_CELL.sub(r"<\1\2>&nbsp;</\1>", html)


def set_pictures_apart(html: str) -> str:
	"""A picture of the text stands alone, as charts do, and has a text in its place; one without a file goes."""
	unknown = escape_html(_("Picture without a description"))

	def alone(found: re.Match) -> str:
		picture = found[0]
		if "src=" not in picture:
			return ""
		if not ALTERNATIVE.search(picture):
			picture = picture.replace('alt=""', "").replace("<img", f'<img alt="{unknown}"', 1)
		return f"<article>{picture}</article>"

	return PICTURE.sub(alone, html)


def count_paper() -> None:
	rate_limits.count_caller("papers", MOST, MINUTES * 60)


def get_kept_pdf(doc) -> bytes | None:
	"""The PDF kept when `doc` was approved, None while it is a draft or when the file is gone."""
	if not (doc.docstatus and doc.pdf_file):
		return None
	filters = {"file_url": doc.pdf_file, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	name = frappe.db.get_value("File", filters)
	file = name and frappe.get_doc("File", name)
	if not file or not file.exists_on_disk():
		return None
	return Path(file.get_full_path()).read_bytes()


def fetch_own_files(doc):
	"""The only addresses a page may load: its drawings, and pictures of this site that its reader may see."""
	from weasyprint import default_url_fetcher

	def fetch(url: str, *args, **kwargs) -> dict:
		if url.startswith("data:image/"):
			return default_url_fetcher(url, *args, **kwargs)
		path = unquote(url.removeprefix(BASE))
		name = url.startswith(f"{BASE}/") and frappe.db.get_value("File", {"file_url": path})
		if not name:
			raise OutsideAddressError(f"{url} is no picture of this site")
		mime_type = guess_type(path)[0]
		if mime_type not in PICTURES:
			raise OutsideAddressError(f"{url} is no picture that is shown on paper")
		file = frappe.get_doc("File", name)
		if not own(file, doc):
			file.check_permission("read")
		return {"string": Path(file.get_full_path()).read_bytes(), "mime_type": mime_type}

	return fetch


def own(file, doc) -> bool:
	return bool(doc) and (file.attached_to_doctype, file.attached_to_name) == (doc.doctype, doc.name)


def add_alternatives(html: str) -> list[str]:
	"""The text alternatives of the charts and codes, in their order."""
	return [image.get("alt", "") for image in BeautifulSoup(html, "html.parser").select("article > img")]


def sha256(content: bytes) -> str:
	return hashlib.sha256(content).hexdigest()
