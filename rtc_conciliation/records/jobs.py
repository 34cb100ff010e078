"""Background jobs speak the site's language: core begins each of them in English."""

import frappe


def speak() -> None:
	"""`before_job` of hooks.py. A job that runs inside a request keeps the language of its reader."""
	if not getattr(frappe.local, "request", None):
		frappe.local.lang = frappe.db.get_default("lang") or frappe.local.lang
