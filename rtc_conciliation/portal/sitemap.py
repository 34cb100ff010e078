"""The list of pages for searching machines: core's own, which knows of none that this app makes, and ours."""

import frappe
from frappe.utils import escape_html, get_url, quoted

from rtc_conciliation.documents import public_calls, published_projects, transparency
from rtc_conciliation.portal import call_pages, frame, network, open_pages, statements, verification
from rtc_conciliation.records import clock

ROUTE = "sitemap.xml"
TEMPLATE = "www/sitemap.xml"
SECONDS = 600
#: pages that are always there
STANDING = (
	network.ROUTE, network.JOIN, call_pages.ROUTE, open_pages.RANKINGS, open_pages.PROJECTS, open_pages.REGISTER,
	verification.ROUTE, statements.ACCESSIBILITY, statements.PRIVACY,
)  # fmt: skip


def page() -> tuple[str, int]:
	return frame.kept("sitemap", render, SECONDS), 200


def render() -> str:
	# core's module is found by its path; it imports what only a site has
	from frappe.www import sitemap as of_core

	today = str(clock.now().date())
	own = [{"loc": get_url(f"/{path}"), "lastmod": today} for path in paths()]
	known = {link["loc"] for link in own}
	others = [link for link in of_core.get_context({})["links"] if link["loc"] not in known]
	links = [{**link, "loc": escape_html(link["loc"])} for link in (*own, *others)]
	return frappe.render_template(TEMPLATE, {"links": links}, is_path=True).strip()


def paths() -> list[str]:
	"""Addresses below the site of what everybody may read."""
	calls = [call["name"] for call in public_calls.summaries(clock.now())]
	rankings = [one["name"] for one in published_projects.rankings()]
	projects = [one["name"] for one in published_projects.projects(renounced=True)]
	return [
		*STANDING,
		*(f"{call_pages.ROUTE}/{quoted(name)}" for name in calls),
		*(f"{open_pages.RANKINGS}/{quoted(name)}" for name in rankings),
		*(f"{open_pages.PROJECTS}/{quoted(name)}" for name in projects),
		*(f"{open_pages.REGISTER}/{one['year']}" for one in transparency.years()),
	]
