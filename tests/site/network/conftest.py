"""Sessions on the served site."""

import pytest

from tests.site.factories import APPLICANT, OTHER_APPLICANT
from tests.site.http import Client, committed_rows


@pytest.fixture(scope="package")
def network(site):
	"""What these tests commit goes at the end; the programme of the site is open to adhesions."""
	with committed_rows():
		yield


@pytest.fixture(scope="package")
def clients(base_url, network):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OTHER_APPLICANT)}


@pytest.fixture(autouse=True)
def posts_are_not_counted(no_waiting):
	"""These tests post to the form more often than a person does."""
