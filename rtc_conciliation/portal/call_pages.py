"""The calls for everybody: /bandi, a page for each, and the open ones as JSON."""

import json

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.documents import call_pdf, public_calls
from rtc_conciliation.portal import form_questions, frame, network
from rtc_conciliation.records import clock

ROUTE = "bandi"
OPEN_AS_JSON = "bandi/aperti.json"
LIST = "rtc_conciliation/templates/public/calls.html"
SHEET = "rtc_conciliation/templates/public/call.html"
#: after the address of a call: its notice to print
NOTICE = "/avviso.pdf"
#: a notice changes with its call only, and then it is forgotten
SECONDS_OF_NOTICE = 24 * 60 * 60
#: a call opens and closes by the clock: what is shown is never older than this
SECONDS = 20
#: end of the address of the page with the questions of a call's form
QUESTIONS = "/domande"


def page() -> tuple[str, int]:
	return kept("list", render_list), 200


def sheet(rest: str) -> tuple[str | bytes, int]:
	name = rest.removesuffix(NOTICE).removesuffix(QUESTIONS)
	if name not in json.loads(kept("names", names)):
		return frame.message(
			_("No such call"),
			[_("This call is not there, or it is not published. The calls are listed at /bandi.")],
		), 404
	if rest.endswith(NOTICE):
		return notice(name), 200
	if rest != name:
		return kept(f"form:{name}", lambda: form_questions.render(name)), 200
	return kept(f"sheet:{name}", lambda: render_sheet(name)), 200


def notice(name: str) -> bytes:
	return frame.kept(
		f"calls:notice:{name}",
		lambda: call_pdf.make(frappe.get_cached_doc("RTC Call", name)),
		SECONDS_OF_NOTICE,
	)


def open_as_json() -> tuple[str, int]:
	"""[summary] of the calls that take applications now, for other sites; times with their offset."""
	return kept(
		"json", lambda: frappe.as_json(public_calls.as_data(of_window(public_calls.OPEN)), indent=1)
	), 200


def kept(what: str, make) -> str:
	return frame.kept(f"calls:{what}", make, SECONDS)


def names() -> str:
	return json.dumps([call["name"] for call in public_calls.summaries(clock.now())])


# -- drawn


def of_window(window: str) -> list[dict]:
	return [call for call in public_calls.summaries(clock.now()) if call["window"] == window]


def render_list() -> str:
	calls = public_calls.summaries(clock.now())
	titles = {
		public_calls.OPEN: _("Open now"),
		public_calls.SOON: _("To come"),
		public_calls.OVER: _("Past calls"),
	}
	context = {
		"title": _("Calls"),
		"groups": [
			{"window": window, "title": title, "calls": [c for c in calls if c["window"] == window]}
			for window, title in titles.items()
		],
		"left": left,
		"language": frappe.local.lang,
		"quoted": quoted,
		"qr": frame.qr(get_url(f"/{ROUTE}"), _("QR code of this page")),
		"address": get_url(f"/{ROUTE}"),
		"canonical": get_url(f"/{ROUTE}"),
	}
	return frappe.render_template(LIST, context)


def render_sheet(name: str) -> str:
	call = public_calls.sheet(name, clock.now())
	address = get_url(f"/{ROUTE}/{quoted(name)}")
	context = {
		"call": call,
		"title": call["title"],
		"left": left(call),
		"open": call["window"] == public_calls.OPEN,
		"language": frappe.local.lang,
		"address": address,
		"canonical": address,
		"join": network.join_address(call["programme"]),
		"apply": f"/domanda/new?call={quoted(name)}",
		"questions": f"/{ROUTE}/{quoted(name)}{QUESTIONS}",
		"ask": f"/quesito/{quoted(name)}",
		"notice": f"/{ROUTE}/{quoted(name)}{NOTICE}",
		"qr": frame.qr(address, _("QR code of this page")),
	}
	return frappe.render_template(SHEET, context)


def left(call: dict) -> str:
	"""How long it still takes applications, in words."""
	if call["window"] == public_calls.SOON:
		return _("Not open yet")
	if call["window"] == public_calls.OVER:
		return _("Closed")
	days = call["days_left"]
	if days == 0:
		return _("Closes today")
	return _("Closes tomorrow") if days == 1 else _("{0} days left").format(days)
