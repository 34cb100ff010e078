"""The page of the members, /rete, and its poster with the QR codes.

?programme= another active or closed programme, ?q= words, ?ambito= one Ambito: both filters work without
JavaScript too.
"""

import json
import unicodedata

import frappe
from frappe import _
from frappe.utils import format_date, get_url, quoted

from rtc_conciliation.documents.network import public_network
from rtc_conciliation.portal import frame
from rtc_conciliation.portal.limits import count
from rtc_conciliation.records import clock, programmes
from rtc_conciliation.rules import typed

ROUTE = "rete"
POSTER = "rete/manifesto"
JOIN = "adesione"
TEMPLATE = "rtc_conciliation/templates/public/network.html"
POSTER_TEMPLATE = "rtc_conciliation/templates/public/poster.html"
#: what a missed change may cost
SECONDS = 600
#: programmes whose members are public
SHOWN = ("Active", "Closed")


def page() -> tuple[str, int]:
	programme = asked_programme()
	if not programme:
		return nothing()
	words, ambito = asked("q"), asked("ambito")
	if words or ambito:
		count("search of the network", 120)  # drawn anew each time
		return render(filtered(data(programme), words, ambito), words, ambito), 200
	return kept(f"page:{programme}", lambda: render(data(programme), "", "")), 200


def poster() -> tuple[str, int]:
	"""A sheet to print: what the network is and the two addresses as QR codes."""
	programme = asked_programme()
	if not programme:
		return nothing()
	return kept(f"poster:{programme}", lambda: render_poster(programme)), 200


def asked(key: str) -> str:
	return str(frappe.form_dict.get(key) or "").strip()[:100]


def asked_programme() -> str | None:
	"""The programme that the address asks for, else the active one that started last."""
	wanted = asked("programme")
	if wanted:
		return frappe.db.get_value("RTC Programme", {"name": wanted, "status": ("in", SHOWN)})
	return kept("programme", lambda: programmes.active() or "") or None


def nothing() -> tuple[str, int]:
	return frame.message(_("The Network"), [_("No network is published here at the moment.")]), 404


# -- kept ready


def kept(what: str, make) -> str:
	return frame.kept(f"network:{what}", make, SECONDS)


def data(programme: str) -> dict:
	"""The network with what searching and showing a member needs, as the reader's language has it."""
	return json.loads(kept(f"data:{programme}", lambda: json.dumps(prepared(programme))))


def prepared(programme: str) -> dict:
	found = public_network(programme, clock.now().date())
	for group in found["groups"]:
		for row in group["members"]:
			row["text"] = plain(
				" ".join((row["name"], _(row["type"]), row["municipality"], row["territory"]))
			)
			row["since_text"] = format_date(row["since"], "d MMMM yyyy") if row["since"] else ""
	return found


# -- drawn


def render(found: dict, words: str, ambito: str) -> str:
	programme = found["programme"]
	path = address(ROUTE, programme)
	here = get_url(path)
	context = {
		**found,
		"title": _("The Network"),
		"page_title": found["title"],
		"shown": sum(group["count"] for group in found["groups"]),
		"q": words,
		"ambito": ambito,
		"here": path,
		"join": join_address(programme),
		"poster": address(POSTER, programme),
		"day": format_date(found["date"], "d MMMM yyyy"),
		"qr": kept(f"qr:{programme}", lambda: frame.qr(here, _("QR code of this page"))),
		"address": here,
		"canonical": canonical(programme),
		"language": frappe.local.lang,
		"quoted": quoted,
	}
	return frappe.render_template(TEMPLATE, context)


def address(route: str, programme: str) -> str:
	"""The page of one programme: without its name a reader may land on another that began later."""
	return f"/{route}?programme={quoted(programme)}"


def join_address(programme: str) -> str:
	"""Where an organisation joins `programme`; "" when it takes no adhesions."""
	is_open = frappe.get_cached_value("RTC Programme", programme, "status") == "Active"
	return address(JOIN, programme) if is_open else ""


def canonical(programme: str) -> str:
	"""The page of the programme that is shown unasked has the bare address; searches are no pages of their own."""
	usual = programme == programmes.active()
	return get_url(f"/{ROUTE}" if usual else address(ROUTE, programme))


def render_poster(programme: str) -> str:
	shown = frappe.get_cached_doc("RTC Programme", programme)
	places = [
		{"title": _("Join the Network"), "address": join_address(programme)},
		{"title": _("Who belongs to it"), "address": address(ROUTE, programme)},
	]
	places = [{**place, "address": get_url(place["address"])} for place in places if place["address"]]
	for place in places:
		place["qr"] = frame.qr(place["address"], _("QR code of {0}").format(place["address"]))
	context = {
		"title": _("Join the Network"),
		"programme_title": shown.title,
		"ats": shown.ats_name,
		"contact": shown.office_email or "",
		"places": places,
		"join": join_address(programme),
		"here": address(ROUTE, programme),
		"language": frappe.local.lang,
	}
	return frappe.render_template(POSTER_TEMPLATE, context)


# -- filtered


def filtered(found: dict, words: str, ambito: str) -> dict:
	"""`found` with the members that hold every word and have their seat in `ambito`."""
	wanted = plain(words).split()
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


def plain(text: str) -> str:
	"""Lower case without accents, apostrophes of any kind and what nobody sees; templates/public/network.js does the same."""
	letters = unicodedata.normalize("NFKD", typed.without_apostrophes(typed.line(text)))
	return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
