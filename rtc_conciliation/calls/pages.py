"""The calls for everybody: /bandi, a page for each, and the open ones as JSON."""

import json

import frappe
from frappe import _
from frappe.utils import get_url, quoted

from rtc_conciliation.calls import notice_pdf, public_calls
from rtc_conciliation.common import clock, programmes
from rtc_conciliation.common.papers.qr import draw_qr
from rtc_conciliation.common.tables import load_table
from rtc_conciliation.common.web import page_cache

ROUTE = "bandi"
OPEN_AS_JSON = "bandi/aperti.json"
LIST = "rtc_conciliation/templates/calls/calls.html"
FRONT = "rtc_conciliation/templates/calls/front.html"
SHEET = "rtc_conciliation/templates/calls/call.html"
#: after the address of a call: its notice to print
NOTICE = "/avviso.pdf"
#: a notice changes with its call only, and then it is forgotten
SECONDS_OF_NOTICE = 24 * 60 * 60
#: a call opens and closes by the clock: what is shown is never older than this
SECONDS = 20
#: hook: end of an address → what makes the page of the call that has it before the end
PARTS = "rtc_call_pages"
#: of the applications, which read the form
QUESTIONS = "/domande"


def render_list_page() -> tuple[str, int]:
	return get_page("list", render_list), 200


def render_call_page(rest: str) -> tuple[str | bytes, int]:
	parts = load_table(PARTS)
	end = next((end for end in (NOTICE, *parts) if rest.endswith(end)), "")
	name = rest.removesuffix(end)
	if name not in json.loads(get_page("names", list_names)):
		return page_cache.render_message(
			_("No such call"),
			[_("This call is not there, or it is not published. The calls are listed at /bandi.")],
		), 404
	if end == NOTICE:
		return get_notice(name), 200
	if end:
		return get_page(f"{end}:{name}", lambda: parts[end](name)), 200
	return get_page(f"sheet:{name}", lambda: render_sheet(name)), 200


def get_notice(name: str) -> bytes:
	return page_cache.get_or_render(
		f"calls:notice:{name}",
		lambda: notice_pdf.make_pdf(frappe.get_cached_doc("RTC Call", name)),
		SECONDS_OF_NOTICE,
	)


def open_as_json() -> tuple[str, int]:
	"""[summary] of the calls that take applications now, for other sites; times with their offset."""
	return get_page(
		"json", lambda: frappe.as_json(public_calls.to_data(list_of_window(public_calls.OPEN)), indent=1)
	), 200


def get_page(what: str, make) -> str:
	return page_cache.get_or_render(f"calls:{what}", make, SECONDS)


def list_names() -> str:
	return json.dumps([call["name"] for call in public_calls.list_summaries(clock.now())])


# -- drawn


def list_of_window(window: str) -> list[dict]:
	return [call for call in public_calls.list_summaries(clock.now()) if call["window"] == window]


def render_list() -> str:
	calls = public_calls.list_summaries(clock.now())
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
		"left": describe_days_left,
		"language": frappe.local.lang,
		"quoted": quoted,
		"qr": draw_qr(get_url(f"/{ROUTE}"), _("QR code of this page")),
		"address": get_url(f"/{ROUTE}"),
		"canonical": get_url(f"/{ROUTE}"),
	}
	return frappe.render_template(LIST, context)


def render_sheet(name: str) -> str:
	call = public_calls.get_sheet(name, clock.now())
	address = get_url(f"/{ROUTE}/{quoted(name)}")
	context = {
		"call": call,
		"title": call["title"],
		"left": describe_days_left(call),
		"open": call["window"] == public_calls.OPEN,
		"language": frappe.local.lang,
		"address": address,
		"canonical": address,
		"join": programmes.get_join_address(call["programme"]),
		"apply": f"/domanda/new?call={quoted(name)}",
		"questions": f"/{ROUTE}/{quoted(name)}{QUESTIONS}",
		"ask": f"/quesito/{quoted(name)}",
		"notice": f"/{ROUTE}/{quoted(name)}{NOTICE}",
		"qr": draw_qr(address, _("QR code of this page")),
	}
	return frappe.render_template(SHEET, context)


def get_front_part() -> dict:
	"""For the first page: the calls that take applications, else those to come."""
	calls = public_calls.list_summaries(clock.now())
	shown = [call for call in calls if call["window"] == public_calls.OPEN]
	coming = [call for call in calls if call["window"] == public_calls.SOON]
	context = {"calls": shown, "coming": coming, "left": describe_days_left, "quoted": quoted}
	return {"before": frappe.render_template(FRONT, context)}


def describe_days_left(call: dict) -> str:
	"""How long it still takes applications, in words."""
	if call["window"] == public_calls.SOON:
		return _("Not open yet")
	if call["window"] == public_calls.OVER:
		return _("Closed")
	days = call["days_left"]
	if days == 0:
		return _("Closes today")
	return _("Closes tomorrow") if days == 1 else _("{0} days left").format(days)


PAGES = {ROUTE: render_list_page, f"{ROUTE}/": render_call_page, OPEN_AS_JSON: open_as_json}


def list_addresses() -> list[str]:
	calls = public_calls.list_summaries(clock.now())
	return [ROUTE, *(f"{ROUTE}/{quoted(call['name'])}" for call in calls)]
