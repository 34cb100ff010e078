"""The application form's way to the server: check what is typed, keep it as a draft.

Both take the form's values: {"name"? or "key", field: value, table: [{"name"? or "key", column: value}]}. Only
the fields of the Web Form and the columns in COLUMNS are read; all else in them is ignored. What a save does
with what others saved in the meantime is in `saving`.
"""

import frappe
from frappe import _

from rtc_conciliation import rules
from rtc_conciliation.applications import partner_confirmations, unread_values
from rtc_conciliation.calls.open_calls import list_open_calls
from rtc_conciliation.common import findings, typed_texts
from rtc_conciliation.common.inputs import NUMERIC, validate_row_counts
from rtc_conciliation.common.web.fields import parse_sent_values
from rtc_conciliation.rules.plain_text import as_typed
from rtc_conciliation.rules.typed_text import clean_surrogates

WEB_FORM = "RTC Application Form"
DOCTYPE = "RTC Application"

#: what the applicant fills in of each table
COLUMNS = {
	"partners": (
		"organisation_name",
		"organisation_type",
		"role",
		"tax_code",
		"runts_number",
		"contact_email",
		"activities",
		"budget",
		"cofinancing_cash",
		"cofinancing_in_kind",
		"agreement_file",
	),
	"actions": (
		"title",
		"area",
		"start_date",
		"end_date",
		"partner",
		"territory",
		"description",
		"output",
	),
	"recipients": ("recipient_category", "expected_number", "description"),
	"indicators": ("indicator", "unit", "baseline", "target", "source"),
	"costs": (
		"description",
		"cost_category",
		"quantity",
		"unit_cost",
		"vat",
		"charged_to",
		"action",
		"partner",
		"year",
	),
	"declarations": ("declaration", "accepted"),
	"attachments": ("document", "file"),
}


class FormValuesError(frappe.ValidationError):
	"""What came is not what the form sends."""


class CallNotOpenError(frappe.ValidationError):
	pass


def check_draft(application: dict | str) -> dict:
	"""Totals and findings for the values in the form, as `to_form` gives them; stores nothing."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	values = parse_values(application)
	if not values.get("call"):
		return to_form(rules.Report(), frappe.get_meta(DOCTYPE))
	# core, asked by its name, reads all its tables
	call = frappe.get_cached_doc("RTC Call", clean_value("call", values["call"]))
	frappe.has_permission("RTC Call", "read", doc=call, throw=True)
	doc = fill(frappe.new_doc(DOCTYPE), values)
	load_confirmations(doc, values)
	doc.set_derived_values()
	return {
		**to_form(doc.check(), doc.meta),
		"amounts": get_amounts(doc),
		"unread": unread_values.to_form(doc),
	}


def get_amounts(doc) -> list[str]:
	return [rules.italian_money(rules.row_amount(vars(row))) for row in doc.costs]


def load_confirmations(doc, values: dict) -> None:
	"""What partners of the stored draft have answered counts in the live check too."""
	name, rows = values.get("name"), values.get("partners")
	if isinstance(name, str) and isinstance(rows, list) and frappe.has_permission(DOCTYPE, "read", doc=name):
		names = [row.get("name") if isinstance(row.get("name"), str) else None for row in rows]
		partner_confirmations.load_confirmations(doc, name, names)


def to_form(report: rules.Report, meta) -> dict:
	"""{"errors", "warnings", "totals", "findings"}; texts escaped, in the reader's language."""
	totals = report.totals
	return {
		"errors": len(report.errors),
		"warnings": len(report.warnings),
		"totals": {
			**{
				fieldname: rules.italian_money(getattr(totals, fieldname))
				for fieldname in (
					"total_cost",
					"requested_contribution",
					"cofinancing_amount",
					"other_income",
				)
			},
			"cofinancing_percent": f"{totals.cofinancing_percent:f}".replace(".", ",") + " %",
			"counting_partners": totals.counting_partners,
			"counting_areas": totals.counting_areas,
		},
		"findings": [
			{
				**line,
				"rows": [{"table": ref.table, "idx": ref.idx} for ref in finding.rows],
				"field": finding.field or "",
			}
			for finding, line in zip(report.findings, findings.to_form(report, meta), strict=True)
		],
	}


