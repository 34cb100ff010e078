"""The records and the people that all tests of the matrix share."""

import pytest

from tests.site.http import Client
from tests.site.matrix import records


@pytest.fixture(scope="package")
def names(site):
	with records.make_records() as found:
		yield found


@pytest.fixture(scope="package")
def people(base_url, names):
	return {who: Client(base_url, user) for who, user in records.PEOPLE.items()}
