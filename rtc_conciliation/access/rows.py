"""Which rows of a table a person sees: those of the records that they see.

Core lets the rows of any record be listed by whoever has the role to read one of the DocTypes that have such a table,
and asks neither which of them the row belongs to nor that record.
"""

from collections.abc import Callable

import frappe

from rtc_conciliation.access import sql


def rows_of(child: str, *doctypes: str) -> Callable[[str | None], str]:
	"""The permission query of the rows `child`, which are of records of these `doctypes`."""

	def query(user: str | None = None) -> str:
		user = user or frappe.session.user
		if user == "Administrator":
			return ""
		of_each = [of_doctype(child, doctype, user) for doctype in doctypes]
		seen = [condition for condition in of_each if condition]
		return f"({' or '.join(seen)})" if seen else sql.NOTHING

	query.child, query.doctypes = child, doctypes
	return query


def of_doctype(child: str, doctype: str, user: str) -> str | None:
	"""The condition on rows of records of `doctype`; None for who reads none of these."""
	condition = sql.get_read_condition(doctype, user)
	if condition is None:
		return None
	of_kind = f"`tab{child}`.`parenttype` = '{doctype}'"
	if not condition:
		return of_kind
	names = f"select `tab{doctype}`.`name` from `tab{doctype}` where {condition}"
	return f"({of_kind} and `tab{child}`.`parent` in ({names}))"


application_action = rows_of("RTC Application Action", "RTC Application")
application_attachment = rows_of("RTC Application Attachment", "RTC Application")
application_cost = rows_of("RTC Application Cost", "RTC Application")
application_declaration = rows_of("RTC Application Declaration", "RTC Application")
application_indicator = rows_of("RTC Application Indicator", "RTC Application")
application_partner = rows_of("RTC Application Partner", "RTC Application")
application_recipient = rows_of("RTC Application Recipient", "RTC Application")
body_seat = rows_of("RTC Body Seat", "RTC Body")
call_amendment = rows_of("RTC Call Amendment", "RTC Call")
call_area = rows_of("RTC Call Area", "RTC Call", "RTC Programme")
call_cost_cap = rows_of("RTC Call Cost Cap", "RTC Call", "RTC Programme")
call_criterion = rows_of("RTC Call Criterion", "RTC Call", "RTC Programme")
call_declaration = rows_of("RTC Call Declaration", "RTC Call", "RTC Programme")
call_formal_check = rows_of("RTC Call Formal Check", "RTC Call", "RTC Programme")
call_recipient_category = rows_of("RTC Call Recipient Category", "RTC Call", "RTC Programme")
call_required_document = rows_of("RTC Call Required Document", "RTC Call", "RTC Programme")
call_reserve = rows_of("RTC Call Reserve", "RTC Call")
call_text_limit = rows_of("RTC Call Text Limit", "RTC Call", "RTC Programme")
call_tie_break = rows_of("RTC Call Tie Break", "RTC Call", "RTC Programme")
formal_check_item = rows_of("RTC Formal Check Item", "RTC Formal Check")
integration_item = rows_of("RTC Integration Item", "RTC Integration Request")
meeting_agenda_item = rows_of("RTC Meeting Agenda Item", "RTC Meeting")
meeting_attendee = rows_of("RTC Meeting Attendee", "RTC Meeting")
member_period = rows_of("RTC Member Period", "RTC Member")
panel_member = rows_of("RTC Panel Member", "RTC Panel")
panel_sitting = rows_of("RTC Panel Sitting", "RTC Panel")
plan_community_member = rows_of("RTC Plan Community Member", "RTC Plan")
plan_section = rows_of("RTC Plan Section", "RTC Plan", "RTC Plan Template")
programme_budget_year = rows_of("RTC Programme Budget Year", "RTC Programme")
ranking_entry = rows_of("RTC Ranking Entry", "RTC Ranking")
review_score = rows_of("RTC Review Score", "RTC Review")
