"""Who does what about an award: the applicant answers it, the office enters codes and records answers by PEC."""

import frappe
from frappe import _

from rtc_conciliation.access import colleagues
from rtc_conciliation.access.roles import MANAGER, OFFICER

DOCTYPE = "RTC Application"
OFFICE = frozenset({OFFICER, MANAGER, "System Manager"})


def may_answer(application: str, user: str | None = None) -> bool:
	"""Who may send an application may accept its contribution: its applicant, and colleagues with leave to send."""
	user = user or frappe.session.user
	return colleagues.is_applicant(application, user) or colleagues.can(application, "submit", user)


def is_office(user: str | None = None) -> bool:
	user = user or frappe.session.user
	return user == "Administrator" or bool(OFFICE & set(frappe.get_roles(user)))


def require_office() -> None:
	"""Officers and managers: who works on the procedure. Directors approve and auditors read."""
	if not is_office():
		frappe.throw(
			_("This is for those with the role {0} or {1}. Ask one of them.").format(
				frappe.bold(_(OFFICER)), frappe.bold(_(MANAGER))
			),
			frappe.PermissionError,
			title=_("Not Permitted"),
		)


def export_query(user: str | None = None) -> str:
	"""An export holds whatever a call received: it is of who asked for it, not of their colleagues."""
	user = user or frappe.session.user
	return (
		""
		if user == "Administrator"
		else f"`tabRTC Call Export`.`owner` = {frappe.db.escape(user, percent=False)}"
	)


def export_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str) or doc.is_new():
		return True
	return frappe.db.get_value("RTC Call Export", doc.name, "owner") == user
