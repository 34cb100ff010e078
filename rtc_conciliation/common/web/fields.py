"""What a Web Form asks, described for the browser that draws it: pages, sections, fields and choices.

A page is {"label", "sections"}, a section {"label", "description", "fields"}, a field as `describe_field` says. All
texts are in the reader's language and not escaped; the browser writes them as text.
"""

import json

import frappe
from frappe import _
from frappe.utils import cint

from rtc_conciliation.common.files import limits
from rtc_conciliation.rules import MAX_ROWS
from rtc_conciliation.rules.application import texts

#: how a field is drawn; every other fieldtype is one line of text
KINDS = {
	"Text": "long",
	"Small Text": "long",
	"Select": "choice",
	"Link": "choice",
	"Check": "check",
	"Date": "date",
	"Int": "number",
	"Float": "number",
	"Percent": "number",
	"Currency": "money",
	"Attach": "file",
	"Table": "table",
	"HTML": "html",
}
#: characters of a line whose field says nothing else
USUAL_LENGTH = 140
LINES = {"Email": "email", "URL": "url", "Phone": "tel"}

#: choices of Link fields that do not depend on the call; the others come with each call
LINKED = {
	"RTC Organisation Type": "organisation_types",
	"RTC Territory": "territories",
	"RTC Area": "areas",
	"RTC Cost Category": "cost_categories",
	"RTC Recipient Category": "recipient_categories",
	"RTC Call": "calls",
}


def get_pages(web_form, columns: dict[str, tuple[str, ...]] | None = None) -> list[dict]:
	"""The fields of `web_form` as pages and sections; `columns` are the columns of each table."""
	meta = frappe.get_meta(web_form.doc_type)
	found = [make_page()]
	for row in web_form.web_form_fields:
		if row.fieldtype == "Page Break":
			found.append(make_page(row.label))
		elif row.fieldtype == "Section Break":
			found[-1]["sections"].append(make_section(row.label, row.description))
		elif row.fieldtype != "Column Break":
			df = meta.get_field(row.fieldname)
			most = texts.TEXTS.get(row.fieldname) if columns else None
			found[-1]["sections"][-1]["fields"].append(describe_field(row, df, columns or {}, most))
	for page in found:
		page["sections"] = [section for section in page["sections"] if section["fields"] or section["label"]]
		if page["sections"] and not page["label"]:
			page["label"] = page["sections"][0]["label"]
	return found


def make_page(label: str | None = None) -> dict:
	return {"label": _(label) if label else "", "sections": [make_section()]}


def make_section(label: str | None = None, description: str | None = None) -> dict:
	return {
		"label": _(label) if label else "",
		"description": _(description) if description else "",
		"fields": [],
	}


def describe_field(row, df=None, columns: dict | None = None, most: int | None = None) -> dict:
	"""{"fieldname", "kind", "label", "description", "required", …} of a Web Form row or a table's column.

	`most` is the number of characters of a long text.
	"""
	options = row.options or (df.options if df else None)
	linked = LINKED.get((df or row).options)
	label = row.label or (df.label if df else "")
	description = row.description or (df.description if df else "")
	made = {
		"fieldname": row.fieldname,
		"kind": KINDS.get(row.fieldtype, "line"),
		"label": _(label) if label else "",
		"description": _(description) if description else "",
		"required": cint(row.reqd),
		"read_only": cint(row.read_only),
		"hidden": cint(row.hidden),
	}
	if row.default and row.default != "Today":
		made["default"] = row.default
	if linked and made["kind"] == "choice":
		made["options_from"] = linked
	elif made["kind"] == "choice":
		made["options"] = get_choices((options or "").split("\n"))
	elif made["kind"] == "line":
		made["type"] = LINES.get(options, "text")
		made["longest"] = cint((df or row).get("length")) or USUAL_LENGTH
	elif made["kind"] == "number" and row.fieldtype == "Int":
		made["whole"] = 1
	elif made["kind"] == "html":
		made["html"] = options or ""
	elif made["kind"] == "table":
		made["columns"] = get_table_columns(options, (columns or {}).get(row.fieldname, ()), row.fieldname)
		made["max_rows"] = MAX_ROWS.get(row.fieldname, 0)
	elif made["kind"] == "long":
		made["max"] = most
	if made["kind"] in ("file", "table"):  # a table has files in its rows
		made["largest"] = limits.get_largest()
		made["limits"] = _("{0} MB at the most.").format(limits.to_megabytes(limits.get_largest()))
	return made


def get_table_columns(doctype: str, fieldnames: tuple[str, ...], table: str = "") -> list[dict]:
	most = texts.ROW_TEXTS.get(table, {})
	meta = frappe.get_meta(doctype)
	return [describe_field(meta.get_field(fieldname), most=most.get(fieldname)) for fieldname in fieldnames]


def get_choices(values: list[str]) -> list[dict]:
	return [{"value": value, "label": _(value)} for value in values if value]


def get_shared_lists() -> dict[str, list[dict]]:
	"""The choices that do not depend on the call, by the names in LINKED."""
	return {
		"organisation_types": list_enabled("RTC Organisation Type"),
		"territories": list_enabled("RTC Territory"),
	}


def list_enabled(doctype: str) -> list[dict]:
	"""The rows of a reference DocType that can be chosen, in their order."""
	order = "sort_index, name" if frappe.get_meta(doctype).has_field("sort_index") else "name"
	names = frappe.get_all(doctype, filters={"disabled": 0}, pluck="name", order_by=order)
	return get_choices(names)


def parse_sent_values(sent) -> dict | None:
	"""What a page sent as JSON, or as the dict that it is already; None for anything else."""
	try:
		values = json.loads(sent) if isinstance(sent, str) else sent
	except (ValueError, RecursionError):
		return None
	return values if isinstance(values, dict) else None
