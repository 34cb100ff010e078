"""Pages for everybody, light and without a third party: one HTML file each, kept ready for the next reader.

They do not stand on the site's own frame, which weighs more than all they say.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.website.page_renderers.base_renderer import BaseRenderer

from rtc_conciliation.common.web import headers, open_answers
from rtc_conciliation.common.web.faults import noted
from rtc_conciliation.common.web.retry import begin_anew
from rtc_conciliation.portal import (
	acceptance,
	call_pages,
	colleagues,
	confirmation,
	frame,
	network,
	open_pages,
	partner_confirmation,
	sitemap,
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
	open_pages.RANKINGS: open_pages.rankings,
	open_pages.PROJECTS: open_pages.projects,
	open_pages.REGISTER: open_pages.register,
	sitemap.ROUTE: sitemap.page,
}
#: beginning of an address → what makes the page of the rest of it
SHEETS: dict[str, Callable[[str], tuple[str, int]]] = {
	f"{call_pages.ROUTE}/": call_pages.sheet,
	f"{acceptance.ROUTE}/": acceptance.page,
	f"{open_pages.RANKINGS}/": open_pages.ranking,
	f"{open_pages.PROJECTS}/": open_pages.project,
	f"{open_pages.REGISTER}/": open_pages.register_sheet,
}
HTML = "text/html; charset=utf-8"
#: how long caches of others may keep open data: a call closes by the clock
SECONDS_OF_DATA = 20


class PublicPage(BaseRenderer):
	"""`page_renderer` of hooks.py: asked for every address of the website, so it only looks at a table."""

	def can_render(self) -> bool:
		return self.path in PAGES or self.path.startswith(tuple(SHEETS))

	@noted
	def render(self):
		try:
			# what a reader posts from such a page is written; a page that is only read meets nobody
			html, status = begin_anew(self.make)
		except TooManyAttemptsError as error:
			html, status = frame.message(_("Too many requests"), [str(error)]), 429
		if status == 200 and open_answers.kind_of(self.path):
			return open_answers.complete(self.build_response(html, status), self.path, SECONDS_OF_DATA)
		# a paper, or the list for searching machines
		if isinstance(html, bytes) or self.path == sitemap.ROUTE:
			return self.build_response(html, status)
		more = {headers.POLICY: headers.policy_of_page(html)}
		if status != 200:
			# core would take the kind of content from the address
			more |= {"X-Robots-Tag": "noindex", "Content-Type": HTML}
		return self.build_response(html, status, more)

	def make(self) -> tuple[str | bytes, int]:
		if self.path in PAGES:
			return PAGES[self.path]()
		beginning = next(beginning for beginning in SHEETS if self.path.startswith(beginning))
		return SHEETS[beginning](self.path.removeprefix(beginning))
