"""How the findings of the rules are kept with a record and told to a person."""

import json
from datetime import date, datetime
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import escape_html, fmt_money, format_date, format_datetime

from rtc_conciliation.rules import Report


class RulesError(frappe.ValidationError):
	"""The rules of the call refuse the record; the message lists every finding."""


def stored_report(doc) -> Report | None:
	"""The report kept with `doc` (field `findings`), or None before the first check."""
	data = doc.get("findings")
	if not data:
		return None
	return Report.from_dict(json.loads(data) if isinstance(data, str) else data)


def store(doc, report: Report) -> None:
	doc.findings = json.dumps(report.as_dict(), ensure_ascii=False, sort_keys=True)
	doc.blocking_findings = len(report.errors)


def refuse(report: Report, meta, title: str) -> None:
	"""Throw RulesError with every blocking finding, in the reader's language."""
	if report.ok:
		return
	lines = [as_line(finding) for finding in told(report, meta) if finding["severity"] == "error"]
	frappe.throw(lines, RulesError, title=title, as_list=True)


def as_line(finding: dict) -> str:
	reference = f" <span class='text-muted'>({finding['legal_reference']})</span>" if finding["legal_reference"] else ""
	where = f"<b>{finding['where']}</b>: " if finding["where"] else ""
	return f"{where}{finding['message']} {finding['remedy']}{reference}"


def told(report: Report | None, meta) -> list[dict]:
	"""The findings in the reader's language: dicts of escaped text.

	Keys: rule, severity, where (table and rows, or field), message, remedy, legal_reference.
	"""
	return [
		{
			"rule": finding.rule,
			"severity": finding.severity,
			"where": where(finding, meta),
			"message": filled(finding.message, finding.args),
			"remedy": filled(finding.remedy, finding.args),
			"legal_reference": escape_html(finding.legal_reference or ""),
		}
		for finding in (report.findings if report else ())
	]


def filled(template: str, args: dict) -> str:
	return _(template).format(**{key: as_text(value) for key, value in args.items()}) if template else ""


def as_text(value) -> str:
	if isinstance(value, Decimal):
		return fmt_money(value, precision=2, currency="EUR")
	if isinstance(value, datetime):
		return format_datetime(value)
	if isinstance(value, date):
		return format_date(value)
	return escape_html(str(value))


def where(finding, meta) -> str:
	"""For example "Partners, rows 2 and 4"; the field's label when the finding concerns one field."""
	if finding.rows:
		tables: dict[str, list[str]] = {}
		for row in finding.rows:
			tables.setdefault(row.table, []).append(str(row.idx))
		return "; ".join(
			(_("{0}, row {1}") if len(numbers) == 1 else _("{0}, rows {1}")).format(
				_(meta.get_label(table)), ", ".join(numbers)
			)
			for table, numbers in tables.items()
		)
	return _(meta.get_label(finding.field)) if finding.field else ""


def as_html(doc) -> str:
	"""The findings of `doc` for its form and its print, rendered in the reader's language."""
	report = stored_report(doc)
	return frappe.render_template(
		"rtc_conciliation/templates/includes/findings.html",
		{"checked": report is not None, "findings": told(report, doc.meta)},
	)
