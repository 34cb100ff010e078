"""Ways through the desk: the first page of a session is loaded, the others come by its own routes, as for a person."""

import re

import frappe

from tests.site import factories

#: the state beside the title of a form
PILL = ".page-head:visible .indicator-pill"
READY = "() => window.frappe && frappe.container && frappe.container.page && !frappe.request?.ajax_count"


def open_route(page, path: str) -> None:
	"""Opens an address below /app; a dialog that comes with it is an error."""
	if "/app" in page.url and page.evaluate("() => !!(window.frappe && frappe.set_route)"):
		page.evaluate("path => frappe.set_route(path)", path)
		page.wait_for_function("path => frappe.router.current_route && location.pathname === path", arg=path)
	else:
		page.goto(path, wait_until="domcontentloaded")
	page.wait_for_function(READY)
	assert not page.locator(".modal.show").count(), page.locator(".modal.show").first.inner_text()


def open_record(page, doctype: str, name: str) -> None:
	"""Opens a record's form, as the server has it now."""
	slug = doctype.lower().replace(" ", "-")
	open_route(page, f"/app/{slug}/{name}")
	shown = "name => window.cur_frm && cur_frm.docname === name && !cur_frm.is_dirty()"
	page.wait_for_function(shown, arg=name)
	page.evaluate("() => cur_frm.reload_doc()")
	page.wait_for_function(READY)


def quiet_tours():
	"""Core's own tour of the desk, in English, would lie over the page."""
	frappe.db.set_value("User", factories.OFFICER, "onboarding_status", "null")
	frappe.cache.hdel("bootinfo", factories.OFFICER)


def act(page, doctype: str, name: str, action: str) -> None:
	"""Takes `action` from the Actions menu of the desk."""
	open_record(page, doctype, name)
	page.get_by_role("button", name="Azioni").click()
	page.locator(".actions-btn-group:visible").get_by_role("link", name=action, exact=True).click()


def go(page, label: str) -> None:
	page.get_by_role("navigation", name="Passi").get_by_role("button", name=re.compile(label)).click()


def count_clicks(page):
	"""A function that says how often its person has clicked since; a page that is loaded anew counts on."""
	script = """addEventListener("click", (event) => {
		if (event.isTrusted) sessionStorage.rtcClicks = Number(sessionStorage.rtcClicks || 0) + 1;
	}, true);"""
	page.add_init_script(script)
	return lambda: int(page.evaluate("() => Number(sessionStorage.rtcClicks || 0)"))
