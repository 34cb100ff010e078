"""The first page of the office, from the login on: what Chromium asks for and when the work stands there.

Core's own share is told apart: its scripts, styles, fonts and sounds, which a browser keeps from one day to the next.
"""

import time

import frappe
from playwright.sync_api import sync_playwright

from devsite.testing import paths, serve
from tests.browser.conftest import ARGUMENTS, DESKTOP
from tests.site import factories
from tests.site.http import committed_rows

TIMES = 5
SHOWN = ".rtc-today .rtc-mail"
ASKED = ("document", "xhr", "fetch")


def measure() -> list[dict]:
	with committed_rows(), serve(paths().test_site, workers=2, threads=4) as address:
		frappe.set_user("Administrator")
		factories.member("Under Review")
		frappe.db.set_value("User", factories.MANAGER, "onboarding_status", "null")
		frappe.db.commit()
		with sync_playwright() as playwright:
			browser = playwright.chromium.launch(executable_path=paths().chromium, args=ARGUMENTS)
			visits = visit(browser, address)
			browser.close()
	cold, warm = visits[0], sorted(visits[1:], key=lambda one: one["seconds"])[len(visits) // 2 - 1]
	return [
		{"what": "Requests to the server", "unit": "", "value": max(one["asked"] for one in visits), "limit": 15},
		{"what": "Files of the desk, kept by the browser", "unit": "", "value": cold["files"], "limit": 40},
		{"what": "Complete, first visit", "unit": "s", "value": cold["seconds"], "limit": 3},
		{"what": "Complete, later visits (median)", "unit": "s", "value": warm["seconds"], "limit": 1.5},
	]


def visit(browser, address: str) -> list[dict]:
	"""One login, then the desk's root as after it: [{"asked", "files", "seconds"}], the first with an empty cache."""
	context = browser.new_context(base_url=address, viewport=DESKTOP, locale="it-IT")
	answer = context.request.post(
		"/api/method/login", form={"usr": factories.MANAGER, "pwd": factories.PASSWORD}
	)
	assert answer.ok, answer.text()
	return [open_root(context) for _time in range(TIMES)]


def open_root(context) -> dict:
	page = context.new_page()
	kinds: list[str] = []
	page.on("request", lambda request: "/socket.io/" in request.url or kinds.append(request.resource_type))
	began = time.perf_counter()
	page.goto("/app", wait_until="commit")
	page.locator(SHOWN).wait_for()
	seconds = time.perf_counter() - began
	page.wait_for_load_state("networkidle")
	page.close()
	asked = sum(kind in ASKED for kind in kinds)
	return {"asked": asked, "files": len(kinds) - asked, "seconds": seconds}
