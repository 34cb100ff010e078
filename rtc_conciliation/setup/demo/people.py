"""The users of the demo. Their one password is public: such a site belongs on a loopback address only."""

import frappe

from rtc_conciliation.access.roles import ROLES
from rtc_conciliation.setup.demo.acting import acting
from rtc_conciliation.setup.demo.data.users import PASSWORD, SITE, USERS
from rtc_conciliation.setup.profiles import NAME as MODULE_PROFILE


def logins() -> list[tuple[str, str, str]]:
	return [(email, PASSWORD, purpose) for email, (_name, _surname, _role, purpose) in USERS.items()]


def make_users() -> None:
	with acting("Administrator"):
		for email, (name, surname, role, _purpose) in USERS.items():
			if frappe.db.exists("User", email):
				# left by an earlier installation, that took its roles with it
				frappe.get_doc("User", email).add_roles(role)
			else:
				make_user(email, name, surname, role)


def open_to_all() -> None:
	"""Whoever tries the site may sign up, and reads whose site it is."""
	frappe.db.set_single_value("Website Settings", "disable_signup", 0)
	if frappe.db.get_single_value("Website Settings", "app_name") in (None, "", "Frappe"):
		frappe.db.set_single_value("Website Settings", "app_name", SITE)


def make_user(email: str, name: str, surname: str, role: str) -> None:
	"""Desk or website user: core decides by the desk access of the role."""
	frappe.get_doc(
		{
			"doctype": "User",
			"email": email,
			"first_name": name,
			"last_name": surname,
			"language": "it",
			"time_zone": "Europe/Rome",
			"send_welcome_email": 0,
			"new_password": PASSWORD,
			"onboarding_status": "null",  # core's own tour is in English only
			"roles": [{"role": role}],
			"module_profile": MODULE_PROFILE if ROLES.get(role) else None,
		}
	).insert()
