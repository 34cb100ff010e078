"""Mail that the app sends by itself, through Frappe's queue."""

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils.jinja import get_template

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
			sender=sender_of_muted_site(),
			add_unsubscribe_link=0,
			template=BOTH_PARTS,
			args={"html": html, "text": make_text(html)},
			**options,
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


def sender_of_muted_site() -> str:
	"""Core knows no address of its own where mail is muted and no account is set; "" takes the site's account."""
	account = EmailAccount.find_outgoing()
	return "" if not account or account.email_id else f"noreply@{frappe.local.site}"
