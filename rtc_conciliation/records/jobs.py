"""Background jobs: the language they speak, and whether anybody takes them."""

import frappe
from frappe.utils.background_jobs import get_queue, get_workers


def speak() -> None:
	"""`before_job` of hooks.py: core begins each job in English. One inside a request keeps its reader's language."""
	if not getattr(frappe.local, "request", None):
		frappe.local.lang = frappe.db.get_default("lang") or frappe.local.lang


def is_taken(queue: str = "long") -> bool:
	"""Is a worker there? A bench without one would let the jobs of this queue wait for ever, in silence."""
	return bool(get_workers(get_queue(queue)))
