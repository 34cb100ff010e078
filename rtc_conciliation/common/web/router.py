"""Pages for everybody, light and without a third party: one HTML file each, kept ready for the next reader.

They do not stand on the site's own frame, which weighs more than all they say.
"""

from functools import cached_property

from frappe import _
from frappe.website.page_renderers.base_renderer import BaseRenderer

from rtc_conciliation.common.rate_limits import TooManyAttemptsError
from rtc_conciliation.common.tables import load_table
from rtc_conciliation.common.web import headers, open_answers, page_cache
from rtc_conciliation.common.web.faults import log_faults
from rtc_conciliation.common.web.retry import retry

#: hook: address → what makes its (HTML, status); one that ends in "/" is a beginning, and the rest is handed on
PAGES = "rtc_pages"
SITEMAP = "sitemap.xml"
HTML = "text/html; charset=utf-8"
#: how long caches of others may keep open data: a call closes by the clock
SECONDS_OF_DATA = 20


class PublicPage(BaseRenderer):
	"""`page_renderer` of hooks.py: asked for every address of the website, so it only looks at a table."""

	@cached_property
	def address(self) -> str | None:
		"""The key of the page in the table, None where it is none of ours."""
		beginnings = (key for key in self.pages if key.endswith("/") and self.path.startswith(key))
		return self.path if self.path in self.pages else next(beginnings, None)

	@cached_property
	def pages(self) -> dict:
		return load_table(PAGES)

	def can_render(self) -> bool:
		return self.address is not None

	@log_faults
	def render(self):
		try:
			# what a reader posts from such a page is written; a page that is only read meets nobody
			html, status = retry(self.make)
		except TooManyAttemptsError as error:
			html, status = page_cache.render_message(_("Too many requests"), [str(error)]), 429
		if status == 200 and open_answers.get_kind(self.path):
			return open_answers.complete_answer(self.build_response(html, status), self.path, SECONDS_OF_DATA)
		# a paper, or the list for searching machines
		if isinstance(html, bytes) or self.path == SITEMAP:
			return self.build_response(html, status)
		more = {headers.POLICY: headers.get_policy_of_page(html)}
		if status != 200:
			# core would take the kind of content from the address
			more |= {"X-Robots-Tag": "noindex", "Content-Type": HTML}
		return self.build_response(html, status, more)

	def make(self) -> tuple[str | bytes, int]:
		make = self.pages[self.address]
		return make(self.path.removeprefix(self.address)) if self.address.endswith("/") else make()
