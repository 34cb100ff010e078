"""The list of pages for searching machines: core's own, which knows of none that this app makes, and ours."""

import frappe
from frappe.utils import escape_html, get_url

from rtc_conciliation.common import clock
from rtc_conciliation.common.tables import call_all
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.common.web.router import SITEMAP as ROUTE

#: hook: functions that list addresses below the site of what everybody may read
ADDRESSES = "rtc_sitemap"
TEMPLATE = "www/sitemap.xml"
SECONDS = 600


def get_sitemap() -> tuple[str, int]:
	return page_cache.get_or_render("sitemap", render, SECONDS), 200


def render() -> str:
	# core's module is found by its path; it imports what only a site has
	from frappe.www import sitemap as of_core

	today = str(clock.now().date())
	own = [{"loc": get_url(f"/{path}"), "lastmod": today} for path in list_paths()]
	known = {link["loc"] for link in own}
	others = [link for link in of_core.get_context({})["links"] if link["loc"] not in known]
	links = [{**link, "loc": escape_html(link["loc"])} for link in (*own, *others)]
	return frappe.render_template(TEMPLATE, {"links": links}, is_path=True).strip()


def list_paths() -> list[str]:
	return [path for found in call_all(ADDRESSES) for path in found]


PAGES = {ROUTE: get_sitemap}
