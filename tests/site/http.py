"""Requests to the served test site as a user, and rows that the server can see."""

import contextlib
import pickle
import time

import frappe
import requests

from tests.site import caches
from tests.site.factories import PASSWORD

#: everything that tests over HTTP may leave behind, parents before what hangs on them
WATCHED = [
	"RTC Call Export",
	"RTC Ranking",
	"RTC Review",
	"RTC Conflict Declaration",
	"RTC Panel",
	"RTC Transparency Entry",
	"RTC Integration Request",
	"RTC Formal Check",
	"RTC Call Question",
	"RTC Application",
	"RTC Application Colleague",
	"RTC Applicant Profile",
	"RTC Plan",
	"RTC Member",
	"RTC Call",
	"RTC Meeting",
	"RTC Body",
	"RTC Organisation",
	"RTC Programme",
	"RTC Kept Names",
	"RTC Paper",
	"RTC Privacy Notice",
	"RTC Preparation",
	"File",
	"RTC File Scan",
	"Version",
	"Comment",
	"ToDo",
	"Workflow Action",
	"Notification Log",
	"Deleted Document",
	"Email Queue",
	"Error Log",
	"User",
	"Notification Settings",
	"Contact",
]


DOWNLOAD = "/api/method/frappe.utils.print_format.download_pdf"
WHO = "/api/method/frappe.auth.get_logged_user"
#: (address, user) → the cookies of their last session; a login takes ten times as long as to ask whether it still lives
SESSIONS: dict[tuple[str, str], requests.cookies.RequestsCookieJar] = {}


class Client:
	"""A session on the site: `Client(base_url, user)`; without user a guest."""

	def __init__(self, base_url: str, user: str | None = None, password: str = PASSWORD):
		self.base_url, self.user = base_url, user or "Guest"
		self.session = requests.Session()
		self.session.headers["Accept"] = "application/json"
		if user and not self.goes_on(user):
			self.session.cookies.clear()
			answer = self.post("/api/method/login", usr=user, pwd=password)
			assert answer.status_code == 200, answer.text
			SESSIONS[base_url, user] = self.session.cookies.copy()

	def goes_on(self, user: str) -> bool:
		"""Takes up the user's last session, if the site still knows it."""
		if (self.base_url, user) not in SESSIONS:
			return False
		self.session.cookies = SESSIONS[self.base_url, user].copy()
		return self.get(WHO).json().get("message") == user

	def get(self, path: str, **params):
		return self.session.get(self.base_url + path, params=params, timeout=60, allow_redirects=False)

	def post(self, path: str, **data):
		return self.session.post(self.base_url + path, json=data, headers=self.csrf(), timeout=60)

	def put(self, path: str, **data):
		return self.session.put(self.base_url + path, json=data, headers=self.csrf(), timeout=60)

	def delete(self, path: str):
		return self.session.delete(self.base_url + path, headers=self.csrf(), timeout=60)

	def call(self, method: str, **data):
		return self.post(f"/api/method/{method}", **data)

	def csrf(self) -> dict:
		"""The token that the desk would send; the test site checks it like any other."""
		sid = self.session.cookies.get("sid")
		if not sid or sid == "Guest":
			return {}
		session = kept_session(sid) or self.bring_back(sid)
		return {"X-Frappe-CSRF-Token": (session.get("data") or {}).get("csrf_token") or ""}

	def bring_back(self, sid: str) -> dict:
		"""Core empties Redis with each renaming; with the next request the site takes the session from its table again.

		Core 16 puts it into Redis when that request is answered already."""
		if self.get(WHO).json().get("message") != self.user:
			return {}
		deadline = time.monotonic() + 10
		while not (found := kept_session(sid)) and time.monotonic() < deadline:
			time.sleep(0.02)
		assert found, "the site keeps no session"
		return found


def kept_session(sid: str) -> dict:
	"""From Redis itself: this process may hold the session as it was before the server made its token."""
	kept = frappe.cache.execute_command("HGET", frappe.cache.make_key("session"), sid)
	return pickle.loads(kept) if kept else {}


@contextlib.contextmanager
def committed_rows():
	"""Rows made inside are committed, seen by the server, and removed at the end with all that came of them."""
	before = {doctype: names(doctype) for doctype in WATCHED}
	try:
		yield
	finally:
		frappe.db.rollback()
		for doctype in WATCHED:
			remove(doctype, names(doctype) - before[doctype])
		frappe.db.commit()
		caches.forget_records()


def names(doctype: str) -> set[str]:
	return set(frappe.db.sql_list(f"select name from `tab{doctype}`"))


def remove(doctype: str, added: set[str]) -> None:
	if not added:
		return
	for df in frappe.get_meta(doctype).get_table_fields():
		frappe.db.delete(df.options, {"parent": ("in", added), "parenttype": doctype})
	frappe.db.delete(doctype, {"name": ("in", added)})


def download(client: Client, doc, print_format: str):
	"""The PDF of `doc`, as a person takes it."""
	return client.get(DOWNLOAD, doctype=doc.doctype, name=doc.name, format=print_format)
