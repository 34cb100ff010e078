"""The page of the members, /rete, and its poster with the QR codes.

?programme= another active or closed programme, ?q= words, ?ambito= one Ambito: both filters work without
JavaScript too.
"""

import json
import unicodedata

import frappe
from frappe import _
from frappe.utils import format_date, get_url, quoted

from rtc_conciliation.common import clock, programmes
from rtc_conciliation.common.papers.qr import draw_qr
from rtc_conciliation.common.rate_limits import count
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.network import deliberation
from rtc_conciliation.network.members import get_public_network
from rtc_conciliation.rules import typed_text

ROUTE = "rete"
POSTER = "rete/manifesto"
TEMPLATE = "rtc_conciliation/templates/network/network.html"
FRONT = "rtc_conciliation/templates/network/front.html"
POSTER_TEMPLATE = "rtc_conciliation/templates/network/poster.html"
#: what a missed change may cost
SECONDS = 600
#: programmes whose members are public
SHOWN = ("Active", "Closed")


def page() -> tuple[str, int]:
	programme = get_asked_programme()
	if not programme:
		return render_nothing()
	words, ambito = read_parameter("q"), read_parameter("ambito")
	if words or ambito:
		count("search of the network", 120)  # drawn anew each time
		return render(filter_members(get_data(programme), words, ambito), words, ambito), 200
	return get_page(f"page:{programme}", lambda: render(get_data(programme), "", "")), 200


def poster() -> tuple[str, int]:
	"""A sheet to print: what the network is and the two addresses as QR codes."""
	programme = get_asked_programme()
	if not programme:
		return render_nothing()
	return get_page(f"poster:{programme}", lambda: render_poster(programme)), 200


def read_parameter(key: str) -> str:
	return str(frappe.form_dict.get(key) or "").strip()[:100]


def get_asked_programme() -> str | None:
	"""The programme that the address asks for, else the active one that started last."""
	wanted = read_parameter("programme")
	if wanted:
		return frappe.db.get_value("RTC Programme", {"name": wanted, "status": ("in", SHOWN)})
	return get_page("programme", lambda: programmes.get_active() or "") or None


def render_nothing() -> tuple[str, int]:
	return page_cache.render_message(
		_("The Network"), [_("No network is published here at the moment.")]
	), 404


# -- kept ready


def get_page(what: str, make) -> str:
	return page_cache.get_or_render(f"network:{what}", make, SECONDS)


def get_data(programme: str) -> dict:
	"""The network with what searching and showing a member needs, as the reader's language has it."""
	return json.loads(get_page(f"data:{programme}", lambda: json.dumps(prepare_members(programme))))


def prepare_members(programme: str) -> dict:
	found = get_public_network(programme, clock.now().date())
	for group in found["groups"]:
		for row in group["members"]:
			row["text"] = fold_text(
				" ".join((row["name"], _(row["type"]), row["municipality"], row["territory"]))
			)
			row["since_text"] = format_date(row["since"], "d MMMM yyyy") if row["since"] else ""
	return found


# -- drawn


def render(found: dict, words: str, ambito: str) -> str:
	programme = found["programme"]
	path = programmes.get_address(ROUTE, programme)
	here = get_url(path)
	context = {
		**found,
		"title": _("The Network"),
		"page_title": found["title"],
		"shown": sum(group["count"] for group in found["groups"]),
		"q": words,
		"ambito": ambito,
		"here": path,
		"join": programmes.get_join_address(programme),
		"poster": programmes.get_address(POSTER, programme),
		"act": deliberation.describe_act(frappe.get_cached_doc("RTC Programme", programme)),
		"day": format_date(found["date"], "d MMMM yyyy"),
		"qr": get_page(f"qr:{programme}", lambda: draw_qr(here, _("QR code of this page"))),
		"address": here,
		"canonical": canonical(programme),
		"language": frappe.local.lang,
		"quoted": quoted,
	}
	return frappe.render_template(TEMPLATE, context)


def canonical(programme: str) -> str:
	"""The page of the programme that is shown unasked has the bare address; searches are no pages of their own."""
	usual = programme == programmes.get_active()
	return get_url(f"/{ROUTE}" if usual else programmes.get_address(ROUTE, programme))


def render_poster(programme: str) -> str:
	shown = frappe.get_cached_doc("RTC Programme", programme)
	places = [
		{"title": _("Join the Network"), "address": programmes.get_join_address(programme)},
		{"title": _("Who belongs to it"), "address": programmes.get_address(ROUTE, programme)},
	]
	places = [{**place, "address": get_url(place["address"])} for place in places if place["address"]]
	for place in places:
		place["qr"] = draw_qr(place["address"], _("QR code of {0}").format(place["address"]))
	context = {
		"title": _("Join the Network"),
		"programme_title": shown.title,
		"ats": shown.ats_name,
		"contact": shown.office_email or "",
		"places": places,
		"join": programmes.get_join_address(programme),
		"here": programmes.get_address(ROUTE, programme),
		"language": frappe.local.lang,
	}
	return frappe.render_template(POSTER_TEMPLATE, context)


def get_front_part() -> dict:
	"""For the first page: how many belong to the network shown unasked, and its map."""
	programme = get_page("programme", lambda: programmes.get_active() or "")
	found = get_data(programme) if programme else {"total": 0}
	if not found["total"]:
		return {}
	here = programmes.get_address(ROUTE, programme)
	reached = sum(1 for place in found["territories"] if place["count"])
	context = {"map": found["map"], "here": here, "quoted": quoted, "ambito": ""}
	return {
		"figures": [
			{"value": found["total"], "label": _("Members of the Network"), "address": here},
			{
				"value": _("{0} of {1}").format(reached, len(found["territories"])),
				"label": _("Ambiti With Members"),
				"address": here,
			},
		],
		"after": frappe.render_template(FRONT, context) if found["map"] else "",
	}


# -- filtered


def filter_members(found: dict, words: str, ambito: str) -> dict:
	"""`found` with the members that hold every word and have their seat in `ambito`."""
	wanted = fold_text(words).split()
	groups = []
	for group in found["groups"]:
		rows = [
			row
			for row in group["members"]
			if (not ambito or row["territory"] == ambito) and all(word in row["text"] for word in wanted)
		]
		if rows:
			groups.append({**group, "members": rows, "count": len(rows)})
	return {**found, "groups": groups}


def fold_text(text: str) -> str:
	"""Lower case without accents, apostrophes of any kind and what nobody sees; templates/network/network.js does the same."""
	letters = unicodedata.normalize("NFKD", typed_text.without_apostrophes(typed_text.clean_line(text)))
	return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


PAGES = {ROUTE: page, POSTER: poster}


def list_addresses() -> list[str]:
	return [ROUTE, programmes.JOIN]
