"""The panel, the declarations, the reviews: whose turn it is, what counts, what stays locked."""

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days
from frappe.www.printview import get_html_and_style

from rtc_conciliation.access import panel_assignments, states
from rtc_conciliation.common import clock
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.evaluation import reviewer_view, reviewing, scores
from rtc_conciliation.evaluation.reviewer_view import NotReadableError
from rtc_conciliation.rtc_conciliation.doctype.rtc_call.amendments import AmendmentError
from rtc_conciliation.rtc_conciliation.doctype.rtc_conflict_declaration.rtc_conflict_declaration import (
	DeclaredError,
	NotAskedError,
)
from rtc_conciliation.rtc_conciliation.doctype.rtc_review.rtc_review import (
	NotTheReviewerError,
	ReopeningError,
	ReviewLockedError,
)
from tests.site import evaluating, factories
from tests.site.evaluating import MEMBERS
from tests.site.factories import (
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	OFFICER,
	SECOND_EVALUATOR,
	SUBSTITUTE,
	THIRD_EVALUATOR,
	acting,
)
from tests.site.http import committed_rows


@pytest.fixture(scope="module")
def evaluated_call(site):
	with committed_rows():
		made = evaluating.make_call()
		frappe.db.commit()
		yield made


@pytest.fixture
def declared(evaluated_call):
	"""All members have declared no conflict."""
	for user in MEMBERS:
		evaluating.declare(user, evaluated_call.call)
	return evaluated_call


# -- declarations


def test_nothing_is_read_before_the_declaration(evaluated_call):
	one, other = evaluated_call.applications
	with acting(EVALUATOR):
		found = reviewing.describe_call(evaluated_call.call)
		assert [row["application"] for row in found["to_declare"]] == [one, other] and not found["rows"]
		assert found["to_declare"][0]["bodies"][0] == "Comune di Prova"
		with pytest.raises(NotReadableError):
			reviewer_view.get_application(one)
		with pytest.raises(NotTheReviewerError):
			reviewing.begin_review(one)
	assert evaluating.declare(EVALUATOR, evaluated_call.call, other) == {
		"free": 1,
		"conflicts": 1,
		"found": 0,
	}
	with acting(EVALUATOR):
		assert "Comune di Prova" in reviewer_view.get_application(one)
		with pytest.raises(NotReadableError):
			reviewer_view.get_application(other)
		found = reviewing.describe_call(evaluated_call.call)
		assert [row["application"] for row in found["rows"]] == [one] and not found["to_declare"]


def test_a_substitute_steps_in_where_a_member_has_a_conflict(evaluated_call):
	one, other = evaluated_call.applications
	with acting(SUBSTITUTE), pytest.raises(frappe.PermissionError):
		reviewing.declare(evaluated_call.call)
	evaluating.declare(EVALUATOR, evaluated_call.call, other)
	with acting(SUBSTITUTE):
		assert [row["application"] for row in reviewing.describe_call(evaluated_call.call)["to_declare"]] == [
			other
		]
		with pytest.raises(NotAskedError):
			factories.make("RTC Conflict Declaration", {"application": one, "declaration": "No Conflict"})
	evaluating.declare(SUBSTITUTE, evaluated_call.call)
	assert evaluating.review(SUBSTITUTE, other).workflow_state == panel_assignments.SUBMITTED


def test_what_the_records_tell_is_a_conflict_whatever_is_declared(evaluated_call):
	"""The organisation that the panel's row names later; a mail domain that is not everybody's."""
	one = evaluated_call.applications[0]
	assert evaluating.declare(SECOND_EVALUATOR, evaluated_call.call)["found"] == 0
	organisation = factories.organisation(1, organisation_name="Cooperativa Prova")
	evaluating.changed(
		evaluated_call.panel.name, lambda doc: doc.members[1].update({"organisation": organisation.name})
	)
	with acting(SECOND_EVALUATOR), pytest.raises(NotReadableError):
		reviewer_view.get_application(one)
	programme = frappe.db.get_value("RTC Call", evaluated_call.call, "programme")
	frappe.db.set_value("RTC Programme", programme, "mail_providers", "pec.it")
	partner = frappe.get_doc("RTC Application", one).partners[1]
	frappe.db.set_value(partner.doctype, partner.name, "contact_email", "posta@pec.rtc.test")
	frappe.db.set_value("RTC Application", {"call": evaluated_call.call}, "applicant", "altri@example.org")
	assert evaluating.declare(EVALUATOR, evaluated_call.call) == {"free": 1, "conflicts": 0, "found": 1}
	row = frappe.get_doc("RTC Conflict Declaration", {"evaluator": EVALUATOR, "application": one})
	assert row.declaration == "Conflict" and "rtc.test" in row.detected


