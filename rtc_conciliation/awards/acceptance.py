"""The answer of the awardee: the contribution accepted or renounced, by the portal within the term or by PEC."""

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime, get_datetime, getdate

from rtc_conciliation.access import awards as access
from rtc_conciliation.awards import award, mails
from rtc_conciliation.awards.award import ACCEPTED, AWAITED, DOCTYPE, RENOUNCED
from rtc_conciliation.common import clock
from rtc_conciliation.common.notices import notify
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.common.web.arguments import read_moment
from rtc_conciliation.rules.award import codes as rules

ANSWERS = (ACCEPTED, RENOUNCED)
#: answer given before → answers that may follow: who accepted may still renounce, by a PEC to the office
FOLLOWING = {AWAITED: ANSWERS, ACCEPTED: (RENOUNCED,)}
#: letters of a note
LONGEST = 2000


class AnswerError(frappe.ValidationError):
	"""The answer cannot be taken: the term is over, it was given already, or something of it is missing."""


def is_open(application) -> bool:
	"""May the applicant still answer by themselves?"""
	due = application.acceptance_due and getdate(application.acceptance_due)
	return application.acceptance_state == AWAITED and not rules.is_over(clock.request_time().date(), due)


def answer(name: str, given: str, note: str = "") -> None:
	"""The applicant's own answer. Raises PermissionError or AnswerError."""
	if not access.may_answer(name):
		frappe.throw(
			_(
				"Only who began the application, or a colleague who may send it, answers about the contribution."
			),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)
	application = lock_application(name)
	if application.acceptance_state == ACCEPTED and given == RENOUNCED:
		refuse_answer(_("The contribution was accepted. To renounce it now write to the office by PEC."))
	if application.acceptance_state == AWAITED and not is_open(application):
		refuse_answer(_("The term to accept is over. Write to the office by PEC."))
	if given == RENOUNCED and not note.strip():
		refuse_answer(_("Write in a few words why the contribution is renounced."))
	store_answer(application, given, note, clock.request_time().replace(tzinfo=None))


def record_acceptance(application: str, answer: str, note: str, answered_on: str | None = None) -> None:
	"""The office records an answer that came by PEC, also after the term; `note` says its protocol.

	A renunciation is taken after the acceptance too: what was granted then goes on in the ranking.
	"""
	access.require_office()
	frappe.get_doc(DOCTYPE, application).check_permission("read")
	if not (note or "").strip():
		refuse_answer(_("Write the protocol of the PEC, or how the answer came."))
	on = read_moment(answered_on) if answered_on else clock.now()
	if on > clock.now():
		refuse_answer(_("The answer cannot have come in the future."))
	held = lock_application(application)
	if held.acceptance_state == ACCEPTED and on < get_datetime(held.accepted_on):
		refuse_answer(
			_("It was accepted on {0}: a renunciation that came before has no effect.").format(
				frappe.bold(format_datetime(held.accepted_on, "d MMMM yyyy, HH:mm"))
			)
		)
	store_answer(held, answer, note, on)


def lock_application(name: str):
	"""The application with its row held: of two answers at the same moment the second finds the first.

	A transaction reads what was there when it began; a locking read is of what is there now.
	"""
	application = frappe.get_doc(DOCTYPE, name)
	fields = ["acceptance_state", "accepted_on", "acceptance_note"]
	application.update(frappe.db.get_value(DOCTYPE, name, fields, as_dict=True, for_update=True))
	return application


def store_answer(application, given: str, note: str, on) -> None:
	if given not in ANSWERS:
		refuse_answer(_("Choose whether the contribution is accepted or renounced."))
	if given not in FOLLOWING.get(application.acceptance_state, ()):
		state = _(application.acceptance_state) if application.acceptance_state else _("Not Awarded")
		refuse_answer(
			_("{0}: no answer is awaited. It is {1}.").format(
				frappe.bold(escape_html(application.name)), frappe.bold(state)
			)
		)
	if len(note) > LONGEST:
		refuse_answer(_("The note is too long. The most is {0} letters.").format(LONGEST))
	award.write(
		application,
		{
			"acceptance_state": given,
			"accepted_on": on,
			"acceptance_by": frappe.session.user,
			"acceptance_note": "\n".join(filter(None, [application.acceptance_note, note.strip()])) or None,
		},
	)
	page_cache.invalidate()
	mails.send_award_mail(application, mails.ANSWERED)
	told = _("Contribution accepted: {0}") if given == ACCEPTED else _("Contribution renounced: {0}")
	notify(DOCTYPE, application.name, told.format(frappe.bold(escape_html(application.title))))


def refuse_answer(message: str) -> None:
	frappe.throw(message, AnswerError, title=_("Answer Not Recorded"))


# -- the term


def remind() -> None:
	"""Daily: who has not answered is reminded before the term; the office hears when it is over."""
	today = clock.now().date()
	for application in list_awaited({"acceptance_reminded_on": ("is", "not set")}):
		if rules.is_near(today, getdate(application.acceptance_due)):
			mails.send_award_mail(application, mails.REMINDED)
			mark(application, "acceptance_reminded_on")
	for application in list_awaited({"acceptance_expiry_notified_on": ("is", "not set")}):
		if rules.is_over(today, getdate(application.acceptance_due)):
			title = frappe.bold(escape_html(application.title))
			notify(
				DOCTYPE,
				application.name,
				_("No answer about the contribution by the term: {0}").format(title),
			)
			mark(application, "acceptance_expiry_notified_on")


def list_awaited(filters: dict):
	latest = frappe.utils.add_days(clock.now().date(), rules.REMIND_BEFORE)
	names = frappe.get_all(
		DOCTYPE,
		filters={"acceptance_state": AWAITED, "acceptance_due": ("<=", latest), **filters},
		pluck="name",
		order_by="acceptance_due asc",
		limit_page_length=0,
	)
	for name in names:
		yield frappe.get_doc(DOCTYPE, name)


def mark(application, fieldname: str) -> None:
	# Not by saving: a job decides nothing about an application, and nobody edits these marks.
	application.db_set(fieldname, clock.now(), update_modified=False)
