"""The pages of our Web Forms, in the light frame of the public pages.

Core keeps the routes and says what is asked for: a new record, the list, one record. Its own page of a form runs
about two hundred queries and weighs ten times as much.
"""

import frappe
from frappe.website.doctype.web_form.web_form import get_published_web_forms
from frappe.website.page_renderers.base_renderer import BaseRenderer

from rtc_conciliation.common.tables import load_table
from rtc_conciliation.common.web import headers
from rtc_conciliation.common.web.faults import log_faults

#: hook: Web Form → what fills the context of its page
FORMS = "rtc_forms"
#: hook: beginning of an address → what fills the context of a page that no Web Form describes
PAGES = "rtc_form_pages"


class FormPage(BaseRenderer):
	"""`page_renderer` of hooks.py: asked for every address of the website, so it only looks at its beginning."""

	def can_render(self) -> bool:
		beginning, *rest = self.path.split("/")
		if beginning in load_table(PAGES):
			return len(rest) < 2
		# Core asks whether it has the list at hand and fetches it then: another process may empty it in between.
		published = get_published_web_forms() or get_published_web_forms.__wrapped__()
		forms = load_table(FORMS)
		routes = {row.route: row.name for row in published if row.name in forms}
		if beginning not in routes or rest[1:] not in ([], ["edit"]):
			return False
		self.form = frappe.get_cached_doc("Web Form", routes[beginning])
		return True

	@log_faults
	def render(self):
		beginning, *rest = self.path.split("/")
		context = self.of_page(beginning, rest) if beginning in load_table(PAGES) else self.of_form(rest)
		policy = {headers.POLICY: headers.get_policy_of_page(context.html)}
		return self.build_response(context.html, 200, {"Cache-Control": "no-store", **policy})

	def of_page(self, beginning: str, rest: list[str]):
		frappe.form_dict.name = rest[0] if rest else None
		context = frappe._dict(route=beginning, language=frappe.local.lang)
		load_table(PAGES)[beginning](context)
		return context

	def of_form(self, rest: list[str]):
		"""Core says the same in the same words of what is asked: `is_list`, `is_new`, `is_edit` or `is_read`."""
		if not rest:
			frappe.redirect(with_query(f"/{self.form.route}/{'list' if self.form.show_list else 'new'}"))
		if rest in (["list"], ["new"]):
			frappe.form_dict.update({"name": None, f"is_{rest[0]}": True})
		else:
			frappe.form_dict.update({"name": rest[0], "is_edit" if rest[1:] else "is_read": True})
		context = frappe._dict(doc=self.form, route=self.form.route, language=frappe.local.lang)
		load_table(FORMS)[self.form.name](context)
		return context


def with_query(path: str) -> str:
	"""`path` with what the address of the request asks for: the programme to join, the call to apply to."""
	query = frappe.request.query_string.decode(errors="replace") if frappe.request else ""
	return f"{path}?{query}" if query else path
