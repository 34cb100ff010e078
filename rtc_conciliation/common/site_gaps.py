"""What a working site still lacks, for who sets it up: one sentence and one link each."""

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils.scheduler import is_scheduler_inactive

from rtc_conciliation.common import ats
from rtc_conciliation.common.files import scans, signatures
from rtc_conciliation.common.web import host

TIME_ZONE = "Europe/Rome"
MAIL, SYSTEM, WEBSITE = "/app/email-account", "/app/system-settings", "/app/website-settings"
TEMPLATE = "rtc_conciliation/templates/common/site_gaps.html"


def list_gaps() -> list[dict]:
	"""[{"text", "link", "link_label"}], what stops people first; `link` is "" where the server's own files say it."""
	return [make_gap(*gap) for is_missing, *gap in CHECKS if is_missing()]


def make_gap(text: str, link: str = "", label: str = "") -> dict:
	return {"text": _(text), "link": link, "link_label": _(label) if label else ""}


def render_gaps() -> str:
	return frappe.render_template(TEMPLATE, {"gaps": list_gaps()})


def has_no_outgoing_mail() -> bool:
	account = EmailAccount.find_outgoing()
	return not account or not account.email_id


def has_no_worker() -> bool:
	from frappe.utils.background_jobs import get_workers

	return not get_workers()


def is_elsewhere() -> bool:
	return frappe.get_cached_doc("System Settings").time_zone != TIME_ZONE


def refuses_sign_up() -> bool:
	return bool(frappe.get_cached_doc("Website Settings").disable_signup)


def _lt(text: str) -> str:
	"""Marks a text to be translated where it is shown."""
	return text


CHECKS = (
	(
		lambda: not ats.get_settings().ats_name,
		_lt("The name of the health agency is not written here: pages and mails take the programme's."),
	),
	(
		has_no_outgoing_mail,
		_lt("No mail leaves the site: it has no outgoing account."),
		MAIL,
		_lt("E-mail accounts"),
	),
	(
		is_scheduler_inactive,
		_lt("The scheduler is off: no call closes by itself and no reminder goes out."),
		SYSTEM,
		_lt("System settings"),
	),
	(has_no_worker, _lt("No background worker runs: mails, exports and long approvals wait.")),
	(is_elsewhere, _lt("The time zone of the site is not Europe/Rome."), SYSTEM, _lt("System settings")),
	(
		refuses_sign_up,
		_lt("Nobody can sign up: applicants have no way in."),
		WEBSITE,
		_lt("Website settings"),
	),
	(
		lambda: not host.get_configured(),
		_lt("The site does not know its own address: host_name in site_config.json."),
	),
	(
		lambda: not scans.is_on(),
		_lt("No virus scanner reads the files that people send (rtc_clamd in site_config.json)."),
	),
	(
		lambda: not signatures.get_trusted_roots(),
		_lt(
			"No certificates are trusted: of a signature the form says who, never that it is valid (rtc_signature_roots in site_config.json)."
		),
	),
	(lambda: not ats.get_settings().logo_png, _lt("There is no logo.")),
	(
		lambda: not (ats.get_settings().dpo_name or ats.get_settings().dpo_email),
		_lt("The data protection officer is not named."),
	),
)
