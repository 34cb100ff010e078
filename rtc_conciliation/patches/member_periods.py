"""Members admitted before the history was kept get it from their first and last day."""

from datetime import timedelta

import frappe
from frappe.utils import getdate, now

from rtc_conciliation.rules.network import membership

ONE_DAY = timedelta(days=1)
STANDARD = "name creation modified owner modified_by parent parenttype parentfield idx".split()
FIELDS = "status from_date to_date act_number act_date reason".split()


def execute() -> None:
	known = set(frappe.get_all("RTC Member Period", pluck="parent", limit_page_length=0))
	members = frappe.get_all(
		"RTC Member",
		filters={"workflow_state": ("in", tuple(filter(None, membership.NEXT))), "valid_from": ("is", "set")},
		fields=[
			"name",
			"workflow_state",
			"valid_from",
			"valid_to",
			"act_number",
			"act_date",
			"decision_reason",
		],
		limit_page_length=0,
	)
	standard = (now(), now(), "Administrator", "Administrator")
	values = [
		[
			*(frappe.generate_hash(length=10), *standard, member.name, "RTC Member", "periods", idx),
			*(row.get(field) for field in FIELDS),
		]
		for member in members
		if member.name not in known
		for idx, row in enumerate(rows(member), 1)
	]
	if values:
		frappe.db.bulk_insert("RTC Member Period", (*STANDARD, *FIELDS), values)


def rows(member) -> list[dict]:
	"""The admission, and how the membership ended."""
	first, last = getdate(member.valid_from), member.valid_to and getdate(member.valid_to)
	made = [
		{
			"status": membership.ADMITTED,
			"from_date": first,
			"to_date": last,
			"act_number": member.act_number,
			"act_date": member.act_date,
		}
	]
	if member.workflow_state in membership.LEFT and last:
		made.append(
			{
				"status": member.workflow_state,
				"from_date": last + ONE_DAY,
				"reason": member.decision_reason,
			}
		)
	return made
