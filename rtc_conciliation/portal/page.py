"""The page of a Web Form: core finds it by its route and decides who may, the browser draws what is told here.

Core's own form script is not loaded: its tables cannot be used from the keyboard or on a phone, and it writes
what people typed into the page as HTML.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

import frappe
from frappe import _
from frappe.utils.response import json_handler

BUNDLE = "rtc_web_form.bundle"
TEMPLATE = "rtc_conciliation/templates/web_form/form.html"
SCRIPTS = Path(__file__).parents[1] / "public" / "js" / "web_form"
LITERAL = re.compile(r'__\(\s*"((?:[^"\\]|\\.)*)"')


def show(context, settings: dict) -> None:
	"""Have `context` drawn from `settings` by the script of the forms."""
	plain(context, TEMPLATE)
	context.web_include_js = [*(context.web_include_js or []), f"{BUNDLE}.js"]
	context.rtc_settings = for_script({**settings, "messages": messages()})


def plain(context, template: str) -> None:
	"""A page in the style of the forms. Core's title is what somebody typed, unescaped: the form's own is shown."""
	context.template = template
	context.title = _(context.doc.title)
	context.rtc_language = for_script(frappe.local.lang)  # core's page says "en" in any language
	context.no_breadcrumbs = 1
	context.show_sidebar = 0
	context.web_include_css = [*(context.web_include_css or []), f"{BUNDLE}.css"]


def for_script(data) -> str:
	"""JSON that can stand inside a script element, whatever people typed."""
	text = json.dumps(data, default=json_handler, ensure_ascii=False)
	return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def messages() -> dict[str, str]:
	"""English → the reader's language, of every text in the scripts of the forms."""
	return {
		text: _(text) for text in texts(tuple((str(path), path.stat().st_mtime_ns) for path in scripts()))
	}


def scripts() -> list[Path]:
	return sorted(SCRIPTS.glob("*.js"))


@lru_cache(maxsize=2)
def texts(files: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
	"""The texts in these scripts, read again only when one of them was changed."""
	found = [
		json.loads(f'"{literal}"')
		for path, _changed in files
		for literal in LITERAL.findall(Path(path).read_text(encoding="utf-8"))
	]
	return tuple(dict.fromkeys(found))


def login_first() -> None:
	"""Send a guest to the login page and back here afterwards."""
	if frappe.session.user != "Guest":
		return
	query = frappe.request.query_string.decode() if frappe.request else ""
	here = f"/{frappe.local.path}" + (f"?{query}" if query else "")
	frappe.redirect(f"/login?redirect-to={frappe.utils.quote(here, safe='')}")
