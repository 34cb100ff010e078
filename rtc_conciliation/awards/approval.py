"""The approval of a ranking: checked once more, frozen, and carried to the applications in the same transaction.

All of it is done by the Director who approves, with their own permissions: the steps of an application to Funded,
Eligible Not Funded and Below Threshold are open only where the entry of an approved ranking says so.
"""

import json

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max
from frappe.utils import escape_html, flt

from rtc_conciliation.access import preparers, states
from rtc_conciliation.access.fields import allow
from rtc_conciliation.awards import award, compute, ranking_pdf
from rtc_conciliation.awards import decision_page as document
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.inputs import require
from rtc_conciliation.common.papers import canonical

CALL = "RTC Call"
#: what the scores come from; whoever changes one of them holds the row of the call
COUNTED = ("RTC Review", "RTC Conflict Declaration")
#: fields of an application that only the approval of a ranking writes → field of the entry
OUTCOME = {"ranking": "parent", "ranking_position": "position", "score": "score", "granted_amount": "granted"}


class SupersededError(frappe.ValidationError):
	"""The call has another approved ranking, or a later one than this goes on from."""


class OutcomeLockedError(frappe.PermissionError):
	"""The outcome of an application is written by the approval of its ranking alone."""


# -- the ranking


def validate_proposal(doc) -> None:
	"""Refuse to propose a ranking that is not computed, not up to date or still waits for an answer."""
	if not doc.entries:
		frappe.throw(
			_("Compute the ranking before you propose it."),
			compute.NotReadyError,
			title=_("Ranking Not Computed"),
		)
	require_unchanged(doc)
	for row in doc.entries:
		if row.offered and not row.partial_accepted:
			frappe.throw(
				_(
					"The available funds end at {0} ({1}) with {2}: ask the lead body whether it accepts that contribution, "
					"write the answer in the entry and save."
				).format(
					frappe.bold(escape_html(row.lead_name or row.application)),
					row.application,
					row.get_formatted("offered"),
				),
				compute.NotReadyError,
				title=_("Answer of the Lead Body Missing"),
			)


def approve(doc) -> None:
	"""Before the ranking is submitted: everything that the act needs, then it is frozen."""
	require_ready(doc)
	doc.approved_on, doc.approved_by = clock.now(), frappe.session.user
	freeze_ranking(doc)


def require_ready(doc) -> None:
	"""Refuse to approve without an act, after a change, beside another approved ranking, or without the codes."""
	require(doc, "act_number", _("Write the act of the ATS before you approve the ranking."))
	require(doc, "act_date", _("Write the date of the act before you approve the ranking."))
	lock(doc)
	validate_proposal(doc)
	award.require_codes(doc)
	require_work_of_others(doc)


def require_work_of_others(doc) -> None:
	"""The marks make the ranking and the codes stand in its act: who wrote them does not approve it."""
	user = frappe.session.user
	if user == "Administrator":
		return
	if frappe.db.exists("RTC Review", {"call": doc.call, "evaluator": user}):
		refuse_own(_("You reviewed applications of this call: another person must approve its ranking."))
	if own := preparers.list_written_codes([row.application for row in award.list_funded_entries(doc)], user):
		refuse_own(
			_("You wrote the CUP or the COR of {0}: another person must approve the ranking.").format(
				compute.join_names(own)
			)
		)


def refuse_own(message: str) -> None:
	frappe.throw(message, states.SelfApprovalError, title=_("Self-Approval Refused"))


def apply_outcomes(doc) -> None:
	"""After the ranking is submitted: the outcomes, the pointer of the call, the award."""
	# the call was published: of its own it would change by an amendment only, and this is no part of it
	frappe.db.set_value(CALL, doc.call, "ranking", doc.name, update_modified=False)
	frappe.clear_document_cache(CALL, doc.call)
	for row in doc.entries:
		decide_application(doc, row)
	award.award_application(doc)


def lock(doc) -> None:
	"""One approval after the other for each call. Raises SupersededError, ranking.ChangedError.

	A transaction reads what was there when it began; a locking read is of what is there now.
	"""
	approved = locks.hold(CALL, doc.call, "ranking")
	if (approved or None) != (doc.previous_ranking or None):
		frappe.throw(
			_(
				"The call has the approved ranking {0} already: make an award from the reserve list that goes on from it."
			).format(frappe.bold(approved))
			if approved
			else _("The ranking {0}, from which this one goes on, is not approved.").format(
				frappe.bold(doc.previous_ranking)
			),
			SupersededError,
			title=_("Another Ranking Is Approved"),
		)
	for doctype in COUNTED:
		table = frappe.qb.DocType(doctype)
		rows = frappe.qb.from_(table).select(Count("*"), Max(table.modified)).where(table.call == doc.call)
		if rows.run() != rows.for_update().run():
			frappe.throw(
				_("A review of the call has just changed. Reload the page and approve again."),
				compute.ChangedError,
				title=_("The Ranking Has Changed"),
			)
	locks.hold_all(compute.APPLICATION, [row.application for row in doc.entries])
	locks.take_turn(compute.APPLICATION)  # nobody writes a code meanwhile


def require_unchanged(doc) -> None:
	"""Refuse when the records do not give the entries that `doc` has any more."""
	changed = compute.list_differences(doc)
	if changed:
		frappe.throw(
			_(
				"Since it was computed something has changed for: {0}. Return it to the draft, compute it again and "
				"propose it anew."
			).format(compute.join_names(changed)),
			compute.ChangedError,
			title=_("The Ranking Has Changed"),
		)


def freeze_ranking(doc) -> None:
	"""Keep what the decision page shows on the day of approval, as data and as PDF."""
	doc.snapshot = json.dumps(document.assemble_live(doc), ensure_ascii=False, sort_keys=True, default=str)
	doc.digest = canonical.digest(json.loads(doc.snapshot))
	doc.update(ranking_pdf.keep_pdf(doc))


# -- its applications


def decide_application(doc, row) -> None:
	"""The outcome of one entry, written into its application as the step of the Director."""
	if row.outcome == compute.NOT_ADMITTED or (
		doc.kind == compute.SCROLLING and row.outcome != compute.FUNDED
	):
		return
	application = frappe.get_doc(compute.APPLICATION, row.application)
	application.update({field: row.get(of_entry) for field, of_entry in OUTCOME.items()})
	application.decision_reason = row.reason
	application.set(states.STATE, row.outcome)
	allow(application, *OUTCOME)
	application.save()
	application.add_comment("Workflow", _(row.outcome))


def guard(application) -> None:
	"""Called by the application before it is saved: its outcome is what an approved ranking says."""
	if not application.docstatus:
		application.update(dict.fromkeys(OUTCOME))
		return
	before = application.get_doc_before_save()
	changed = [field for field in OUTCOME if not is_same(application.get(field), before.get(field))]
	if not changed:
		return
	filters = {"parent": application.ranking or "", "application": application.name, "docstatus": 1}
	entry = frappe.db.get_value("RTC Ranking Entry", filters, list(OUTCOME.values()), as_dict=True)
	if not entry or any(not is_same(application.get(field), entry[OUTCOME[field]]) for field in changed):
		frappe.throw(
			_("{0}: written by the approval of the ranking, and not changed by hand.").format(
				", ".join(frappe.bold(_(application.meta.get_label(field))) for field in changed)
			),
			OutcomeLockedError,
			title=_("Outcome Locked"),
		)


def is_same(value, of_entry) -> bool:
	if isinstance(value, str) or isinstance(of_entry, str):
		return (value or "") == (of_entry or "")
	return flt(value, 6) == flt(of_entry, 6)
