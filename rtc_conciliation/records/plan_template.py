"""The rows that a new Plan starts with."""

import frappe

from rtc_conciliation.setup.templates import plan_sections

STANDARD = "Piano Territoriale di Conciliazione"
COPIED = ("title", "kind", "included", "required", "report", "content")


def sections_for(programme: str | None) -> list[dict]:
	"""Rows of the programme's template, of the standard one, or as shipped when the site has deleted it."""
	chosen = programme and frappe.db.get_value("RTC Programme", programme, "plan_template")
	name = chosen or frappe.db.exists("RTC Plan Template", STANDARD)
	if not name:
		return plan_sections()
	rows = frappe.get_cached_doc("RTC Plan Template", name).sections
	return [{field: row.get(field) for field in COPIED} for row in rows]
