"""How the findings of the rules are kept with a record and told to a person."""

import json

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.rules import ERROR, Finding, Report, render
from rtc_conciliation.rules.plain_text import as_typed


class RulesError(frappe.ValidationError):
	"""The rules of the call refuse the record; the message lists every finding."""


def get_stored_report(doc) -> Report | None:
	"""The report kept with `doc` (field `findings`), or None before the first check."""
	data = doc.get("findings")
	if not data:
		return None
	return Report.from_dict(json.loads(data) if isinstance(data, str) else data)


def store_report(doc, report: Report) -> None:
	doc.findings = json.dumps(report.as_dict(), ensure_ascii=False, sort_keys=True)
	doc.blocking_findings = len(report.errors)


def refuse_report(report: Report, meta, title: str) -> None:
	"""Throw RulesError with every blocking finding, in the reader's language."""
	if report.ok:
		return
	lines = [format_line(finding) for finding in to_form(report, meta) if finding["severity"] == ERROR]
	frappe.throw(lines, RulesError, title=title, as_list=True)


def format_line(finding: dict) -> str:
	reference = (
		f" <span class='text-muted'>({finding['legal_reference']})</span>"
		if finding["legal_reference"]
		else ""
	)
	where = f"<b>{finding['where']}</b>: " if finding["where"] else ""
	return f"{where}{finding['message']} {finding['remedy']}{reference}"


def to_form(report: Report | None, meta) -> list[dict]:
	"""The findings in the reader's language: dicts of escaped text.

	Keys: rule, severity, where (table and rows, or field), message, remedy, legal_reference.
	"""
	return [describe_finding(finding, meta) for finding in (report.findings if report else ())]


def describe_finding(finding: Finding, meta) -> dict:
	message, remedy = render(finding, translate=_, escape=escape_typed)
	return {
		"rule": finding.rule,
		"severity": finding.severity,
		"where": describe_place(finding, meta),
		"message": message,
		"remedy": remedy,
		"legal_reference": escape_html(_(finding.legal_reference)) if finding.legal_reference else "",
	}


def describe_place(finding: Finding, meta) -> str:
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
	return _(meta.get_label(finding.field)) if finding.field and meta.has_field(finding.field) else ""


def render_findings(doc) -> str:
	"""The findings of `doc` for its form and its print, rendered in the reader's language."""
	report = get_stored_report(doc)
	return frappe.render_template(
		"rtc_conciliation/templates/common/findings.html",
		{"checked": report is not None, "findings": to_form(report, doc.meta)},
	)


def escape_typed(text) -> str:
	"""A text as it was typed, for HTML."""
	return escape_html(as_typed(text))
