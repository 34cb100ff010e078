"""The Plan that goes to the Region: assembled live while it is a draft, read as frozen once approved.

A fixed number of queries whatever the size of the network; only plain JSON values come out.
"""

import json
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, getdate

from rtc_conciliation.documents import richtext
from rtc_conciliation.documents.composition import composition
from rtc_conciliation.documents.figures import day
from rtc_conciliation.documents.projects import decided_applications, published_calls, resources

SCHEMA = 1


def assemble(programme: str, on_date: date) -> dict:
	"""What the records say of `programme`, with the composition of its network at `on_date`.

	{"programme", "composition", "calls", "projects", "not_funded", "resources"}; amounts are text with two
	decimals, dates ISO. Raises DoesNotExistError when there is no such programme.
	"""
	doc = frappe.get_doc("RTC Programme", programme)
	funded, not_funded = decided_applications(programme)
	return {
		"programme": programme_heading(doc),
		"composition": composition(programme, getdate(on_date)),
		"calls": published_calls(programme),
		"projects": funded,
		"not_funded": not_funded,
		"resources": resources(doc, funded),
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
		"sections": [
			{"kind": row.kind, "title": row.title or "", "content": richtext.clean(row.content)}
			for row in plan_doc.sections
		],
		"community": {
			"members": [
				{
					"organisation": row.organisation_name or "",
					"person": row.person or "",
					"office": row.office or "",
				}
				for row in plan_doc.community_members
			],
			"outcome": richtext.clean(plan_doc.community_outcome),
		},
		**assemble(plan_doc.programme, plan_doc.reference_date),
	}


def preview(plan_doc) -> str:
	"""HTML of the Plan for its form; a sentence while there is nothing to assemble from."""
	if plan_doc.is_new() or not (plan_doc.programme and plan_doc.reference_date):
		text = _("Choose the programme and the date, then save: the Plan is assembled from the records.")
		return f'<p class="text-muted">{text}</p>'
	return frappe.render_template(
		"rtc_conciliation/templates/includes/plan_preview.html",
		{"data": assemble_document(plan_doc), "frozen": bool(plan_doc.docstatus)},
	)
