"""The award: codes before the act, the answer of the awardee, the register, what everybody reads of it."""

import csv
import io
import json

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.documents import open_data, published_projects, transparency
from rtc_conciliation.portal import frame
from rtc_conciliation.records import acceptance, award_codes, awards, clock, corrections, pseudonyms
from rtc_conciliation.records.findings import RulesError
from rtc_conciliation.rtc_conciliation.doctype.rtc_transparency_entry.rtc_transparency_entry import (
	RegisterError,
)
from tests.site import awarding
from tests.site.awarding import CUPS, FORMULA, PERSON
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
from tests.site.http import Client, committed_rows

APPLICATION, ENTRY = "RTC Application", "RTC Transparency Entry"


@pytest.fixture(scope="module")
def world(site):
	with committed_rows():
		made = awarding.world()
		frappe.db.commit()
		frame.clear()
		yield made
	frame.clear()


@pytest.fixture(scope="module")
def clients(base_url, world):
	"""One session for each user, made when it is asked for."""
	made = {}

	def client(user: str | None) -> Client:
		if user not in made:
			made[user] = Client(base_url, user)
		return made[user]

	return client


def entry_of(application: str):
	return frappe.get_last_doc(ENTRY, {"application": application})


def stored(application: str, *fields: str):
	return frappe.db.get_value(APPLICATION, application, fields, as_dict=True)


# -- the act


def test_the_act_awards(world):
	body = stored(
		world.body,
		"granted_amount",
		"award_act_number",
		"cup",
		"acceptance_state",
		"acceptance_due",
		"ranking",
	)
	assert (body.granted_amount, body.award_act_number, body.cup) == (70000, "15/2026", CUPS[0])
	assert body.acceptance_state == "Awaited" and body.ranking == world.ranking
	assert (body.acceptance_due - clock.now().date()).days == 15
	assert not stored(world.waiting, "acceptance_state").acceptance_state
	rows = frappe.get_all(ENTRY, {"ranking": world.ranking}, ["application", "workflow_state", "year"])
	assert {row.application for row in rows} == {world.body, world.person}
	assert {(row.workflow_state, row.year) for row in rows} == {("To Be Published", 2026)}


def test_no_act_without_codes(world):
	frappe.db.set_value(APPLICATION, world.body, {"cup": None})
	frappe.db.set_value(APPLICATION, world.person, "cup", "C11G")
	frappe.db.set_value("RTC Call", world.call, "state_aid", 1)
	frappe.clear_document_cache("RTC Call", world.call)
	with pytest.raises(RulesError) as told:
		awards.require_codes(frappe.get_doc("RTC Ranking", world.ranking))
	text = str(told.value)
	for expected in (world.body, "C11G", "COR", "L. 3/2003"):
		assert expected in text


def test_nobody_writes_an_award_by_hand(world):
	with acting(MANAGER):
		for field, value in {
			"award_act_number": "9/2026",
			"acceptance_state": "Accepted",
			"cup": CUPS[1],
		}.items():
			doc = frappe.get_doc(APPLICATION, world.body)
			doc.set(field, value)
			with pytest.raises(awards.AwardLockedError):
				doc.save()
	with acting(APPLICANT):
		values = {"cor": "1", "acceptance_state": "Accepted", "award_act_number": "1"}
		draft = awarding.factories.application(**values)
	assert not draft.cor and not draft.acceptance_state and not draft.award_act_number


# -- the codes


def spreadsheet(*rows) -> bytes:
	return "\r\n".join(";".join(row) for row in (("Domanda", "CUP", "COR"), *rows)).encode("cp1252")


