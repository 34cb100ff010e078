"""The page of the members and its poster, as a guest gets them."""

import itertools
import re
import time
from xml.etree import ElementTree

import frappe
import pytest
from frappe.utils import quoted

from rtc_conciliation.common import clock
from rtc_conciliation.common.papers.qr import draw_qr
from rtc_conciliation.common.web import page_cache, router
from rtc_conciliation.network import pages
from rtc_conciliation.network.cartogram import draw_cartogram
from rtc_conciliation.network.members import PUBLIC, get_public_network
from rtc_conciliation.setup.reference import get_rows
from tests.site import factories
from tests.site.factories import MANAGER, OFFICER
from tests.site.http import Client, committed_rows

SECRETS = ("aderente@pec.example.org", "aderente@example.org", "Bruna", factories.TAX_CODES[1])


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		programme = factories.programme(title="Programma pubblico", start_date="2026-02-01").name
		names = ("Associazione Àncora", "Cooperativa <b>Nodo</b>", "Comune di Clusone")
		places = ("Bergamo", "Treviglio", "Valle Seriana Superiore e Val di Scalve")
		kinds = ("Associazione di promozione sociale", "Cooperativa sociale di tipo A", "Comune")
		for index, (name, place, kind) in enumerate(zip(names, places, kinds, strict=True)):
			factories.member(
				"Admitted",
				index,
				programme=programme,
				organisation_name=name,
				territory=place,
				organisation_type=kind,
			)
		factories.member(index=3, programme=programme, organisation_name="Ente non ammesso")
		frappe.db.commit()
		page_cache.clear_pages()
		yield frappe._dict(programme=programme)
	page_cache.clear_pages()


@pytest.fixture(scope="module")
def guest(base_url):
	return Client(base_url)


@pytest.fixture(scope="module")
def shown(guest, records):
	answer = guest.get("/rete")
	assert answer.status_code == 200
	return answer.text


def listed(html: str) -> list[str]:
	return re.findall(r"<li data-text=.*?<b>(.*?)</b>", html)


def test_members_of_today_and_nobody_else(shown):
	assert sorted(listed(shown)) == [
		"Associazione Àncora",
		"Comune di Clusone",
		"Cooperativa &lt;b&gt;Nodo&lt;/b&gt;",
	]
	assert "<b>3</b> enti" in shown
	assert "Ente non ammesso" not in shown


def test_no_person_and_no_contact(shown, records):
	assert not [secret for secret in SECRETS if secret in shown]
	found = get_public_network(records.programme, clock.now().date())
	assert {key for group in found["groups"] for row in group["members"] for key in row} == set(PUBLIC)


