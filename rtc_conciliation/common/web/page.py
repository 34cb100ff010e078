"""The page of a Web Form: core finds it by its route and decides who may, the browser draws what is told here.

Core's own form script is not loaded: its tables cannot be used from the keyboard or on a phone, and it writes
what people typed into the page as HTML.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import frappe
from frappe import _
from frappe.sessions import get_csrf_token
from frappe.utils import escape_html
from frappe.utils.response import json_handler

from rtc_conciliation.common.web import page_cache

TEMPLATE = "rtc_conciliation/templates/common/form.html"
#: what a missed change of what a form offers may cost
SECONDS = 600
#: where a page that is kept has what it says to one reader
OWN, READER = "@settings of the reader@", "@name of the reader@"
TITLE = "@title of the page@"
PLACES = re.compile("|".join(map(re.escape, (OWN, READER, TITLE))))
SCRIPT = Path(__file__).parents[2] / "public" / "js" / "rtc_web_form.bundle.js"
IMPORTED = re.compile(r'\bfrom "(\.[^"]+)"')
LITERAL = re.compile(r'__\(\s*"((?:[^"\\]|\\.)*)"')


def show_page(context, common: Callable[[], dict], own: dict) -> None:
	"""Have `context` drawn by the script of the forms, from what it says to all and what it says to this reader.

	`common` is asked now and then only: fields, texts and choices are the same for all who read one language. `own` may
	have a `page_title` that says more than the form's name."""
	context.title = TITLE
	who = "guest" if frappe.session.user == "Guest" else "user"
	page = page_cache.get_or_render(
		f"form:{context.doc.name}:{who}", lambda: render_template(context, common()), SECONDS
	)
	token = "" if who == "guest" else get_csrf_token()
	title = own.pop("page_title", None) or _(context.doc.title)
	settings = to_script({**own, "csrf_token": token})
	parts = {READER: escape_html(frappe.session.user), TITLE: escape_html(title), OWN: settings}
	context.html = PLACES.sub(lambda place: parts[place[0]], page)


def render_template(context, common: dict) -> str:
	settings = to_script({**common, "messages": get_messages()})
	menu = get_reader(context)
	menu["rtc_user"] = menu["rtc_user"] and READER
	return frappe.render_template(TEMPLATE, {**context, **menu, "rtc_common": settings, "rtc_own": OWN})


def render_plain(context, template: str) -> None:
	"""A page in the style of the forms, with the title of the Web Form."""
	context.title = context.title or _(context.doc.title)
	context.update(get_reader(context))
	context.html = frappe.render_template(template, context)


def get_reader(context) -> dict:
	"""What the menu of the applicants says."""
	user = "" if frappe.session.user == "Guest" else frappe.session.user
	return {"rtc_route": context.route, "rtc_user": user}


def to_script(data) -> str:
	"""JSON that can stand inside a script element, whatever people typed."""
	text = json.dumps(data, default=json_handler, ensure_ascii=False)
	return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def get_messages() -> dict[str, str]:
	"""English → the reader's language, of every text in the scripts of the forms."""
	return {text: _(text) for text in list_literals()}


@cache
def list_literals() -> tuple[str, ...]:
	"""The texts that the scripts of the forms show; as the scripts themselves, they change with an update only."""
	found = (LITERAL.findall(source) for source in read_scripts().values())
	return tuple(json.loads(f'"{literal}"') for literals in found for literal in literals)


def read_scripts() -> dict[Path, str]:
	"""The sources that the page of a form loads, by their paths: those of the desk stand in the same folders."""
	found: dict[Path, str] = {}
	waiting = [SCRIPT]
	while waiting:
		path = waiting.pop()
		if path in found:
			continue
		found[path] = path.read_text(encoding="utf-8")
		waiting += [(path.parent / address).resolve() for address in IMPORTED.findall(found[path])]
	return dict(sorted(found.items()))


def require_login() -> None:
	"""Send a guest to the login page and back here afterwards."""
	if frappe.session.user != "Guest":
		return
	query = frappe.request.query_string.decode() if frappe.request else ""
	here = f"/{frappe.local.path}" + (f"?{query}" if query else "")
	frappe.redirect(f"/login?redirect-to={frappe.utils.quote(here, safe='')}")
