"""Reference rows that belong to the site: made once, never overwritten afterwards."""

import frappe

from rtc_conciliation.setup.templates import read

SEEDS = {"RTC Territory": "territories", "RTC Cost Category": "cost_categories"}


def seed_reference() -> None:
	for doctype, name in SEEDS.items():
		if not frappe.db.count(doctype):
			for row in read(name):
				frappe.get_doc({"doctype": doctype, **row}).insert()
