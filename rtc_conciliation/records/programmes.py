"""Which programme is meant where nobody says."""

import frappe


def active(wanted: str | None = None) -> str | None:
	"""`wanted` if it is active, else the active programme that started last; None if there is none."""
	names = frappe.get_all("RTC Programme", {"status": "Active"}, order_by="start_date desc", pluck="name")
	if wanted in names:
		return wanted
	return names[0] if names else None
