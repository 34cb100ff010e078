"""A daily job: drafts that nobody changes are reminded; those of calls that are over go, when the call says so."""

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, get_url, quoted

from rtc_conciliation.access import colleagues
from rtc_conciliation.access.visibility import PUBLIC_CALL_STATES
from rtc_conciliation.applications import draft_removal
from rtc_conciliation.common import clock, mails
from rtc_conciliation.common.italian import rtc_day, rtc_minute, use_italian
from rtc_conciliation.rules.application import idle_drafts as rules
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE, CALL = "RTC Application", "RTC Call"
TEMPLATE = "rtc_idle_draft"
COLUMNS = ("opening", "closing", "draft_reminder_days", "draft_removal_days")


def treat_idle_drafts() -> None:
	"""One draft that fails stops none of the others; what was told is told once."""
	now = clock.now()
	for row in list_drafts():
		draft = rules.Draft(
			get_datetime(row.modified), row.draft_reminded_on and get_datetime(row.draft_reminded_on)
		)
		terms = rules.Terms(
			get_datetime(row.opening),
			get_datetime(row.closing),
			cint(row.draft_reminder_days),
			cint(row.draft_removal_days),
		)
		due = rules.is_due(draft, terms, now)
		if due:
			treat_draft(row.name, due, rtc_day(rules.get_removal_day(draft, terms, now)))


def treat_draft(name: str, due: str, removal: str) -> None:
	frappe.db.savepoint("idle_draft")
	try:
		if due == rules.REMOVE:
			draft_removal.remove(name)
		else:
			send_warning(frappe.get_doc(DOCTYPE, name), due, removal)
	except Exception:  # noqa: BLE001 (one that fails stops no other)
		frappe.db.rollback(save_point="idle_draft")
		frappe.log_error(_("The idle draft {0} could not be looked after").format(name))


def list_drafts() -> list:
	"""Drafts of published calls with what their call says of drafts, in one query; asks nobody's permission."""
	application, call = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(CALL)
	query = frappe.qb.from_(application).join(call).on(call.name == application.call)
	query = query.select(application.name, application.modified, application.draft_reminded_on)
	query = query.select(*(call[column] for column in COLUMNS))
	query = query.where((application.docstatus == 0) & call.workflow_state.isin(PUBLIC_CALL_STATES))
	query = query.where((call.draft_reminder_days > 0) | (call.draft_removal_days > 0))
	return query.orderby(application.name).run(as_dict=True)


def send_warning(application, due: str, removal: str) -> None:
	"""To the accounts that write the draft: other addresses in it were typed, and may be a stranger's."""
	people = {application.applicant, *colleagues.get_addresses([application.name])}
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	call = frappe.get_cached_doc(CALL, application.call)
	with use_italian():
		subjects = {
			rules.REMIND: _("Your draft {0} waits to be sent"),
			rules.WARN: _("Your draft {0} will be deleted on {1}"),
		}
		told = mails.send(
			sorted(person for person in people if "@" in person),
			subjects[due].format(application.name, removal),
			template=TEMPLATE,
			args={
				"warned": due == rules.WARN,
				"number": application.name,
				"title": as_typed(application.title),
				"call": as_typed(call.title),
				"changed": rtc_day(application.modified),
				"closing": rtc_minute(call.closing),
				"removal": removal,
				"link": get_url(f"/domanda/{quoted(application.name)}"),
				**mails.get_office(programme),
			},
			reply_to=programme.office_email or None,
			reference_doctype=DOCTYPE,
			reference_name=application.name,
		)
	if told:  # nobody loses a draft unwarned where the site mails nothing
		# Not by saving: nobody has changed the draft.
		application.db_set("draft_reminded_on", clock.now(), update_modified=False)
