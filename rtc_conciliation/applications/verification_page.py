"""The page on which anybody who holds a receipt checks it: number and digest, nothing else is told."""

import re

import frappe
from frappe import _
from frappe.utils import get_url

from rtc_conciliation.applications import content_check
from rtc_conciliation.common.rate_limits import count

ROUTE = "verifica"
TEMPLATE = "rtc_conciliation/templates/applications/verification.html"
DIGEST = re.compile(r"[0-9a-f]{64}")


def render_page() -> tuple[str, int]:
	"""(HTML, status): GET shows the form, filled in from the address; POST checks."""
	form = frappe.form_dict
	number = " ".join(str(form.get("numero") or "").split())[:140].upper()
	digest = "".join(str(form.get("impronta") or "").split())[:200].lower()
	result = ""
	if frappe.request.method == "POST":
		count("verification", 30, 600)
		result = check_receipt(number, digest)
	html = frappe.render_template(
		TEMPLATE,
		{
			"title": _("Check a Receipt"),
			"number": number,
			"digest": digest,
			"result": result,
			"canonical": get_url(f"/{ROUTE}"),
			"csrf_token": frappe.session.data.get("csrf_token") or "",
			"language": frappe.local.lang,
		},
	)
	return html, 200


def check_receipt(number: str, digest: str) -> str:
	if not number or not DIGEST.fullmatch(digest):
		return "incomplete"
	return content_check.verify_receipt(number, digest)


PAGES = {ROUTE: render_page}


def list_addresses() -> list[str]:
	return [ROUTE]
