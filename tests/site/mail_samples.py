"""One mail of every kind that the app sends, with whoever gets it."""

from email import message_from_string, policy

import frappe
from frappe.utils import add_to_date

from rtc_conciliation.applications import draft_removal, idle_drafts, partner_pages, sending
from rtc_conciliation.awards import mails
from rtc_conciliation.calls import questions
from rtc_conciliation.common import clock, daily_mail
from rtc_conciliation.common.files import scans
from rtc_conciliation.evaluation import panel_mails
from rtc_conciliation.formal_check import integrations
from rtc_conciliation.network import adhesion_confirmation, adhesion_mails, invitations
from rtc_conciliation.plan import reminders
from rtc_conciliation.rtc_conciliation.doctype.rtc_call import amendments
from rtc_conciliation.rules.application import idle_drafts as idle_rules
from tests.site import factories
from tests.site.factories import APPLICANT, EVALUATOR, MANAGER, OFFICER, OTHER_APPLICANT, acting

PLACE = "https://meet.example.org/_sala_/j.php?MTID=m1_2_&x=*a*"


def send_all() -> dict[str, str]:
	"""Queues a mail of each kind; {name of the mail in the queue: user who opens its links, "" for a guest}."""
	reader = {}

	def sent_by(send, user: str = "") -> None:
		before = set(frappe.get_all("Email Queue", pluck="name"))
		send()
		new = set(frappe.get_all("Email Queue", pluck="name")) - before
		assert new, send
		reader.update(dict.fromkeys(new, user))

	member = factories.member(channel="Web")
	sent_by(lambda: adhesion_confirmation.ask(member))
	admitted, rejected = factories.member("Admitted", 2), factories.member("Under Review", 3)
	rejected.db_set({"workflow_state": "Rejected", "decision_reason": "Non ha sede nel territorio"})
	for decided in (admitted, rejected):
		sent_by(lambda decided=decided: adhesion_mails.send_outcome(decided.name))
	of_applications(sent_by)
	of_awards(sent_by)
	of_the_office(sent_by)
	return reader


def of_applications(sent_by) -> None:
	draft, sent = factories.application("Draft"), factories.application("Submitted")
	for due in (idle_rules.REMIND, idle_rules.WARN):
		sent_by(lambda due=due: idle_drafts.send_warning(draft, due, "14 gennaio 2027"), APPLICANT)
	row = draft.partners[1]
	row.db_set("contact_email", "partner@example.org")
	with acting(APPLICANT):
		sent_by(
			lambda: factories.make(
				"RTC Application Colleague", {"application": draft.name, "email": OTHER_APPLICANT}
			)
		)
	sent_by(lambda: partner_pages.mail(draft, row))
	gone = factories.application("Draft", call=draft.call)
	with acting(APPLICANT):
		joined = factories.make(
			"RTC Application Colleague", {"application": gone.name, "email": OTHER_APPLICANT}
		)
		joined.db_set({"user": OTHER_APPLICANT, "accepted_on": clock.now()})
		sent_by(lambda: draft_removal.tell_colleagues(gone))
	declined = frappe._dict(
		confirmation_state="Declined", confirmation_reason="Non_possiamo", organisation_name="B"
	)
	sent_by(lambda: partner_pages.tell_applicant(draft, declined), APPLICANT)
	for what in (sending.SENT, sending.WITHDRAWN):
		sent_by(lambda what=what: sending.send_receipts(sent.name, what))
	request = factories.integration("Answered", introduction="Gentile capofila,\nserve _altro_.")
	for what in ("sent", "extended", "reminded", "answered", "cancelled"):
		sent_by(lambda what=what: integrations.tell_applicant(request, what), APPLICANT)
	taken = {"file_url": "/private/files/virus_1.pdf", "file_name": "virus_1.pdf", "uploaded_by": APPLICANT}
	sent_by(lambda: scans.remove_infected(frappe._dict(taken)))


def of_awards(sent_by) -> None:
	for state in ("Funded", "Eligible Not Funded", "Below Threshold"):
		decided = factories.application(state)
		sent_by(lambda decided=decided: mails.send_award_mail(decided, mails.OUTCOME), APPLICANT)
	funded = factories.application("Funded")
	for what in (mails.REMINDED, mails.ANSWERED):
		sent_by(lambda what=what: mails.send_award_mail(funded, what), APPLICANT)


def of_the_office(sent_by) -> None:
	question = factories.question("Answered", email="chiede@example.org")
	sent_by(lambda: questions.tell_asker(question))
	call = frappe.get_doc("RTC Call", question.call)
	act = {
		"act_number": "7_bis/2026",
		"act_date": "2026-05-20",
		"text": "Nuovo termine",
		"changed": "Chiusura",
	}
	sent_by(lambda: amendments.send_amendments(call, [frappe._dict(act)]))
	panel = frappe._dict(
		call=call.name, act_number="8/2026", act_date="2026-06-01", doctype="RTC Call", name=call.name
	)
	seat = frappe._dict(user=EVALUATOR, person="Ada Prova", office="Substitute")
	sent_by(lambda: panel_mails.send_appointment(panel, seat), EVALUATOR)
	planned = factories.meeting(
		starts_on=add_to_date(clock.now(), days=5),
		ends_on=add_to_date(clock.now(), days=5, hours=1),
		link=PLACE,
		agenda=[{"topic": "Avviso", "speaker": "Ada"}],
		attendees=[{"person": "Ada Prova", "email": "ada@example.org"}],
	)
	sent_by(lambda: invitations.send_invitations(planned))
	factories.member("Under Review", 4)
	sent_by(lambda: daily_mail.send(MANAGER), MANAGER)
	programme = frappe.get_doc("RTC Programme", call.programme)
	programme.plan_deadline = add_to_date(clock.now(), days=10).date()
	with acting(OFFICER):
		sent_by(lambda: reminders.notify_staff(programme, programme.plan_deadline))


def parts_of(queued: str) -> dict[str, str]:
	"""{"subject", "html", "text"} of a mail in the queue."""
	message = message_from_string(
		frappe.db.get_value("Email Queue", queued, "message"), policy=policy.default
	)
	parts = {kind: message.get_body((kind,)).get_content() for kind in ("html", "plain")}
	return {"subject": str(message["subject"]), "html": parts["html"], "text": parts["plain"]}
