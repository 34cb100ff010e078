import frappe
import pytest

from tests.site import factories
from tests.site.http import committed_rows


@pytest.fixture(scope="module")
def under_check(site):
	"""Name of an application whose check is begun, seen by every connection."""
	with committed_rows():
		name = factories.application("Under Formal Check").name
		frappe.db.commit()
		yield name
