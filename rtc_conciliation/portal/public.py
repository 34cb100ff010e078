"""Pages for everybody, light and without a third party: one HTML file each, kept ready for the next reader.

They do not stand on the site's own frame, which weighs more than all they say.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.website.page_renderers.base_renderer import BaseRenderer

from rtc_conciliation.portal import confirmation, network
from rtc_conciliation.portal.limits import TooManyAttemptsError

MESSAGE = "rtc_conciliation/templates/public/message.html"

#: address → what makes its (HTML, status)
PAGES: dict[str, Callable[[], tuple[str, int]]] = {
	network.ROUTE: network.page,
	network.POSTER: network.poster,
	confirmation.ROUTE: confirmation.page,
}


class PublicPage(BaseRenderer):
	"""`page_renderer` of hooks.py: asked for every address of the website, so it only looks at a table."""

	def can_render(self) -> bool:
		return self.path in PAGES

	def render(self):
		try:
			html, status = PAGES[self.path]()
		except TooManyAttemptsError:
			html, status = message(_("Too many requests")), 429
		return self.build_response(html, status, {"X-Robots-Tag": "noindex"} if status != 200 else None)


def message(title: str) -> str:
	lines = [entry.get("message") for entry in frappe.local.message_log if isinstance(entry, dict)]
	return frappe.render_template(MESSAGE, {"title": title, "lines": lines, "language": frappe.local.lang})
