"""What core keeps in Redis and in the process: of the site, which tests leave as it is, and of records and users."""

import frappe
from frappe.cache_manager import user_cache_keys
from frappe.website.utils import clear_cache as clear_website_cache

#: hooks and DocTypes are the same whoever asks; core takes them away itself when they change
OF_THE_SITE = (
	"all_apps",
	"app_hooks",
	"app_modules",
	"doctype_meta",
	"installed_apps",
	"is_table",
	"module_app",
	"table_columns",
)


def keep_what_is_of_the_site() -> None:
	"""Core drops with each change of user all that was read from Redis; tests change it thousands of times.

	From now on the DocTypes and hooks are not unpacked anew for the next user."""
	change = frappe.set_user

	def set_user(username):
		known = [(key, frappe.local.cache.get(key)) for key in map(frappe.cache.make_key, OF_THE_SITE)]
		change(username)
		frappe.local.cache.update((key, value) for key, value in known if value is not None)

	frappe.set_user = set_user


def ask_for_no_mailboxes() -> None:
	"""With every user that it saves, core notes whose mailbox lacks a password, and forgets all DocTypes over that.

	Here it does so when there is such a mailbox."""
	from frappe.core.doctype.user import user

	note = getattr(user, "ask_pass_update", None)

	def ask_pass_update():
		if note and frappe.db.exists("User Email", {"awaiting_password": 1}):
			note()

	user.ask_pass_update = ask_pass_update


def forget_documents() -> None:
	"""Redis is not rolled back: cached documents and which workflow is active are read anew."""
	getattr(frappe.local, "document_cache", {}).clear()
	getattr(frappe.db, "value_cache", {}).clear()
	for key in ("document_cache::", "last_modified::"):
		frappe.cache.delete_keys(key)
	frappe.cache.delete_value("workflow")


def forget_records() -> None:
	"""`frappe.clear_cache()` but for the DocTypes: to read all of them again takes the test, and the server, a second."""
	forget_documents()
	for key in (*user_cache_keys, "system_settings", "notifications"):
		frappe.cache.delete_value(key)
	clear_website_cache()
	for function in frappe.get_hooks("clear_cache"):
		frappe.get_attr(function)()
	frappe.local.role_permissions = {}
	for name in ("system_settings", "website_settings"):
		if hasattr(frappe.local, name):
			delattr(frappe.local, name)
	frappe.set_user(frappe.session.user)
