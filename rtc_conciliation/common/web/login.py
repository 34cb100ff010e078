"""The site's own pages to log in, sign up, set a password and say no: in the frame of the public pages."""

from frappe import _

from rtc_conciliation.common.web.ats_head import rtc_ats

#: core's pages by their template; "message" also says that something is not permitted
PAGES = frozenset({"login", "message", "update-password"})
BUNDLE = "rtc_login.bundle"
BASE = "rtc_conciliation/templates/common/core_base.html"


def adjust_context(context) -> None:
	"""`update_website_context`: these pages alone get the frame and a script, and a style where the site has none of its own."""
	if context.path not in PAGES:
		return
	agency = rtc_ats()
	context.base_template_path = BASE
	context.app_name = agency["name"]
	if context.path == "login":
		context.title = _("Login")
	context.web_include_js = [*(context.web_include_js or []), f"{BUNDLE}.js"]
	theme = (context.theme or {}).get("name")
	if not theme or theme == "Standard":
		context.web_include_css = [*(context.web_include_css or []), f"{BUNDLE}.css"]