def test_codes_from_a_spreadsheet(world, clients):
	"""The ranking is put back to its draft inside the transaction: only one is approved for each call."""
	frappe.db.set_value("RTC Ranking", world.ranking, "docstatus", 0)
	frappe.db.set_value(APPLICATION, world.body, {"cup": None, "award_act_number": None})
	ranking = frappe.get_doc("RTC Ranking", world.ranking)
	content = spreadsheet(
		(world.body, "c11g-0600 0000002", "12"),
		("0000000/1999", CUPS[1], ""),
		(world.waiting, "C11G06000000002", ""),
		(world.waiting, "C11G0600000000X", ""),
		(world.person, "E19G26000010009", "1A"),
		(world.below, "", ""),
	)
	with acting(OFFICER):
		grid = award_codes.grid_of_csv(content)
		understood = award_codes.cells.understand(grid, award_codes.columns_of(), 100)
		problems = [(one.row, award_codes.sheets.tell(one, 100)) for one in understood.problems]
		rows = list(zip(understood.lines, understood.rows, strict=True))
		shown = award_codes.take(ranking, rows, list(problems), write=False)
		assert not stored(world.body, "cup").cup, "a preview writes nothing"
		kept = award_codes.take(ranking, rows, list(problems), write=True)
	assert [row["state"] for row in shown["rows"]] == ["new", "bad", "bad"]
	assert (shown["good"], kept["written"]) == (1, 1)
	for number, said in ((3, "0000000/1999"), (4, world.body), (5, "C11G0600000000X"), (6, "1A")):
		assert any(f"riga {number}" in problem and said in problem for problem in kept["problems"]), number
	assert stored(world.body, "cup", "cor") == {"cup": "C11G06000000002", "cor": "12"}
	history = frappe.get_last_doc("Version", {"docname": world.body})
	assert "C11G06000000002" in history.data, "who wrote the codes stays on record"


def test_codes_of_an_approved_ranking_are_closed_and_the_office_alone_sees_them(world, clients):
	method = "rtc_conciliation.records.award_codes"
	codes = {world.waiting: {"cup": "C11G06000000009"}}
	assert clients(OFFICER).call(f"{method}.save", ranking=world.ranking, codes=codes).status_code == 417
	for user in (None, APPLICANT, EVALUATOR, AUDITOR):
		for name in ("save", "bring"):
			answer = clients(user).call(f"{method}.{name}", ranking=world.ranking, codes=codes)
			assert answer.status_code in (401, 403), (user, name)
		for name in ("listed", "download"):
			answer = clients(user).get(f"/api/method/{method}.{name}", ranking=world.ranking)
			assert answer.status_code in (401, 403), (user, name)
	book = clients(OFFICER).get(f"/api/method/{method}.download", ranking=world.ranking)
	grid = award_codes.sheets.grid_of(book.content)
	assert [row[0] for row in grid[1:]] == [world.body, world.person, world.waiting]
	assert grid[2][3].startswith("'=SOMMA"), "no formula"


# -- before anything is published


def test_what_guests_see_of_the_ranking(world, clients):
	guest = clients(None)
	page = guest.get(f"/graduatorie/{world.ranking}")
	assert page.status_code == 200 and world.ranking in guest.get("/graduatorie").text
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
	for name in (world.below, world.refused):
		assert stored(name, "protocol_number").protocol_number in page.text
	assert pseudonyms.of(PERSON) in page.text
	assert guest.get("/graduatorie/RTC-RANK-1999-001").status_code == 404


def test_an_unpublished_ranking_and_its_projects_are_nobodys(world):
	assert published_projects.ranking(world.ranking) and published_projects.project(world.body)
	frappe.db.set_value("RTC Ranking", world.ranking, "workflow_state", "Approved")
	assert not published_projects.rankings() or world.ranking not in str(published_projects.rankings())
	assert published_projects.ranking(world.ranking) is None
	assert published_projects.project(world.body) is None


def test_funded_projects(world, clients):
	guest = clients(None)
	listed = guest.get("/progetti").text
	assert world.body in listed and world.person in listed and world.waiting not in listed
	page = guest.get(f"/progetti/{world.person}").text
	assert CUPS[1] in page and "Cooperativa Prova" in page
	for hidden in ("Maria Rossi", PERSON, "Ada Prova", "capofila@pec.example.org"):
		assert hidden not in page, hidden
	for name in (world.waiting, world.below, "x"):
		assert guest.get(f"/progetti/{name}").status_code == 404
	with acting(APPLICANT):
		acceptance.answer(world.body, "Renounced", "Mancano i fondi")
	assert world.body not in str(published_projects.projects()), "a renounced project is none"


