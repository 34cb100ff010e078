"""The adhesions, each taken through its steps by the officer and the manager."""

from datetime import date

from frappe.model.document import Document

from rtc_conciliation.setup.demo.acting import acting, edit, make, step
from rtc_conciliation.setup.demo.bodies import bodies, table
from rtc_conciliation.setup.demo.calendar import Calendar
from rtc_conciliation.setup.demo.data.decisions import LEFT_ON, REJECTION
from rtc_conciliation.setup.demo.data.users import MANAGER, OFFICER
from rtc_conciliation.setup.demo.papers import upload

WEB = "Web"


def make_members(programme: str, calendar: Calendar) -> None:
	with acting(OFFICER):
		members = [
			(receive(programme, number, row, received(row, calendar)), row)
			for number, row in enumerate(table("members"), 1)
		]
		members = [
			(step(member, "Start Review", OFFICER), row)
			for member, row in members
			if row["state"] != "Received"
		]
	with acting(MANAGER):
		for member, row in members:
			decide(member, row)


def decide(member: Document, row: dict[str, str]) -> None:
	if row["state"] == "Under Review":
		return
	if row["state"] == "Rejected":
		member = edit(member, MANAGER, decision_reason=REJECTION, **act(row))
		step(member, "Reject", MANAGER, at_eleven(row))
		return
	member = edit(member, MANAGER, **act(row))
	member = step(member, "Admit", MANAGER, at_eleven(row))
	if row["state"] == "Ended":
		member = edit(member, MANAGER, valid_to=LEFT_ON)
		step(member, "End Membership", MANAGER, f"{LEFT_ON} 17:00:00")


def received(row: dict[str, str], calendar: Calendar) -> str:
	"""A day of the history, or so many days before the day of loading."""
	day = row["received"]
	return calendar.days_ago(-int(day)).isoformat(" ") if day.startswith("-") else f"{day} 10:00:00"


def receive(programme: str, number: int, row: dict[str, str], at: str) -> Document:
	day = at[:10]
	values = {
		**bodies()[row["key"]],
		"programme": programme,
		"channel": row["channel"],
		"offers": row["offers"],
		"confirmed_from_previous": int(row["confirmed"]),
		"privacy_accepted": 1,
		"protocol_number": f"{number:07d}/{day[:4]}",
		"protocol_date": day,
	}
	with acting(OFFICER, at):
		if row["channel"] != WEB:
			values["adhesion_form_date"] = day
			values["adhesion_form"] = form_of(row)
		member = make("RTC Member", values, OFFICER, at)
	if row["channel"] == WEB and row["state"] != "Received":
		member.db_set("email_confirmed_on", at, update_modified=False)  # as the mailed link does
	return member


def form_of(row: dict[str, str]) -> str:
	lines = [
		"Modulo di adesione alla Rete Territoriale di Conciliazione",
		row["name"],
		"Documento dimostrativo",
	]
	return upload(f"adesione-{row['key']}.pdf", lines)


def act(row: dict[str, str]) -> dict:
	day = date.fromisoformat(row["decided"])
	return {
		"act_number": f"Presa d'atto {day:%d%m}/{day.year} (dato dimostrativo)",
		"act_date": row["decided"],
	}


def at_eleven(row: dict[str, str]) -> str:
	return f"{row['decided']} 11:00:00"
