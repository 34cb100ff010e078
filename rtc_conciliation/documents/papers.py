"""What the official papers show, prepared for their templates: plain data, no query left to them.

Texts come unescaped; the templates escape them. Papers are in Italian: `in_italian` sees to it.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import get_url

from rtc_conciliation.documents import fields, plan, receipts
from rtc_conciliation.documents.italian import NOTHING, rtc_euro, rtc_mark, rtc_number
from rtc_conciliation.records import clock, findings, kept_names
from rtc_conciliation.records.rows import copied
from rtc_conciliation.rules.membership import ADMITTED, LEFT, status_on
from rtc_conciliation.rules.plain_text import as_typed

TEXTS = (
	"abstract context_needs needs_survey continuity objectives innovation local_ties governance "
	"communication_plan timeline risks sustainability"
).split()
TABLES = {
	"partners": (
		("organisation_name", "tax_code", "runts_number", "contact_email", "activities", "agreement_file"),
		("organisation_type", "counts_towards_minimum", "confirmation_state"),
		"role",
		"budget",
		"cofinancing_cash",
		"cofinancing_in_kind",
	),
	"actions": (
		("title", "description", "output"),
		("area", "partner", "territory"),
		"start_date",
		"end_date",
	),
	"recipients": (("recipient_category", "description"), "expected_number"),
	"indicators": ("indicator", "unit", "baseline", "target", "source"),
	"costs": (
		("description", "cost_category", "action", "partner"),
		"year",
		"quantity",
		"unit_cost",
		"vat",
		"amount",
		"charged_to",
	),
}
#: how an outcome reads before there is one
NOT_YET = (NOTHING, rtc_number(0), rtc_euro(0))
MEMBER_NOW, MEMBER_ONCE, NO_MEMBER = "member", "former", "none"


def in_italian(doc, method=None, print_settings=None) -> None:
	"""`before_print` of our records: an act of an Italian public body is in Italian for every reader."""
	frappe.local.lang = "it"


def rtc_application_paper(doc) -> dict:
	"""The whole application; amounts and dates already as Italians write them."""
	doc = receipts.as_sent(doc)
	return {
		"header": application_header(doc),
		"request": fields.pairs(
			doc, "call", "title", "acronym", "lead_name", "lead_tax_code", "pec", "contact_person", "contact_email",
			"contact_phone", "legal_representative", "legal_representative_tax_code", "legal_representative_powers",
		),
		"period": fields.pairs(doc, "start_date", "end_date"),
		"texts": fields.pairs(doc, *TEXTS),
		"tables": {name: child_table(doc, name, columns) for name, columns in TABLES.items()},
		"totals": fields.pairs(
			doc, "total_cost", "requested_contribution", "cofinancing_amount", "cofinancing_percent", "other_income"
		),
		"declarations": child_table(doc, "declarations", (("declaration", "text"), "mandatory", "accepted", "accepted_on")),
		"attachments": child_table(doc, "attachments", ("document", "mandatory", "file")),
		"agreement": fields.pairs(doc, "agreement_state") if doc.agreement_state else [],
		"signature": fields.pairs(doc, "signature_file")[0],
		"sending": fields.pairs(doc, "sent_on", "sent_by", "digest", "protocol_number", "protocol_date"),
		"outcome": outcome(doc),
		"sent": bool(doc.docstatus and doc.sent_on),
		"findings_html": findings.as_html(doc),
	}  # fmt: skip


def outcome(doc) -> list[dict]:
	rows = fields.pairs(doc, "workflow_state", "score", "granted_amount", "cup", "decision_reason")
	return [row for row in rows if row["value"] not in NOT_YET]


def child_table(doc, fieldname: str, columns: tuple) -> dict:
	df = doc.meta.get_field(fieldname)
	table = fields.table(doc.get(fieldname), frappe.get_meta(df.options), columns)
	return {"title": _(df.label), **table}


def header(issuer: dict) -> dict:
	"""The letterhead: of whom an act is, as he was called when it went out."""
	return {field: issuer[field] for field in ("ats", "office", "programme")}


def application_header(doc, issuer: dict | None = None) -> dict:
	return {
		**header(issuer or kept_names.issuer(doc, "Submitted")),
		"call": frappe.get_cached_value("RTC Call", doc.call, "title") or "",
		"number": doc.name,
		"state": _(doc.workflow_state) if doc.workflow_state else "",
	}


def rtc_receipt_paper(doc) -> dict:
	"""The receipt of an application; `sent` says whether there is anything to certify."""
	doc = receipts.as_sent(doc)
	return {
		"header": application_header(doc),
		"sent": bool(doc.docstatus and doc.sent_on),
		"withdrawn": doc.docstatus == 2,
		"sending": fields.pairs(doc, "sent_on", "sent_by", "protocol_number", "protocol_date"),
		"application": fields.pairs(
			doc, "title", "lead_name", "lead_tax_code", "pec", "total_cost", "requested_contribution",
			"cofinancing_amount",
		),
		"digest": doc.digest or "",
		"documents": child_table(doc, "attachments", ("document", "file")),
		"partners": child_table(
			doc, "partners", ("organisation_name", "role", ("confirmation_state", "confirmation_name", "confirmation_answered_on"))
		),
		"files": receipts.sent_files(doc),
		"verify": get_url("/verifica"),
		"signature": fields.pairs(doc, "signature_file")[0],
		"declarations": child_table(doc, "declarations", ("declaration", "accepted", "accepted_on")),
	}  # fmt: skip


def rtc_certificate_paper(doc) -> dict:
	"""The certificate of an adhesion; `membership` is "member", "former" or "none".

	In the names of the day on which it was admitted.
	"""
	issuer = kept_names.issuer(doc, "Admitted")
	then = copied(doc)
	vars(then).update(issuer["links"])
	today = clock.now().date()
	return {
		"header": header(issuer),
		"legal_basis": issuer["legal_basis"],
		"number": doc.name,
		"membership": membership(doc, today),
		"state": _(doc.workflow_state) if doc.workflow_state else "",
		"name": doc.organisation_name or "",
		"valid_from": doc.valid_from,
		"valid_to": doc.valid_to,
		"issued_on": today,
		"body": fields.pairs(
			then, "organisation_name", "organisation_type", "tax_code", "runts_number", "municipality", "territory",
			"legal_representative",
		),
		"act": fields.pairs(doc, "act_number", "act_date", "protocol_number", "protocol_date"),
	}  # fmt: skip


def membership(doc, on_date: date) -> str:
	periods = doc.history()
	if status_on(periods, on_date) == ADMITTED:
		return MEMBER_NOW
	left = status_on(periods, on_date) in LEFT or (periods and periods[-1].end and periods[-1].end < on_date)
	return MEMBER_ONCE if left else NO_MEMBER


def rtc_plan_paper(doc) -> dict:
	"""The Plan as frozen, or as it stands while it is a draft, with what was added after its approval."""
	return {
		**plan.assemble_document(doc),
		"draft": not doc.docstatus,
		"state": _(doc.workflow_state) if doc.workflow_state else "",
		"digest": (doc.digest or "") if doc.docstatus else "",
		"sending": fields.pairs(doc, "protocol_number", "protocol_date"),
		"sent": bool(doc.protocol_number),
	}


def rtc_review_paper(doc) -> dict:
	"""One person's review, or the consensus of the panel, with its marks and notes as they stand."""
	meta = frappe.get_meta("RTC Review Score")
	names = ("criterion", "max_score", "score", "note")
	return {
		"header": header(kept_names.issuer(doc, "Submitted")),
		"number": doc.name,
		"application": doc.application,
		"person": frappe.utils.get_fullname(doc.evaluator),
		"submitted": doc.workflow_state == "Submitted",
		"head": [
			{"label": fields.label(doc.meta, "evaluator"), "value": frappe.utils.get_fullname(doc.evaluator)},
			*fields.pairs(doc, "call", "kind", "submitted_on"),
			*(fields.pairs(doc, "reopened_on", "reopen_sitting", "reopen_reason") if doc.reopened_on else []),
		],
		"columns": [fields.label(meta, name) for name in names],
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
