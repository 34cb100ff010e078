"""A page that breaks down leaves its trace where a method that breaks down does: core notes the latter only."""

from collections.abc import Callable
from functools import wraps

from frappe.utils.error import log_error_snapshot


def log_faults(render: Callable) -> Callable:
	"""Decorator of the `render` of a page: what the site, not its reader, is to blame for goes to the Error Log."""

	@wraps(render)
	def wrapper(self):
		try:
			return render(self)
		except Exception as error:
			if getattr(error, "http_status_code", 500) >= 500:
				log_error_snapshot(error)
			raise

	return wrapper
