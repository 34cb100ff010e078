"""The award of an application: the codes before the act, what follows from it, and when it may be paid.

An approved Ranking awards. `require_codes` is asked before its act and `award_application` is called with it, in the same
transaction; nothing else writes the fields of the award, and nobody does by hand.
"""

from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import escape_html, flt, getdate

from rtc_conciliation.awards import mails, register
from rtc_conciliation.common import clock, findings, locks
from rtc_conciliation.rules import Report
from rtc_conciliation.rules.award import codes as rules

DOCTYPE = "RTC Application"
FUNDED = rules.FUNDED
AWAITED, ACCEPTED, RENOUNCED = "Awaited", "Accepted", "Renounced"
CODES = ("cup", "cor", "no_aid_reason")
#: what the act and the answer to it write
OF_THE_AWARD = (
	"award_act_number award_act_date acceptance_state acceptance_due accepted_on acceptance_by acceptance_note "
	"acceptance_reminded_on acceptance_expiry_notified_on"
).split()
#: states in which the codes of an application can be entered: a ranking, or a later one, may fund it
CODED_IN = ("Under Evaluation", "Eligible Not Funded", FUNDED)


class AwardLockedError(frappe.PermissionError):
	"""What the act wrote is not changed by hand."""


class Payable(NamedTuple):
	"""May something be paid? `reason` says why not, in the reader's language; "" where it may."""

	ok: bool
	reason: str = ""

	def __bool__(self) -> bool:
		return self.ok


# -- before the act


def require_codes(ranking) -> None:
	"""Refuse the act of a Ranking that funds an application without a valid CUP, or COR where it is state aid.

	Raises `findings.RulesError` with every one of them. Two queries, whatever the number of entries.
	"""
	rows = list_funded_entries(ranking)
	stored = {
		row.name: row
		for row in frappe.get_all(
			DOCTYPE,
			filters={"name": ("in", [row.application for row in rows] or [""])},
			fields=["name", "title", *CODES],
			limit_page_length=0,
		)
	}
	codes = [
		rules.Codes(row.idx, row.application, of.cup, of.cor, of.title, of.no_aid_reason)
		for row in rows
		if (of := stored.get(row.application))
	]
	state_aid = frappe.get_cached_value("RTC Call", ranking.call, "state_aid")
	report = rules.check_award(
		codes, get_taken_codes(code for one in codes for code in (one.cup, one.cor)), state_aid
	)
	findings.refuse_report(report, ranking.meta, _("Codes Missing"))


def list_funded_entries(ranking) -> list:
	return [row for row in ranking.entries if row.outcome == FUNDED]


def get_taken_codes(codes) -> dict[str, str]:
	"""CUP or COR → the application that has it now, of these codes. Who writes codes has taken their turn."""
	wanted = sorted({code for code in map(rules.normalise, codes) if code})
	found: dict[str, str] = {}
	table = frappe.qb.DocType(DOCTYPE)
	for column in (table.cup, table.cor) if wanted else ():
		query = frappe.qb.from_(table).select(column, table.name).where(column.isin(wanted))
		# of two that share one the earlier has it
		query = query.where(table.docstatus == 1).orderby(table.creation, order=frappe.qb.desc)
		found |= dict(query.for_update().run())
	return found


def validate_codes(application) -> None:
	"""CUP and COR of an application in their one way of writing; refused where they are none."""
	if not any(application.get(field) and application.has_value_changed(field) for field in ("cup", "cor")):
		return
	locks.take_turn(DOCTYPE)
	codes = rules.Codes(0, application.name or "", application.cup, application.cor)
	found = rules.check_written([codes], get_taken_codes([application.cup, application.cor]))
	findings.refuse_report(Report.of(found), application.meta, _("Check the Award"))
	application.cup, application.cor = (rules.normalise(application.get(field)) for field in ("cup", "cor"))


# -- with the act


def award_application(ranking) -> list[str]:
	"""What follows from the approved act of a Ranking; the names of the applications that it awards.

	Each funded entry gets the act, the term to accept and its row of the transparency register. One that an earlier
	ranking has awarded is left alone.
	"""
	days = frappe.get_cached_value("RTC Call", ranking.call, "acceptance_days")
	due = rules.get_term(getdate(ranking.approved_on or clock.now()), days)
	awarded = []
	for row in list_funded_entries(ranking):
		application = frappe.get_doc(DOCTYPE, row.application)
		if is_awarded(application):
			continue
		write(
			application,
			{
				"award_act_number": ranking.act_number,
				"award_act_date": ranking.act_date,
				"acceptance_state": AWAITED,
				"acceptance_due": due,
			},
		)
		register.enter_award(application, ranking)
		awarded.append(application.name)
	mails.tell_later(ranking.name)
	return awarded


def is_awarded(application) -> bool:
	return bool(application.award_act_number)


def write(application, values: dict) -> None:
	"""Not by saving: these fields are locked to every user, whatever the state lets them edit; the history keeps it."""
	application.load_doc_before_save()
	application.db_set(values)
	application.save_version()


def guard(application) -> None:
	"""Called by the application before it is saved: the fields of the award are the act's."""
	if not application.docstatus or not application.get_doc_before_save():
		for fieldname in OF_THE_AWARD:
			application.set(fieldname, None)
		return
	locked = [*OF_THE_AWARD, *(CODES if is_awarded(application.get_doc_before_save()) else ())]
	changed = [fieldname for fieldname in locked if application.has_value_changed(fieldname)]
	if changed:
		frappe.throw(
			_("{0}: written by the act that grants the contribution, and not changed by hand.").format(
				", ".join(frappe.bold(_(application.meta.get_label(fieldname))) for fieldname in changed)
			),
			AwardLockedError,
			title=_("Award Locked"),
		)


# -- after the act


def is_payable(application: str) -> Payable:
	"""May something be paid to the awardee of `application`? Nothing is before its row is published.

	Publication is the condition on which the grant takes effect (art. 26 c. 3 D.Lgs. 33/2013); who renounced or has
	not accepted yet is not paid either.
	"""
	stored = frappe.db.get_value(
		DOCTYPE,
		application,
		["workflow_state", "cup", "granted_amount", "award_act_number", "acceptance_state"],
		as_dict=True,
	)
	if not stored or stored.workflow_state != FUNDED or not stored.award_act_number:
		return Payable(False, _("{0} was not awarded a contribution.").format(escape_html(application)))
	if not rules.is_valid_cup(stored.cup):
		return Payable(False, _("The CUP is missing: the award is null without it."))
	if stored.acceptance_state == RENOUNCED:
		return Payable(False, _("The lead has renounced the contribution."))
	if stored.acceptance_state != ACCEPTED:
		return Payable(False, _("The lead has not accepted the contribution yet."))
	row = register.get_current(application)
	if not row or not row.published_on:
		return Payable(False, _("The row of the transparency register is not published yet."))
	same = flt(row.amount, 2) == flt(stored.granted_amount, 2) and row.cup == stored.cup
	if not same or register.list_waiting(application):
		return Payable(False, _("The published row of the transparency register is being corrected."))
	return Payable(True)
