"""The transparency register: what is published, corrected, and payable; as a page, CSV, JSON and for catalogues."""

import csv
import io
import json

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.awards import award, corrections, open_data, pseudonyms, register_data
from rtc_conciliation.rtc_conciliation.doctype.rtc_transparency_entry.rtc_transparency_entry import (
	RegisterError,
)
from tests.site.awards.ranked_call import CUPS, FORMULA, PERSON
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


def entry_of(application: str):
	return frappe.get_last_doc(ENTRY, {"application": application})


def stored(application: str, *fields: str):
	return frappe.db.get_value(APPLICATION, application, fields, as_dict=True)


def publish(name: str) -> None:
	with acting(MANAGER):
		apply_workflow(frappe.get_doc(ENTRY, name), "Publish")


def test_nothing_is_payable_before_its_row_is_published(ranked_call):
	def why(application):
		found = award.is_payable(application)
		assert bool(found) is not bool(found.reason)
		return found.reason

	frappe.db.set_value(APPLICATION, ranked_call.body, {"acceptance_state": "Awaited"})
	assert "accettato" in why(ranked_call.body) and why(ranked_call.waiting) and why("nessuna")
	frappe.db.set_value(APPLICATION, ranked_call.body, {"acceptance_state": "Renounced"})
	assert "rinunciato" in why(ranked_call.body)
	frappe.db.set_value(APPLICATION, ranked_call.body, {"acceptance_state": "Accepted"})
	assert "pubblicata" in why(ranked_call.body)
	publish(entry_of(ranked_call.body).name)
	assert award.is_payable(ranked_call.body)
	with acting(MANAGER):
		new = corrections.correct_entry(entry_of(ranked_call.body).name, "Ufficio errato")
	assert "rettifica" in why(ranked_call.body), "though amount and codes are the same"
	publish(new)
	with acting(MANAGER):
		told = corrections.preview(new, cup="C11G06000000007")
		assert len(told) == 1 and told[0].endswith("→ C11G06000000007"), told
		assert corrections.preview(new) == []
		new = corrections.correct_entry(new, "CUP errato", cup="C11G06000000007")
	assert why(ranked_call.body), "while it is corrected"
	publish(new)
	assert award.is_payable(ranked_call.body) and stored(ranked_call.body, "cup").cup == "C11G06000000007"
	frappe.db.set_value(APPLICATION, ranked_call.body, {"cup": None})
	assert "CUP" in why(ranked_call.body)


def test_a_correction_leaves_a_trace_and_nothing_is_deleted(ranked_call):
	first = entry_of(ranked_call.body)
	with acting(MANAGER):
		with pytest.raises(corrections.CorrectionError):
			corrections.correct_entry(first.name, "Prima della pubblicazione")
		publish(first.name)
		with pytest.raises(corrections.CorrectionError):
			corrections.correct_entry(first.name, " ")
		new = frappe.get_doc(ENTRY, corrections.correct_entry(first.name, "Titolo errato"))
		with pytest.raises(corrections.CorrectionError):
			corrections.correct_entry(first.name, "Ancora")
		assert first.reload() or first.workflow_state == "Published", "until the new one is published"
		new.project_title, new.amount, new.public_beneficiary = "Un ente, con il titolo giusto", 1, "Altri"
		new.save()
		assert (new.amount, new.public_beneficiary) == (70000, "Comune di Prova"), "the award's, not by hand"
		apply_workflow(new, "Publish")
	first.reload()
	assert first.workflow_state == "Corrected" and first.corrected_on
	rows = {row["riga"]: row for row in register_data.list_rows(2026)}
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
		frappe.get_doc(
			{"doctype": ENTRY, "application": ranked_call.body, "project_title": "A mano"}
		).insert()


def test_a_published_row_is_not_marked_as_corrected_by_itself(ranked_call):
	publish(entry_of(ranked_call.body).name)
	with acting(MANAGER), pytest.raises(RegisterError):
		apply_workflow(entry_of(ranked_call.body), "Mark as Corrected")
	with acting(OFFICER), pytest.raises(frappe.PermissionError):
		corrections.correct_entry(entry_of(ranked_call.body).name, "Non spetta a me")


def test_only_the_manager_publishes_and_only_after_the_ranking(ranked_call):
	name = entry_of(ranked_call.body).name
	for user in (OFFICER, DIRECTOR, AUDITOR, EVALUATOR, APPLICANT):
		with acting(user), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
			apply_workflow(frappe.get_doc(ENTRY, name), "Publish")
	frappe.db.set_value("RTC Ranking", ranked_call.ranking, "workflow_state", "Approved")
	with pytest.raises(RegisterError):
		publish(name)
	assert frappe.db.get_value(ENTRY, name, "workflow_state") == "To Be Published"


def test_evaluators_and_applicants_read_no_row_in_the_desk(ranked_call, clients):
	name = entry_of(ranked_call.person).name
	for user in (None, EVALUATOR, APPLICANT, OTHER_APPLICANT):
		assert clients(user).get(f"/api/resource/{ENTRY}/{name}").status_code in (401, 403), user
		assert clients(user).get(f"/api/resource/{ENTRY}").status_code in (401, 403), user
	assert clients(AUDITOR).get(f"/api/resource/{ENTRY}/{name}").status_code == 200
	assert clients(AUDITOR).put(f"/api/resource/{ENTRY}/{name}", project_title="x").status_code == 403
	assert clients(OFFICER).delete(f"/api/resource/{ENTRY}/{name}").status_code == 403


def test_the_register_for_everybody(ranked_call, clients):
	guest, manager = clients(None), clients(MANAGER)
	assert guest.get("/trasparenza").status_code == 200
	assert guest.get("/trasparenza/2026.csv").status_code == 404, "nothing is published yet"
	for name in (ranked_call.body, ranked_call.person):
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
	entry = entry_of(ranked_call.body)
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
	assert body["collegamento"].endswith(f"/progetti/{ranked_call.body}")
	assert "15/2026" in body["modalita"] and "1/2026" in body["modalita"]
	assert person["progetto"] == f"'{FORMULA}", "no formula for a spreadsheet, and what was typed otherwise"
	assert person["beneficiario"] == person["codice_fiscale"] == pseudonyms.get_pseudonym(PERSON)
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
	code = pseudonyms.get_pseudonym(PERSON)
	assert (
		code == pseudonyms.get_pseudonym(" rss mra 85t10 a562s ")
		and code.startswith("PF-")
		and len(code) == 15
	)
	monkeypatch.setattr(pseudonyms, "get_encryption_key", lambda: "another secret")
	assert pseudonyms.make_code(PERSON) != code, "without the secret nobody computes it"
	assert pseudonyms.get_pseudonym("BNCGNN80A01A794K") != pseudonyms.make_code(PERSON)
