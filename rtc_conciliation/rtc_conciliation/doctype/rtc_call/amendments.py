"""A published call changes only by an amendment: an act with its date, told to whoever applies.

People rely on what they read, and those who have sent already cannot adapt: the same acts that publish a call
publish its corrections (L. 241/1990, art. 12: criteria are made known beforehand)."""

import frappe
from frappe import _
from frappe.core.doctype.version.version import get_diff
from frappe.utils import get_datetime

from rtc_conciliation.access import colleagues, preparers, states
from rtc_conciliation.access.visibility import PUBLIC_CALL_STATES
from rtc_conciliation.calls import changes
from rtc_conciliation.common import clock, locks, mails
from rtc_conciliation.common.italian import use_italian

TABLE = changes.TABLE
#: by what applications are judged: it stays once the first review was begun
JUDGED_BY = frozenset({"criteria", "evaluation_method", "score_step", "min_reviews"})
#: what other records lean on
FIXED = frozenset({"programme", "naming_series", "currency"})


class PublishedCallError(frappe.PermissionError):
	pass


class AmendmentError(frappe.ValidationError):
	pass


def guard(call) -> list:
	"""The amendments that come with this save, each told what it changes.

	Raises PublishedCallError for a change without one, AmendmentError for one that cannot be."""
	before = call.get_doc_before_save()
	if not before or before.get(states.STATE) not in PUBLIC_CALL_STATES:
		if call.get(TABLE):
			refuse_amendment(_("A call is amended once it is published. Until then change it as it is."))
		guard_approved(call, before)
		return []
	diff = get_diff(before, call)
	if diff and any(row[0] == TABLE for row in [*diff.removed, *diff.row_changed]):
		refuse_amendment(_("An amendment that was recorded stays as it is. Add another one."))
	new = [row for row in call.get(TABLE) if row.is_new()]
	found = changes.list_of_save(before, call, changes.NOT_AMENDED)
	changed = list_fields(found)
	guard_evaluation(call, changed)
	if changed and not new:
		frappe.throw(
			_(
				"This call was published: {0} changes only by an amendment. Use the button {1}: it asks for the act "
				"and shows what changes before it is published."
			).format(name_fields(call, changed), frappe.bold(_("Amendment"))),
			PublishedCallError,
			title=_("Published Call"),
		)
	if new:
		validate(before, call, changed)
		record(call, new, found)
	return new


def guard_approved(call, before) -> None:
	"""What is published is what the Director approved: until then an approved call changes by going back to the draft."""
	if not before or before.get(states.STATE) != "Approved" or call.get(states.STATE) == "Draft":
		return
	decided = preparers.OF_THE_DECISION[call.doctype]
	changed = list_fields(changes.list_of_save(before, call, changes.NOT_AMENDED | decided))
	if changed:
		frappe.throw(
			_("This call was approved: {0} changes only in the draft. Use {1} first.").format(
				name_fields(call, changed), frappe.bold(_("Return to Draft"))
			),
			PublishedCallError,
			title=_("Approved Call"),
		)


def guard_evaluation(call, changed: list[str]) -> None:
	"""Nobody is judged by another grid than the others, nor sees names that the others did not."""
	# the row of the call is held, for which whoever begins a review or declares waits
	if JUDGED_BY & set(changed) and locks.get_names_now("RTC Review", call=call.name):
		refuse_amendment(
			_(
				"Reviews of this call have begun: its grid and the way in which it is evaluated are not amended any more."
			)
		)
	if call.has_value_changed("hide_applicants") and locks.get_names_now(
		"RTC Conflict Declaration", call=call.name
	):
		refuse_amendment(_("Members have declared already: whether names are hidden cannot change any more."))


def list_fields(found: list) -> list[str]:
	return list(dict.fromkeys(change.field for change in found))


def validate(before, call, changed: list[str]) -> None:
	if before.get(states.STATE) != "Published":
		refuse_amendment(_("The call is no longer open: it cannot be amended any more."))
	if fixed := [name for name in changed if name in FIXED]:
		refuse_amendment(
			_("{0} cannot be amended: withdraw the call and publish another one.").format(
				name_fields(call, fixed)
			)
		)
	if "opening" in changed and get_datetime(before.opening) <= clock.now():
		refuse_amendment(_("The call has opened already: its opening cannot be amended."))
	if "closing" in changed and get_datetime(call.closing) < get_datetime(before.closing):
		refuse_amendment(
			_("The closing can only be put off: {0} was announced.").format(
				frappe.bold(before.get_formatted("closing"))
			)
		)


def record(call, new: list, found: list) -> None:
	with use_italian():  # it is published as it is stored
		described = changes.describe(call, found)
	for row in new:
		row.recorded_on = clock.now()
		row.recorded_by = frappe.session.user
		row.changed = described


def send_amendments(call, new: list) -> None:
	"""A mail to everybody who has an application to this call, drafts included."""
	people = list_applicants(call.name)
	if not people:
		return
	with use_italian():
		told = mails.send(
			people,
			_("{0}: amendment").format(call.title),
			template="rtc_call_amended",
			args={"call": call, "amendments": new, "closing": call.get_formatted("closing")},
			reference_doctype=call.doctype,
			reference_name=call.name,
		)
	if not told:
		frappe.msgprint(
			_("No outgoing e-mail account is set: write yourself to {0}.").format(", ".join(people)),
			title=_("Applicants Not Told"),
			indicator="orange",
		)


def list_applicants(call: str) -> list[str]:
	"""Addresses of those who write or have sent an application, colleagues included, by name."""
	rows = frappe.get_all(
		"RTC Application",
		filters={"call": call, "workflow_state": ("!=", "Withdrawn")},
		fields=["name", "applicant", "pec", "docstatus"],
	)
	people = {row.applicant for row in rows} | {row.pec for row in rows if row.docstatus}
	people |= colleagues.get_addresses([row.name for row in rows])
	return sorted(person for person in people if person and "@" in person)


def name_fields(call, names: list[str]) -> str:
	return frappe.bold(", ".join(_(call.meta.get_label(name)) for name in names))


def refuse_amendment(message: str) -> None:
	frappe.throw(message, AmendmentError, title=_("Amendment Refused"))
