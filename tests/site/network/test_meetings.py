"""Bodies, their seats and meetings, the invitations with their .ics, and what the Plan is told of them."""

import email
from datetime import date, timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from icalendar import Calendar

from rtc_conciliation.common import clock
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.network import bodies, calendar, invitations
from rtc_conciliation.rtc_conciliation.doctype.rtc_body.rtc_body import MeetingOutsideBodyError
from rtc_conciliation.rtc_conciliation.doctype.rtc_meeting.rtc_meeting import NotYetHeldError
from tests.site import factories
from tests.site.factories import APPLICANT, AUDITOR, EVALUATOR, MANAGER, OFFICER, seat

SOON = {"starts_on": "2034-06-10 15:00:00", "ends_on": "2034-06-10 17:00:00"}


def test_seats_that_overlap_are_refused_by_row():
	with pytest.raises(RulesError) as refused:
		factories.body(seats=[seat("Ada Prova", of_ats=1), seat("ada prova", of_ats=1, office="Secretary")])
	assert "righe 1, 2" in str(refused.value)
	with pytest.raises(frappe.ValidationError):
		factories.body(dissolved_on="2026-05-19")


def test_a_meeting_outside_the_days_of_its_body_is_refused():
	body = factories.body()
	for values in (
		{"starts_on": "2026-05-19 10:00:00", "ends_on": None},
		{"starts_on": "2026-06-10 15:00:00", "ends_on": "2026-06-10 14:00:00"},
		{"starts_on": "2026-06-10 15:00:00", "ends_on": "2026-06-10 15:00:00"},
	):
		with pytest.raises(RulesError):
			factories.meeting(body=body.name, **values)
	factories.meeting(body=body.name)
	for values in ({"established_on": "2026-06-11"}, {"dissolved_on": "2026-06-09"}):
		doc = frappe.get_doc("RTC Body", body.name).update(values)
		doc.seats[0].from_date = doc.established_on
		with pytest.raises(MeetingOutsideBodyError):
			doc.save()


def test_only_who_holds_a_seat_that_day_is_no_guest():
	organisation = factories.organisation().name
	body = factories.body(
		seats=[
			seat("Ada Prova", organisation=organisation, to_date="2026-06-09"),
			seat("Bice Prova", organisation=organisation, office="President", from_date="2026-06-10"),
		]
	)
	rows = [
		{"person": name, "is_guest": 0, "office": "President"}
		for name in ("Ada Prova", "bice  prova", "Carla")
	]
	doc = factories.meeting(body=body.name, attendees=rows)
	assert [(row.is_guest, row.office, row.organisation) for row in doc.attendees] == [
		(1, None, None),
		(0, "President", organisation),
		(1, None, None),
	]
	with factories.acting(OFFICER):
		doc.attendees = doc.attendees[:1]
		assert [row["person"] for row in doc.seat_holders()] == ["Bice Prova"]
		doc.starts_on, doc.ends_on = "2026-06-09 10:00:00", None
		assert doc.seat_holders() == []  # Ada is there already
		doc.save()
	assert [row.is_guest for row in doc.attendees] == [0]


def test_the_life_of_a_meeting(as_user):
	with pytest.raises(NotYetHeldError):
		factories.meeting("Held", **SOON)
	doc = factories.meeting("Held")
	with as_user(MANAGER), pytest.raises(frappe.MandatoryError):
		apply_workflow(doc, "Approve Minutes")
	with as_user(OFFICER):
		doc = frappe.get_doc("RTC Meeting", doc.name)
		doc.update({"minutes": "<p>Verbale</p><script>alert(1)</script>", "outcome": "<p>Esito</p>"}).save()
	assert "script" not in doc.minutes
	with as_user(MANAGER):
		doc = apply_workflow(doc, "Approve Minutes")
		doc.outcome = "<p>Altro</p>"
		with pytest.raises(frappe.PermissionError):
			doc.save()


def test_who_may_do_what(as_user):
	body, meeting = factories.body(), factories.meeting()
	for user, may in ((OFFICER, True), (AUDITOR, True), (EVALUATOR, False), (APPLICANT, False)):
		with as_user(user):
			assert bool(frappe.has_permission("RTC Body", "read", doc=body.name)) == may, user
			assert bool(frappe.has_permission("RTC Meeting", "read", doc=meeting.name)) == may, user
	with as_user(AUDITOR), pytest.raises(frappe.PermissionError):
		frappe.get_doc("RTC Meeting", meeting.name).send_invitations()
	with as_user(AUDITOR):
		assert [row.name for row in calendar.list_meetings("2026-06-01 00:00:00", "2026-06-30 00:00:00")] == [
			meeting.name
		]
		assert calendar.list_meetings("2026-07-01 00:00:00", "2026-07-30 00:00:00") == []
	with as_user(APPLICANT), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
		calendar.list_meetings("2026-06-01 00:00:00", "2026-06-30 00:00:00")


