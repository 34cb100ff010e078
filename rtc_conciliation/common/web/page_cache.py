"""What every public page shares: texts kept ready for the next reader, and the page of one message."""

import frappe
from frappe.utils import get_url

from rtc_conciliation.common import clock

MESSAGE = "rtc_conciliation/templates/common/message.html"
CACHE = "rtc_public"


def get_or_render(what: str, make, seconds: int):
	"""What `make` gives, most often a text, from the cache for the same day, language and address of the site."""
	key = f"{CACHE}:{what}:{clock.now().date()}:{frappe.local.lang}:{get_url()}"
	found = frappe.cache.get_value(key, expires=True)
	if found is None:
		found = make()
		frappe.cache.set_value(key, found, expires_in_sec=seconds)
	return found


def invalidate(doc=None, method=None, *args) -> None:
	"""`doc_events` of what the pages show: now, and once more when others can read what was written."""
	clear_pages()
	frappe.db.after_commit.add(clear_pages)


def clear_pages() -> None:
	frappe.cache.delete_keys(CACHE)
	frappe.cache.delete_value(
		"home_page"
	)  # core keeps where each reader lands: RTC Settings may have changed it


def render_message(title: str, lines: list[str]) -> str:
	return frappe.render_template(MESSAGE, {"title": title, "lines": lines, "language": frappe.local.lang})
