"""Who was invited to the meetings that are still to come: without it nobody whom one takes off now would be told."""

import frappe


def execute() -> None:
	meeting, row = frappe.qb.DocType("RTC Meeting"), frappe.qb.DocType("RTC Meeting Attendee")
	invited = (
		frappe.qb.from_(meeting)
		.select(meeting.name)
		.where(meeting.workflow_state == "Planned")
		.where(meeting.invited_on.isnotnull())
	)
	(
		frappe.qb.update(row)
		.set(row.invited_to, row.email)
		.where(row.parenttype == "RTC Meeting")
		.where(row.parent.isin(invited))
		.run()
	)
