"""What follows the sending of an application and its withdrawal: who is told, until when it can be taken back."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, get_url, quoted

from rtc_conciliation.access.roles import is_staff
from rtc_conciliation.applications import progress
from rtc_conciliation.common import clock, italian, mails
from rtc_conciliation.common.papers import issued
from rtc_conciliation.rules.application import window
from rtc_conciliation.rules.application.lead import is_email
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Application"
RECEIPT = "RTC Application Receipt"
SENT, WITHDRAWN = "sent", "withdrawn"
#: before a call closes, its receipts wait until it has closed: writing them takes what those who still apply need
RUSH = timedelta(minutes=10)
#: receipts that one job writes; until it ends, whoever withdraws one of these waits
AT_ONCE = 10


class WithdrawalError(frappe.ValidationError):
	pass


def hold_lead(doc) -> None:
	"""Where a call takes one application from each lead, those that its people send at once wait for one another.

	Call it before anything else locks a row: all wait in the same order, and whoever comes second reads here what
	the first has written (an ordinary read in the same transaction would still show it as a draft).
	"""
	call = frappe.get_cached_doc("RTC Call", doc.call)
	if not call.one_application_per_lead or not doc.lead_tax_code:
		return
	filters = {"call": doc.call, "lead_tax_code": doc.lead_tax_code, "docstatus": ("<", 2)}
	names = frappe.get_all(DOCTYPE, filters, pluck="name", limit_page_length=0)
	table = frappe.qb.DocType(DOCTYPE)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.docstatus)
		.where(table.name.isin(names or [""]))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	doc.flags.sent_by_same_lead = next(
		(row.name for row in rows if row.docstatus and row.name != doc.name), ""
	)


def find_other_of_lead(doc, call) -> str:
	"""Number of an application that the same lead has sent to `call`, where it takes one from each; else ""."""
	if not call.one_application_per_lead or not doc.lead_tax_code:
		return ""
	if doc.flags.sent_by_same_lead:
		return doc.flags.sent_by_same_lead
	filters = {"call": call.name, "lead_tax_code": doc.lead_tax_code, "docstatus": 1}
	if doc.name:
		filters["name"] = ("!=", doc.name)
	return frappe.db.get_value(DOCTYPE, filters) or ""


def may_withdraw(doc) -> bool:
	"""Is the call still open for taking back what was sent?"""
	closing = frappe.get_cached_value("RTC Call", doc.call, "closing")
	return not window.is_over(get_datetime(closing), clock.request_time())


def validate_withdrawal(doc) -> None:
	"""Its applicant until the closing; the office at any time, for a renunciation that came by PEC."""
	if is_staff(frappe.session.user) or frappe.session.user == "Administrator" or may_withdraw(doc):
		return
	frappe.throw(
		_(
			"The call has closed: the application can no longer be withdrawn here. Write to the office by PEC."
		),
		WithdrawalError,
		title=_("Too Late to Withdraw"),
	)


def tell_later(doc, what: str) -> None:
	"""A job of its own, once what was written is stored: in the last minute nobody waits for a mail.

	Receipts go out by one job for all that wait: one for each would take from the web what the last minute needs.
	"""
	if frappe.flags.mute_emails:  # demo data and tests: the job would not know of it
		return
	if what != SENT:
		frappe.enqueue(
			f"{__name__}.send_receipts",
			queue="short",
			enqueue_after_commit=True,
			application=doc.name,
			what=what,
		)
	elif not is_rush(get_datetime(frappe.get_cached_value("RTC Call", doc.call, "closing"))):
		frappe.enqueue(
			f"{__name__}.send_pending_receipts",
			queue="short",
			enqueue_after_commit=True,
			job_id="rtc_receipts",
			deduplicate=True,
		)


def is_rush(closing):
	"""Is the call about to close? Of a datetime, or as a condition in SQL of its column."""
	now = clock.now()
	return (closing >= now) & (closing <= now + RUSH)


def send_pending_receipts() -> None:
	"""The receipts of what was sent and not told yet, and of no call about to close; the scheduler asks too."""
	waiting = list_waiting()
	for name in waiting:
		if not claim_receipt(name):
			continue
		try:
			send_receipts(name, SENT)
		except Exception:  # noqa: BLE001 (one that fails stops no other)
			frappe.log_error(_("The receipt of {0} was not mailed").format(name))
	if len(waiting) == AT_ONCE:
		frappe.enqueue(f"{__name__}.send_pending_receipts", queue="short", enqueue_after_commit=True)


def list_waiting() -> list[str]:
	"""Read without a lock: one on what is not told yet would hold up everybody who sends."""
	application, call = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("RTC Call")
	query = frappe.qb.from_(application).join(call).on(call.name == application.call)
	query = query.select(application.name).where(
		application.receipt_sent_on.isnull() & (application.docstatus == 1)
	)
	query = query.where(~is_rush(call.closing))
	return query.orderby(application.sent_on).limit(AT_ONCE).run(pluck=True)


def claim_receipt(name: str) -> bool:
	"""False where another job has it in hand, or had."""
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table).select(table.name).where((table.name == name) & table.receipt_sent_on.isnull())
	)
	if not query.for_update(skip_locked=True).run():
		return False
	frappe.db.set_value(DOCTYPE, name, "receipt_sent_on", clock.now(), update_modified=False)
	return True


def send_receipts(application: str, what: str) -> None:
	"""Mail to the lead (PEC, applicant, contact) and to the partners: the receipt, or that it was withdrawn.

	With the receipts the office hears of it, too, by the Notification "RTC Application Sent".
	"""
	doc = frappe.get_doc(DOCTYPE, application)
	lead, partners = get_recipients(doc)
	with italian.use_italian():
		told = [mail(doc, what, people) for people in (lead, partners) if people]
		if what == SENT:
			doc.run_notifications("tell_office")
	if not all(told):
		doc.add_comment("Info", _("The mail about it was not sent: this site has no outgoing mail."))


def get_recipients(doc) -> tuple[list[str], list[str]]:
	"""Addresses of the lead and, without those, of the partners; sorted."""
	lead = mails.get_applicant_addresses(doc)
	partners = {row.contact_email.strip().lower() for row in doc.partners if is_email(row.contact_email)}
	return lead, sorted(partners - set(lead))


def mail(doc, what: str, people: list[str]) -> bool:
	programme = frappe.get_cached_doc("RTC Programme", doc.programme)
	subject = (
		_("Receipt of the application {0}") if what == SENT else _("The application {0} was withdrawn")
	).format(doc.name)
	return mails.send(
		people,
		subject,
		reply_to=programme.office_email or None,
		template="rtc_application_sent" if what == SENT else "rtc_application_withdrawn",
		args={
			"number": doc.name,
			"title": as_typed(doc.title),
			"lead": as_typed(doc.lead_name or ""),
			"call": as_typed(frappe.get_cached_value("RTC Call", doc.call, "title")),
			"sent_on": format_datetime(doc.sent_on, "d MMMM yyyy, HH:mm:ss"),
			"closing": format_datetime(
				frappe.get_cached_value("RTC Call", doc.call, "closing"), "d MMMM yyyy, HH:mm"
			),
			"digest": doc.digest,
			"verify": get_url("/verifica"),
			"ats": programme.ats_name,
			"steps": progress.list_what_follows(doc) if what == SENT else [],
			"link": get_url(f"/domanda/{quoted(doc.name)}"),
		},
		attachments=[issued.attach(doc, RECEIPT)] if what == SENT else None,
		reference_doctype=DOCTYPE,
		reference_name=doc.name,
	)
