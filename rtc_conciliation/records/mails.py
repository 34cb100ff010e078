"""Mail that the app sends by itself, through Frappe's queue."""

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount


def send(recipients: list[str], subject: str, **options) -> bool:
	"""Queue a mail with the options of `frappe.sendmail`; False where the site has no outgoing account."""
	try:
		frappe.sendmail(
			recipients=recipients,
			subject=subject,
			sender=sender_of_muted_site(),
			add_unsubscribe_link=0,
			**options,
		)
	except frappe.OutgoingEmailError:
		frappe.clear_last_message()
		return False
	return True


def sender_of_muted_site() -> str:
	"""Core knows no address of its own where mail is muted and no account is set; "" takes the site's account."""
	account = EmailAccount.find_outgoing()
	return "" if not account or account.email_id else f"noreply@{frappe.local.site}"
