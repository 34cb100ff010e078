"""What the tests on a real site share. Frappe is imported only where it is used: tests/rules run without it."""

import contextlib
import fcntl
import os

import pytest


@contextlib.contextmanager
def connected():
	"""Connects to the test site, with the users of every role committed; yields its name."""
	import frappe

	from devsite import quick
	from devsite.testing import paths
	from rtc_conciliation.common import locks
	from tests.site import caches, factories

	where = paths()
	here = os.getcwd()
	alone = open(where.sites / where.test_site / "tests.lock", "w")  # noqa: SIM115
	fcntl.flock(alone, fcntl.LOCK_EX)  # two runs on one site would wait for each other's rows
	os.chdir(where.sites)  # Frappe writes its logs beside the folder it runs in
	frappe.init(where.test_site, sites_path=str(where.sites))
	frappe.connect()
	caches.keep_what_is_of_the_site()
	caches.ask_for_no_mailboxes()
	frappe.flags.in_test = True
	frappe.flags.mute_emails = True
	if hasattr(frappe, "in_test"):  # v16 reads the module attribute
		frappe.in_test = True
	locks.let_wait()  # as each request that writes
	frappe.set_user("Administrator")
	caches.forget_records()  # of a run that was killed
	factories.make_users()
	frappe.db.commit()
	quick.keep_what_is_worked_out()
	yield where.test_site
	frappe.destroy()
	alone.close()
	os.chdir(here)


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

	with serve(site, environment={"RTC_QUICK": "1"}) as url:
		yield url
