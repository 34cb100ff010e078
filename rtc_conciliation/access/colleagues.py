"""Who works at an application besides its applicant: those they invited, from when they accept until they revoke.

Asked of the database each time, and never of a document in memory. `visibility` builds on this; the records
themselves follow the application: who may read it sees who works at it.
"""

import frappe
from frappe import _
from frappe.utils import cint, escape_html

APPLICATION = "RTC Application"
DOCTYPE = "RTC Application Colleague"
#: what only the applicant and colleagues who may send do
SENDING = frozenset({"submit", "cancel"})
#: an application in one of these states is written by nobody any more, so nobody joins it
DECIDED = ("Not Admissible", "Funded", "Eligible Not Funded", "Below Threshold", "Withdrawn")
#: what stays with the applicant
OWNER_ONLY = frozenset({"delete", "share", "amend"})


class SenderError(frappe.PermissionError):
	"""A colleague who may only write tries to send or to withdraw."""


def get_shared_sql(user: str) -> str:
	"""SELECT of the names of the applications that `user` was invited to, accepted and still has."""
	return (
		"select `colleague`.`application` from `tabRTC Application Colleague` as `colleague` "
		f"where `colleague`.`user` = {frappe.db.escape(user, percent=False)} "
		"and `colleague`.`accepted_on` is not null and `colleague`.`revoked_on` is null"
	)


def is_shared(application: str) -> bool:
	"""Is anybody invited to it, whether or not they have joined yet?"""
	return bool(frappe.db.exists(DOCTYPE, {"application": application, "revoked_on": ("is", "not set")}))


def list_shared(user: str) -> list[str]:
	"""The names of those applications."""
	return frappe.get_all(
		DOCTYPE, add_active_filters({"user": user}), pluck="application", limit_page_length=0
	)


def get_names(applications: list[str]) -> dict[str, list[str]]:
	"""Application → full names of its colleagues, in two queries."""
	rows = frappe.get_all(
		DOCTYPE,
		filters=add_active_filters({"application": ("in", applications or [""])}),
		fields=["application", "user", "email"],
		order_by="creation asc",
		limit_page_length=0,
	)
	users = {"name": ("in", [row.user for row in rows] or [""])}
	names = dict(frappe.get_all("User", users, ["name", "full_name"], as_list=True))
	found: dict[str, list[str]] = {}
	for row in rows:
		found.setdefault(row.application, []).append(names.get(row.user) or row.email)
	return found


def get_addresses(applications: list[str]) -> set[str]:
	"""E-mail addresses of all who work at one of them besides its applicant."""
	filters = add_active_filters({"application": ("in", applications or [""])})
	return set(frappe.get_all(DOCTYPE, filters, pluck="email", limit_page_length=0))


def add_active_filters(filters: dict) -> dict:
	return {**filters, "accepted_on": ("is", "set"), "revoked_on": ("is", "not set")}


def can(application: str, ptype: str, user: str) -> bool:
	"""May `user`, as a colleague of its applicant, do `ptype` to `application`?"""
	if ptype in OWNER_ONLY:
		return False
	filters = add_active_filters({"application": application, "user": user})
	if ptype in SENDING:
		filters["may_send"] = 1
	return bool(frappe.db.exists(DOCTYPE, filters))


def has_worked_at(application: str, user: str) -> bool:
	"""Did `user` ever join those who write `application`? Revoking does not make them a stranger to it."""
	filters = {"application": application, "user": user, "accepted_on": ("is", "set")}
	return bool(frappe.db.exists(DOCTYPE, filters))


def is_decided(application: str | None) -> bool:
	"""Asked of the database now: a decision may have come while the invitation lay there."""
	state = application and frappe.db.get_value(APPLICATION, application, "workflow_state")
	return state in DECIDED


def get_applicant(application: str | None):
	"""{"owner", "applicant", "docstatus"} as stored, or None."""
	if not application:
		return None
	# asked often: `get_value` parses the names of the fields each time
	table = frappe.qb.DocType(APPLICATION)
	query = frappe.qb.from_(table).select(table.owner, table.applicant, table.docstatus)
	return next(iter(query.where(table.name == application).run(as_dict=True)), None)


def is_applicant(application: str | None, user: str) -> bool:
	stored = get_applicant(application)
	return bool(stored) and user in (stored.owner, stored.applicant)


def require_sender(doc) -> None:
	"""Refuse a colleague who may not send before core does, whose refusal would not say whom to ask."""
	if not cint(doc.docstatus) or doc.is_new():
		return
	user, stored = frappe.session.user, get_applicant(doc.name)
	if not stored or stored.docstatus == cint(doc.docstatus) or user in (stored.owner, stored.applicant):
		return
	if can(doc.name, "read", user) and not can(doc.name, "submit", user):
		frappe.throw(
			_(
				"You may write in {0}, but not send or withdraw it. {1} can do it, or give you leave to in the list of those who work at it."
			).format(frappe.bold(escape_html(doc.get_title())), frappe.bold(escape_html(stored.applicant))),
			SenderError,
			title=_("Sending Refused"),
		)
