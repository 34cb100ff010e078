"""The pages of our Web Forms, in the light frame of the public pages.

Core keeps the routes and says what is asked for: a new record, the list, one record. Its own page of a form runs
about two hundred queries and weighs ten times as much.
"""

from collections.abc import Callable

import frappe
from frappe.website.page_renderers.base_renderer import BaseRenderer

from rtc_conciliation.portal import adhesion, application, profile

#: Web Form → what fills the context of its page
FORMS: dict[str, Callable] = {
	adhesion.WEB_FORM: adhesion.show,
	application.WEB_FORM: application.show,
	profile.WEB_FORM: profile.show,
}


class FormPage(BaseRenderer):
	"""`page_renderer` of hooks.py: asked for every address of the website, so it only looks at its beginning."""

	def can_render(self) -> bool:
		beginning, *rest = self.path.split("/")
		self.form = next((form for form in map(published, FORMS) if form and form.route == beginning), None)
		return bool(self.form) and (len(rest) < 2 or (len(rest) == 2 and rest[1] == "edit"))

	def render(self):
		"""Core says the same in the same words of what is asked: `is_list`, `is_new`, `is_edit` or `is_read`."""
		_route, *rest = self.path.split("/")
		if not rest:
			frappe.redirect(f"/{self.form.route}/{'list' if self.form.show_list else 'new'}")
		if rest in (["list"], ["new"]):
			frappe.form_dict.update({"name": None, f"is_{rest[0]}": True})
		else:
			frappe.form_dict.update({"name": rest[0], "is_edit" if rest[1:] else "is_read": True})
		context = frappe._dict(doc=self.form, route=self.form.route, language=frappe.local.lang)
		FORMS[self.form.name](context)
		return self.build_response(context.html, 200, {"Cache-Control": "no-store"})


def published(name: str):
	form = frappe.get_cached_doc("Web Form", name)
	return form if form.published else None
