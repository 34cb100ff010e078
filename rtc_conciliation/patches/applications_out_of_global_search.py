"""Core's global search asks nobody's permission: what is not for everybody does not stand in it."""

import frappe

NOT_FOR_EVERYBODY = ("RTC Application", "RTC Formal Check", "RTC Integration Request")


def execute():
	table = frappe.qb.Table("__global_search")
	frappe.qb.from_(table).delete().where(table.doctype.isin(NOT_FOR_EVERYBODY)).run()
