"""A real site for the tests: connected once, seeded once, rolled back after each test."""

import fcntl
import os

import frappe
import pytest

from devsite.testing import paths
from tests.site import factories


@pytest.fixture(scope="session")
def site():
	"""Connects to the test site and commits the seed: users of every role."""
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


@pytest.fixture(autouse=True)
def rolled_back(site, monkeypatch):
	"""Nothing that a test writes outlives it; the user is Administrator at the start."""
	monkeypatch.setattr(frappe.db, "commit", lambda *args, **kwargs: None)
	frappe.set_user("Administrator")
	frappe.local.lang = "it"
	yield
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.clear_messages()
	frappe.local.message_log = []
	forget_documents()


def forget_documents():
	"""Redis is not rolled back: cached documents and which workflow is active are read anew."""
	getattr(frappe.local, "document_cache", {}).clear()
	getattr(frappe.db, "value_cache", {}).clear()
	for key in ("document_cache::", "last_modified::"):
		frappe.cache.delete_keys(key)
	frappe.cache.delete_value("workflow")


@pytest.fixture
def as_user():
	"""`with as_user(email):` act as `email`."""
	return factories.acting
