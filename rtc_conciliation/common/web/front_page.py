"""The first page of the site, where RTC Settings have it: open calls, three ways in, what the network is.

What stands there is of the subjects: each hands over its part.
"""

import frappe
from frappe import _
from frappe.utils import get_url

from rtc_conciliation.access import landing
from rtc_conciliation.common import ats, programmes
from rtc_conciliation.common.tables import call_all
from rtc_conciliation.common.web import page_cache

ROUTE = "inizio"
TEMPLATE = "rtc_conciliation/templates/common/front_page.html"
#: hook: functions that give {"before", "after": HTML above and below what is common, "figures": [figure]}, all optional;
#: a figure is {"value", "label", "address"}, none of them escaped
PARTS = "rtc_front_page"
#: a call opens and closes by the clock: what is shown is never older than this
SECONDS = 20


def get_home_page(user: str) -> str | None:
	"""`get_website_user_home_page`: where a reader lands who asks for no page; None: as core has it."""
	own = landing.home_page(user)
	return own or (ROUTE if user == "Guest" and ats.has_front_page() else None)


def get_front_page() -> tuple[str, int]:
	if not ats.has_front_page():
		return page_cache.render_message(_("Page Not Found"), [_("This site has no front page.")]), 404
	return page_cache.get_or_render("front", render, SECONDS), 200


def render() -> str:
	parts = call_all(PARTS)
	programme = programmes.get_active()
	context = {
		"title": _("Rete Territoriale di Conciliazione"),
		"lead": _(
			"{0} joins public bodies, firms, unions and the third sector so that work, care and life fit together."
		).format(ats.get_identity()["name"]),
		"programme": programme and frappe.get_cached_value("RTC Programme", programme, "title"),
		"join": programmes.get_join_address(programme) if programme else "",
		"parts": [{"before": part.get("before", ""), "after": part.get("after", "")} for part in parts],
		"figures": [figure for part in parts for figure in part.get("figures", ())],
		"language": frappe.local.lang,
		"canonical": get_url("/"),
	}
	return frappe.render_template(TEMPLATE, context)


PAGES = {ROUTE: get_front_page}


def list_addresses() -> list[str]:
	return [""] if ats.has_front_page() else []