def parse_values(application) -> dict:
	values = parse_sent_values(application)
	if values is None:
		refuse_values()
	return values


def get_fieldnames() -> list[str]:
	"""The fields that the form asks."""
	form = frappe.get_cached_doc("Web Form", WEB_FORM)
	return [row.fieldname for row in form.web_form_fields if row.fieldname]


def validate_count(meta, table: str, rows: list) -> None:
	validate_row_counts(frappe._dict(meta=meta, **{table: rows}), {table: rules.MAX_ROWS[table]})


def get_values(doc, fieldnames=None) -> dict:
	"""What the applicant wrote in `doc` (only `fieldnames`, if given); rows with their names."""
	found = {}
	for row in frappe.get_cached_doc("Web Form", WEB_FORM).web_form_fields:
		if fieldnames is not None and row.fieldname not in fieldnames:
			continue
		if row.fieldtype == "Table":
			columns = ("name", *COLUMNS[row.fieldname])
			found[row.fieldname] = [
				{column: get_value(child, column) for column in columns} for child in doc.get(row.fieldname)
			]
		elif row.fieldname and doc.meta.has_field(row.fieldname):
			found[row.fieldname] = get_value(doc, row.fieldname)
	return found


def get_value(doc, fieldname: str):
	"""A number as a number, also before the document is read from the database again."""
	if typed := unread_values.get_texts(doc).get(fieldname):
		return as_typed(typed)
	df, value = doc.meta.get_field(fieldname), doc.get(fieldname)
	if df and df.fieldtype in NUMERIC | {"Check"}:
		return frappe.utils.cast(df.fieldtype, value)
	return as_typed(value)


def fill(doc, values: dict):
	"""Set what the form asks on `doc`; rows keep their identity only if they are rows of `doc`.

	What cannot be stored as it was typed is kept beside its field (`applications.unread_values`).
	"""
	for row in frappe.get_cached_doc("Web Form", WEB_FORM).web_form_fields:
		if row.fieldname not in values:
			continue
		if row.fieldtype == "Table":
			fill_rows(doc, row.fieldname, values[row.fieldname])
		elif doc.meta.has_field(row.fieldname):
			doc.set(row.fieldname, clean_value(row.fieldname, values[row.fieldname]))
	unread_values.drop(doc, values)
	typed_texts.tidy_document(doc)
	unread_values.set_aside(doc)
	return doc


def fill_rows(doc, table: str, rows) -> None:
	if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
		refuse_values()
	validate_count(doc.meta, table, rows)
	known = {row.name: row for row in doc.get(table) if row.name}
	doc.set(table, [])
	for number, row in enumerate(rows, 1):
		given = {column: clean_value(column, row[column]) for column in COLUMNS[table] if column in row}
		name = row.get("name") if isinstance(row.get("name"), str) else None
		kept = known.pop(name, None)
		if kept:
			kept.update(given)
			unread_values.drop(kept, given)
		idx = row.get("idx")
		kept = doc.append(table, kept or given)
		kept.flags.name_of_key = name if row.get("key") else None
		kept.idx = idx if isinstance(idx, int) and 0 < idx < 10_000 else number


def clean_value(fieldname: str, value):
	"""A value as it can be stored: half a character of two, cut off by some program, becomes "�"."""
	if isinstance(value, dict | list):
		refuse_values()
	return clean_surrogates(value).replace("\0", "") if isinstance(value, str) else value


def validate_call(call: str | None, before: str | None) -> None:
	"""Only a call that is open can be chosen; an older draft keeps the one it has."""
	if call and call != before and call not in list_open_calls():
		frappe.throw(
			_("This call does not take applications now. Choose one of those in the list."),
			CallNotOpenError,
			title=_("Call Not Open"),
		)


def refuse_values() -> None:
	frappe.throw(
		_("What was sent cannot be read as an application. Reload the page and try again."),
		FormValuesError,
		title=_("Form Not Understood"),
	)
