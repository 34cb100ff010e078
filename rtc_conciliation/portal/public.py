"""Pages for everybody, light and without a third party: one HTML file each, kept ready for the next reader.

They do not stand on the site's own frame, which weighs more than all they say.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.website.page_renderers.base_renderer import BaseRenderer

from rtc_conciliation.portal import (
	acceptance,
	call_pages,
	colleagues,
	confirmation,
	frame,
	network,
	partner_confirmation,
	statements,
	verification,
)
from rtc_conciliation.portal.limits import TooManyAttemptsError

#: address → what makes its (HTML, status)
PAGES: dict[str, Callable[[], tuple[str, int]]] = {
	network.ROUTE: network.page,
	network.POSTER: network.poster,
	confirmation.ROUTE: confirmation.page,
	colleagues.ROUTE: colleagues.page,
	statements.ACCESSIBILITY: statements.accessibility,
	statements.PRIVACY: statements.privacy,
	partner_confirmation.ROUTE: partner_confirmation.page,
	verification.ROUTE: verification.page,
	call_pages.ROUTE: call_pages.page,
	call_pages.OPEN_AS_JSON: call_pages.open_as_json,
}
#: beginning of an address → what makes the page of the rest of it
SHEETS: dict[str, Callable[[str], tuple[str, int]]] = {
	f"{call_pages.ROUTE}/": call_pages.sheet,
	f"{acceptance.ROUTE}/": acceptance.page,
}


class PublicPage(BaseRenderer):
	"""`page_renderer` of hooks.py: asked for every address of the website, so it only looks at a table."""

	def can_render(self) -> bool:
		return self.path in PAGES or self.path.startswith(tuple(SHEETS))

	def render(self):
		try:
			html, status = self.make()
		except TooManyAttemptsError as error:
			html, status = frame.message(_("Too many requests"), [str(error)]), 429
		if status != 200:
			self.path = self.path.removesuffix(".pdf")  # core takes the kind of content from the address
		return self.build_response(html, status, {"X-Robots-Tag": "noindex"} if status != 200 else None)

	def make(self) -> tuple[str, int]:
		if self.path in PAGES:
			return PAGES[self.path]()
		beginning = next(beginning for beginning in SHEETS if self.path.startswith(beginning))
		return SHEETS[beginning](self.path.removeprefix(beginning))