@pytest.fixture
def mails(monkeypatch):
	"""Mails as they lie in the queue: (recipient, subject, method of the calendar, event), newest last."""
	account = {
		"doctype": "Email Account",
		"email_account_name": "Prova",
		"email_id": "ats@ats.example.org",
		"enable_outgoing": 1,
		"default_outgoing": 1,
		"smtp_server": "127.0.0.1",
		"no_smtp_authentication": 1,
		"awaiting_password": 1,
	}
	monkeypatch.setattr(frappe.flags, "mute_emails", True)
	frappe.get_doc(account).db_insert()

	def read():
		queue = frappe.get_all(
			"Email Queue",
			{"reference_doctype": "RTC Meeting"},
			["name", "message"],
			order_by="creation, name",
		)
		told = []
		for row in queue:
			message = email.message_from_string(row.message)
			[part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
			calendar = Calendar.from_ical(part.get_payload(decode=True))
			[event] = calendar.walk("VEVENT")
			[to] = frappe.get_all("Email Queue Recipient", {"parent": row.name}, pluck="recipient")
			assert part.get_param("method") == calendar["METHOD"]
			assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]
			told.append(
				(
					to,
					str(email.header.make_header(email.header.decode_header(message["subject"]))),
					str(calendar["METHOD"]),
					event,
				)
			)
		return told

	return read


def test_invitation_change_and_cancellation(mails, as_user):
	doc = factories.meeting(
		**SOON,
		place="Sala <b>",
		attendees=[
			{"person": "Ada Prova", "email": "ada@ats.example.org"},
			{"person": "Carla Ospite", "email": "carla@example.org"},
			{"person": "Senza Posta"},
		],
	)
	with as_user(OFFICER):
		assert doc.send_invitations() == {"sent": 2, "without_email": ["Senza Posta"]}
	first = {to: event for to, _subject, method, event in mails() if method == "REQUEST"}
	event = first["ada@ats.example.org"]
	assert first.keys() == {"ada@ats.example.org", "carla@example.org"}
	assert str(event["ATTENDEE"]) == "MAILTO:ada@ats.example.org"
	assert (event["SEQUENCE"], event.decoded("dtstart").isoformat()) == (0, "2034-06-10T15:00:00+02:00")
	assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
	assert first["carla@example.org"]["ATTENDEE"].params["ROLE"] == "OPT-PARTICIPANT"

	with as_user(OFFICER):
		doc = frappe.get_doc("RTC Meeting", doc.name)
		doc.append("agenda", {"topic": "Varie"})
		doc.save()
		assert doc.ics_sequence == 0  # calendars show nothing of it
		doc.update(
			{"starts_on": "2034-06-11 15:00:00", "ends_on": None, "ics_uid": "forged", "ics_sequence": 7}
		)
		doc.save()
		doc.place = "Altra sala"
		doc.save()
		assert (doc.ics_sequence, doc.ics_sent) == (1, 0)  # one version for what was not sent yet
		doc.attendees = []  # what the form holds is not what is sent
		assert doc.send_invitations()["sent"] == 2
		doc = frappe.get_doc("RTC Meeting", doc.name)
		doc.update({"decision_reason": "Sala non disponibile"}).save()
		doc = apply_workflow(doc, "Cancel Meeting")
		doc.send_invitations()
	changed, cancelled = mails()[2], mails()[-1]
	assert (changed[3]["SEQUENCE"], changed[3]["UID"]) == (1, event["UID"])
	assert changed[3].decoded("dtend") - changed[3].decoded("dtstart") == timedelta(hours=1)
	assert changed[1].startswith("Modifica:") and cancelled[1].startswith("Annullata:")
	assert (cancelled[2], cancelled[3]["SEQUENCE"], cancelled[3]["STATUS"]) == ("CANCEL", 2, "CANCELLED")
	assert cancelled[3]["UID"] == event["UID"]


