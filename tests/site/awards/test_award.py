"""The award: codes before the act, the answer of the awardee, the register, what everybody reads of it."""

import io
from decimal import Decimal

import frappe
import pytest
from frappe.utils import set_request

from rtc_conciliation.access.fields import AppFieldError
from rtc_conciliation.awards import acceptance, award, pseudonyms, published_projects
from rtc_conciliation.awards import codes as award_codes
from rtc_conciliation.awards import compute as ranking
from rtc_conciliation.common import clock
from rtc_conciliation.common.files import workbooks
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.rules.award import codes as rules
from tests.site import factories
from tests.site.awards.ranked_call import CUPS, PERSON
from tests.site.factories import (
	APPLICANT,
	AUDITOR,
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	OFFICER,
	OTHER_APPLICANT,
	acting,
)

APPLICATION, ENTRY = "RTC Application", "RTC Transparency Entry"


def stored(application: str, *fields: str):
	return frappe.db.get_value(APPLICATION, application, fields, as_dict=True)


# -- the act


def test_the_act_awards(ranked_call):
	body = stored(
		ranked_call.body,
		"granted_amount",
		"award_act_number",
		"cup",
		"acceptance_state",
		"acceptance_due",
		"ranking",
	)
	assert (body.granted_amount, body.award_act_number, body.cup) == (70000, "15/2026", CUPS[0])
	assert body.acceptance_state == "Awaited" and body.ranking == ranked_call.ranking
	assert body.acceptance_due == rules.get_term(clock.now().date(), 15)
	assert not stored(ranked_call.waiting, "acceptance_state").acceptance_state
	rows = frappe.get_all(ENTRY, {"ranking": ranked_call.ranking}, ["application", "workflow_state", "year"])
	assert {row.application for row in rows} == {ranked_call.body, ranked_call.person}
	assert {(row.workflow_state, row.year) for row in rows} == {("To Be Published", 2026)}


def test_no_act_without_codes(ranked_call):
	frappe.db.set_value(APPLICATION, ranked_call.body, {"cup": None})
	frappe.db.set_value(APPLICATION, ranked_call.person, "cup", "C11G")
	frappe.db.set_value("RTC Call", ranked_call.call, "state_aid", 1)
	frappe.clear_document_cache("RTC Call", ranked_call.call)
	with pytest.raises(RulesError) as told:
		award.require_codes(frappe.get_doc("RTC Ranking", ranked_call.ranking))
	text = str(told.value)
	for expected in (ranked_call.body, "C11G", "COR", "L. 3/2003"):
		assert expected in text


def test_nobody_writes_an_award_by_hand(ranked_call):
	with acting(MANAGER):
		for field, value in {
			"award_act_number": "9/2026",
			"acceptance_state": "Accepted",
			"cup": CUPS[1],
		}.items():
			doc = frappe.get_doc(APPLICATION, ranked_call.body)
			doc.set(field, value)
			with pytest.raises((award.AwardLockedError, AppFieldError)):
				doc.save()
	with acting(APPLICANT):
		values = {"cor": "1", "acceptance_state": "Accepted", "award_act_number": "1"}
		draft = factories.application(**values)
	assert not draft.cor and not draft.acceptance_state and not draft.award_act_number


# -- the codes


def spreadsheet(*rows) -> bytes:
	return "\r\n".join(";".join(row) for row in (("Domanda", "CUP", "COR"), *rows)).encode("cp1252")


def bring(ranking: str, content: bytes, write: int) -> dict:
	set_request(method="POST", data={"file": (io.BytesIO(content), "codici.CSV")})
	try:
		return award_codes.import_codes(ranking, write)
	finally:
		del frappe.local.request


