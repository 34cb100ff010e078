"""Notifications in the desk."""

import frappe
from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification
from frappe.utils.user import get_users_with_role

from rtc_conciliation.access.roles import MANAGER, OFFICER


def notify(doctype: str, name: str, subject: str) -> None:
	"""Tell officers and managers, but not who just did it; `subject` is HTML."""
	notify_users([user for user in list_staff() if user != frappe.session.user], doctype, name, subject)


def notify_users(users: list[str], doctype: str, name: str, subject: str, **more) -> None:
	"""A notification that leads to the record; `more`: further fields of Notification Log."""
	enqueue_create_notification(
		users,
		{
			"type": "Alert",
			"document_type": doctype,
			"document_name": name,
			"subject": subject,
			"from_user": "Administrator" if frappe.session.user == "Guest" else frappe.session.user,
			**more,
		},
	)


def list_staff() -> list[str]:
	"""Officers and managers, by name."""
	return sorted({*get_users_with_role(OFFICER), *get_users_with_role(MANAGER)})
