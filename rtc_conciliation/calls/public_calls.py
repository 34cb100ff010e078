"""What everybody may read of the calls: those that were published, and nothing of who applies to them.

Plain JSON values; no permission is asked, since publication is what opens them (art. 12 L. 241/1990 and art. 26
D.Lgs. 33/2013: criteria and calls are published)."""

from datetime import datetime

import frappe
from frappe.utils import get_datetime, getdate

from rtc_conciliation.access.visibility import PUBLIC_CALL_STATES
from rtc_conciliation.calls import questions as call_questions
from rtc_conciliation.common import clock
from rtc_conciliation.common.papers import richtext
from rtc_conciliation.common.papers.plain_values import to_day, to_moment, to_money
from rtc_conciliation.rules.plain_text import as_typed

SOON, OPEN, OVER = "soon", "open", "over"
HEAD = (
	"name",
	"title",
	"programme",
	"workflow_state",
	"opening",
	"closing",
	"project_start",
	"project_end",
	"endowment",
	"max_contribution",
	"min_partners",
	"min_areas",
	"min_cofinancing_percent",
	"contact_email",
)
AMOUNTS = ("endowment", "max_contribution", "min_cofinancing_percent")
MOMENTS = ("opening", "closing")
#: table of a call → what of its rows is public
TABLES = {
	"areas": ("area", "counts_towards_minimum"),
	"recipient_categories": ("recipient_category",),
	"cost_caps": ("cost_category", "max_percent", "max_amount"),
	"required_documents": ("document", "mandatory", "description"),
	"declarations": ("declaration", "mandatory", "text", "legal_reference"),
	"criteria": ("criterion", "description", "max_score", "min_score"),
	"amendments": ("act_number", "act_date", "text", "changed"),
}


def list_summaries(at: datetime) -> list[dict]:
	"""Every published call: the open ones first, the next to close at the top; then those to come; then the past."""
	rows = frappe.get_all(
		"RTC Call",
		filters={"workflow_state": ("in", PUBLIC_CALL_STATES)},
		fields=list(HEAD),
		order_by="closing desc",
		limit_page_length=0,
	)
	calls = [summarise_call(row, at) for row in rows]
	order = {OPEN: 0, SOON: 1, OVER: 2}
	near = sorted((c for c in calls if c["window"] != OVER), key=lambda c: (order[c["window"]], c["closing"]))
	return near + [c for c in calls if c["window"] == OVER]


def summarise_call(row, at: datetime) -> dict:
	"""{"name", "title", "programme", "window", "days_left", dates ISO, amounts as text, thresholds}"""
	found = get_window(row, at)
	return {
		"name": row.name,
		"title": as_typed(row.title),
		"programme": row.programme,
		"window": found,
		"days_left": (getdate(row.closing) - at.date()).days if found == OPEN else None,
		"opening": to_moment(row.opening),
		"closing": to_moment(row.closing),
		"project_start": to_day(row.project_start),
		"project_end": to_day(row.project_end),
		"endowment": to_money(row.endowment),
		"max_contribution": to_money(row.max_contribution) if row.max_contribution else "",
		"min_partners": row.min_partners,
		"min_areas": row.min_areas,
		"min_cofinancing_percent": to_money(row.min_cofinancing_percent),
		"contact_email": row.contact_email or "",
	}


def to_data(calls: list[dict]) -> list[dict]:
	"""Summaries for programs: numbers as numbers, None where there is none, times with the offset of Europe/Rome."""
	return [
		{
			**call,
			**{field: float(call[field]) if call[field] else None for field in AMOUNTS},
			**{field: add_offset(call[field]) for field in MOMENTS},
		}
		for call in calls
	]


def add_offset(iso: str) -> str:
	return get_datetime(iso).replace(tzinfo=clock.ROME).isoformat() if iso else ""


def get_window(row, at: datetime) -> str:
	if row.workflow_state != "Published" or at >= get_datetime(row.closing):
		return OVER
	return OPEN if at >= get_datetime(row.opening) else SOON


def get_sheet(name: str, at: datetime) -> dict:
	"""A call with its text and tables. Raises DoesNotExistError when there is none for the public."""
	call = frappe.get_cached_doc("RTC Call", name)
	if call.workflow_state not in PUBLIC_CALL_STATES:
		raise frappe.DoesNotExistError
	return {
		**get_content(call, at),
		"questions": list_questions(name),
		"questions_until": to_moment(call_questions.get_question_deadline(call)),
		"takes_questions": call_questions.is_open_to_questions(call),
	}


def list_questions(call: str) -> list[dict]:
	"""Published questions with their answers, the newest first; nothing of who asked."""
	rows = frappe.get_all(
		"RTC Call Question",
		filters={"call": call, "workflow_state": "Published"},
		fields=["subject", "public_question", "answer", "published_on"],
		order_by="published_on desc, name desc",
		limit_page_length=0,
	)
	typed = ({field: as_typed(value) for field, value in row.items()} for row in rows)
	return [{**row, "published_on": to_moment(row["published_on"])} for row in typed]


def get_content(call, at: datetime) -> dict:
	"""Text and tables of a call, published or not."""
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	tables = {
		table: [{field: read_text(row.get(field)) for field in fields} for row in call.get(table)]
		for table, fields in TABLES.items()
	}
	return {
		**summarise_call(call, at),
		"ats": programme.ats_name,
		"legal_basis": programme.legal_basis or "",
		"office_pec": programme.office_pec or "",
		"act_number": call.act_number or "",
		"act_date": to_day(call.act_date),
		"description": richtext.clean_html(call.description),
		"filling_hours": call.filling_hours or 0,
		"partial_funding": bool(call.partial_funding),
		"score_threshold": to_money(call.score_threshold) if call.score_threshold else "",
		**tables,
	}


def read_text(value):
	"""A value as JSON has it, a text as it was typed, a date as text."""
	return as_typed(value) if isinstance(value, str | int | float) else str(value or "")