# -- the answer


def test_who_may_answer(world, clients):
	address = f"/accettazione/{world.body}"
	assert "Entra" in clients(None).get(address).text or "login" in clients(None).get(address).text
	for user in (OTHER_APPLICANT, EVALUATOR):
		assert clients(user).get(address).status_code == 404
		assert clients(user).post(address, answer="accept", confirm=1).status_code == 404
	officer = clients(OFFICER).post(address, answer="accept", confirm=1)
	assert officer.status_code == 422, "the office records an answer in the desk, and does not give one"
	method = "rtc_conciliation.records.acceptance.record"
	values = {"application": world.body, "answer": "Accepted", "note": "PEC 1/2026"}
	for user in (None, APPLICANT, OTHER_APPLICANT, EVALUATOR, AUDITOR, DIRECTOR):
		assert clients(user).call(method, **values).status_code in (401, 403), user
	assert stored(world.body, "acceptance_state").acceptance_state == "Awaited"


def test_the_awardee_accepts_and_is_told_where_he_looks(world, clients):
	address, applicant = f"/accettazione/{world.body}", clients(APPLICANT)
	listed = applicant.get("/domanda/list").text
	assert address in listed and "70.000,00" in listed
	page = applicant.get(address).text
	assert CUPS[0] in page and "15/2026" in page
	assert applicant.post(address, answer="accept").status_code == 422, "without the tick"
	assert applicant.post(address, answer="renounce", confirm=1).status_code == 422, "without a reason"
	done = applicant.post(address, answer="accept", confirm=1)
	assert done.status_code == 200 and "csrf_token" not in done.text
	frappe.db.rollback()
	now = stored(world.body, "acceptance_state", "acceptance_by", "accepted_on")
	assert now.acceptance_state == "Accepted" and now.acceptance_by == APPLICANT and now.accepted_on
	assert applicant.post(address, answer="renounce", confirm=1, reason="Ripensamento").status_code == 422
	assert frappe.get_all("Email Queue", {"reference_name": world.body}) or frappe.flags.mute_emails


def test_after_the_term_the_office_records_what_came(world):
	frappe.db.set_value(APPLICATION, world.person, "acceptance_due", "2026-01-01")
	with acting(OTHER_APPLICANT), pytest.raises(acceptance.AnswerError):
		acceptance.answer(world.person, "Accepted")
	with acting(OFFICER):
		for wrong in ({"note": " "}, {"answer": "Awaited"}, {"answered_on": "2099-01-01 10:00:00"}):
			with pytest.raises(acceptance.AnswerError):
				acceptance.record(
					**{"application": world.person, "answer": "Accepted", "note": "PEC 7", **wrong}
				)
		acceptance.record(world.person, "Renounced", "PEC prot. 7/2026")
	assert stored(world.person, "acceptance_state").acceptance_state == "Renounced"


def test_reminders(world, monkeypatch):
	told = []
	monkeypatch.setattr(acceptance.award_mails, "tell", lambda doc, what: told.append((doc.name, what)))
	monkeypatch.setattr(acceptance, "notify", lambda doctype, name, subject: told.append((name, "over")))
	today = clock.now().date()
	frappe.db.set_value(APPLICATION, world.person, "acceptance_due", frappe.utils.add_days(today, 4))
	acceptance.remind()
	assert not told
	frappe.db.set_value(APPLICATION, world.person, "acceptance_due", frappe.utils.add_days(today, 3))
	acceptance.remind()
	acceptance.remind()
	assert told == [(world.person, "reminded")]
	frappe.db.set_value(APPLICATION, world.person, "acceptance_due", frappe.utils.add_days(today, -1))
	acceptance.remind()
	acceptance.remind()
	assert told[1:] == [(world.person, "over")]


# -- the register


def publish(name: str) -> None:
	with acting(MANAGER):
		apply_workflow(frappe.get_doc(ENTRY, name), "Publish")


