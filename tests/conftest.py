"""What the tests on a real site share. Frappe is imported only where it is used: tests/rules run without it."""

import contextlib
import fcntl
import gc
import os

import pytest


@contextlib.contextmanager
def connected():
	"""Connects to the test site, with the users of every role committed; yields its name."""
	import frappe

	from devsite.testing import paths
	from tests.site import factories

	where = paths()
	here = os.getcwd()
	alone = open(where.sites / where.test_site / "tests.lock", "w")
	fcntl.flock(alone, fcntl.LOCK_EX)  # two runs on one site would wait for each other's rows
	os.chdir(where.sites)  # Frappe writes its logs beside the folder it runs in
	frappe.init(where.test_site, sites_path=str(where.sites))
	frappe.connect()
	keep_what_is_not_of_the_user()
	frappe.flags.in_test = True
	frappe.flags.mute_emails = True
	if hasattr(frappe, "in_test"):  # v16 reads the module attribute
		frappe.in_test = True
	frappe.set_user("Administrator")
	factories.make_users()
	frappe.db.commit()
	# What is imported and cached by now stays: Python need not go through it again and again.
	gc.freeze()
	gc.set_threshold(20_000, 20, 50)
	yield where.test_site
	frappe.destroy()
	alone.close()
	os.chdir(here)


#: what core keeps of the site, whoever asks; it takes it away itself when it changes
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


def keep_what_is_not_of_the_user():
	"""Core drops with each change of user all that a request has read from Redis; tests change it thousands of times.

	The DocTypes and hooks of the site are the same for the next user: they are not unpacked anew for him."""
	import frappe

	change = frappe.set_user

	def set_user(username):
		known = [(key, frappe.local.cache.get(key)) for key in map(frappe.cache.make_key, OF_THE_SITE)]
		change(username)
		frappe.local.cache.update((key, value) for key, value in known if value is not None)

	frappe.set_user = set_user


@pytest.fixture(scope="session")
def site():
	"""The test site with its users, and with the programme and the published call that tests apply to."""
	import frappe

	from tests.site import factories
	from tests.site.http import committed_rows

	with connected() as name, committed_rows():
		factories.call()
		frappe.db.commit()
		yield name


@pytest.fixture(scope="session")
def base_url(site):
	"""The address at which the site is served."""
	from devsite.testing import serve

	with serve(site) as url:
		yield url