def test_who_is_taken_off_after_the_invitation_gets_a_cancellation(mails, as_user):
	people = ("Ada", "Bice", "Carla", "Dora")
	doc = factories.meeting(
		**SOON, attendees=[{"person": name, "email": f"{name.lower()}@example.org"} for name in people]
	)
	with as_user(OFFICER):
		doc.send_invitations()
		doc = frappe.get_doc("RTC Meeting", doc.name)
		doc.append("attendees", {"person": "Elsa", "email": "elsa@example.org"})
		doc.save()
		ada, bice, _carla, dora, _elsa = doc.attendees
		bice.email = "bice.nuova@example.org"
		dora.invited_to = "altri@example.org"  # the app alone writes it
		doc.set("attendees", [bice, dora])
		before = len(mails())
		doc.save()
		assert (doc.ics_sequence, doc.ics_sent) == (1, 0), "the others are told of the change"
		told = mails()[before:]
		doc.save()
		assert len(mails()) == before + len(told), "once"
	assert {(to, method) for to, _subject, method, _event in told} == {
		("ada@example.org", "CANCEL"),
		("bice@example.org", "CANCEL"),
		("carla@example.org", "CANCEL"),
	}
	event = told[0][3]
	assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == (
		"CANCELLED",
		1,
		f"{doc.ics_uid}@rtc-conciliation",
	)
	assert told[0][1].startswith("Non più") and ada.invited_to == "ada@example.org"


@pytest.mark.parametrize("state", ["Planned", "Held", "Cancelled"])
def test_nothing_is_sent_where_there_is_nothing_to_say(state, as_user):
	values = {} if state == "Planned" else {"attendees": [{"person": "Ada", "email": "ada@example.org"}]}
	doc = factories.meeting(state, decision_reason="Prova", **values)
	with as_user(OFFICER), pytest.raises(invitations.InvitationError):
		doc.send_invitations()


def test_the_mail_escapes_what_was_typed(mails, as_user):
	doc = factories.meeting(
		**SOON,
		title="<script>x</script>",
		place="<img src=x>",
		attendees=[{"person": "Ada", "email": "ada@example.org"}],
	)
	body = frappe.get_doc("RTC Body", doc.body)
	programme = frappe.get_doc("RTC Programme", body.programme)
	html = frappe.render_template(
		invitations.TEMPLATE, invitations.make_content(doc, body, programme, doc.attendees[0], "REQUEST")
	)
	assert "<script" not in html and "<img" not in html


def test_what_the_plan_is_told():
	organisation = factories.organisation(organisation_name="Ente che siede").name
	comitato = factories.body(title="Il Comitato", kind="Comitato").programme
	body = factories.body(
		seats=[
			seat("Ada Prova", of_ats=1, office="President"),
			seat("Bice Prova", organisation=organisation, to_date="2026-06-30"),
			seat("Carla Prova", organisation=organisation, from_date="2026-07-01"),
		]
	)
	people = [{"person": "Ada Prova", "presence": "Present"}, {"person": "Bice Prova", "presence": "Excused"}]
	factories.meeting("Held", body=body.name, attendees=people, outcome="<p>Esito</p><script>x</script>")
	factories.meeting("Held", body=body.name, title="Dopo", starts_on="2026-07-02 10:00:00", ends_on=None)
	factories.meeting(body=body.name, title="Solo prevista")
	told = bodies.list_bodies(comitato, date(2026, 7, 1))["bodies"]
	assert [(one["title"], one["kind"]) for one in told] == [
		("Il Comitato", "Comitato"),
		("Comunità di prova", "Comunità di Pratica"),
	]
	assert told[1]["seats"] == [
		{"organisation": "ATS di prova", "person": "Ada Prova", "office": "President", "since": "2026-05-20"},
		{
			"organisation": "Ente che siede",
			"person": "Carla Prova",
			"office": "Member",
			"since": "2026-07-01",
		},
	]
	assert told[1]["meetings"] == [
		{"date": "2026-06-10", "title": "Riunione di prova", "present": 1, "outcome": "<p>Esito</p>"}
	]
	assert [
		seat["person"] for seat in bodies.list_bodies(comitato, date(2026, 6, 30))["bodies"][1]["seats"]
	] == ["Ada Prova", "Bice Prova"]
	assert bodies.list_bodies(comitato, date(2026, 5, 19)) == {"bodies": []}


def test_the_number_of_queries_does_not_grow_with_the_bodies(monkeypatch):
	programme = factories.programme().name

	def queries() -> int:
		sent, run = [], frappe.local.db.sql
		with monkeypatch.context() as patch:
			patch.setattr(frappe.local.db, "sql", lambda *a, **k: (sent.append(a), run(*a, **k))[1])
			bodies.list_bodies(programme, clock.now().date())
		return len(sent)

	factories.meeting("Held")
	queries()
	few = queries()
	for number in range(4):
		factories.meeting("Held", body=factories.body(title=f"Organismo {number}").name)
	assert queries() == few <= 6
