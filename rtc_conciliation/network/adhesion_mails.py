"""What is mailed of the outcome of an adhesion, as its page promises: admitted, with the certificate, or why not."""

import frappe
from frappe import _

from rtc_conciliation.access import states
from rtc_conciliation.common import mails
from rtc_conciliation.common.italian import rtc_day, use_italian
from rtc_conciliation.common.papers import issued, letter
from rtc_conciliation.network import papers
from rtc_conciliation.rules.application.lead import is_email
from rtc_conciliation.rules.network.membership import ADMITTED, REJECTED
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Member"
TEMPLATE = "rtc_adhesion_outcome"


def tell_later(member) -> None:
	"""A job of its own, once the step that decides is stored; who goes over from an earlier cycle asked for nothing."""
	if frappe.flags.mute_emails:  # demo data and tests: the job would not know of it
		return
	frappe.enqueue(f"{__name__}.send_outcome", queue="short", enqueue_after_commit=True, member=member.name)


def is_decision(member) -> bool:
	"""Does this save admit or reject the adhesion?"""
	before = member.get_doc_before_save()
	if not before or before.workflow_state not in ("Received", "Under Review"):
		return False
	return states.enters(member, ADMITTED) or states.enters(member, REJECTED)


def send_outcome(member: str) -> bool:
	"""In Italian, to the PEC and the other addresses of the adhesion; False where the site mails nothing."""
	doc = frappe.get_doc(DOCTYPE, member)
	if doc.workflow_state not in (ADMITTED, REJECTED):
		return False
	programme = frappe.get_cached_doc("RTC Programme", doc.programme)
	with use_italian():
		admitted = doc.workflow_state == ADMITTED
		told = mails.send(
			get_recipients(doc),
			_("Outcome of the adhesion {0}").format(doc.name),
			template=TEMPLATE,
			args={
				"number": doc.name,
				"organisation": as_typed(doc.organisation_name),
				"admitted": admitted,
				"act_number": as_typed(doc.act_number or ""),
				"act_date": rtc_day(doc.act_date),
				"valid_from": rtc_day(doc.valid_from),
				"reason": as_typed(doc.decision_reason or ""),
				"appeal": letter.get_appeal(programme),
				**mails.get_office(programme),
			},
			reply_to=programme.office_email or None,
			attachments=[issued.attach(doc, papers.CERTIFICATE if admitted else papers.REFUSAL)],
			reference_doctype=DOCTYPE,
			reference_name=doc.name,
		)
	if not told:
		doc.add_comment("Info", _("The mail about it was not sent: this site has no outgoing mail."))
	return told


def get_recipients(doc) -> list[str]:
	found = (doc.pec, doc.email, doc.contact_email)
	return sorted({address.strip().lower() for address in found if is_email(address)})