def test_codes_from_a_spreadsheet(ranked_call, clients):
	"""The ranking is put back to its draft inside the transaction: only one is approved for each call."""
	frappe.db.set_value("RTC Ranking", ranked_call.ranking, "docstatus", 0)
	frappe.db.set_value(APPLICATION, ranked_call.body, {"cup": None, "award_act_number": None})
	ranking = frappe.get_doc("RTC Ranking", ranked_call.ranking)
	content = spreadsheet(
		(ranked_call.body, "c11g-0600 0000002", "12"),
		("0000000/1999", CUPS[1], ""),
		(ranked_call.waiting, "C11G06000000002", ""),
		(ranked_call.waiting, "C11G0600000000X", ""),
		(ranked_call.person, "E19G26000010009", "1A"),
		(ranked_call.below, "", ""),
	)
	with acting(OFFICER):
		shown = bring(ranking.name, content, write=0)
		assert not stored(ranked_call.body, "cup").cup, "a preview writes nothing"
		kept = bring(ranking.name, content, write=1)
	assert [row["state"] for row in shown["rows"]] == ["new", "bad", "bad"]
	assert (shown["good"], kept["written"]) == (1, 1)
	for number, said in ((3, "0000000/1999"), (4, ranked_call.body), (5, "C11G0600000000X"), (6, "1A")):
		assert any(f"riga {number}" in problem and said in problem for problem in kept["problems"]), number
	assert stored(ranked_call.body, "cup", "cor") == {"cup": "C11G06000000002", "cor": "12"}
	history = frappe.get_last_doc("Version", {"docname": ranked_call.body})
	assert "C11G06000000002" in history.data, "who wrote the codes stays on record"


def test_a_spreadsheet_says_how_it_was_read_and_what_it_lacks(ranked_call):
	frappe.db.set_value("RTC Ranking", ranked_call.ranking, "docstatus", 0)
	frappe.db.set_value(APPLICATION, ranked_call.body, {"cup": None, "award_act_number": None})
	title = "Codici così come comunicati\r\n\r\n".encode("cp1252")
	with acting(OFFICER):
		shown = bring(
			ranked_call.ranking, title + spreadsheet((ranked_call.body, "C11G06000000002", "")), write=0
		)
		lacking = bring(ranked_call.ranking, b"Capofila;CUP\r\nEnte;C11G06000000002\r\n", write=1)
	assert "Windows-1252" in shown["read_as"] and "punti e virgola" in shown["read_as"]
	assert [(row["row"], row["state"]) for row in shown["rows"]] == [(4, "new")]
	assert "Codici così come comunicati" in shown["problems"][0]
	assert (lacking["rows"], lacking["written"]) == ([], 0)
	assert "Domanda" in lacking["problems"][0] and len(lacking["problems"]) == 1


def test_codes_of_an_approved_ranking_are_closed_and_the_office_alone_sees_them(ranked_call, clients):
	api = "rtc_conciliation.awards.api"
	codes = {ranked_call.waiting: {"cup": "C11G06000000009"}}
	assert (
		clients(OFFICER).call(f"{api}.save_codes", ranking=ranked_call.ranking, codes=codes).status_code
		== 417
	)
	for user in (None, APPLICANT, EVALUATOR, AUDITOR):
		for name in ("save_codes", "import_codes"):
			answer = clients(user).call(f"{api}.{name}", ranking=ranked_call.ranking, codes=codes)
			assert answer.status_code in (401, 403), (user, name)
		for name in ("list_codes", "download_codes"):
			answer = clients(user).get(f"/api/method/{api}.{name}", ranking=ranked_call.ranking)
			assert answer.status_code in (401, 403), (user, name)
	book = clients(OFFICER).get(f"/api/method/{api}.download_codes", ranking=ranked_call.ranking)
	grid = workbooks.grid_of(book.content)
	assert [row[0] for row in grid[1:]] == [ranked_call.body, ranked_call.person, ranked_call.waiting]
	assert grid[2][3].startswith("'=SOMMA"), "no formula"


# -- before anything is published


