"""Mail that the app sends by itself, through Frappe's queue."""

from email.utils import formataddr

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils.jinja import get_template

from rtc_conciliation.common import ats
from rtc_conciliation.common.mail_text import make_text
from rtc_conciliation.rules.application.lead import is_email

#: core takes a text of our own only from a template, beside that of the HTML
BOTH_PARTS = "rtc_mail"


def send(
	recipients: list[str],
	subject: str,
	template: str | None = None,
	args: dict | None = None,
	message: str | None = None,
	**options,
) -> bool:
	"""Queue a mail of `message` or of a template in templates/emails; False where the site has no outgoing account.

	`options`: others of `frappe.sendmail`.
	"""
	html = message or get_template(f"templates/emails/{template}.html").render(args or {})
	try:
		frappe.sendmail(
			recipients=recipients,
			subject=subject,
			sender=get_sender(),
			add_unsubscribe_link=0,
			template=BOTH_PARTS,
			args={"html": html, "text": make_text(html)},
			**{**options, "reply_to": options.get("reply_to") or ats.get_settings().reply_to or None},
		)
	except frappe.OutgoingEmailError:
		frappe.clear_last_message()
		return False
	return True


def get_applicant_addresses(application, pec: bool = True) -> list[str]:
	"""Addresses of who applies: the PEC for all communications, the contact and the account; sorted."""
	found = (application.contact_email, application.applicant, application.pec if pec else None)
	return sorted({address.strip().lower() for address in found if is_email(address)})


def get_office(programme) -> dict:
	"""Who writes, for the last lines of a mail (`rtc_signature.html`): {"ats", "desk", "contact"}."""
	return {
		"ats": programme.ats_name,
		"desk": programme.office or "",
		"contact": programme.office_email or programme.office_pec or "",
	}


def get_sender() -> str:
	"""The agency, at the address of the site's account; core knows none of its own where mail is muted and no account is set."""
	account = EmailAccount.find_outgoing()
	if not account:
		return ""
	settings = ats.get_settings()
	address = account.email_id or f"noreply@{frappe.local.site}"
	return formataddr((settings.sender_name or ats.get_name(), address))
