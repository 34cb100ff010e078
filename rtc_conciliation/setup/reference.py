"""Reference rows that belong to the site: made once, never overwritten afterwards."""

import frappe

from rtc_conciliation.common.json_files import read_json
from rtc_conciliation.plan.template import STANDARD, get_sections

SEEDS = {"RTC Territory": "territories", "RTC Cost Category": "cost_categories"}


def seed_reference() -> None:
	for doctype, name in SEEDS.items():
		if not frappe.db.count(doctype):
			for row in get_rows(name):
				frappe.get_doc({"doctype": doctype, **row}).insert()
	seed_plan_template()


def get_rows(name: str) -> list[dict]:
	return read_json(__file__, f"data/{name}")


def seed_plan_template() -> None:
	if not frappe.db.count("RTC Plan Template"):
		frappe.get_doc(
			{
				"doctype": "RTC Plan Template",
				"title": STANDARD,
				"description": "Sezioni dei Piani pubblicati dalle ATS e contenuti che la Regione chiede.",
				"sections": get_sections(),
			}
		).insert()
