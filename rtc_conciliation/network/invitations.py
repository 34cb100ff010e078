"""The invitation to a meeting by e-mail, with the entry for calendars (RFC 5545 and 5546).

The identifier of the entry never changes and its version grows with each change, so that a calendar replaces
what it has; the cancellation takes it away, of the whole meeting or for one who is taken off. Each mail names its own recipient only.
"""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cint, escape_html, get_datetime
from icalendar import Calendar, Event, vCalAddress, vText

from rtc_conciliation.common import clock, mails
from rtc_conciliation.common.italian import rtc_minute, use_italian

PRODUCT = "-//rtc_conciliation//RTC Meeting//IT"
USUAL_LENGTH = timedelta(hours=1)
REQUEST, CANCEL = "REQUEST", "CANCEL"
TEMPLATE = "rtc_conciliation/templates/emails/rtc_meeting.html"


class InvitationError(frappe.ValidationError):
	"""There is nothing to send, or nobody to send it to."""


def send_invitations(doc) -> dict:
	"""Queue one mail for each attendee with an address: {"sent": number, "without_email": [names]}.

	Read anew from the database: a form may hold what was never saved. Raises InvitationError.
	"""
	meeting = frappe.get_doc(doc.doctype, doc.name)
	method = get_method(meeting)
	with_email = [row for row in meeting.attendees if row.email]
	if not with_email:
		refuse_invitation(_("No attendee has an e-mail address. Write it in the table Attendees and save."))
	body = frappe.get_cached_doc("RTC Body", meeting.body)
	programme = frappe.get_cached_doc("RTC Programme", body.programme)
	with use_italian():  # the ATS writes in Italian, whoever presses the button
		for row in with_email:
			if not send_mail(meeting, body, programme, row, method):
				refuse_invitation(
					_("This site has no outgoing mail. An administrator sets an e-mail account.")
				)
	meeting.db_set({"invited_on": clock.now(), "ics_sent": cint(meeting.ics_sequence)})
	for row in with_email:
		row.db_set("invited_to", row.email, update_modified=False)
	return {
		"sent": len(with_email),
		"without_email": [row.person for row in meeting.attendees if not row.email],
	}


def list_removed(meeting) -> list:
	"""Rows of those who were invited and whom this save takes off, or to another address."""
	before = meeting.get_doc_before_save()
	if not before or meeting.workflow_state != "Planned":
		return []
	return list_uninvited(meeting, before.attendees)


def list_uninvited(meeting, rows) -> list:
	"""Those of `rows` that were invited at an address at which nobody is invited to `meeting` any more."""
	here = {row.email.casefold() for row in meeting.attendees if row.email}
	return [row for row in rows if row.invited_to and row.invited_to.casefold() not in here]


def cancel_for_removed(meeting) -> None:
	"""Takes the entry out of the calendars of those whom this save takes off; says who could not be told."""
	rows = list_removed(meeting)
	if not rows:
		return
	body = frappe.get_cached_doc("RTC Body", meeting.body)
	programme = frappe.get_cached_doc("RTC Programme", body.programme)
	with use_italian():
		told = [
			row for row in rows if send_mail(meeting, body, programme, make_removed_attendee(row), CANCEL)
		]
	names = ", ".join(escape_html(row.person) for row in rows)
	if len(told) == len(rows):
		said = _("Told by mail that they are not invited any more: {0}.")
	else:
		said = _("This site has no outgoing mail. Tell them that they are not invited any more: {0}.")
	frappe.msgprint(said.format(names), alert=True)


def make_removed_attendee(row) -> frappe._dict:
	return frappe._dict(person=row.person, email=row.invited_to, is_guest=row.is_guest, is_removed=True)


def get_method(meeting) -> str:
	"""REQUEST for a meeting that is planned, CANCEL for one that was called off after it was sent."""
	if meeting.workflow_state == "Planned":
		return REQUEST
	if meeting.workflow_state != "Cancelled":
		refuse_invitation(_("The meeting was held: there is nothing to invite to any more."))
	if not meeting.invited_on:
		refuse_invitation(_("Nobody was invited: there is nothing to cancel."))
	return CANCEL