def test_what_guests_see_of_the_ranking(ranked_call, clients):
	guest = clients(None)
	page = guest.get(f"/graduatorie/{ranked_call.ranking}")
	assert page.status_code == 200 and ranked_call.ranking in guest.get("/graduatorie").text
	assert "Comune di Prova" in page.text and "Progetto waiting" in page.text
	assert "<b>per</b>" not in page.text and "&lt;b&gt;per&lt;/b&gt;" in page.text
	for hidden in (
		"Maria Rossi",
		PERSON,
		"Progetto below",
		"Progetto inammissibile",
		"Firma assente",
		"Ada Prova",
	):
		assert hidden not in page.text, hidden
	for name in (ranked_call.below, ranked_call.refused):
		assert stored(name, "protocol_number").protocol_number in page.text
	assert pseudonyms.get_pseudonym(PERSON) in page.text
	assert guest.get("/graduatorie/RTC-RANK-1999-001").status_code == 404


def test_an_unpublished_ranking_and_its_projects_are_nobodys(ranked_call):
	assert published_projects.get_ranking(ranked_call.ranking) and published_projects.get_project(
		ranked_call.body
	)
	frappe.db.set_value("RTC Ranking", ranked_call.ranking, "workflow_state", "Approved")
	assert not published_projects.list_rankings() or ranked_call.ranking not in str(
		published_projects.list_rankings()
	)
	assert published_projects.get_ranking(ranked_call.ranking) is None
	assert published_projects.get_project(ranked_call.body) is None


def test_funded_projects(ranked_call, clients):
	guest = clients(None)
	listed = guest.get("/progetti").text
	assert ranked_call.body in listed and ranked_call.person in listed and ranked_call.waiting not in listed
	page = guest.get(f"/progetti/{ranked_call.person}").text
	assert CUPS[1] in page and "Cooperativa Prova" in page
	for hidden in ("Maria Rossi", PERSON, "Ada Prova", "capofila@pec.example.org"):
		assert hidden not in page, hidden
	for name in (ranked_call.waiting, ranked_call.below, "x"):
		assert guest.get(f"/progetti/{name}").status_code == 404
	with acting(APPLICANT):
		acceptance.answer(ranked_call.body, "Renounced", "Mancano i fondi")
	assert ranked_call.body not in str(published_projects.list_projects()), "a renounced project is none"


# -- the answer


def test_who_may_answer(ranked_call, clients):
	address = f"/accettazione/{ranked_call.body}"
	assert "Entra" in clients(None).get(address).text or "login" in clients(None).get(address).text
	for user in (OTHER_APPLICANT, EVALUATOR):
		assert clients(user).get(address).status_code == 404
		assert clients(user).post(address, answer="accept", confirm=1).status_code == 404
	officer = clients(OFFICER).post(address, answer="accept", confirm=1)
	assert officer.status_code == 422, "the office records an answer in the desk, and does not give one"
	method = "rtc_conciliation.awards.api.record_acceptance"
	values = {"application": ranked_call.body, "answer": "Accepted", "note": "PEC 1/2026"}
	for user in (None, APPLICANT, OTHER_APPLICANT, EVALUATOR, AUDITOR, DIRECTOR):
		assert clients(user).call(method, **values).status_code in (401, 403), user
	assert stored(ranked_call.body, "acceptance_state").acceptance_state == "Awaited"


def test_the_awardee_accepts_and_is_told_where_he_looks(ranked_call, clients):
	address, applicant = f"/accettazione/{ranked_call.body}", clients(APPLICANT)
	listed = applicant.get("/domanda/list").text
	assert address in listed and "70.000,00" in listed
	page = applicant.get(address).text
	assert CUPS[0] in page and "15/2026" in page
	assert applicant.post(address, answer="accept").status_code == 422, "without the tick"
	assert applicant.post(address, answer="renounce", confirm=1).status_code == 422, "without a reason"
	done = applicant.post(address, answer="accept", confirm=1)
	assert done.status_code == 200 and "csrf_token" not in done.text
	frappe.db.rollback()
	now = stored(ranked_call.body, "acceptance_state", "acceptance_by", "accepted_on")
	assert now.acceptance_state == "Accepted" and now.acceptance_by == APPLICANT and now.accepted_on
	assert applicant.post(address, answer="renounce", confirm=1, reason="Ripensamento").status_code == 422
	assert frappe.get_all("Email Queue", {"reference_name": ranked_call.body}) or frappe.flags.mute_emails


