"""Adhesions of one body to one programme: of several that were sent, one counts."""

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime, get_link_to_form

from rtc_conciliation.rules.network import membership

DOCTYPE = "RTC Member"


class DuplicateMemberError(frappe.DuplicateEntryError):
	pass


class NoCopyError(frappe.ValidationError):
	"""An adhesion is to be discarded without a reason, and is no copy of another."""


def list_others(tax_code: str, programme: str, besides: str = "", hold: bool = True) -> list[dict]:
	"""[{"name", "received_on", "workflow_state"}] of the other adhesions that are not over, the first one first.

	What came from the site and was never confirmed keeps nobody out. With `hold` nobody changes them meanwhile.
	"""
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.name, table.received_on, table.workflow_state, table.channel, table.email_confirmed_on)
		.where((table.tax_code == tax_code) & (table.programme == programme))
		.where(table.workflow_state.notin(membership.OVER))
		.where(table.name != (besides or ""))
		.orderby(table.name)
	)
	rows = (query.for_update() if hold else query).run(as_dict=True)
	return [row for row in rows if not is_never_confirmed(row)]


def is_never_confirmed(row) -> bool:
	return row.workflow_state == "Received" and row.channel == "Web" and not row.email_confirmed_on


def require_only(doc) -> None:
	"""DuplicateMemberError where another adhesion of the same body counts already."""
	if others := list_others(doc.tax_code, doc.programme, doc.name):
		frappe.throw(refuse_copy(doc, others[0]), DuplicateMemberError, title=_("Adhesion Already Received"))


def refuse_copy(doc, other) -> str:
	"""To the office which one it is and what to do; to others no more than that there is one."""
	tax_code = frappe.bold(escape_html(doc.tax_code))
	# the record itself may be newer than what this transaction sees
	if not frappe.has_permission(DOCTYPE, "read"):
		return _("An adhesion with the tax code {0} is already there. To correct it write to {1}.").format(
			tax_code,
			frappe.db.get_value("RTC Programme", doc.programme, "office_email") or _("the office"),
		)
	return _(
		"{0} with the tax code {1} came on {2} and is in the state {3}. If both are the same adhesion, take the step {4} with one of them."
	).format(
		get_link_to_form(DOCTYPE, other.name),
		tax_code,
		format_datetime(other.received_on, "d MMMM yyyy, HH:mm"),
		frappe.bold(_(other.workflow_state)),
		frappe.bold(_("Discard")),
	)


def set_reason_to_discard(doc) -> None:
	"""A copy is one by itself, and its reason names the adhesion that counts; of any other the reason is written."""
	if doc.decision_reason:
		return
	if others := list_others(doc.tax_code, doc.programme, doc.name):
		doc.decision_reason = _("Copy of {0}").format(others[0].name)
		return
	frappe.throw(
		_(
			"There is no other adhesion of {0} to this programme: this one is no copy. Write the reason why it is discarded without a decision; otherwise admit or reject it."
		).format(frappe.bold(escape_html(doc.organisation_name))),
		NoCopyError,
		title=_("Not a Copy"),
	)


#: what a file of adhesions to import has to have though the form has a default for it
NEEDED_COLUMNS = {DOCTYPE: ("channel",)}