def refuse_invitation(message: str) -> None:
	frappe.throw(message, InvitationError, title=_("Invitation Not Sent"))


def send_mail(meeting, body, programme, attendee, method: str) -> bool:
	return mails.send(
		[attendee.email],
		make_subject(meeting, body, attendee, method),
		message=frappe.render_template(TEMPLATE, make_content(meeting, body, programme, attendee, method)),
		reply_to=programme.office_email or None,
		reference_doctype=meeting.doctype,
		reference_name=meeting.name,
		attachments=[
			{
				"fname": "invito.ics",
				"fcontent": make_calendar(meeting, body, programme, attendee, method).decode(),
				"content_type": f"text/calendar; method={method}",
			}
		],
	)


def make_subject(meeting, body, attendee, method: str) -> str:
	if attendee.get("is_removed"):
		text = _("Not invited any more: {0}, {1}")
	elif method == CANCEL:
		text = _("Cancelled: {0}, {1}")
	elif cint(meeting.ics_sequence):
		text = _("Changed: {0}, {1}")
	else:
		text = _("Invitation: {0}, {1}")
	return text.format(f"{body.title} – {meeting.title}", rtc_minute(meeting.starts_on))


def make_content(meeting, body, programme, attendee, method: str) -> dict:
	"""What the mail says; its template escapes it."""
	return {
		"removed": bool(attendee.get("is_removed")),
		"cancelled": method == CANCEL,
		"changed": method == REQUEST and cint(meeting.ics_sequence) > 0,
		"person": attendee.person,
		"guest": attendee.is_guest,
		"title": meeting.title,
		"body": body.title,
		"starts_on": rtc_minute(meeting.starts_on),
		"ends_on": rtc_minute(meeting.ends_on) if meeting.ends_on else "",
		"place": meeting.place or "",
		"link": meeting.link or "",
		"reason": meeting.decision_reason or "",
		"agenda": [{"topic": row.topic, "speaker": row.speaker or ""} for row in meeting.agenda],
		"ats": programme.ats_name,
		"office": programme.office or "",
		"office_email": programme.office_email or "",
	}


def make_calendar(meeting, body, programme, attendee, method: str) -> bytes:
	"""The .ics for one attendee, with the time zone of Rome written out."""
	start = get_datetime(meeting.starts_on).replace(tzinfo=clock.ROME)
	end = (
		get_datetime(meeting.ends_on).replace(tzinfo=clock.ROME) if meeting.ends_on else start + USUAL_LENGTH
	)
	event = Event()
	event.add("uid", f"{meeting.ics_uid}@rtc-conciliation")
	event.add("sequence", cint(meeting.ics_sequence))
	event.add("dtstamp", clock.now().replace(tzinfo=clock.ROME))
	event.add("dtstart", start)
	event.add("dtend", end)
	event.add("summary", f"{body.title} – {meeting.title}")
	event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
	if meeting.place or meeting.link:
		event.add("location", meeting.place or meeting.link)
	if meeting.link:
		event.add("url", meeting.link)
	if agenda := "\n".join(f"{row.idx}. {row.topic}" for row in meeting.agenda):
		event.add("description", agenda)
	if programme.office_email:
		event["organizer"] = make_address(programme.office_email, programme.ats_name)
	invited = make_address(attendee.email, attendee.person)
	invited.params["ROLE"] = vText("OPT-PARTICIPANT" if attendee.is_guest else "REQ-PARTICIPANT")
	invited.params["RSVP"] = vText("FALSE" if method == CANCEL else "TRUE")
	event.add("attendee", invited, encode=0)
	made = Calendar()
	made.add("prodid", PRODUCT)
	made.add("version", "2.0")
	made.add("calscale", "GREGORIAN")
	made.add("method", method)
	made.add_component(event)
	made.add_missing_timezones()
	return made.to_ical()


def make_address(email: str, name: str):
	made = vCalAddress(f"MAILTO:{email}")
	made.params["CN"] = vText(name)
	return made
