"""The letters of the formal check and the notice of a call: what they say, when they have effect, nothing as a tag."""

import io
from datetime import timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date
from pypdf import PdfReader

from rtc_conciliation.calls import notice_pdf
from rtc_conciliation.calls import pages as call_pages
from rtc_conciliation.common import clock, italian
from rtc_conciliation.common.papers import issued
from rtc_conciliation.common.web import page_cache
from tests.site import factories
from tests.site.factories import APPLICANT, MANAGER, OFFICER
from tests.site.http import Client, committed_rows
from tests.site.printing import drawn, issued_rows, printed, scripted, words


@pytest.fixture
def checked():
	return factories.application("Under Formal Check")


def test_letter_of_a_request(checked):
	draft = factories.integration("Draft", checked.name)
	assert "BOZZA" in words(printed(draft, "RTC Integration Letter"))
	doc = factories.integration("Answered", checked.name, introduction="Gentile <i>capofila</i>")
	html = printed(doc, "RTC Integration Letter")
	text = words(html)
	for expected in (
		doc.name,
		"Comune di Prova",
		"art. 6, comma 1, lettera b)",
		"La seconda pagina è illeggibile",
		"/integrazione/",
	):
		assert expected in text, expected
	answer = words(printed(doc, "RTC Integration Answer"))
	for expected in (doc.name, "Ecco il chiarimento", doc.answer_digest, "Copia leggibile"):
		assert expected in answer, expected
	assert "BOZZA" not in text
	assert "<i>capofila" not in html


def test_letters_of_the_outcome_come_only_with_it(checked):
	for name in ("RTC Admissibility Letter", "RTC Non-Admissibility Letter"):
		with pytest.raises(issued.NotYetError):
			printed(checked, name)
	factories.pass_checks(checked.name, row_2="Delega scaduta")
	with factories.acting(MANAGER):
		check = frappe.get_doc("RTC Formal Check", checked.name)
		with pytest.raises(issued.NotYetError, match="Comunicazione inviata il"):
			printed(check, "RTC Notice of Refusal")
		check.update({"notice_sent_on": "2026-11-20", "observations": "Nulla di nuovo"})
		check.save()
		[notice] = issued_rows(check, "RTC Notice of Refusal")
		assert "Delega scaduta" in notice.body
		apply_workflow(frappe.get_doc("RTC Application", checked.name), "Declare Not Admissible")
	refused = frappe.get_doc("RTC Application", checked.name)
	with factories.acting(APPLICANT):
		text = words(printed(refused, "RTC Non-Admissibility Letter"))
	for expected in ("Delega scaduta", "20/11/2026", "Nulla di nuovo", "60 giorni", "TAR"):
		assert expected in text, expected
	with pytest.raises(issued.NotYetError):
		printed(refused, "RTC Admissibility Letter")
	assert printed(check, "RTC Notice of Refusal") == notice.body, "what went out is given out again"
	admitted = factories.application("Admissible", call=checked.call)
	assert "ammissibile" in words(printed(admitted, "RTC Admissibility Letter"))


@pytest.fixture
def later(set_time):
	"""`later(days)` moves the clock on."""
	now = clock.now()

	def move(days: int) -> None:
		set_time(now + timedelta(days=days))

	return move


def test_a_letter_says_later_what_it_said_on_its_day(checked, later):
	"""Neither the day of printing nor what came after it: an answer, a new term, an acceptance."""
	request = factories.integration("Sent", checked.name)
	asked = words(printed(request, "RTC Integration Letter"))
	assert italian.rtc_day(clock.now()) in asked
	with factories.acting(MANAGER):
		request.due_on = add_to_date(request.due_on, days=7)
		request.save()
	factories.answer(request.name)
	factories.pass_checks(checked.name)
	later(30)
	request.reload()
	assert words(printed(request, "RTC Integration Letter")) == asked


