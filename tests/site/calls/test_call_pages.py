"""The calls for everybody, over HTTP as a guest: what is shown, what is not, and nothing kept that has changed."""

import frappe
import pytest
from frappe.utils import add_to_date

from rtc_conciliation.calls import pages, public_calls
from rtc_conciliation.common import clock
from rtc_conciliation.common.web import page_cache
from tests.site import factories
from tests.site.http import Client, committed_rows


@pytest.fixture(scope="module")
def call_records(site):
	with committed_rows():
		opened = factories.call(title="Aperta", description="<p>Testo</p>")
		hostile(opened)
		draft = factories.call("Draft", title="Bozza che nessuno vede")
		soon = factories.call(
			title="In arrivo",
			opening=add_to_date(clock.now(), days=2),
			closing=add_to_date(clock.now(), days=20),
		)
		frappe.db.commit()
		page_cache.clear_pages()
		yield frappe._dict(opened=opened, draft=draft, soon=soon)
	page_cache.clear_pages()


def hostile(call):
	"""What core sanitises on the way in may be there from before: written past it."""
	frappe.db.set_value("RTC Call", call.name, "title", "Aperta <script>alert(1)</script>")
	frappe.db.set_value("RTC Call", call.name, "description", "<p>Testo</p><script>alert(2)</script>")
	row = call.declarations[0].name
	frappe.db.set_value("RTC Call Declaration", row, {"declaration": "DURC <i>", "text": "<b>in regola</b>"})


@pytest.fixture(scope="module")
def guest(base_url, call_records):
	return Client(base_url)


def test_the_list_shows_what_is_published(guest, call_records):
	answer = guest.get("/bandi")
	assert answer.status_code == 200 and "text/html" in answer.headers["content-type"]
	assert "Aperta &lt;script&gt;" in answer.text and "<script>alert" not in answer.text
	assert call_records.draft.title not in answer.text
	assert answer.text.index("Aperte ora") < answer.text.index("In arrivo")
	assert len(answer.content) < 200_000


def test_a_sheet_tells_all_and_escapes_it(guest, call_records):
	html = guest.get(f"/bandi/{call_records.opened.name}").text
	for text in ("Chiude domani", "€\xa0400.000,00", "30,00\xa0%", "Scrivi la domanda", "<svg"):
		assert text in html
	assert "alert(2)" not in html and "DURC &lt;i&gt;" in html and "&lt;b&gt;in regola" in html
	assert "Scrivi la domanda" not in guest.get(f"/bandi/{call_records.soon.name}").text


@pytest.mark.parametrize("name", ["draft", None])
def test_what_is_not_published_is_not_there(guest, call_records, name):
	answer = guest.get(f"/bandi/{call_records.draft.name if name else 'RTC-CALL-1900-01'}")
	assert answer.status_code == 404
	assert call_records.draft.title not in answer.text and "Manifestazione inesistente" in answer.text


def test_open_calls_as_json(guest, call_records):
	answer = guest.get("/bandi/aperti.json")
	assert "application/json" in answer.headers["content-type"]
	found = {call["name"]: call for call in answer.json()}
	assert (
		call_records.opened.name in found
		and call_records.soon.name not in found
		and call_records.draft.name not in found
	)
	assert found[call_records.opened.name]["endowment"] == 400000


def test_an_amendment_is_shown_at_once(guest, call_records):
	guest.get(f"/bandi/{call_records.opened.name}")
	with factories.acting(factories.MANAGER):
		doc = frappe.get_doc("RTC Call", call_records.opened.name)
		doc.append(
			"amendments", {"act_number": "9/2026", "act_date": "2026-11-20", "text": "Dotazione aumentata."}
		)
		doc.endowment = 450000
		doc.save()
	frappe.db.after_commit.run()
	assert frappe.cache.get_keys(page_cache.CACHE) == []
	assert "450.000,00" in pages.render_sheet(call_records.opened.name)


def test_windows_follow_the_clock(call_records):
	row = frappe.get_doc("RTC Call", call_records.opened.name)
	opening, closing = map(frappe.utils.get_datetime, (row.opening, row.closing))
	second = frappe.utils.datetime.timedelta(seconds=1)
	assert [
		public_calls.get_window(row, at) for at in (opening - second, opening, closing - second, closing)
	] == ["soon", "open", "open", "over"]
