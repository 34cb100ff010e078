"""A review on paper, prepared for its template: plain data, unescaped, no query left to it."""

import frappe

from rtc_conciliation.common import kept_names
from rtc_conciliation.common.italian import NOTHING, rtc_mark
from rtc_conciliation.common.papers import fields
from rtc_conciliation.common.papers.print_data import make_header
from rtc_conciliation.rules.plain_text import as_typed


def rtc_review_paper(doc) -> dict:
	"""One person's review, or the consensus of the panel, with its marks and notes as they stand."""
	meta = frappe.get_meta("RTC Review Score")
	names = ("criterion", "max_score", "score", "note")
	return {
		"header": make_header(kept_names.get_issuer(doc, "Submitted")),
		"number": doc.name,
		"application": doc.application,
		"person": frappe.utils.get_fullname(doc.evaluator),
		"submitted": doc.workflow_state == "Submitted",
		"head": [
			{
				"label": fields.get_label(doc.meta, "evaluator"),
				"value": frappe.utils.get_fullname(doc.evaluator),
			},
			*fields.get_pairs(doc, "call", "kind", "submitted_on"),
			*(
				fields.get_pairs(doc, "reopened_on", "reopen_sitting", "reopen_reason")
				if doc.reopened_on
				else []
			),
		],
		"columns": [fields.get_label(meta, name) for name in names],
		"marks": [
			{
				"criterion": row.criterion,
				"most": rtc_mark(row.max_score),
				"mark": rtc_mark(row.score) or NOTHING,
				"note": as_typed(row.note or ""),  # core keeps "<" as "&lt;"
			}
			for row in doc.scores
		],
		"total": doc.total,
		"most": sum(row.max_score for row in doc.scores),
		"remark": as_typed(doc.remark or ""),
	}