def test_a_late_conflict_undoes_a_submitted_review(declared):
	one = declared.applications[0]
	evaluating.everybody(declared, one)
	assert scores.get_final_scores(declared.call)[one]["complete"]
	with acting(EVALUATOR):
		reviewing.declare_conflict(one, "L'ho saputo oggi")
		with pytest.raises(DeclaredError):
			doc = frappe.get_doc("RTC Conflict Declaration", {"evaluator": EVALUATOR, "application": one})
			doc.declaration = "No Conflict"
			doc.save()
	score = scores.get_final_scores(declared.call)[one]
	assert (score["reviews"], score["complete"]) == (2, False) and "substitute" in score["missing"].lower()
	told = frappe.get_all("Comment", {"reference_name": declared.panel.name}, pluck="content")
	assert any("non è conteggiata" in text for text in told)
	evaluating.declare(SUBSTITUTE, declared.call)
	evaluating.review(SUBSTITUTE, one)
	score = scores.get_final_scores(declared.call)[one]
	assert score["complete"] and set(score["marks"]) == {SECOND_EVALUATOR, THIRD_EVALUATOR, SUBSTITUTE}


def test_who_leaves_keeps_what_he_submitted(declared):
	one, other = declared.applications
	evaluating.review(SECOND_EVALUATOR, one)
	frappe.db.set_value("RTC Review", {"evaluator": SECOND_EVALUATOR}, "submitted_on", "2026-11-01 10:00:00")
	evaluating.changed(
		declared.panel.name, lambda doc: doc.members[1].update({"to_date": add_days(clock.now(), -1)})
	)
	with acting(SECOND_EVALUATOR), pytest.raises(NotTheReviewerError):
		reviewing.begin_review(other)
	with acting(SUBSTITUTE):
		assert [row["application"] for row in reviewing.describe_call(declared.call)["to_declare"]] == [other]
	assert SECOND_EVALUATOR in scores.get_final_scores(declared.call)[one]["marks"]


# -- reviews


@pytest.mark.parametrize(
	"marks, told",
	[
		({"Azioni": "60,25"}, "da 0 a 60"),
		({"Azioni": "-1"}, "da 0 a 60"),
		({"Azioni": "NaN"}, "non è un numero"),
		({"Azioni": "1.234,5"}, "non è un numero"),
		({"Azioni": "7,3"}, "7,25 o 7,5"),
		({"Rete": "10"}, "Buona = 15"),
		({"Azioni": ""}, "non ha un punteggio"),
	],
)
def test_marks_that_are_refused(declared, marks, told):
	with pytest.raises(RulesError) as refused:
		evaluating.review(EVALUATOR, declared.applications[0], **marks)
	assert told in str(refused.value) and "riga" in str(refused.value)


def test_a_review_is_saved_submitted_and_locked(declared):
	one = declared.applications[0]
	doc = evaluating.review(EVALUATOR, one, "Draft", Azioni="40.5")
	assert [row.score for row in doc.scores] == ["40.50", "15.00", "0.00"] and doc.total == 55.5
	with acting(EVALUATOR):
		assert reviewing.begin_review(one) == doc.name
		doc.scores[2].score, doc.scores[0].max_score, doc.scores[0].note = "10", 99, ""
		doc.append("scores", {"criterion": "Mio", "score": "50", "max_score": 50})
		doc.save()
		assert [(row.criterion, row.max_score, row.score) for row in doc.scores] == [
			("Azioni", 60, "40.50"), ("Rete", 30, "15.00"), ("Cofinanziamento", 10, "0.00")
		]  # fmt: skip
		with pytest.raises(RulesError, match="non ha una motivazione"):
			apply_workflow(doc, "Submit Review")
	doc = evaluating.review(EVALUATOR, one)
	for user in (EVALUATOR, MANAGER):
		with acting(user), pytest.raises((ReviewLockedError, states.LockedStateError)):
			frappe.get_doc("RTC Review", doc.name).update({"remark": "Altro"}).save()


