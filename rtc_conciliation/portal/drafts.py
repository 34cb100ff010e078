"""The application form's way to the server: check what is typed, keep it as a draft.

Both take the form's values: {"name"?, "modified"?, field: value, table: [{"name"?, column: value}]}. Only the
fields of the Web Form and the columns in COLUMNS are read; all else in them is ignored.
"""

import json

import frappe
from frappe import _

from rtc_conciliation import rules
from rtc_conciliation.portal.calls import open_calls
from rtc_conciliation.records import findings, partner_confirmations
from rtc_conciliation.records.inputs import validate_row_counts

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


@frappe.whitelist(methods=["POST"])
def check_draft(application: dict | str) -> dict:
	"""Totals and findings for the values in the form, as `told` gives them; stores nothing."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	values = parsed(application)
	if not values.get("call"):
		return told(rules.Report(), frappe.get_meta(DOCTYPE))
	frappe.has_permission("RTC Call", "read", doc=plain("call", values["call"]), throw=True)
	doc = fill(frappe.new_doc(DOCTYPE), values)
	recall_confirmations(doc, values)
	doc.set_derived_values()
	return {
		**told(doc.check(), doc.meta),
		"amounts": [rules.italian_money(rules.row_amount(row.as_dict())) for row in doc.costs],
	}


@frappe.whitelist(methods=["POST"])
def save_draft(application: dict | str) -> dict:
	"""Keeps the values as a draft of the session's user; returns its name, time and rows."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	values = parsed(application)
	if values.get("name"):
		doc = frappe.get_doc(DOCTYPE, plain("name", values["name"]))
		doc.check_permission("write")
		before = doc.call
		if values.get("modified"):
			doc.modified = plain("modified", values["modified"])
	else:
		doc, before = frappe.new_doc(DOCTYPE), None
	fill(doc, values)
	validate_call(doc.call, before)
	doc.save()
	return saved(doc)


def recall_confirmations(doc, values: dict) -> None:
	"""What partners of the stored draft have answered counts in the live check too."""
	name, rows = values.get("name"), values.get("partners")
	if isinstance(name, str) and isinstance(rows, list) and frappe.has_permission(DOCTYPE, "read", doc=name):
		names = [row.get("name") if isinstance(row.get("name"), str) else None for row in rows]
		partner_confirmations.recall(doc, name, names)


def saved(doc) -> dict:
	return {
		"name": doc.name,
		"modified": str(doc.modified),
		"rows": {table: [row.name for row in doc.get(table)] for table in COLUMNS},
		"confirmations": partner_confirmations.told(doc),
		**told(findings.stored_report(doc), doc.meta),
	}


def told(report: rules.Report, meta) -> dict:
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
			for finding, line in zip(report.findings, findings.told(report, meta), strict=True)
		],
	}


def parsed(application) -> dict:
	try:
		values = json.loads(application) if isinstance(application, str) else application
	except ValueError:
		values = None
	if not isinstance(values, dict):
		refuse()
	return values


def fill(doc, values: dict):
	"""Set what the form asks on `doc`; rows keep their identity only if they are rows of `doc`."""
	for row in frappe.get_cached_doc("Web Form", WEB_FORM).web_form_fields:
		if row.fieldname not in values:
			continue
		if row.fieldtype == "Table":
			fill_rows(doc, row.fieldname, values[row.fieldname])
		elif doc.meta.has_field(row.fieldname):
			doc.set(row.fieldname, plain(row.fieldname, values[row.fieldname]))
	return doc


def fill_rows(doc, table: str, rows) -> None:
	if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
		refuse()
	validate_row_counts(frappe._dict(meta=doc.meta, **{table: rows}), {table: rules.MAX_ROWS[table]})
	known = {row.name: row for row in doc.get(table) if row.name}
	doc.set(table, [])
	for number, row in enumerate(rows, 1):
		given = {column: plain(column, row[column]) for column in COLUMNS[table] if column in row}
		kept = known.pop(row["name"], None) if isinstance(row.get("name"), str) else None
		if kept:
			kept.update(given)
		idx = row.get("idx")
		kept = doc.append(table, kept or given)
		kept.idx = idx if isinstance(idx, int) and 0 < idx < 10_000 else number


def plain(fieldname: str, value):
	if isinstance(value, dict | list):
		refuse()
	return value


def validate_call(call: str | None, before: str | None) -> None:
	"""Only a call that is open can be chosen; an older draft keeps the one it has."""
	if call and call != before and call not in open_calls():
		frappe.throw(
			_("This call does not take applications now. Choose one of those in the list."),
			CallNotOpenError,
			title=_("Call Not Open"),
		)


def refuse() -> None:
	frappe.throw(
		_("What was sent cannot be read as an application. Reload the page and try again."),
		FormValuesError,
		title=_("Form Not Understood"),
	)