def test_light_and_alone(shown):
	assert len(shown.encode()) < 60_000
	outside = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?((?:https?:)?//[^"')\s]+)""", shown)
	assert all("/rete" in address or address.startswith("http://www.w3.org") for address in outside), outside
	assert "@import" not in shown and "<script src" not in shown


def test_map_has_its_text_and_its_table(shown):
	svg = re.search(r'<svg class="map".*?</svg>', shown, re.DOTALL).group(0)
	tree = ElementTree.fromstring(svg.replace("&nbsp;", " "))
	links = tree.findall("a")
	assert len(links) == frappe.db.count("RTC Territory", {"disabled": 0, "map_column": (">", 0)}) >= 14
	labels = {link.get("aria-label") for link in links}
	assert {"Bergamo: 1 aderente", "Dalmine: 0 aderenti"} <= labels
	for link in links:
		assert link.get("href").startswith("/rete?programme=") and link.find("polygon") is not None
	rows = re.findall(r'<tr><th scope="row">.*?data-ambito="(.*?)".*?<td class="number">(\d+)</td>', shown)
	assert dict(rows)["Treviglio"] == "1" and len(rows) == len(links)


@pytest.mark.parametrize(
	("query", "names"),
	[
		({"q": "ancora"}, ["Associazione Àncora"]),
		({"q": "COMUNE clus"}, ["Comune di Clusone"]),
		({"ambito": "Treviglio"}, ["Cooperativa &lt;b&gt;Nodo&lt;/b&gt;"]),
		({"q": "ancora", "ambito": "Treviglio"}, []),
		({"q": "<script>alert(1)</script>"}, []),
		({"q": "x" * 2000}, []),
	],
	ids=["accents", "two words", "ambito", "both", "script", "long"],
)
def test_search_works_without_scripts(guest, records, query, names):
	answer = guest.get("/rete", programme=records.programme, **query)
	assert answer.status_code == 200
	assert listed(answer.text) == names
	assert "<script" not in answer.text
	if not names:
		assert "Nessuno trovato" in answer.text


def test_other_programmes_are_shown_only_when_public(guest, records):
	planned = factories.programme(title="Programma futuro", status="Planned").name
	frappe.db.sql("commit")
	for wanted in (planned, "non c'è", "<script>"):
		answer = guest.get("/rete", programme=wanted)
		assert answer.status_code == 404
		assert "nessuna rete" in answer.text and "<script>" not in answer.text


def test_second_reader_costs_no_query_of_ours(guest, records, shown):
	frappe.local.lang = "it"
	frappe.local.form_dict = frappe._dict()
	pages.page()
	asked = []
	before = frappe.db.sql
	try:
		frappe.db.sql = lambda *args, **kwargs: asked.append(args) or before(*args, **kwargs)
		html, status = pages.page()
	finally:
		frappe.db.sql = before
	assert (status, asked) == (200, [])
	assert listed(html) == listed(shown)
	began = time.monotonic()
	for _turn in range(20):
		assert guest.get("/rete").status_code == 200
	assert time.monotonic() - began < 4


@pytest.fixture
def committing(monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed


def test_a_change_is_seen_at_once(guest, records, committing):
	with factories.acting(OFFICER):
		late = factories.member(
			"Under Review", 4, programme=records.programme, organisation_name="Ente nuovo"
		)
	frappe.db.commit()
	assert "Ente nuovo" not in guest.get("/rete").text
	factories.walk(late, [(MANAGER, "Admit", "Admitted")], "Admitted")
	frappe.db.commit()
	assert "Ente nuovo" in guest.get("/rete").text


def test_poster_and_qr_codes(guest, records, base_url):
	shown = guest.get("/rete/manifesto")
	assert shown.status_code == 200
	codes = re.findall(r"<svg.*?</svg>", shown.text, re.DOTALL)
	assert len(codes) == 2 and all('role="img"' in code and "<title>" in code for code in codes)
	for route in ("/adesione", "/rete"):
		assert f"{route}?programme={quoted(records.programme)}</a>" in shown.text
	assert "/rete/manifesto" in guest.get("/rete").text


def test_what_is_printed_names_its_programme(guest, records):
	"""A programme that begins later would take the adhesions of the one whose poster hangs there."""
	older = factories.programme(title="Programma più vecchio", start_date="2025-01-01").name
	frappe.db.sql("commit")
	asked = f"?programme={quoted(older)}"
	for page in ("/rete/manifesto", "/rete"):
		html = guest.get(page, programme=older).text
		assert asked in html, html
		assert quoted(records.programme) not in html, html
		joins = re.findall(r'href="(/adesione[^"]*)"', html)
		assert joins and set(joins) == {f"/adesione{asked}"}
	address = frappe.utils.get_url(f"/rete{asked}")
	assert draw_qr(address, frappe._("QR code of this page")) in guest.get("/rete", programme=older).text


def test_pages_name_their_language_and_structure(guest, shown):
	for html in (shown, guest.get("/rete/manifesto").text, guest.get("/adesione/conferma", token="x").text):
		assert '<html lang="it">' in html
		assert len(re.findall("<h1", html)) == 1
		assert 'name="viewport"' in html and "<main" in html and "<title>" in html
	levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
	assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
	for control in re.findall(r'<(?:input|select) id="(\w+)"', shown):
		assert f'<label for="{control}"' in shown


def test_cartogram_keeps_neighbours_apart():
	places = [
		{"name": row["title"], "column": row["map_column"], "row": row["map_row"], "count": number}
		for number, row in enumerate(get_rows("territories"))
	]
	drawn = draw_cartogram(places)
	centres = [(tile["x"], tile["y"]) for tile in drawn["tiles"]]
	assert len(set(centres)) == len(places) == 14
	for number, (x, y) in enumerate(centres):
		assert 0 < x < drawn["width"] and 0 < y < drawn["height"]
		assert all((x - a) ** 2 + (y - b) ** 2 > 110**2 for a, b in centres[:number])
	assert {tile["level"] for tile in drawn["tiles"]} == {0, 1, 2, 3, 4}
	assert draw_cartogram([{"name": "Senza posto", "column": 0, "row": 0, "count": 3}]) is None
	assert draw_cartogram([{"name": "Vuoto", "column": 1, "row": 1, "count": 0}])["tiles"][0]["level"] == 0


def test_a_page_that_breaks_down_leaves_its_trace(monkeypatch):
	"""Core answers 500 and writes nothing down."""
	queue = "insert_queue_for_Error Log"

	def draw(error):
		def fail():
			raise error

		monkeypatch.setattr(router, "load_table", lambda hook: {pages.ROUTE: fail})
		with pytest.raises(type(error)):
			router.PublicPage(pages.ROUTE).render()

	waiting = frappe.cache.llen(queue)
	draw(frappe.PermissionError("solo per chi accede"))
	assert frappe.cache.llen(queue) == waiting
	draw(RuntimeError("pagina rotta"))
	assert frappe.cache.llen(queue) == waiting + 1
	assert "pagina rotta" in str(frappe.cache.rpop(queue))
