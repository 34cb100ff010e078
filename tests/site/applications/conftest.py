"""The served site with a draft, a sent application and a closed call."""

import frappe
import pytest

from tests.site import factories
from tests.site.factories import APPLICANT, OTHER_APPLICANT
from tests.site.http import Client, committed_rows


@pytest.fixture(scope="package")
def records(site):
	with committed_rows():
		draft = factories.application("Draft", title="Bozza segreta")
		sent = factories.application("Submitted", call=draft.call, title="Domanda inviata")
		closed = factories.call(
			"Closed",
			title="Manifestazione chiusa",
			closing="2026-06-01 12:00:00",
			opening="2026-05-01 12:00:00",
		)
		frappe.db.commit()
		yield frappe._dict(draft=draft, sent=sent, call=draft.call, closed=closed.name)


@pytest.fixture(scope="package")
def clients(base_url, records):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OTHER_APPLICANT)}


@pytest.fixture(autouse=True)
def posts_are_not_counted(no_waiting):
	"""These tests post to the forms more often than a person does."""
