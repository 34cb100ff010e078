"""An application as the panel reads it: without what only the office needs, and without names where the call hides them.

What is hidden: names, codes, addresses and people of the bodies, title and acronym, names of files, and every place
in the texts where a body or a person is written as in the application. What cannot be: a body that the applicants
describe in other words, a place, and the inside of a file; files are therefore shown with names hidden only where the
call says so (`for_panel` of its required documents).
"""

import os
import re

import frappe
from frappe import _

from rtc_conciliation.applications import papers
from rtc_conciliation.common.files.records import get_file_name, get_file_names
from rtc_conciliation.common.italian import NOTHING
from rtc_conciliation.common.papers import fields
from rtc_conciliation.common.papers.print_data import make_child_table

PARTNERS = (
	("organisation_name", "activities"),
	("organisation_type", "counts_towards_minimum"),
	"role",
	"budget",
	"cofinancing_cash",
	"cofinancing_in_kind",
)
PEOPLE = ("legal_representative", "contact_person")
#: tables whose texts name a partner
NAMED = ("actions", "recipients", "indicators", "costs")
SHORTEST = 4


def read_application(application: str) -> dict:
	"""What the reading page shows of an application; the caller has asked whether it may be read."""
	doc = frappe.get_doc("RTC Application", application)
	call = frappe.get_cached_doc("RTC Call", doc.call)
	if call.hide_applicants:
		doc = mask_application(doc)
	tables = {**papers.TABLES, "partners": PARTNERS}
	return {
		"code": doc.name,
		"call": call.title,
		"hidden": bool(call.hide_applicants),
		"head": fields.get_pairs(doc, "start_date", "end_date")
		if call.hide_applicants
		else fields.get_pairs(doc, "title", "acronym", "lead_name", "start_date", "end_date"),
		"texts": [row for row in fields.get_pairs(doc, *papers.TEXTS) if row["value"] != NOTHING],
		"tables": [make_child_table(doc, name, columns) for name, columns in tables.items()],
		"totals": fields.get_pairs(
			doc, "total_cost", "requested_contribution", "cofinancing_amount", "cofinancing_percent", "other_income"
		),
		"files": list_files(doc, call),
	}  # fmt: skip


def mask_application(doc):
	"""A copy of the application, never to be saved, in which nobody is named."""
	aliases = get_aliases(doc)
	copy = frappe.get_doc(doc.as_dict(convert_dates_to_str=False))
	for name in papers.TEXTS:
		copy.set(name, replace_names(copy.get(name), aliases))
	for row in copy.partners:
		row.organisation_name = aliases[row.organisation_name]
		row.activities = replace_names(row.activities, aliases)
	for table in NAMED:
		for row in copy.get(table):
			for df in row.meta.fields:
				if isinstance(row.get(df.fieldname), str):
					row.set(df.fieldname, replace_names(row.get(df.fieldname), aliases))
	return copy


def get_aliases(doc) -> dict[str, str]:
	"""What a name is replaced by: "Lead", "Partner 2" as the rows are numbered, "…" for people and acronym."""
	aliases = {row.organisation_name: get_alias(row) for row in doc.partners}
	for name in (*(doc.get(field) for field in PEOPLE), doc.acronym):
		if name:
			aliases.setdefault(name, "…")
	return aliases


def get_alias(row) -> str:
	return _("Lead") if row.role == "Lead" else _("Partner {0}").format(row.idx)


def replace_names(text: str | None, aliases: dict[str, str]) -> str | None:
	"""`text` with every name of `aliases` replaced, longest first, whatever its case and the spaces in it."""
	if not text:
		return text
	names = sorted((name for name in aliases if name and len(name) >= SHORTEST), key=len, reverse=True)
	if not names:
		return text
	by_key = {key(name): aliases[name] for name in names}
	parts = (r"\s+".join(map(re.escape, name.split())) for name in names)
	pattern = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
	return pattern.sub(lambda found: by_key.get(key(found[0]), "…"), text)


def key(name: str) -> str:
	return " ".join(name.split()).casefold()


def list_files(doc, call) -> list[dict]:
	"""[{"row", "document", "name"}] of the documents that the panel may open."""
	named = get_file_names(doc.doctype, doc.name)
	shown = {row.document for row in call.required_documents if row.for_panel or not call.hide_applicants}
	return [
		{"row": row.name, "document": row.document, "name": file_name(doc, row, call, named)}
		for row in doc.attachments
		if row.file and row.document in shown
	]


def file_name(doc, row, call, named: dict[str, str]) -> str:
	own = get_file_name(named, row.file)
	return f"{doc.name}-{row.idx}{os.path.splitext(own)[1].lower()}" if call.hide_applicants else own
