"""The six roles and who counts as staff."""

import frappe
from frappe import _

OFFICER = "RTC Officer"
MANAGER = "RTC Manager"
DIRECTOR = "RTC Director"
EVALUATOR = "RTC Evaluator"
AUDITOR = "RTC Auditor"
APPLICANT = "RTC Applicant"

#: role → may it enter the desk
ROLES = {OFFICER: True, MANAGER: True, DIRECTOR: True, EVALUATOR: True, AUDITOR: True, APPLICANT: False}
#: those that work in the desk
DESK_ROLES = frozenset(role for role, enters in ROLES.items() if enters)

#: those who read every application that was sent
STAFF = frozenset({OFFICER, MANAGER, DIRECTOR, AUDITOR, "System Manager"})


def is_staff(user: str) -> bool:
	return bool(STAFF & set(frappe.get_roles(user)))


def has_desk(user: str) -> bool:
	return frappe.get_cached_value("User", user, "user_type") == "System User"


def is_of_office() -> bool:
	"""Does the screen of the apps lead the session's user to the office's workspace?"""
	return is_staff(frappe.session.user)


def is_evaluator_only() -> bool:
	"""Does it lead to the workspace of the evaluators?"""
	return EVALUATOR in frappe.get_roles() and not is_of_office()


def require_desk() -> None:
	"""Refuse whoever has no role that works in the desk."""
	works = DESK_ROLES | {"System Manager"}
	if frappe.session.user != "Administrator" and not works & set(frappe.get_roles()):
		frappe.throw(
			_("This is for those who work in the office."), frappe.PermissionError, title=_("Not Permitted")
		)


def require_manager() -> None:
	"""Refuse whoever does not decide. Core's own `only_for` lets everybody pass while tests run."""
	if frappe.session.user != "Administrator" and not {MANAGER, "System Manager"} & set(frappe.get_roles()):
		frappe.throw(
			_("This is for those with the role {0}. Ask one of them.").format(frappe.bold(_(MANAGER))),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def make_applicant(doc, method=None) -> None:
	"""`before_insert` of User: who signs up by themselves may apply, whatever other role the site gives them then.

	Portal Settings know one role for all who sign up; on a site with other apps that is often taken.
	"""
	if frappe.session.user == "Guest" and frappe.db.exists("Role", APPLICANT):
		doc.append_roles(APPLICANT)
