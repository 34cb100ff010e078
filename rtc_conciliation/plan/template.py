"""The rows that a new Plan starts with."""

import frappe

from rtc_conciliation.common.json_files import read_json

STANDARD = "Piano Territoriale di Conciliazione"
COPIED = ("title", "kind", "included", "required", "report", "content")


def get_sections_of_programme(programme: str | None) -> list[dict]:
	"""Rows of the programme's template, of the standard one, or as shipped when the site has deleted it."""
	chosen = programme and frappe.db.get_value("RTC Programme", programme, "plan_template")
	name = chosen or frappe.db.exists("RTC Plan Template", STANDARD)
	if not name:
		return get_sections()
	rows = frappe.get_cached_doc("RTC Plan Template", name).sections
	return [{field: row.get(field) for field in COPIED} for row in rows]


def get_sections() -> list[dict]:
	"""The sections of the standard template, as shipped."""
	return read_json(__file__, "template")