def test_nothing_is_payable_before_its_row_is_published(world):
	def why(application):
		found = awards.payable(application)
		assert bool(found) is not bool(found.reason)
		return found.reason

	frappe.db.set_value(APPLICATION, world.body, {"acceptance_state": "Awaited"})
	assert "accettato" in why(world.body) and why(world.waiting) and why("nessuna")
	frappe.db.set_value(APPLICATION, world.body, {"acceptance_state": "Renounced"})
	assert "rinunciato" in why(world.body)
	frappe.db.set_value(APPLICATION, world.body, {"acceptance_state": "Accepted"})
	assert "pubblicata" in why(world.body)
	publish(entry_of(world.body).name)
	assert awards.payable(world.body)
	with acting(MANAGER):
		new = corrections.correct(entry_of(world.body).name, "CUP errato", cup="C11G06000000007")
	assert why(world.body), "while it is corrected"
	publish(new)
	assert awards.payable(world.body) and stored(world.body, "cup").cup == "C11G06000000007"
	frappe.db.set_value(APPLICATION, world.body, {"cup": None})
	assert "CUP" in why(world.body)


def test_a_correction_leaves_a_trace_and_nothing_is_deleted(world):
	first = entry_of(world.body)
	with acting(MANAGER):
		with pytest.raises(corrections.CorrectionError):
			corrections.correct(first.name, "Prima della pubblicazione")
		publish(first.name)
		with pytest.raises(corrections.CorrectionError):
			corrections.correct(first.name, " ")
		new = frappe.get_doc(ENTRY, corrections.correct(first.name, "Titolo errato"))
		with pytest.raises(corrections.CorrectionError):
			corrections.correct(first.name, "Ancora")
		assert first.reload() or first.workflow_state == "Published", "until the new one is published"
		new.project_title, new.amount, new.public_beneficiary = "Un ente, con il titolo giusto", 1, "Altri"
		new.save()
		assert (new.amount, new.public_beneficiary) == (70000, "Comune di Prova"), "the award's, not by hand"
		apply_workflow(new, "Publish")
	first.reload()
	assert first.workflow_state == "Corrected" and first.corrected_on
	rows = {row["riga"]: row for row in transparency.rows(2026)}
	assert rows[first.name]["stato"] == "rettificata"
	assert (
		rows[new.name]["sostituisce"] == first.name and rows[new.name]["motivo_rettifica"] == "Titolo errato"
	)
	for doc in (first, new):
		with pytest.raises((RegisterError, frappe.PermissionError)):
			frappe.delete_doc(ENTRY, doc.name, force=True)
	for values in ({"project_title": "Altro"}, {"workflow_state": "To Be Published"}):
		with acting(MANAGER), pytest.raises(frappe.PermissionError):
			frappe.get_doc(ENTRY, new.name).update(values).save()
	with acting(MANAGER), pytest.raises(RegisterError):
		frappe.get_doc({"doctype": ENTRY, "application": world.body, "project_title": "A mano"}).insert()


def test_a_published_row_is_not_marked_as_corrected_by_itself(world):
	publish(entry_of(world.body).name)
	with acting(MANAGER), pytest.raises(RegisterError):
		apply_workflow(entry_of(world.body), "Mark as Corrected")
	with acting(OFFICER), pytest.raises(frappe.PermissionError):
		corrections.correct(entry_of(world.body).name, "Non spetta a me")


