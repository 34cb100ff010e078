"""Which agency it is, at the head and the foot of every page; its logo for everybody, from the settings and from no file."""

import base64

from frappe import _

from rtc_conciliation.common import ats
from rtc_conciliation.common.web import page_cache

#: what a missed change may cost
SECONDS = 600


def rtc_ats() -> dict:
	"""For the templates: `ats.get_identity`, kept for the next reader."""
	return page_cache.get_or_render("ats", ats.get_identity, SECONDS)


def get_logo() -> tuple[str | bytes, int]:
	kept = ats.get_settings().logo_png
	if not kept:
		return page_cache.render_message(_("Page Not Found"), [_("There is no logo.")]), 404
	return base64.b64decode(kept), 200


PAGES = {ats.LOGO: get_logo}
