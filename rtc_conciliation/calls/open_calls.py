"""Calls as an applicant's form needs them: what can be chosen, declared and attached under each."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from rtc_conciliation.common import clock
from rtc_conciliation.common.rows import to_plain
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.rules.application import texts
from rtc_conciliation.rules.plain_text import as_typed

#: what a missed change of a description may cost
SECONDS = 600


def list_open_calls() -> list[str]:
	"""Names of the published calls that take applications now, the one that closes first at the top."""
	now = clock.now()
	return frappe.get_list(
		"RTC Call",
		filters=[
			["workflow_state", "=", "Published"],
			["opening", "<=", now],
			["closing", ">", now],
		],
		pluck="name",
		order_by="closing asc",
		limit_page_length=0,
	)


def get_choice(name: str) -> dict:
	"""What the form needs of a call; `is_open` says whether an application can be sent now."""
	call = frappe.get_cached_doc("RTC Call", name)
	closing = get_datetime(call.closing)
	return {
		"value": call.name,
		"label": call.title,
		"is_open": call.workflow_state == "Published" and get_datetime(call.opening) <= clock.now() < closing,
		"closing": format_datetime(closing, "d MMMM yyyy, HH:mm"),
		"contact_email": call.contact_email or "",
		"project_start": str(call.project_start or ""),
		"project_end": str(call.project_end or ""),
		"budget": get_budget_rules(call),
		"limits": get_limits(call),
		"needed": get_needed(call),
		"areas": list_chosen(call.areas, "area"),
		"cost_categories": list_chosen(call.cost_caps, "cost_category"),
		"recipient_categories": list_chosen(call.recipient_categories, "recipient_category"),
		"filling_hours": call.filling_hours or 0,
		"declarations": [
			{"declaration": row.declaration, "mandatory": row.mandatory, "text": row.text or ""}
			for row in call.declarations
		],
		"documents": [
			{
				"document": row.document,
				"mandatory": row.mandatory,
				"description": row.description or "",
				"template": row.template or "",
			}
			for row in call.required_documents
		],
	}


def get_budget_rules(call) -> dict:
	"""What the sums of a budget are held against; numbers as text, such that the browser rounds none."""
	labels = {row["value"]: row["label"] for row in list_chosen(call.cost_caps, "cost_category")}
	return {
		"min_cofinancing_percent": to_plain_number(call.min_cofinancing_percent),
		"max_contribution": to_plain_number(call.max_contribution),
		"endowment": to_plain_number(call.endowment),
		"caps": [
			{
				"category": row.cost_category,
				"label": labels[row.cost_category],
				"percent": to_plain_number(row.max_percent),
				"amount": to_plain_number(row.max_amount),
			}
			for row in call.cost_caps
			if row.max_percent or row.max_amount
		],
	}


def to_plain_number(value: float | None) -> str:
	return f"{Decimal(str(value or 0)):f}"


def get_limits(call) -> dict[str, dict[str, int]]:
	"""Characters of each long text by table and field; the table of the application's own fields is ""."""
	found: dict[str, dict[str, int]] = {}
	for place, most in texts.get_limits(to_plain(call)).items():
		found.setdefault(place.table, {})[place.field] = most
	return found


def get_needed(call) -> dict[str, list[str]]:
	"""Fields of the texts that have to be written, by table as in `get_limits`."""
	found: dict[str, list[str]] = {}
	for place in texts.get_needed(to_plain(call)):
		found.setdefault(place.table, []).append(place.field)
	return found


def list_chosen(rows, fieldname: str) -> list[dict]:
	"""[{"value", "label", "description"}]: what the call lists, as the office describes it."""
	if not rows:
		return []
	described = get_descriptions(rows[0].meta.get_field(fieldname).options)
	names = [row.get(fieldname) for row in rows]
	return [{"value": name, "label": _(name), "description": described.get(name, "")} for name in names]


def get_descriptions(doctype: str) -> dict[str, str]:
	"""Reference row → its description, of those that have one; kept until one of them changes."""

	def make() -> dict:
		rows = frappe.get_all(doctype, fields=["name", "description"], limit_page_length=0)
		return {row.name: as_typed(row.description) for row in rows if row.description}

	return page_cache.get_or_render(f"descriptions:{doctype}", make, SECONDS)
