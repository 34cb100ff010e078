"""What every answer tells the browser: where scripts may come from, who may frame it, what is kept and told on.

A page of ours runs the script files of the site and the one script that it was made with. The desk and the pages of
core hold scripts in the page and compile templates, so they need 'unsafe-inline' and 'unsafe-eval'; but what stands in
an attribute ("onerror") runs only if it is one of those that core writes itself: a text that came through as markup
does nothing.
"""

from base64 import b64encode
from hashlib import sha256

import frappe
from frappe.utils import cint


def make_hash(script: str) -> str:
	return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


SHARED = {
	"object-src": "'none'",
	"base-uri": "'self'",
	"form-action": "'self'",
	"frame-ancestors": "'self'",
}
PAGE = {
	**SHARED,
	"default-src": "'none'",
	"script-src": "'self'",
	"style-src": "'self' 'unsafe-inline'",
	"img-src": "'self' data:",
	"font-src": "'self' data:",
	"connect-src": "'self'",
	"frame-src": "'self'",
	"worker-src": "'self'",
}
DESK = {
	**SHARED,
	"default-src": "'self'",
	"script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
	"style-src": "'self' 'unsafe-inline'",
	"img-src": "'self' data: blob:",
	"font-src": "'self' data:",
	"connect-src": "'self' ws: wss:",
	"frame-src": "'self' blob:",
	"media-src": "'self' blob:",
	"worker-src": "'self' blob:",
}
#: what core writes into attributes, in the snapshot, v15 and v16
HANDLERS = (
	"",
	"return false;",
	"return frappe.ui.toolbar.setup_session_defaults()",
	"return frappe.ui.toolbar.clear_cache()",
	"return frappe.ui.toolbar.toggle_full_width()",
	"return new frappe.ui.ThemeSwitcher().show()",
	"frappe.utils.scroll_to(0)",
	"frappe.utils.scroll_page_to_top()",
	"cur_frm.reload_doc()",
	"this.classList.add('btn-default')",
	"this.classList.remove('btn-default')",
	"window.print();",
	"location.href = '/third_party_apps';",
	"window.location.pathname = this.value",
	"localStorage.setItem('show_insights_banner', 'false') || this.parentElement.remove()",
)
ALWAYS = {
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "SAMEORIGIN",
	"Referrer-Policy": "same-origin",
}
#: a stored file that a browser would run: it may do nothing
FILE = {"default-src": "'none'", "style-src": "'unsafe-inline'", "img-src": "data:", "sandbox": ""}
FILES = "/private/files/"
RUN_BY_BROWSERS = frozenset(
	{"text/html", "image/svg+xml", "application/xml", "text/xml", "application/xhtml+xml"}
)
#: parts of an address that open something to whoever has it
KEYS = frozenset({"token", "key"})
HASHES_OF_CORE = " ".join(map(make_hash, HANDLERS))
POLICY, TRIAL = "Content-Security-Policy", "Content-Security-Policy-Report-Only"


def add_headers(response=None, request=None) -> None:
	"""`after_request`. Without a response (werkzeug's own errors on v15) there is nothing to add to."""
	if not response or not request:
		return
	for name, value in ALWAYS.items():
		response.headers.setdefault(name, value)
	if request.path.startswith(FILES) and response.mimetype in RUN_BY_BROWSERS:
		response.headers[POLICY] = format_policy(FILE)
	elif response.mimetype == "text/html" and POLICY not in response.headers:
		name = TRIAL if cint(frappe.conf.get("rtc_csp_report_only")) else POLICY
		response.headers[name] = get_policy_of_core()
	if not is_for_everybody(request):
		response.headers.setdefault("Cache-Control", "private, no-store")


def is_for_everybody(request) -> bool:
	user = getattr(frappe.local, "session", None) and frappe.session.user
	return user in (None, "Guest") and not KEYS & set(request.args)


def get_policy_of_page(html: str) -> str:
	"""The policy of a page that our own templates made: its last script is theirs."""
	begin = html.rfind("<script>") + len("<script>")
	end = html.find("</script>", begin)
	if begin < len("<script>") or end < 0:
		return format_policy(PAGE)
	return format_policy({**PAGE, "script-src": f"'self' {make_hash(html[begin:end])}"})


def get_policy_of_core() -> str:
	"""`rtc_csp_sources` in site_config.json, {directive: sources}, adds what other apps of the site need."""
	more = frappe.conf.get("rtc_csp_sources") or {}
	handlers = " ".join((HASHES_OF_CORE, *map(make_hash, list_menu_handlers())))
	found = {**DESK, "script-src-attr": f"'unsafe-hashes' {handlers}"}
	if cint(frappe.conf.developer_mode):  # `bench start`: no proxy carries /socket.io
		found["connect-src"] += f" http://*:{cint(frappe.conf.socketio_port) or 9000}"
	for directive, sources in more.items():
		found[directive] = f"{found.get(directive, '')} {sources}".strip()
	return format_policy(found)


def list_menu_handlers() -> list[str]:
	"""The menus of the desk run what System Managers wrote in Navbar Settings."""
	settings = frappe.get_cached_doc("Navbar Settings")
	rows = (*settings.settings_dropdown, *settings.help_dropdown)
	return [f"return {row.action}" for row in rows if row.action]


def format_policy(policy: dict[str, str]) -> str:
	return "; ".join(f"{directive} {sources}".strip() for directive, sources in policy.items())