def test_reopened_by_the_manager_with_reason_and_sitting(declared, monkeypatch):
	# core keeps no versions while tests run; version 16 looks at another place
	monkeypatch.setitem(frappe.flags, "in_test", False)
	if hasattr(frappe, "in_test"):
		monkeypatch.setattr(frappe, "in_test", False)
	doc = evaluating.review(EVALUATOR, declared.applications[0])
	today = str(clock.now().date())
	with acting(MANAGER):
		with pytest.raises(frappe.MandatoryError):
			apply_workflow(frappe.get_doc("RTC Review", doc.name), "Reopen Review")
		with pytest.raises(ReopeningError, match="seduta"):
			reviewing.reopen_review(doc.name, "Errore materiale", today)
	evaluating.sitting(declared.panel.name)
	for user in (EVALUATOR, OFFICER, DIRECTOR):
		with acting(user), pytest.raises(frappe.PermissionError):
			reviewing.reopen_review(doc.name, "Errore materiale", today)
	with acting(MANAGER):
		reviewing.reopen_review(doc.name, "Errore materiale", today)
	assert not scores.get_final_scores(declared.call)[declared.applications[0]]["marks"]
	evaluating.review(EVALUATOR, declared.applications[0], Azioni="10")
	history = frappe.get_all("Version", {"docname": doc.name}, pluck="data")
	assert any("Errore materiale" in data for data in history), history
	assert any("40.50" in data for data in history), history


def test_the_grid_stays_once_there_is_a_review(declared):
	evaluating.review(EVALUATOR, declared.applications[0], "Draft")
	with acting(MANAGER):
		call = frappe.get_doc("RTC Call", declared.call)
		call.criteria[0].max_score, call.criteria[1].max_score = 55, 35
		call.append(
			"amendments", {"act_number": "8/2026", "act_date": "2026-11-22", "description": "Griglia"}
		)
		with pytest.raises(AmendmentError, match="valutazioni"):
			call.save()


# -- what they come to


def test_the_mean_of_the_members(declared):
	one, other = declared.applications
	for user, mark in zip(MEMBERS, ("40", "40", "20,25"), strict=True):
		evaluating.review(user, one, Azioni=mark)
	score = scores.get_final_scores(declared.call)[one]
	assert score["criteria"] == {
		"Azioni": Decimal("33.42"), "Rete": Decimal("15.00"), "Cofinanziamento": Decimal("0.00")
	}  # fmt: skip
	assert (score["total"], score["spread"]) == (Decimal("48.42"), Decimal("19.75"))
	assert (score["flagged"], score["complete"], score["missing"], score["reviews"]) == (True, True, "", 3)
	score = scores.get_final_scores(declared.call)[other]
	assert (score["complete"], score["reviews"]) == (False, 0) and "evaluator" in score["missing"]


def test_withdrawn_after_scoring_it_leaves_the_evaluation(declared):
	one, other = declared.applications
	evaluating.review(EVALUATOR, one)
	frappe.db.set_value("RTC Application", one, {"workflow_state": "Withdrawn", "docstatus": 2})
	assert list(scores.get_final_scores(declared.call)) == [other]
	assert frappe.db.exists("RTC Review", {"application": one})