def test_the_day_of_an_outcome_is_that_of_the_decision(checked, later):
	admitted = factories.application("Admissible", call=checked.call)
	factories.pass_checks(checked.name, row_1="Manca la firma")
	with factories.acting(MANAGER):
		refused = apply_workflow(frappe.get_doc("RTC Application", checked.name), "Declare Not Admissible")
	formats = {"RTC Admissibility Letter": admitted, "RTC Non-Admissibility Letter": refused}
	before = {name: words(printed(doc, name)) for name, doc in formats.items()}
	assert all(italian.rtc_day(clock.now()) in text for text in before.values())
	with factories.acting(MANAGER):
		apply_workflow(admitted, "Start Evaluation")
	later(30)
	for name, doc in formats.items():
		doc.reload()
		assert words(printed(doc, name)) == before[name]


def test_the_day_of_an_award_is_that_of_its_ranking(later):
	funded = factories.application("Funded", cup="C11G06000000001")
	before = words(printed(funded, "RTC Outcome Letter"))
	assert "20/09/2026" in before and "/accettazione/" in before
	frappe.db.set_value(
		"RTC Application", funded.name, {"acceptance_state": "Accepted", "accepted_on": clock.now()}
	)
	later(30)
	funded.reload()
	assert words(printed(funded, "RTC Outcome Letter")) == before


def test_nothing_typed_in_a_letter_is_a_tag(checked):
	check = factories.pass_checks(checked.name, row_1="Manca")
	request = factories.integration("Draft", checked.name)
	for doc in (checked, request, check):
		scripted(doc)
	for doc, name in ((request, "RTC Integration Letter"), (check, "RTC Notice of Refusal")):
		html = drawn(doc, name)
		assert "<script" not in html.lower()
		assert html.count("&lt;script&gt;") > 3


# -- the notice of a call


@pytest.fixture(scope="module")
def call_records(site):
	with committed_rows():
		shown = factories.call(title="Avviso & prova", description="<p>Testo dell'avviso</p>")
		draft = factories.call("Draft", title="Avviso in bozza")
		frappe.db.commit()
		page_cache.clear_pages()
		yield frappe._dict(shown=shown.name, draft=draft.name)
	page_cache.clear_pages()


def text_of(content: bytes) -> str:
	assert content.startswith(b"%PDF-")
	pages = PdfReader(io.BytesIO(content)).pages
	return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_notice_is_public_tagged_and_kept(base_url, call_records):
	guest = Client(base_url)
	answer = guest.get(f"/bandi/{call_records.shown}/avviso.pdf")
	assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/pdf")
	catalogue = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
	assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "it"
	text = text_of(answer.content)
	for expected in (
		"Avviso & prova",
		"n. 1/2026 del 01/05/2026",
		"Testo dell'avviso",
		"Accordo di partenariato",
		"€ 400.000,00",
		"30,00 %",
		"Analisi dei bisogni",
		"Personale",
		f"/bandi/{call_records.shown}",
	):
		assert expected in text, expected
	assert guest.get(f"/bandi/{call_records.shown}/avviso.pdf").content == answer.content, "made anew"
	missing = guest.get(f"/bandi/{call_records.draft}/avviso.pdf")
	assert missing.status_code == 404 and "text/html" in missing.headers["content-type"]


def test_a_draft_notice_is_for_those_who_may_read_it(base_url, call_records):
	method = "/api/method/rtc_conciliation.calls.api.download_notice"
	answer = Client(base_url, OFFICER).get(method, call=call_records.draft)
	assert answer.status_code == 200
	assert "BOZZA" in text_of(answer.content).replace(" ", "")
	for user in (None, APPLICANT):
		assert Client(base_url, user).get(method, call=call_records.draft).status_code in (401, 403)


def test_a_notice_changes_with_its_call(call_records):
	before = call_pages.get_notice(call_records.shown)
	doc = frappe.get_doc("RTC Call", call_records.shown)
	page_cache.invalidate(doc)
	assert frappe.cache.get_keys(page_cache.CACHE) == []
	assert text_of(call_pages.get_notice(call_records.shown)) == text_of(before)
	assert notice_pdf.get_content(doc)["draft"] is False
