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

from rtc_conciliation.portal import frame

TEMPLATE = "rtc_conciliation/templates/web_form/form.html"
#: what a missed change of what a form offers may cost
SECONDS = 600
#: where a page that is kept has what it says to one reader
OWN, READER = "@settings of the reader@", "@name of the reader@"
SCRIPTS = Path(__file__).parents[1] / "public" / "js" / "web_form"
LITERAL = re.compile(r'__\(\s*"((?:[^"\\]|\\.)*)"')


def show(context, common: Callable[[], dict], own: dict) -> None:
	"""Have `context` drawn by the script of the forms, from what it says to all and what it says to this reader.

	`common` is asked now and then only: fields, texts and choices are the same for all who read one language."""
	context.title = _(context.doc.title)
	who = "guest" if frappe.session.user == "Guest" else "user"
	page = frame.kept(f"form:{context.doc.name}:{who}", lambda: drawn(context, common()), SECONDS)
	token = "" if who == "guest" else get_csrf_token()
	settings = for_script({**own, "csrf_token": token})
	context.html = page.replace(READER, escape_html(frappe.session.user)).replace(OWN, settings)


def drawn(context, common: dict) -> str:
	settings = for_script({**common, "messages": messages()})
	menu = reader(context)
	menu["rtc_user"] = menu["rtc_user"] and READER
	return frappe.render_template(TEMPLATE, {**context, **menu, "rtc_common": settings, "rtc_own": OWN})


def plain(context, template: str) -> None:
	"""A page in the style of the forms, with the title of the Web Form."""
	context.title = _(context.doc.title)
	context.update(reader(context))
	context.html = frappe.render_template(template, context)


def reader(context) -> dict:
	"""What the menu of the applicants says."""
	user = "" if frappe.session.user == "Guest" else frappe.session.user
	return {"rtc_route": context.route, "rtc_user": user}


def for_script(data) -> str:
	"""JSON that can stand inside a script element, whatever people typed."""
	text = json.dumps(data, default=json_handler, ensure_ascii=False)
	return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def messages() -> dict[str, str]:
	"""English → the reader's language, of every text in the scripts of the forms."""
	return {text: _(text) for text in literals()}


@cache
def literals() -> tuple[str, ...]:
	"""The texts that the scripts of the forms show; as the scripts themselves, they change with an update only."""
	found = (LITERAL.findall(path.read_text(encoding="utf-8")) for path in sorted(SCRIPTS.glob("*.js")))
	return tuple(json.loads(f'"{literal}"') for literals in found for literal in literals)


def login_first() -> None:
	"""Send a guest to the login page and back here afterwards."""
	if frappe.session.user != "Guest":
		return
	query = frappe.request.query_string.decode() if frappe.request else ""
	here = f"/{frappe.local.path}" + (f"?{query}" if query else "")
	frappe.redirect(f"/login?redirect-to={frappe.utils.quote(here, safe='')}")
