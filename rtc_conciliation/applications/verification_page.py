"""The page on which anybody who holds a paper checks it, by its code or by number and digest: nothing private is told."""

import re

import frappe
from frappe import _
from frappe.utils import get_url

from rtc_conciliation.applications import content_check
from rtc_conciliation.common.papers import issued
from rtc_conciliation.common.rate_limits import count

ROUTE = "verifica"
TEMPLATE = "rtc_conciliation/templates/applications/verification.html"
DIGEST = re.compile(r"[0-9a-f]{64}")
CODE_LETTERS, LONGEST_CODE = re.compile(r"[A-Z0-9]"), 16


def render_page() -> tuple[str, int]:
	"""(HTML, status): GET shows the form, filled in from the address; POST checks, and so does the code of a QR."""
	form = frappe.form_dict
	code = "".join(CODE_LETTERS.findall(str(form.get("codice") or "").upper()))[:LONGEST_CODE]
	number = " ".join(str(form.get("numero") or "").split())[:140].upper()
	digest = "".join(str(form.get("impronta") or "").split())[:200].lower()
	result, paper = "", None
	if frappe.request.method == "POST" or code:
		count("verification", 30, 600)
		result, paper = check(code, number, digest)
	html = frappe.render_template(
		TEMPLATE,
		{
			"title": _("Check a Paper"),
			"code": code,
			"paper": paper,
			"number": number,
			"digest": digest,
			"result": result,
			"canonical": get_url(f"/{ROUTE}"),
			"csrf_token": frappe.session.data.get("csrf_token") or "",
			"language": frappe.local.lang,
		},
	)
	return html, 200


def check(code: str, number: str, digest: str) -> tuple[str, dict | None]:
	"""(word for the template, the paper where one was found)."""
	if code:
		paper = issued.find_for_everybody(code=code)
		return ("paper" if paper else "no paper"), paper
	if DIGEST.fullmatch(digest) and (paper := issued.find_for_everybody(digest=digest, record=number)):
		return "paper", paper
	return check_receipt(number, digest), None


def check_receipt(number: str, digest: str) -> str:
	if not number or not DIGEST.fullmatch(digest):
		return "incomplete"
	return content_check.verify_receipt(number, digest)


PAGES = {ROUTE: render_page}


def list_addresses() -> list[str]:
	return [ROUTE]
