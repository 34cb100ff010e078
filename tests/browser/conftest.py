"""Chromium in front of the served test site. Whatever a page reports as wrong makes its test fail."""

import os
from urllib.parse import urlparse

import frappe
import pytest
from playwright.sync_api import expect, sync_playwright

from devsite.testing import paths
from tests.browser.desk import quiet_tours
from tests.site.http import committed_rows

ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
]
expect.set_options(timeout=15_000)  # a busy machine needs more than the 5 s of Playwright
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000  # ms; a busy machine is slow, not wrong


@pytest.fixture(scope="package")
def browser():
	"""Ends with these tests: its event loop would be in the way of what signs and checks PDFs."""
	# Frappe is connected in this process: Playwright's event loop must not make it believe it runs in one.
	expect.set_options(timeout=PATIENCE)
	with sync_playwright() as playwright:
		started = playwright.chromium.launch(executable_path=paths().chromium, args=ARGUMENTS)
		yield started
		started.close()


class Watched:
	"""Pages of one person, in a session of their own; `problems` collects what went wrong in them."""

	def __init__(self, browser, base_url: str, viewport: dict):
		self.base_url = base_url
		self.problems: list[str] = []
		self.expected: list[tuple[int, str]] = []  # (status, part of the address) that the test provokes
		self.context = browser.new_context(
			base_url=base_url, viewport=viewport, locale="it-IT", timezone_id="Europe/Rome"
		)
		self.context.set_default_timeout(PATIENCE)
		self.page = self.context.new_page()
		self.page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
		self.page.on("console", self.console)
		self.page.on("requestfailed", self.failed)
		self.page.on("request", self.requested)
		self.page.on("response", self.answered)

	def console(self, message) -> None:
		# answers are counted by `answered`; nothing carries /socket.io to the test site's server
		passed = "status of" in message.text or "socket.io" in message.text
		if message.type == "error" and not passed:
			self.problems.append(f"console: {message.text}")

	def failed(self, request) -> None:
		if request.failure != "net::ERR_ABORTED":  # a navigation that overtook it
			self.problems.append(f"failed: {request.url} {request.failure}")

	def requested(self, request) -> None:
		address = urlparse(request.url)
		if address.scheme in ("http", "https") and address.netloc != urlparse(self.base_url).netloc:
			self.problems.append(f"third party: {request.url}")

	def answered(self, response) -> None:
		expected = any(response.status == status and part in response.url for status, part in self.expected)
		if response.status >= 400 and not expected and "/socket.io/" not in response.url:
			self.problems.append(f"{response.status}: {response.url}")

	def login(self, user: str, password: str) -> None:
		answer = self.context.request.post("/api/method/login", form={"usr": user, "pwd": password})
		assert answer.ok, answer.text()

	def close(self) -> None:
		self.context.close()


@pytest.fixture
def visit(browser, base_url):
	"""`visit(user=None, viewport=DESKTOP)` opens a session; at the end no page may have reported a problem."""
	opened: list[Watched] = []

	def start(user: str | None = None, password: str = "", viewport: dict = DESKTOP) -> Watched:
		watched = Watched(browser, base_url, viewport)
		opened.append(watched)
		if user:
			watched.login(user, password)
		return watched

	yield start
	problems = [problem for watched in opened for problem in watched.problems]
	for watched in opened:
		watched.close()
	assert not problems, "\n".join(problems)


@pytest.fixture
def committed_desk(site, monkeypatch):
	"""What is committed from here on is seen by the server, and goes at the end; core's tour does not lie over the desk."""
	monkeypatch.undo()
	with committed_rows():
		frappe.set_user("Administrator")
		quiet_tours()
		yield


def pytest_configure(config):
	os.environ.setdefault("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
