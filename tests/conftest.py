"""What the tests on a real site share. Frappe is imported only where it is used: tests/rules run without it."""

import fcntl
import os

import pytest


@pytest.fixture(scope="session")
def site():
	"""Connects to the test site and commits the seed: users of every role."""
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
	frappe.flags.in_test = True
	frappe.flags.mute_emails = True
	if hasattr(frappe, "in_test"):  # v16 reads the module attribute
		frappe.in_test = True
	frappe.set_user("Administrator")
	factories.make_users()
	frappe.db.commit()
	yield where.test_site
	frappe.destroy()
	alone.close()
	os.chdir(here)
