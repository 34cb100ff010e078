import frappe

from rtc_conciliation import setup
from rtc_conciliation.common.web import host
from rtc_conciliation.setup.front_page import keep_own_home_page
from rtc_conciliation.setup.reference import seed_reference
from rtc_conciliation.setup.roles import ensure_roles


def before_install():
	ensure_roles()


def after_install():
	setup.ensure()
	seed_reference()
	keep_own_home_page()
	tell_guests_no_traceback()
	host.tell_missing()


def after_migrate():
	setup.ensure()
	host.tell_missing()


def tell_guests_no_traceback() -> None:
	"""Core asks this setting only where an error comes before any hook, as at a login; a log has the error anyhow."""
	frappe.db.set_single_value("System Settings", "allow_error_traceback", 0)
