"""The outcome letter and the award act: what they say, when they have effect, how to appeal; nothing as a tag."""

import frappe
import pytest

from rtc_conciliation.awards import letters
from rtc_conciliation.common.papers import issued
from tests.site.awards.ranked_call import CUPS
from tests.site.factories import APPLICANT, AUDITOR, EVALUATOR, MANAGER, OTHER_APPLICANT, acting
from tests.site.printing import drawn, issued_rows, printed, words

LETTER, ACT = "RTC Outcome Letter", "RTC Award Act"


def letter(name: str, user: str = APPLICANT) -> str:
	with acting(user):
		return words(printed(frappe.get_doc("RTC Application", name), LETTER))


def test_each_applicant_reads_his_own_outcome(ranked_call):
	frappe.db.set_value("RTC Application", ranked_call.body, "acceptance_state", "Awaited")
	funded = letter(ranked_call.body)
	for expected in (
		"70.000,00",
		CUPS[0],
		"15/2026",
		"Analisi dei bisogni",
		"90",
		"/accettazione/",
		"entro il",
	):
		assert expected in funded, expected
	waiting = letter(ranked_call.waiting)
	assert "posto n. 3" in waiting and "accettazione" not in waiting and "CUP" not in waiting
	below = letter(ranked_call.below)
	assert "sotto la soglia" in below and "40" in below and "60" in below
	for text in (funded, waiting, below):
		assert "TAR" in text and "120 giorni" in text
	with pytest.raises(issued.NotYetError):  # told by the letter of the formal check
		letter(ranked_call.refused)
	of_person = printed(frappe.get_doc("RTC Application", ranked_call.person), LETTER)
	assert "<b>per</b>" not in of_person and "tutti" in of_person


def test_the_marks_are_those_of_the_frozen_ranking(ranked_call):
	frappe.db.set_value("RTC Application", ranked_call.body, "score", 1)
	assert "90" in letter(ranked_call.body)
	frappe.db.set_value("RTC Ranking", ranked_call.ranking, "docstatus", 0)
	with pytest.raises(issued.NotYetError):  # a ranking that is not approved decides nothing
		letter(ranked_call.waiting)


def test_how_to_appeal_is_written_in_one_place(ranked_call):
	call = frappe.get_doc("RTC Call", ranked_call.call)
	frappe.db.set_value("RTC Programme", call.programme, "appeal_text", "Ricorso al difensore civico")
	frappe.clear_document_cache("RTC Programme", call.programme)
	for text in (
		letter(ranked_call.below),
		words(drawn(frappe.get_doc("RTC Ranking", ranked_call.ranking), ACT)),
	):
		assert "Ricorso al difensore civico" in text and "TAR" not in text


def test_the_act(ranked_call):
	doc = frappe.get_doc("RTC Ranking", ranked_call.ranking)
	html = printed(doc, ACT)
	text = words(html)
	for expected in (
		"n. 1/2026 del 01/05/2026",
		"N. 15/2026 del 20/11/2026",
		CUPS[0],
		CUPS[1],
		"€ 140.000,00",
		"94000010168",
		"Progetto waiting",
		"Progetto below",
		"Progetto inammissibile",
		"Firma assente",
		doc.digest,
	):
		assert expected.replace("\u00a0", " ") in text.replace("\u00a0", " "), expected
	assert "=SOMMA(1;2)" in text and "<b>per</b>" not in html and "BOZZA" not in text
	frappe.db.set_value("RTC Ranking", doc.name, "docstatus", 0)
	assert "BOZZA" in words(drawn(doc, ACT))


def test_the_act_was_written_down_by_the_approval_and_keeps_its_codes(ranked_call):
	doc = frappe.get_doc("RTC Ranking", ranked_call.ranking)
	[row] = issued_rows(doc, ACT)
	assert row.body == printed(doc, ACT) and CUPS[0] in row.body
	frappe.db.set_value("RTC Application", ranked_call.body, {"cup": "Z99Z99999990009", "cor": "9999999"})
	assert printed(doc, ACT) == row.body


def test_the_act_takes_few_queries(ranked_call, monkeypatch):
	doc = frappe.get_doc("RTC Ranking", ranked_call.ranking)
	letters.rtc_award_act(doc)
	count = []
	real = frappe.db.sql
	monkeypatch.setattr(frappe.db, "sql", lambda *args, **kwargs: count.append(args) or real(*args, **kwargs))
	letters.rtc_award_act(doc)
	assert len(count) <= 8


def test_the_pdf_of_another_is_closed(ranked_call, clients):
	pdf = "/api/method/frappe.utils.print_format.download_pdf"
	letter = {"doctype": "RTC Application", "name": ranked_call.body, "format": LETTER}
	act = {"doctype": "RTC Ranking", "name": ranked_call.ranking, "format": ACT}
	assert clients(APPLICANT).get(pdf, **letter).content.startswith(b"%PDF-")
	assert clients(AUDITOR).get(pdf, **act).content.startswith(b"%PDF-")
	for user in (None, OTHER_APPLICANT, EVALUATOR):
		assert clients(user).get(pdf, **letter).status_code in (401, 403), user
		assert clients(user).get(pdf, **act).status_code in (401, 403), user
	assert clients(APPLICANT).get(pdf, **act).status_code in (401, 403)
	assert clients(MANAGER).get(pdf, **letter).status_code == 200
