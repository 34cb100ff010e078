"""All that is wrong with an adhesion from the public page, found before it is stored: its controller would tell one thing
after the other."""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.common import data_fields, typed_texts
from rtc_conciliation.common.identity import find_wrong_codes, set_codes
from rtc_conciliation.common.inputs import find_long_texts
from rtc_conciliation.network.adhesions import list_others, refuse_copy

TAX_CODES = ("tax_code", "legal_representative_tax_code")
VAT_NUMBERS = ("vat_number",)


def find_problems(doc, asked: list) -> dict[str, str]:
	"""Field → what is wrong with it, HTML; `asked` are the rows of the Web Form."""
	typed_texts.tidy_document(doc)
	set_codes(doc, *TAX_CODES, *VAT_NUMBERS)
	return {
		**find_copy(doc),
		**find_unknown(doc, asked),
		**find_missing(doc, asked),
		**data_fields.find_problems(doc),
		**find_long_texts(doc),
		**find_wrong_codes(doc, TAX_CODES, VAT_NUMBERS),
	}


def find_missing(doc, asked: list) -> dict[str, str]:
	needed = [row.fieldname for row in asked if row.reqd and not doc.get(row.fieldname)]
	return {field: _("{0}: this is needed.").format(bold_label(doc, field)) for field in needed}


def find_unknown(doc, asked: list) -> dict[str, str]:
	"""Choices that are not offered."""
	links = {df.fieldname: df.options for df in doc.meta.get_link_fields()}
	chosen = [row.fieldname for row in asked if row.fieldname in links and doc.get(row.fieldname)]
	unknown = [field for field in chosen if not frappe.db.exists(links[field], doc.get(field))]
	return {field: describe_unknown(doc, field) for field in unknown}


def describe_unknown(doc, fieldname: str) -> str:
	said = _("{0}: “{1}” is not in the list. Choose one of those offered.")
	return said.format(bold_label(doc, fieldname), escape_html(str(doc.get(fieldname))[:140]))


def find_copy(doc) -> dict[str, str]:
	others = list_others(doc.tax_code, doc.programme, hold=False) if doc.tax_code and doc.programme else ()
	return {"tax_code": refuse_copy(doc, others[0])} if others else {}


def bold_label(doc, fieldname: str) -> str:
	return frappe.bold(_(doc.meta.get_label(fieldname)))
