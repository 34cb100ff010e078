"""Calls close by the clock. Whatever the scheduler does, each request asks the call's own window (rules/application/window.py)."""

import frappe
from frappe.model.workflow import apply_workflow

from rtc_conciliation.common import clock


def close_calls() -> None:
	"""Closes the published calls whose time is over; one that cannot be closed keeps no other from it."""
	over = {"workflow_state": "Published", "closing": ("<", clock.now())}
	for name in frappe.get_all("RTC Call", filters=over, pluck="name"):
		frappe.db.savepoint("closing")
		try:
			apply_workflow(frappe.get_doc("RTC Call", name), "Close")
		except Exception:  # noqa: BLE001 (one that fails stops no other)
			frappe.db.rollback(save_point="closing")
			frappe.log_error(title=f"RTC Call {name} could not be closed")