def test_the_register_for_everybody(world, clients):
	guest, manager = clients(None), clients(MANAGER)
	assert guest.get("/trasparenza").status_code == 200
	assert guest.get("/trasparenza/2026.csv").status_code == 404, "nothing is published yet"
	for name in (world.body, world.person):
		doc = entry_of(name).as_dict()
		answer = manager.call(
			"frappe.model.workflow.apply_workflow", doc=json.dumps(doc, default=str), action="Publish"
		)
		assert answer.status_code == 200, answer.text
	frappe.db.rollback()
	page, told = guest.get("/trasparenza"), guest.get("/trasparenza/2026.csv")
	assert told.headers["content-type"] == "text/csv; charset=utf-8"
	assert told.text.count("\r\n") == 3 and "\n" not in told.text.replace("\r\n", "")
	rows = {row["cup"]: row for row in csv.DictReader(io.StringIO(told.content.decode("utf-8"), newline=""))}
	body, person = rows[CUPS[0]], rows[CUPS[1]]
	entry = entry_of(world.body)
	assert body == {
		"riga": entry.name,
		"versione": "1",
		"stato": "pubblicata",
		"sostituisce": "",
		"motivo_rettifica": "",
		"beneficiario": "Comune di Prova",
		"codice_fiscale": "94000010168",
		"progetto": "Un ente",
		"collegamento": body["collegamento"],
		"importo_concesso": "70000.00",
		"norma_o_titolo": "DGR XII/5464 del 9/12/2025",
		"ufficio": "ATS di prova",
		"responsabile": "",
		"modalita": body["modalita"],
		"atto_numero": "15/2026",
		"atto_data": "2026-11-20",
		"cup": CUPS[0],
		"cor": "",
		"importo_erogato": "0.00",
		"data_erogazione": "",
		"data_pubblicazione": entry.published_on.date().isoformat(),
		"data_rettifica": "",
	}
	assert body["collegamento"].endswith(f"/progetti/{world.body}")
	assert "15/2026" in body["modalita"] and "1/2026" in body["modalita"]
	assert person["progetto"] == f"'{FORMULA}", "no formula for a spreadsheet, and what was typed otherwise"
	assert person["beneficiario"] == person["codice_fiscale"] == pseudonyms.of(PERSON)
	as_json = guest.get("/trasparenza/2026.json").json()
	assert [row["cup"] for row in as_json["righe"]] == [row["cup"] for row in rows.values()]
	assert next(row for row in as_json["righe"] if row["cup"] == CUPS[1])["progetto"] == FORMULA
	for text in (page.text, told.text, json.dumps(as_json), guest.get("/trasparenza/2026").text):
		assert "Maria Rossi" not in text and PERSON not in text
	for wrong in ("1999", "2026.xml", "2026.csv.json", "x"):
		assert guest.get(f"/trasparenza/{wrong}").status_code == 404
	described = guest.get("/trasparenza/catalogo.jsonld")
	assert described.headers["content-type"].startswith("application/ld+json")
	for node in described.json()["@graph"]:
		if "dcat:Distribution" in node["@type"]:
			path = node["dcat:downloadURL"]["@id"].split("/", 3)[-1]
			assert guest.get(f"/{path}").status_code == 200


def test_the_catalogue_has_what_dcat_ap_it_asks_for():
	publisher = {"name": "ATS", "ipa": "ats_bg", "email": "a@b.it", "website": ""}
	years = [
		{"year": 2026, "rows": 2, "changed": "2026-11-20"},
		{"year": 2025, "rows": 1, "changed": "2025-12-01"},
	]
	graph = json.loads(open_data.catalogue(years, publisher))["@graph"]
	nodes = {node["@id"]: node for node in graph}
	assert len(nodes) == len(graph), "no node twice"
	needed = {
		"dcat:Catalog": "title description publisher modified".split(),
		"dcat:Dataset": "identifier title description modified rightsHolder accrualPeriodicity".split(),
		"dcat:Distribution": "format license modified".split(),
	}
	for kind, fields in needed.items():
		found = [node for node in graph if kind in node["@type"]]
		assert found and all(f"dct:{field}" in node for node in found for field in fields), kind
	catalogue = next(node for node in graph if "dcat:Catalog" in node["@type"])
	for data_set in catalogue["dcat:dataset"]:
		node = nodes[data_set["@id"]]
		assert node["dcat:theme"] and all(one["@id"] in nodes for one in node["dcat:distribution"])


def test_the_code_of_a_person_is_stable_and_keyed(monkeypatch):
	code = pseudonyms.of(PERSON)
	assert code == pseudonyms.of(" rss mra 85t10 a562s ") and code.startswith("PF-") and len(code) == 15
	monkeypatch.setattr(pseudonyms, "get_encryption_key", lambda: "another secret")
	assert pseudonyms.made(PERSON) != code, "without the secret nobody computes it"
	assert pseudonyms.of("BNCGNN80A01A794K") != pseudonyms.made(PERSON)