def test_the_consensus_is_the_chairs_and_comes_last(declared):
	one = declared.applications[0]
	frappe.db.set_value("RTC Call", declared.call, "evaluation_method", "Consensus")
	frappe.clear_document_cache("RTC Call", declared.call)
	for user in MEMBERS[:2]:
		evaluating.review(user, one)
	with acting(EVALUATOR), pytest.raises(NotTheReviewerError):
		reviewing.begin_review(one, "Consensus")
	evaluating.review(THIRD_EVALUATOR, one)
	assert "consenso" in scores.get_final_scores(declared.call)[one]["missing"]
	with acting(SECOND_EVALUATOR), pytest.raises(NotTheReviewerError):
		reviewing.begin_review(one, "Consensus")
	evaluating.review(EVALUATOR, one, kind="Consensus", Azioni="60")
	score = scores.get_final_scores(declared.call)[one]
	assert score["complete"] and score["total"] == Decimal("75.00") and len(score["marks"]) == 3


def test_the_queries_do_not_grow(declared, monkeypatch):
	one, other = declared.applications
	evaluating.everybody(declared, one)

	def queries():
		count, real = [0], frappe.db.sql

		def counted(*args, **kwargs):
			count[0] += 1
			return real(*args, **kwargs)

		monkeypatch.setattr(frappe.db, "sql", counted)
		scores.get_final_scores(declared.call)
		monkeypatch.setattr(frappe.db, "sql", real)
		return count[0]

	queries()  # what is cached of the meta is not counted
	few = queries()
	evaluating.everybody(declared, other)
	assert queries() == few <= 10


# -- names hidden


def test_names_are_hidden_where_the_call_says_so(declared):
	one = declared.applications[0]
	doc = frappe.get_doc("RTC Application", one)
	doc.db_set("abstract", "Il  COMUNE DI\nProva e la Cooperativa Prova insieme")
	frappe.db.set_value("RTC Call", declared.call, "hide_applicants", 1)
	frappe.clear_document_cache("RTC Call", declared.call)
	with acting(EVALUATOR):
		html, found = reviewer_view.get_application(one), reviewing.describe_call(declared.call)
		page = reviewer_view.get_page(one).get_data(as_text=True)
	for text in (html, page, frappe.as_json(found)):
		for secret in (
			"Comune di Prova",
			"COMUNE",
			"Cooperativa Prova",
			"Progetto 1",
			"accordo",
			"94000010168",
			"Ada",
		):
			assert secret not in text, secret
	assert "Capofila e la Partner 2 insieme" in html


def test_with_names_hidden_conflicts_are_declared_by_body(evaluated_call):
	frappe.db.set_value("RTC Call", evaluated_call.call, "hide_applicants", 1)
	frappe.clear_document_cache("RTC Call", evaluated_call.call)
	with acting(EVALUATOR):
		found = reviewing.describe_call(evaluated_call.call)
	assert found["bodies"] == ["Associazione Prova", "Comune di Prova", "Cooperativa Prova"]
	assert all(not row["bodies"] and not row["title"] for row in found["to_declare"])
	with pytest.raises(reviewing.UnknownChoiceError):
		evaluating.declare(EVALUATOR, evaluated_call.call, "Ente inesistente")
	assert evaluating.declare(EVALUATOR, evaluated_call.call, "cooperativa prova")["conflicts"] == 2


def test_a_review_is_printed_with_marks_and_notes(evaluated_call):
	one, other = evaluated_call.applications
	evaluating.declare(EVALUATOR, evaluated_call.call)
	name = evaluating.review(EVALUATOR, one).name
	frappe.db.set_value("RTC Review Score", {"parent": name, "idx": 1}, "note", "costi &lt; 100 &gt; 50")
	with acting(EVALUATOR):
		text = get_html_and_style("RTC Review", name)["html"]
	assert "40,50" in text and "55,50 / 100,00" in text and "costi &lt; 100 &gt; 50" in text
	assert "Bozza" not in text and "RTC-" in text and "Individual" not in text.replace("Individuale", "")
	frappe.db.set_value("RTC Application", one, "workflow_state", "Funded")
	with acting(EVALUATOR):
		found = reviewing.describe_call(evaluated_call.call)
	assert (found["over"], [row["application"] for row in found["rows"]]) == (1, [other])
