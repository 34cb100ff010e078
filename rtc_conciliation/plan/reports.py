"""A saved report as a table of the Plan. What goes wrong with it is said in the table and harms nothing else."""

import frappe
from frappe import _
from frappe.utils import strip_html

from rtc_conciliation.access.sql import MODULE
from rtc_conciliation.common.papers.plain_values import to_day, to_money, to_plain_number

TYPES = ("Report Builder", "Script Report")
MAX_ROWS = 500
NUMBERS = ("Currency", "Float", "Int", "Percent")
_LONGEST = 300


class UnusableReportError(frappe.ValidationError):
	pass


def make_table(name: str, plan_doc) -> dict:
	"""{"report", "columns": [{"label", "number", "date"}], "rows": [[text]], "left_out", "problem"}.

	The report runs as the session's user. `problem` is a sentence when it cannot be shown, else empty.
	"""
	result = {"report": name, "columns": [], "rows": [], "left_out": 0, "problem": ""}
	messages = len(frappe.local.message_log)
	try:
		columns, rows = run_report(get_usable_report(name), plan_doc)
	except Exception as error:  # noqa: BLE001 (whatever a report does wrong must not take the Plan with it)
		result["problem"] = describe_error(error)
		return result
	finally:
		del frappe.local.message_log[messages:]
	result["columns"] = [
		{
			"label": strip_html(str(column.get("label") or "")),
			"number": column.get("fieldtype") in NUMBERS,
			"date": column.get("fieldtype") == "Date",
		}
		for column in columns
	]
	result["rows"] = [make_cells(row, columns) for row in rows[:MAX_ROWS]]
	result["left_out"] = max(0, len(rows) - MAX_ROWS)
	return result


def get_usable_report(name: str):
	if not frappe.db.exists("Report", name):
		raise UnusableReportError(_("it does not exist any more."))
	report = frappe.get_doc("Report", name)
	if report.disabled:
		raise UnusableReportError(_("it is disabled."))
	if report.report_type not in TYPES or report.module != MODULE:
		raise UnusableReportError(
			_("only a Report Builder or Script Report of this app can stand in a Plan.")
		)
	return report


def run_report(report, plan_doc) -> tuple[list[dict], list]:
	filters = {"programme": plan_doc.programme}
	if report.report_type == "Script Report":
		filters["on_date"] = to_day(plan_doc.reference_date)
	elif not frappe.get_meta(report.ref_doctype).has_field("programme"):
		filters = {}
	columns, rows = report.get_data(
		filters=filters, limit=MAX_ROWS + 1, ignore_prepared_report=True, are_default_filters=False
	)
	columns = [column if isinstance(column, dict) else {"label": str(column)} for column in columns]
	return [column for column in columns if not column.get("hidden")], rows


def make_cells(row, columns: list[dict]) -> list[str]:
	if isinstance(row, dict):
		values = [row.get(column.get("fieldname")) for column in columns]
	else:
		values = list(row)[: len(columns)]
	return [make_cell(value, column.get("fieldtype")) for value, column in zip(values, columns, strict=False)]


def make_cell(value, fieldtype: str | None) -> str:
	"""As in the other data of the Plan: amounts with two decimals, dates ISO, words without tags."""
	if value in (None, ""):
		return ""
	if fieldtype == "Currency":
		return to_money(value)
	if fieldtype in ("Float", "Percent", "Int"):
		return to_plain_number(value)
	if fieldtype == "Date":
		return to_day(value)
	return strip_html(str(value))


def describe_error(error: Exception) -> str:
	words = strip_html(str(error)).strip() or type(error).__name__
	if not isinstance(error, frappe.ValidationError | frappe.PermissionError):
		words = _("it stopped with an error ({0}).").format(words)
	return words[:_LONGEST]
