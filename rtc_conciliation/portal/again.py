"""A request that met another one begins anew, so that nobody is told of what only the database knows."""

from collections.abc import Callable

import frappe


def begun_anew(work: Callable, times: int = 4, on: tuple = ()):
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
