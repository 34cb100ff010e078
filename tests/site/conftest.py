"""Each test has the real site to itself: what it writes is rolled back."""

import frappe
import pytest

from tests.site import factories
from tests.site.caches import forget_documents


@pytest.fixture(autouse=True)
def rolled_back(site, monkeypatch):
	"""Nothing that a test writes outlives it; the user is Administrator at the start."""
	monkeypatch.setattr(frappe.db, "commit", lambda *args, **kwargs: None)
	frappe.set_user("Administrator")
	frappe.local.lang = "it"
	frappe.flags.mute_emails = True  # core's import switches it off
	yield
	if hasattr(frappe.local, "request"):  # no test runs in the request of another
		del frappe.local.request
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.clear_messages()
	frappe.local.message_log = []
	forget_documents()


@pytest.fixture
def as_user():
	"""`with as_user(email):` act as `email`."""
	return factories.acting
