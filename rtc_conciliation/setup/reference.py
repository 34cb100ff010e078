"""Reference rows that belong to the site: made once, never overwritten afterwards."""

import frappe

from rtc_conciliation.records.plan_template import STANDARD
from rtc_conciliation.setup.templates import plan_sections, read

SEEDS = {"RTC Territory": "territories", "RTC Cost Category": "cost_categories"}


def seed_reference() -> None:
	for doctype, name in SEEDS.items():
		if not frappe.db.count(doctype):
			for row in read(name):
				frappe.get_doc({"doctype": doctype, **row}).insert()
	seed_plan_template()


def seed_plan_template() -> None:
	if not frappe.db.count("RTC Plan Template"):
		frappe.get_doc(
			{
				"doctype": "RTC Plan Template",
				"title": STANDARD,
				"description": "Sezioni dei Piani pubblicati dalle ATS e contenuti che la Regione chiede.",
				"sections": plan_sections(),
			}
		).insert()
