"""The application form at its usual size, 6 partners and 20 cost rows: the live check and the save, in the server."""

import statistics
import time

import frappe

from rtc_conciliation.applications import drafts, saving
from tests.site import factories
from tests.site.http import committed_rows

TIMES = 30


def measure() -> list[dict]:
	with committed_rows():
		frappe.set_user("Administrator")
		call = factories.call().name
		frappe.db.commit()
		frappe.set_user(factories.APPLICANT)
		values = {**factories.application_values(call=call), "attachments": [], "title": "Domanda misurata"}
		values["partners"] = [factories.partner(at, f"Ente {at}", "Comune") for at in range(6)]
		values["costs"] = [factories.cost(100 + at, "Contribution", key=str(at)) for at in range(20)]
		checked = median(lambda _number: drafts.check_draft(values))
		saved = saving.save_draft({**values, "key": "misura"}, {})
		rows = saved["values"]["costs"]

		def save(number: int) -> None:
			changed = [{**rows[0], "description": f"Riga {number}"}, *rows[1:]]
			saving.save_draft({"name": saved["name"], "costs": changed}, {"costs": rows})
			rows[0] = changed[0]

		kept = median(save)
		frappe.set_user("Administrator")
	return [
		{"what": "Live check, 20 cost rows (median)", "unit": "ms", "value": checked, "limit": 100},
		{"what": "Save of a draft, 20 cost rows (median)", "unit": "ms", "value": kept, "limit": 500},
	]


def median(work) -> float:
	"""Milliseconds."""
	seconds = []
	for number in range(TIMES):
		began = time.perf_counter()
		work(number)
		seconds.append(time.perf_counter() - began)
	return statistics.median(seconds) * 1000
