"""Requests a second of the public pages and of the form's page: eight readers at once, gunicorn with 4 workers."""

import frappe

from devsite.testing import paths, serve
from tests.measure import locust
from tests.site import factories
from tests.site.http import Client, committed_rows

READERS, SECONDS = 8, 12
#: page → requests a second that it must give at least
GUEST = {"/rete": 100, "/bandi": 100, "/bandi/{call}": 100, "/adesione/new": 30}
APPLICANT = {"/domanda/new": 30}


def measure() -> list[dict]:
	with committed_rows(), serve(paths().test_site, workers=4, threads=1) as address:
		names = {"call": factories.call().name}
		frappe.db.commit()
		session = Client(address, factories.APPLICANT).session.cookies["sid"]
		rows = [row(address, path.format(**names), least) for path, least in GUEST.items()]
		return rows + [row(address, path, least, LOAD_SID=session) for path, least in APPLICANT.items()]


def row(address: str, path: str, least: int, **settings) -> dict:
	[figures] = locust.run("pages", address, READERS, SECONDS, LOAD_PATH=path, **settings)
	assert not figures["failures"], (path, figures)
	shown = path if len(path) < 20 else path.rsplit("/", 1)[0] + "/…"
	return {"what": shown, "unit": "/s", "value": figures["rps"], "limit": least, "at_least": True}
