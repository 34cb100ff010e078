"""What the official papers show, prepared for their templates: plain data, no query left to them.

Texts come unescaped; the templates escape them. Papers are in Italian: `print_in_italian` sees to it.
"""

import frappe
from frappe import _

from rtc_conciliation.common import ats, kept_names
from rtc_conciliation.common.papers import fields


def print_in_italian(doc, method=None, print_settings=None) -> None:
	"""`before_print` of our records: an act of an Italian public body is in Italian for every reader."""
	frappe.local.lang = "it"


def make_child_table(doc, fieldname: str, columns: tuple) -> dict:
	df = doc.meta.get_field(fieldname)
	table = fields.make_table(doc.get(fieldname), frappe.get_meta(df.options), columns)
	return {"title": _(df.label), **table}


def make_header(issuer: dict) -> dict:
	"""The letterhead: of whom an act is, as it was called when it went out; the logo is today's."""
	names = {field: issuer[field] for field in ("ats", "office", "programme")}
	return {**names, "letterhead": issuer.get("letterhead") or {}, "logo": ats.get_logo_data()}


def make_application_header(doc, issuer: dict | None = None) -> dict:
	return {
		**make_header(issuer or kept_names.get_issuer(doc, "Submitted")),
		"call": frappe.get_cached_value("RTC Call", doc.call, "title") or "",
		"number": doc.name,
		"state": _(doc.workflow_state) if doc.workflow_state else "",
	}
