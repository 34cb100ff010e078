"""The Plan that goes to the Region: assembled live while it is a draft, read as frozen once approved.

A fixed number of queries whatever the size of the network; only plain JSON values come out.
"""

import json
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, getdate

from rtc_conciliation.documents import plan_bodies, plan_reports, richtext
from rtc_conciliation.documents.composition import composition
from rtc_conciliation.documents.figures import day
from rtc_conciliation.documents.projects import decided_applications, published_calls, resources, timetable
from rtc_conciliation.rules.plan import has_words

#: 1: without timetable, ranking, indicators, Comitato and report tables
SCHEMA = 2


def assemble(programme: str, on_date: date) -> dict:
	"""What the records say of `programme`, with the composition of its network at `on_date`.

	{"programme", "composition", "calls", "projects", "not_funded", "ranking", "times_of_city", "indicators",
	"targets", "resources", "timetable"}; amounts are text with two decimals, dates ISO. Raises DoesNotExistError when there is no such programme.
	"""
	doc = frappe.get_cached_doc("RTC Programme", programme)
	outcome = decided_applications(programme)
	calls = published_calls(programme)
	areas = outcome.pop("areas")
	return {
		"programme": programme_heading(doc),
		"composition": composition(programme, getdate(on_date)),
		"calls": calls,
		**outcome,
		"resources": resources(doc, outcome["projects"], areas),
		"timetable": timetable(doc, calls),
	}


def programme_heading(doc) -> dict:
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
		**{field: day(doc.get(field)) for field in dates},
	}


def assemble_document(plan_doc) -> dict:
	"""The whole Plan: the frozen data once approved, what the records say now before that."""
	if plan_doc.docstatus and plan_doc.snapshot:
		snapshot = plan_doc.snapshot
		return json.loads(snapshot) if isinstance(snapshot, str) else snapshot
	return assemble_live(plan_doc)


def assemble_live(plan_doc) -> dict:
	"""What `plan_doc` would show if it were approved now: `assemble` with heading, sections and Comunità di Pratica."""
	return {
		"schema": SCHEMA,
		"plan": {
			"name": plan_doc.name,
			"title": plan_doc.title or "",
			"version": cint(plan_doc.plan_version) or 1,
			"previous_version": plan_doc.previous_version or "",
			"reference_date": day(plan_doc.reference_date),
			"act_number": plan_doc.act_number or "",
			"act_date": day(plan_doc.act_date),
		},
		"sections": [section(row, plan_doc) for row in plan_doc.sections if row.included],
		**plan_bodies.of_plan(plan_doc),
		**assemble(plan_doc.programme, plan_doc.reference_date),
	}


def section(row, plan_doc) -> dict:
	"""{"idx", "kind", "title", "content", "required", "table"}; `table` is None, or what its report says."""
	return {
		"idx": row.idx,
		"kind": row.kind,
		"title": row.title or "",
		"content": richtext.clean(row.content),
		"required": bool(row.required),
		"table": plan_reports.table(row.report, plan_doc) if row.report else None,
	}


def final(data: dict) -> dict:
	"""The data as they are frozen: without the sections of text in which nobody wrote."""
	kept = [row for row in data["sections"] if row["kind"] != "Text" or row["table"] or has_words(row)]
	return {**data, "sections": kept}


def preview(plan_doc, data: dict | None = None) -> str:
	"""HTML of the Plan for its form; a sentence while there is nothing to assemble from."""
	if plan_doc.is_new() or not (plan_doc.programme and plan_doc.reference_date):
		text = _("Choose the programme and the date, then save: the Plan is assembled from the records.")
		return f'<p class="text-muted">{text}</p>'
	return frappe.render_template(
		"rtc_conciliation/templates/includes/plan_preview.html",
		{"data": data or assemble_document(plan_doc), "frozen": bool(plan_doc.docstatus)},
	)
