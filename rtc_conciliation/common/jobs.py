"""Background jobs: the language they speak, whether anybody takes them, how far they are."""

import frappe
from frappe.utils.background_jobs import get_queue, get_workers

QUEUED, RUNNING, DONE, FAILED = "Queued", "Running", "Done", "Failed"
UNDER_WAY = (QUEUED, RUNNING)


def set_job_language() -> None:
	"""`before_job` of hooks.py: core begins each job in English. One inside a request keeps its reader's language."""
	if not getattr(frappe.local, "request", None):
		frappe.local.lang = frappe.db.get_default("lang") or frappe.local.lang


def is_taken(queue: str = "long") -> bool:
	"""Is a worker there? A bench without one would let the jobs of this queue wait for ever, in silence."""
	return bool(get_workers(get_queue(queue)))


def set_progress(doctype: str, name: str, state: str, seconds: int, **more) -> None:
	"""How far the job about this record is, to the cache: the job stores at its end only."""
	frappe.cache.set_value(make_key(doctype, name), {"state": state, **more}, expires_in_sec=seconds)


def get_progress(doctype: str, name: str) -> dict:
	"""{"state", and what `set_progress` got besides}; {} where nobody asked, or too long ago."""
	return frappe.cache.get_value(make_key(doctype, name), expires=True) or {}


def clear_progress(doctype: str, name: str) -> None:
	frappe.cache.delete_value(make_key(doctype, name))


def make_key(doctype: str, name: str) -> str:
	return f"rtc_job:{doctype}:{name}"
