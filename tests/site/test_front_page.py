"""The first page of the site, and what core's own pages to log in and to say no look like around it."""

import re

import frappe
import pytest
from frappe.utils import set_request
from frappe.website.serve import get_response

from rtc_conciliation.common.web import front_page, page_cache
from rtc_conciliation.setup.front_page import keep_own_home_page
from tests.site import factories
from tests.site.http import Client, committed_rows

SETTINGS = "RTC Settings"


def forget() -> None:
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	page_cache.clear_pages()


def switch(on: bool) -> None:
	frappe.get_doc(SETTINGS).update({"front_page": int(on)}).save()
	frappe.db.commit()


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		programme = factories.programme(title="Programma & di prova", start_date="2026-02-01").name
		factories.member("Admitted", programme=programme)
		call = factories.call(programme=programme, title="Bando <i>aperto</i>").name
		factories.call("Draft", programme=programme, title="Bando in bozza")
		switch(on=True)
		yield frappe._dict(programme=programme, call=call)
		frappe.db.rollback()
		frappe.db.delete("Singles", {"doctype": SETTINGS})
		frappe.db.commit()
	forget()


@pytest.fixture
def committing(monkeypatch):
	monkeypatch.undo()  # what the server shall see must be committed


def read(path: str, user: str = "Guest"):
	"""Status, text and queries of a page, by the way of core."""
	asked = []
	before = frappe.db.sql
	frappe.set_user(user)
	set_request(method="GET", path=path)
	frappe.local.form_dict = frappe._dict()
	try:
		frappe.db.sql = lambda *args, **kwargs: asked.append(args) or before(*args, **kwargs)
		answer = get_response()
	finally:
		frappe.db.sql = before
		frappe.set_user("Administrator")
		frappe.local.request = None
	return answer.status_code, answer.get_data(as_text=True), len(asked)


def test_a_guest_sees_calls_ways_and_figures(records, base_url):
	answer = Client(base_url).get("/")
	html = answer.text
	assert answer.status_code == 200 and '<html lang="it">' in html
	assert "<title>Rete Territoriale di Conciliazione · " in html and len(re.findall("<h1", html)) == 1
	assert "Bando &lt;i&gt;aperto" in html and "<i>aperto" not in html and "Bando in bozza" not in html
	assert "Programma &amp; di prova" in html
	assert re.search(r"Mancano \d+ giorni|Chiude", html)
	assert f"/domanda/new?call={frappe.utils.quoted(records.call)}" in html
	assert "/adesione?programme=" in html and 'href="/rete"' in html
	assert "<dd>1</dd>" in html and '<svg class="map"' in html
	assert len(html.encode()) < 60_000 and "<script" not in html


def test_a_second_reader_costs_nothing_and_more_calls_no_more_queries(records):
	frappe.local.lang = "it"
	page_cache.clear_pages()
	_, _, first = read("/")
	_, _, second = read("/")
	assert second <= 3, "what core asks of each page"
	for number in range(3):
		factories.call(programme=records.programme, title=f"Bando {number}")
		factories.member("Admitted", number + 1, programme=records.programme)
	page_cache.clear_pages()
	_, html, more = read("/")
	assert "Bando 2" in html and more <= first + 1, (first, more)


def test_off_is_as_core_has_it(records, base_url, committing):
	switch(on=False)
	try:
		guest = Client(base_url)
		assert "Mancano" not in guest.get("/").text
		assert guest.get("/inizio").status_code == 404
		assert front_page.get_home_page("Guest") is None
		assert 'class="ats"><a href="/rete"' in guest.get("/bandi").text
	finally:
		switch(on=True)
	assert "Che cosa puoi fare qui" in guest.get("/").text


def test_who_is_logged_in_lands_where_the_work_is(records):
	assert front_page.get_home_page(factories.APPLICANT) == "domanda/list"
	assert front_page.get_home_page(factories.OFFICER) is None


def test_nothing_to_show_is_said(monkeypatch):
	frappe.local.lang = "it"
	monkeypatch.setattr("rtc_conciliation.common.programmes.get_active", lambda wanted=None: None)
	monkeypatch.setattr("rtc_conciliation.calls.public_calls.list_summaries", lambda at: [])
	monkeypatch.setattr("rtc_conciliation.awards.published_projects.list_projects", list)
	page_cache.clear_pages()
	html = front_page.render()
	page_cache.clear_pages()
	assert frappe._("No call is open at the moment.") in html
	assert "nessun programma accetta adesioni" in html
	assert "La rete in cifre" not in html and "<svg" not in html


@pytest.mark.parametrize(("chosen", "on"), [("", 1), ("login", 1), ("chi-siamo", 0)])
def test_a_site_with_a_first_page_of_its_own_keeps_it(chosen, on):
	frappe.db.set_single_value("Website Settings", "home_page", chosen)
	keep_own_home_page()
	assert frappe.db.get_single_value(SETTINGS, "front_page") == on


@pytest.mark.parametrize(
	("path", "status", "text"),
	[
		("/login", 200, "<title>Accedi · "),
		("/update-password?key=x", 200, "rtc_login.bundle"),
		("/non-esiste", 404, "<title>Pagina non trovata · "),
		("/me", 403, "rtc_login.bundle"),
	],
)
def test_cores_pages_stand_in_our_frame(records, base_url, path, status, text):
	guest = Client(base_url)
	guest.session.headers["Accept"] = "text/html"
	answer = guest.get(path)
	assert answer.status_code == status and text in answer.text
	assert '<header class="top"' in answer.text and 'href="/informativa-privacy"' in answer.text
	assert "Built on Frappe" not in re.sub(r"<!--.*?-->", "", answer.text)
	if status == 404:
		assert '<html lang="it">' in answer.text and 'href="/bandi"' in answer.text


def test_a_page_that_breaks_down_says_so_in_our_frame(monkeypatch):
	frappe.local.lang = "it"

	def fail():
		raise RuntimeError("rotta")

	monkeypatch.setattr(front_page, "render", fail)
	page_cache.clear_pages()
	status, html, _ = read("/inizio")
	assert status == 500 and "Qualcosa non ha funzionato" in html and '<header class="top"' in html
	assert "RuntimeError" not in html
	frappe.cache.rpop("insert_queue_for_Error Log")
