"""What was sent before receipts were mailed by one job for all had its receipt then."""

import frappe


def execute() -> None:
	table = frappe.qb.DocType("RTC Application")
	frappe.qb.update(table).set(table.receipt_sent_on, table.sent_on).where(
		(table.docstatus > 0) & table.receipt_sent_on.isnull()
	).run()
