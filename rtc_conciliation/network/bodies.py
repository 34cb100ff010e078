"""The Comitato, the Comunità di Pratica and the other bodies of a network: who sat in them and what they worked out."""

from collections import defaultdict
from datetime import date

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import add_days, getdate

from rtc_conciliation.common.papers import richtext
from rtc_conciliation.common.papers.plain_values import to_day

#: meetings that took place
HELD = ("Held", "Minutes Approved")


def list_bodies(programme: str, on_date: date) -> dict:
	"""The bodies of `programme` as they were on `on_date`, with their meetings up to that day.

	{"bodies": [{"title", "kind", "seats": [{"organisation", "person", "office", "since"}], "meetings": [{"date",
	"title", "present", "outcome"}]}]}: bodies by the order of the kinds and by day of foundation, seats in the
	order of the rows, meetings by day; `present` is a number, `outcome` clean HTML. Five queries.
	"""
	on_date = getdate(on_date)
	kinds = frappe.get_meta("RTC Body").get_field("kind").options.split("\n")
	bodies = frappe.get_all(
		"RTC Body",
		filters={"programme": programme, "established_on": ("<=", on_date)},
		fields=["name", "title", "kind", "dissolved_on"],
		order_by="established_on asc, name asc",
	)
	bodies = [body for body in bodies if not body.dissolved_on or body.dissolved_on >= on_date]
	names = [body.name for body in bodies] or [""]
	ats = frappe.db.get_value("RTC Programme", programme, "ats_name") or ""
	seats, meetings = list_seats(names, on_date, ats), list_meetings(names, on_date)
	bodies.sort(key=lambda body: kinds.index(body.kind) if body.kind in kinds else len(kinds))
	return {
		"bodies": [
			{
				"title": body.title,
				"kind": body.kind,
				"seats": seats[body.name],
				"meetings": meetings[body.name],
			}
			for body in bodies
		]
	}


def list_seats(bodies: list[str], on_date: date, ats: str) -> dict[str, list[dict]]:
	seat = frappe.qb.DocType("RTC Body Seat")
	organisation = frappe.qb.DocType("RTC Organisation")
	rows = (
		frappe.qb.from_(seat)
		.left_join(organisation)
		.on(organisation.name == seat.organisation)
		.select(
			seat.parent, seat.of_ats, organisation.organisation_name, seat.person, seat.office, seat.from_date
		)
		.where(seat.parenttype == "RTC Body")
		.where(seat.parent.isin(bodies))
		.where(seat.from_date <= on_date)
		.where(seat.to_date.isnull() | (seat.to_date >= on_date))
		.orderby(seat.parent, seat.idx)
		.run(as_dict=True)
	)
	found = defaultdict(list)
	for row in rows:
		found[row.parent].append(
			{
				"organisation": ats if row.of_ats else row.organisation_name or "",
				"person": row.person or "",
				"office": row.office or "",
				"since": to_day(row.from_date),
			}
		)
	return found


def list_meetings(bodies: list[str], on_date: date) -> dict[str, list[dict]]:
	meeting = frappe.qb.DocType("RTC Meeting")
	rows = (
		frappe.qb.from_(meeting)
		.select(meeting.name, meeting.body, meeting.title, meeting.starts_on, meeting.outcome)
		.where(meeting.body.isin(bodies))
		.where(meeting.workflow_state.isin(HELD))
		.where(meeting.starts_on < add_days(on_date, 1))
		.orderby(meeting.starts_on, meeting.name)
		.run(as_dict=True)
	)
	attendee = frappe.qb.DocType("RTC Meeting Attendee")
	present = dict(
		frappe.qb.from_(attendee)
		.select(attendee.parent, Count("*"))
		.where(attendee.parenttype == "RTC Meeting")
		.where(attendee.presence == "Present")
		.where(attendee.parent.isin([row.name for row in rows] or [""]))
		.groupby(attendee.parent)
		.run()
	)
	found = defaultdict(list)
	for row in rows:
		found[row.body].append(
			{
				"date": to_day(row.starts_on),
				"title": row.title or "",
				"present": int(present.get(row.name, 0)),
				"outcome": richtext.clean_html(row.outcome),
			}
		)
	return found
