"""One call with its published ranking for all tests of this folder, and one session for each user."""

import frappe
import pytest

from rtc_conciliation.common.web import page_cache
from tests.site.awards import ranked_call as awarding
from tests.site.http import Client, committed_rows


@pytest.fixture(scope="package")
def ranked_call(site):
	with committed_rows():
		made = awarding.make_ranked_call()
		frappe.db.commit()
		page_cache.clear_pages()
		yield made
	page_cache.clear_pages()


@pytest.fixture(scope="package")
def clients(base_url, ranked_call):
	"""A session for each user, made when it is asked for."""
	made = {}

	def client(user: str | None) -> Client:
		if user not in made:
			made[user] = Client(base_url, user)
		return made[user]

	return client