def test_after_the_term_the_office_records_what_came(ranked_call):
	frappe.db.set_value(APPLICATION, ranked_call.person, "acceptance_due", "2026-01-01")
	with acting(OTHER_APPLICANT), pytest.raises(acceptance.AnswerError):
		acceptance.answer(ranked_call.person, "Accepted")
	with acting(OFFICER):
		for wrong in ({"note": " "}, {"answer": "Awaited"}, {"answered_on": "2099-01-01 10:00:00"}):
			with pytest.raises(acceptance.AnswerError):
				acceptance.record_acceptance(
					**{"application": ranked_call.person, "answer": "Accepted", "note": "PEC 7", **wrong}
				)
		acceptance.record_acceptance(ranked_call.person, "Renounced", "PEC prot. 7/2026")
	assert stored(ranked_call.person, "acceptance_state").acceptance_state == "Renounced"


def test_who_has_accepted_may_still_renounce_and_the_money_goes_on(ranked_call):
	with acting(OFFICER):
		acceptance.record_acceptance(ranked_call.person, "Accepted", "PEC prot. 5/2026")
	before, granted = (
		ranking.get_awarded_total(ranked_call.call),
		stored(ranked_call.person, "granted_amount").granted_amount,
	)
	with acting(OTHER_APPLICANT), pytest.raises(acceptance.AnswerError, match="PEC"):
		acceptance.answer(ranked_call.person, "Renounced", "Mancano i fondi")
	with acting(OFFICER):
		for wrong in ({"answer": "Accepted"}, {"note": " "}, {"answered_on": "2026-01-01 10:00:00"}):
			with pytest.raises(acceptance.AnswerError):
				acceptance.record_acceptance(
					**{"application": ranked_call.person, "answer": "Renounced", "note": "PEC 9", **wrong}
				)
		acceptance.record_acceptance(ranked_call.person, "Renounced", "PEC prot. 9/2026")
		with pytest.raises(acceptance.AnswerError):
			acceptance.record_acceptance(ranked_call.person, "Accepted", "PEC prot. 10/2026")
	now = stored(ranked_call.person, "acceptance_state", "acceptance_note")
	assert now.acceptance_state == "Renounced"
	assert now.acceptance_note == "PEC prot. 5/2026\nPEC prot. 9/2026", (
		"what was answered first stays on record"
	)
	assert before - ranking.get_awarded_total(ranked_call.call) == Decimal(str(granted))
	assert not award.is_payable(ranked_call.person)


def test_reminders(ranked_call, monkeypatch):
	told = []
	monkeypatch.setattr(acceptance.mails, "send_award_mail", lambda doc, what: told.append((doc.name, what)))
	monkeypatch.setattr(acceptance, "notify", lambda doctype, name, subject: told.append((name, "over")))
	today = clock.now().date()
	frappe.db.set_value(APPLICATION, ranked_call.person, "acceptance_due", frappe.utils.add_days(today, 4))
	acceptance.remind()
	assert not told
	frappe.db.set_value(APPLICATION, ranked_call.person, "acceptance_due", frappe.utils.add_days(today, 3))
	acceptance.remind()
	acceptance.remind()
	assert told == [(ranked_call.person, "reminded")]
	frappe.db.set_value(APPLICATION, ranked_call.person, "acceptance_due", frappe.utils.add_days(today, -1))
	acceptance.remind()
	acceptance.remind()
	assert told[1:] == [(ranked_call.person, "over")]
