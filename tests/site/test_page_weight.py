"""Public pages and the forms' pages stay light: in bytes for a phone, in queries for the last hour of a call."""

import re

import frappe
import pytest
from frappe.utils import set_request
from frappe.website.serve import get_response

from tests.site import factories
from tests.site.http import Client, committed_rows

GUEST, APPLICANT = None, factories.APPLICANT
LARGEST = 200_000
ASSET = re.compile(r'(?:src|href)="(/assets/[^"]+)"')


@pytest.fixture(scope="module")
def draft(site):
	with committed_rows():
		name = factories.application().name
		frappe.db.commit()
		yield name


#: what version 16 asks besides
OF_CORE = {"/domanda/list": 2} if frappe.__version__.startswith("16.") else {}


@pytest.mark.parametrize(
	"user, path, most",
	[
		(GUEST, "/rete", 3),
		(GUEST, "/bandi", 3),
		(GUEST, "/adesione/new", 3),
		(APPLICANT, "/domanda/new", 4),
		(APPLICANT, "/domanda/list", 9),
		(APPLICANT, "/domanda/{draft}/edit", 18),
	],
)
def test_few_queries_and_few_bytes(draft, base_url, user, path, most, monkeypatch):
	path = path.format(draft=draft)
	assert queries(user, path, monkeypatch) <= most + OF_CORE.get(path, 0)
	client = Client(base_url, user)
	html = client.get(path).text
	assert "</html>" in html
	assets = {address.split("?")[0] for address in ASSET.findall(html)}
	assert len(html.encode()) + sum(len(client.get(address).content) for address in assets) < LARGEST


def queries(user, path: str, monkeypatch) -> int:
	"""What the second reader of a page costs; the first one fills what is kept."""
	sent, sql = [], frappe.local.db.sql

	def counted(*args, **options):
		sent.append(args)
		return sql(*args, **options)

	frappe.set_user(user or "Guest")
	monkeypatch.setattr(frappe.local.db, "sql", counted)
	try:
		for _time in range(2):
			sent.clear()
			set_request(method="GET", path=path)
			frappe.local.form_dict = frappe._dict()
			assert get_response(path).status_code == 200, path
	finally:
		monkeypatch.undo()
		frappe.set_user("Administrator")
	return len(sent)
