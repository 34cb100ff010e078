"""The criteria that the system computes were a check of their own before there were kinds."""

import frappe


def execute():
	if not frappe.db.has_column("RTC Call Criterion", "computed"):
		return
	row = frappe.qb.DocType("RTC Call Criterion")
	frappe.qb.update(row).set(row.kind, "Computed").where(row.computed == 1).run()
	frappe.qb.update(row).set(row.kind, "Judgement").where(row.kind.isnull() | (row.kind == "")).run()
