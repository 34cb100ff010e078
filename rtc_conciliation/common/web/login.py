"""The site's own pages to log in, sign up and set a password, made readable for everybody who applies."""

import frappe

PAGES = frozenset({"login", "update-password"})
BUNDLE = "rtc_login.bundle"


def adjust_context(context) -> None:
	"""`update_website_context`: these pages alone get a script, and a style where the site has none of its own."""
	if (getattr(frappe.local, "path", None) or "").strip("/") not in PAGES:
		return
	context.web_include_js = [*(context.web_include_js or []), f"{BUNDLE}.js"]
	theme = (context.theme or {}).get("name")
	if not theme or theme == "Standard":
		context.web_include_css = [*(context.web_include_css or []), f"{BUNDLE}.css"]
