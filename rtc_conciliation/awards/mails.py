"""What is mailed about an award: the outcome with its letter, the term that comes near, the answer as recorded."""

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.common import mails
from rtc_conciliation.common.italian import rtc_day, rtc_euro, use_italian
from rtc_conciliation.common.papers import issued
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Application"
RANKING = "RTC Ranking"
ROUTE = "accettazione"
LETTER = "RTC Outcome Letter"
TEMPLATE = "rtc_award"
OUTCOME, REMINDED, ANSWERED = "outcome", "reminded", "answered"
#: who is told by the ranking; who was not admitted was told by the letter of the formal check
TOLD = ("Funded", "Eligible Not Funded", "Below Threshold")


def tell_later(ranking: str) -> None:
	"""A job of its own, once the act is stored."""
	if frappe.flags.mute_emails:  # demo data and tests: the job would not know of it
		return
	frappe.enqueue(
		"rtc_conciliation.awards.mails.tell_outcomes",
		queue="long",
		enqueue_after_commit=True,
		ranking=ranking,
	)


def tell_outcomes(ranking: str) -> None:
	"""The outcome to everybody in an approved ranking, each with the letter of their own."""
	entries = frappe.get_all(
		"RTC Ranking Entry",
		filters={"parent": ranking, "parenttype": RANKING, "outcome": ("in", TOLD)},
		pluck="application",
		order_by="position asc",
		limit_page_length=0,
	)
	for name in entries:
		application = frappe.get_doc(DOCTYPE, name)
		if application.get("ranking") == ranking:  # a later ranking lists those decided before it too
			send_award_mail(application, OUTCOME)


def send_award_mail(application, what: str) -> bool:
	"""In Italian, to the PEC, the contact and the account of the applicant; False where the site mails nothing."""
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	with use_italian():
		subjects = {
			OUTCOME: _("Outcome of the application {0}"),
			REMINDED: _("{0}: the contribution is to be accepted by {1}"),
			ANSWERED: _("{0}: your answer about the contribution was recorded"),
		}
		told = mails.send(
			mails.get_applicant_addresses(application),
			subjects[what].format(application.name, rtc_day(application.acceptance_due)),
			template=TEMPLATE,
			args={
				"what": what,
				"number": application.name,
				"title": as_typed(application.title),
				"call": as_typed(frappe.get_cached_value("RTC Call", application.call, "title")),
				"state": application.workflow_state,
				"acceptance": application.acceptance_state,
				"amount": rtc_euro(application.granted_amount),
				"due": rtc_day(application.acceptance_due),
				"answered_on": rtc_day(application.accepted_on),
				"link": get_url(f"/{ROUTE}/{quoted(application.name)}"),
				**mails.get_office(programme),
			},
			reply_to=programme.office_email or None,
			attachments=[issued.attach(application, LETTER)] if what == OUTCOME else None,
			reference_doctype=DOCTYPE,
			reference_name=application.name,
		)
	if not told:
		application.add_comment("Info", _("The mail about it was not sent: this site has no outgoing mail."))
	return told
