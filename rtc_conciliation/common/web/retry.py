"""A request that met another one begins anew, so that nobody is told of what only the database knows."""

from collections.abc import Callable
from functools import wraps

import frappe


def retry(work: Callable, times: int = 4, on: tuple = ()):
	"""What `work()` gives; begun anew when it ends in a deadlock or with one of `on`, at most `times` times in all.

	What it had written is rolled back and its messages are dropped; the last failure is raised.
	"""
	for left in reversed(range(times)):
		try:
			return work()
		except (frappe.QueryDeadlockError, *on):
			if not left:
				raise
			frappe.db.rollback()
			frappe.clear_messages()
			rewind_files()


def retry_on_deadlock(function: Callable) -> Callable:
	"""Decorator of a method that writes: below `frappe.whitelist` and whatever counts or asks once in a request."""

	@wraps(function)
	def wrapper(*args, **kwargs):
		return retry(lambda: function(*args, **kwargs))

	return wrapper


def rewind_files() -> None:
	"""What was read of the request's files is read again."""
	request = getattr(frappe.local, "request", None)
	for sent in request.files.values() if request else ():
		sent.stream.seek(0)
