"""Drafts are deleted by who began them, on their own page: with their files, and without the copy that core keeps.

The office never saw the draft, so no trace of it is left to the office (Regulation (EU) 2016/679, art. 5 par. 1
lett. c). Whoever wrote in it is told.
"""

import frappe
from frappe import _
from frappe.utils import cint, get_fullname

from rtc_conciliation.access import colleagues
from rtc_conciliation.common import locks, mails
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Application"
TEMPLATE = "rtc_draft_deleted"


class RemovalError(frappe.PermissionError):
	"""Not a draft of one's own, or on another way than that of the portal."""


def may_delete(doc) -> bool:
	user = frappe.session.user
	return cint(doc.docstatus) == 0 and doc.applicant == user


def delete_draft(application: str) -> None:
	"""Raises RemovalError for what was sent, frappe.PermissionError for what is not of the session's user."""
	frappe.get_doc(DOCTYPE, application).check_permission("delete")
	# who sends it at this very moment was first, or finds nothing to send
	status = locks.hold(DOCTYPE, application, "docstatus")
	doc = frappe.get_doc(DOCTYPE, application)
	if cint(status) or not may_delete(doc):
		frappe.throw(
			_("{0} was sent: it is not deleted any more. While the call is open it can be withdrawn.").format(
				frappe.bold(doc.name)
			),
			RemovalError,
			title=_("Deletion Refused"),
		)
	tell_colleagues(doc)
	remove(application)


def remove(name: str) -> None:
	"""With its files, and without the copy that core keeps of what is deleted."""
	frappe.delete_doc(DOCTYPE, name, delete_permanently=True, flags={"leaves_no_copy": True})


def guard(doc) -> None:
	"""Core's own ways keep a copy of what is deleted, and tell nobody."""
	if doc.flags.leaves_no_copy or frappe.session.user == "Administrator":
		return
	frappe.throw(
		_(
			"A draft is deleted on its own page: open {0} in My Applications and press Delete the draft."
		).format(frappe.bold(doc.name)),
		RemovalError,
		title=_("Deletion Refused"),
	)


def tell_colleagues(doc) -> None:
	"""The mail hangs on no record: there is none left."""
	people = colleagues.get_addresses([doc.name]) - {frappe.session.user}
	if not people:
		return
	programme = frappe.get_cached_doc("RTC Programme", doc.programme)
	with use_italian():
		mails.send(
			sorted(people),
			_("The draft {0} was deleted").format(doc.name),
			template=TEMPLATE,
			args={
				"who": get_fullname(frappe.session.user),
				"number": doc.name,
				"title": as_typed(doc.title),
				"call": as_typed(frappe.get_cached_value("RTC Call", doc.call, "title")),
				**mails.get_office(programme),
			},
			reply_to=frappe.session.user,
		)
