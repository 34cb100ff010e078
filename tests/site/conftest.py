"""Each test has the real site to itself: what it writes is rolled back."""

import contextlib

import frappe
import pytest

from rtc_conciliation.common import clock
from tests.site import factories
from tests.site.caches import forget_documents
from tests.site.http import committed_rows


@pytest.fixture(autouse=True)
def rolled_back(site, monkeypatch):
	"""Nothing that a test writes outlives it; the user is Administrator at the start."""
	monkeypatch.setattr(frappe.db, "commit", lambda *args, **kwargs: None)
	frappe.set_user("Administrator")
	frappe.local.lang = "it"
	frappe.flags.mute_emails = True  # core's import switches it off
	leave_request()
	yield
	leave_request()
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.clear_messages()
	frappe.local.message_log = []
	forget_documents()


def leave_request() -> None:
	"""No test runs in the request of another, or of a fixture that many share."""
	if hasattr(frappe.local, "request"):
		del frappe.local.request
	frappe.local.conf.pop("host_name", None)  # written by the guard of a request in this process


@pytest.fixture
def set_time():
	"""`set_time(moment)`: from here to the end of the test the records believe that it is `moment`."""
	with contextlib.ExitStack() as until_the_end:
		yield lambda moment: until_the_end.enter_context(clock.use_time(moment))


@pytest.fixture
def as_user():
	"""`with as_user(email):` act as `email`."""
	return factories.acting


@pytest.fixture(scope="module")
def with_papers(site):
	"""Two applications that the server sees, one of them with its letter: {"admissible", "sent"}."""
	with committed_rows():
		admissible, sent = factories.application("Admissible"), factories.application("Submitted")
		frappe.db.commit()
		yield frappe._dict(admissible=admissible, sent=sent)


@pytest.fixture
def no_waiting():
	"""Core takes five posts a minute from one address; the tests make more. Core counts for all sites in one."""
	patterns = (frappe.cache.make_key("rl:*"), "rl:*")
	if keys := [key for pattern in patterns for key in frappe.cache.scan_iter(pattern)]:
		frappe.cache.delete(*keys)
