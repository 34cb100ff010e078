"""Which programme is meant where nobody says, and the addresses that name one."""

import frappe
from frappe.utils import quoted

JOIN = "adesione"


def get_active(wanted: str | None = None) -> str | None:
	"""`wanted` if it is active, else the active programme that started last; None if there is none."""
	names = frappe.get_all("RTC Programme", {"status": "Active"}, order_by="start_date desc", pluck="name")
	if wanted in names:
		return wanted
	return names[0] if names else None


def get_address(route: str, programme: str) -> str:
	"""The page of one programme: without its name a reader may land on another that began later."""
	return f"/{route}?programme={quoted(programme)}"


def get_join_address(programme: str) -> str:
	"""Where an organisation joins `programme`; "" when it takes no adhesions."""
	is_open = frappe.get_cached_value("RTC Programme", programme, "status") == "Active"
	return get_address(JOIN, programme) if is_open else ""
