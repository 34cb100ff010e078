"""Every Link to a record that not everybody reads, and why it is no door to it.

A Link could open what it points at: core fetches fields from there, copies attachments of `amended_from`, prints the
linked record. So who writes one of these must be let in by the record that they name.
"""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access.fields import is_of_app
from rtc_conciliation.access.sql import is_protected

#: written by the app alone (`fields`)
APP = "the app writes it"
#: its writer must be allowed to read what they name: `guard`
READER = "its writer reads what they name"
#: the controller asks something else, and says what
DUTY = "its writer has a duty there"

WHY = {
	("RTC Application", "amended_from"): APP,
	("RTC Application", "call"): READER,
	("RTC Application", "ranking"): APP,
	("RTC Application Colleague", "application"): READER,
	("RTC Call", "ranking"): APP,
	("RTC Call Export", "call"): READER,
	("RTC Call Question", "call"): READER,
	# who reviews declares before they may read, and reads in their own desk only (`panel_assignments`)
	("RTC Conflict Declaration", "application"): DUTY,
	("RTC Conflict Declaration", "call"): APP,
	("RTC Formal Check", "application"): READER,
	("RTC Formal Check", "call"): APP,
	("RTC Integration Request", "application"): READER,
	("RTC Integration Request", "call"): APP,
	("RTC Panel", "call"): READER,
	("RTC Ranking", "amended_from"): APP,
	("RTC Ranking", "call"): READER,
	("RTC Ranking", "previous_ranking"): APP,
	("RTC Ranking Entry", "application"): READER,
	("RTC Review", "application"): DUTY,
	("RTC Review", "call"): APP,
	("RTC Transparency Entry", "application"): READER,
	("RTC Transparency Entry", "call"): READER,
	("RTC Transparency Entry", "ranking"): READER,
}


class ForeignLinkError(frappe.PermissionError):
	"""A Link names a record that its writer may not read."""


def guard(doc) -> None:
	"""Refuse a new Link of `doc` or of its rows to a record that its writer may not read."""
	by_the_app = doc.flags.by_the_app or frozenset()
	if by_the_app is True or frappe.session.user == "Administrator":
		return
	before = doc.get_doc_before_save()
	known = {row.name: row for row in before.get_all_children()} if before else {}
	for row in (doc, *doc.get_all_children()):
		guard_row(row, before if row is doc else known.get(row.name), by_the_app)


def guard_row(row, before, by_the_app: frozenset[str]) -> None:
	for df in row.meta.get_link_fields():
		name = row.get(df.fieldname)
		if (
			not name
			or df.fieldname in by_the_app
			or is_of_app(df)
			or (before and before.get(df.fieldname) == name)
		):
			continue
		if WHY.get((row.doctype, df.fieldname)) == DUTY or not is_protected(df.options):
			continue
		if not may_name(df.options, name):
			refuse_link(df, name)


def may_name(doctype: str, name: str) -> bool:
	"""May the session's user read this record? Of one that is not there core itself tells."""
	if not frappe.db.exists(doctype, name):
		return True
	return bool(frappe.has_permission(doctype, "read", doc=name))


def refuse_link(df, name) -> None:
	frappe.throw(
		_("{0}: {1} is not among the records that you may read. Choose one from the list.").format(
			frappe.bold(_(df.label)), frappe.bold(escape_html(str(name)))
		),
		ForeignLinkError,
		title=_("Link Refused"),
	)
