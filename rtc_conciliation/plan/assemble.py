"""The Plan that goes to the Region: assembled live while it is a draft, read as frozen once approved.

A fixed number of queries whatever the size of the network; only plain JSON values come out.
"""

import json
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, getdate

from rtc_conciliation.awards.outcomes import (
	list_decided_applications,
	list_published_calls,
	list_timetable,
	sum_resources,
)
from rtc_conciliation.common import findings
from rtc_conciliation.common.papers import richtext
from rtc_conciliation.common.papers.plain_values import to_day
from rtc_conciliation.network.composition import compose_network
from rtc_conciliation.plan import bodies, reports
from rtc_conciliation.rules import Report
from rtc_conciliation.rules.plan import has_words

#: 1: without timetable, ranking, indicators, Comitato and report tables
SCHEMA = 2


def assemble_records(programme: str, on_date: date) -> dict:
	"""What the records say of `programme`, with the composition of its network at `on_date`.

	{"programme", "composition", "calls", "projects", "not_funded", "ranking", "times_of_city", "indicators",
	"targets", "resources", "timetable"}; amounts are text with two decimals, dates ISO. Raises DoesNotExistError when there is no such programme.
	"""
	doc = frappe.get_cached_doc("RTC Programme", programme)
	outcome = list_decided_applications(programme)
	calls = list_published_calls(programme)
	areas = outcome.pop("areas")
	return {
		"programme": get_programme_heading(doc),
		"composition": compose_network(programme, getdate(on_date)),
		"calls": calls,
		**outcome,
		"resources": sum_resources(doc, outcome["projects"], areas),
		"timetable": list_timetable(doc, calls),
	}


def get_programme_heading(doc) -> dict:
	dates = ("start_date", "end_date", "calls_deadline", "plan_deadline", "project_start", "project_end")
	texts = (
		"title",
		"ats_name",
		"office",
		"province",
		"office_email",
		"office_pec",
		"legal_basis",
		"ats_act",
	)
	return {
		**{field: doc.get(field) or "" for field in texts},
		**{field: to_day(doc.get(field)) for field in dates},
	}


def assemble_document(plan_doc) -> dict:
	"""The whole Plan: the frozen data once approved, what the records say now before that."""
	if plan_doc.docstatus and plan_doc.snapshot:
		snapshot = plan_doc.snapshot
		return json.loads(snapshot) if isinstance(snapshot, str) else snapshot
	return assemble_draft(plan_doc)


def assemble_draft(plan_doc) -> dict:
	"""What `plan_doc` would show if it were approved now: `assemble_records` with heading, sections and Comunità di Pratica."""
	return {
		"schema": SCHEMA,
		"plan": {
			"name": plan_doc.name,
			"title": plan_doc.title or "",
			"version": cint(plan_doc.plan_version) or 1,
			"previous_version": plan_doc.previous_version or "",
			"reference_date": to_day(plan_doc.reference_date),
			"act_number": plan_doc.act_number or "",
			"act_date": to_day(plan_doc.act_date),
		},
		"sections": [assemble_section(row, plan_doc) for row in plan_doc.sections if row.included],
		**bodies.get_bodies(plan_doc),
		**assemble_records(plan_doc.programme, plan_doc.reference_date),
	}


def assemble_section(row, plan_doc) -> dict:
	"""{"idx", "kind", "title", "content", "required", "table"}; `table` is None, or what its report says."""
	return {
		"idx": row.idx,
		"kind": row.kind,
		"title": row.title or "",
		"content": richtext.clean_html(row.content),
		"required": bool(row.required),
		"table": reports.make_table(row.report, plan_doc) if row.report else None,
	}


def drop_empty_sections(data: dict) -> dict:
	"""The data as they are frozen: without the sections of text in which nobody wrote."""
	kept = [row for row in data["sections"] if row["kind"] != "Text" or row["table"] or has_words(row)]
	return {**data, "sections": kept}


def render_preview(plan_doc, data: dict | None = None) -> str:
	"""HTML of the Plan for its form; a sentence while there is nothing to assemble from."""
	if plan_doc.is_new() or not (plan_doc.programme and plan_doc.reference_date):
		text = _("Choose the programme and the date, then save: the Plan is assembled from the records.")
		return f'<p class="text-muted">{text}</p>'
	return frappe.render_template(
		"rtc_conciliation/templates/plan/preview.html",
		{"data": data or assemble_document(plan_doc), "frozen": bool(plan_doc.docstatus)},
	)


def render_completeness(report: Report, meta) -> str:
	"""HTML of what is missing in a Plan, for its form."""
	told = findings.to_form(report, meta)
	return frappe.render_template("rtc_conciliation/templates/plan/completeness.html", {"findings": told})
