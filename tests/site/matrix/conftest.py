"""The records and the people that all tests of the matrix share."""

import pytest

from tests.site.http import Client
from tests.site.matrix import world


@pytest.fixture(scope="package")
def names(site):
	with world.made() as found:
		yield found


@pytest.fixture(scope="package")
def people(base_url, names):
	return {who: Client(base_url, user) for who, user in world.PEOPLE.items()}
