"""The Comitato and the Comunità di Pratica, with meetings held, one to approve and one to come."""

from datetime import timedelta

import frappe
from frappe.model.document import Document

from rtc_conciliation.setup.demo.acting import acting, make, step
from rtc_conciliation.setup.demo.bodies import bodies
from rtc_conciliation.setup.demo.calendar import Calendar
from rtc_conciliation.setup.demo.data import network_bodies as data
from rtc_conciliation.setup.demo.data.users import MANAGER, OFFICER


def make_bodies(programme: str, calendar: Calendar) -> None:
	made = {title: make_body(programme, title) for title in data.SEATS}
	for story in data.MEETINGS:
		hold(made[story["body"]], story)
	start = calendar.days_ago(-data.NEXT["days"], hour=10)
	values = {**data.NEXT, "starts_on": start, "ends_on": start + timedelta(hours=2)}
	make_meeting(made[data.NEXT["body"]], values)


def make_body(programme: str, title: str) -> str:
	kind, seats = data.SEATS[title]
	values = {
		"title": title,
		"kind": kind,
		"programme": programme,
		"established_on": data.ESTABLISHED,
		**data.ACT,
		"seats": [seat(*row) for row in seats],
	}
	return make("RTC Body", values, MANAGER).name


def seat(key: str, person: str, office: str, first: str, last: str | None) -> dict:
	values = {"person": person, "office": office, "from_date": first, "to_date": last}
	if not key:
		return {**values, "of_ats": 1, "email": f"{address(person)}@ats.example.org"}
	body = bodies()[key]
	organisation = frappe.db.get_value("RTC Organisation", {"tax_code": body["tax_code"]}, "name")
	domain = body["email"].split("@")[1]
	return {**values, "organisation": organisation, "email": f"{address(person)}@{domain}"}


def address(person: str) -> str:
	return person.lower().replace(" ", ".")


def make_meeting(body: str, story: dict) -> Document:
	fields = ("title", "starts_on", "ends_on", "place", "link")
	values = {field: story.get(field) for field in fields}
	values.update({"body": body, "agenda": [{"topic": topic} for topic in story["agenda"]]})
	with acting(OFFICER):
		meeting = frappe.get_doc({"doctype": "RTC Meeting", **values})
		guests = [{"person": who, "organisation_name": what} for who, what in story.get("guests", [])]
		meeting.set("attendees", [*meeting.seat_holders(), *guests])
		return meeting.insert()


def hold(body: str, story: dict) -> None:
	meeting = step(make_meeting(body, story), "Mark as Held", OFFICER)
	with acting(OFFICER):
		meeting.reload()
		for row in meeting.attendees:
			row.presence = "Excused" if row.person in story["absent"] else "Present"
		meeting.update({"outcome": story["outcome"], "minutes": story["minutes"]})
		meeting.save()
	if story["approved"]:
		step(meeting, "Approve Minutes", MANAGER, story["approved"])
