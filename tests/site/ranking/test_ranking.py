"""The ranking: computed from the reviews, proposed, approved with its act, and what follows from it."""

import json

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.access import fields
from rtc_conciliation.access.fields import AppFieldError
from rtc_conciliation.access.states import LockedStateError, SelfApprovalError
from rtc_conciliation.awards import approval, compute, published_projects, snapshot_check, trial
from rtc_conciliation.awards import decision_page as document
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.plan.snapshot_check import NotFrozenError
from rtc_conciliation.rtc_conciliation.doctype.rtc_ranking.rtc_ranking import KindError
from tests.site import factories
from tests.site.evaluated import (
	approve,
	closed_call,
	computed,
	evaluate,
	proposed,
	shown,
	states_of,
)
from tests.site.factories import APPLICANT, AUDITOR, DIRECTOR, EVALUATOR, MANAGER, OFFICER

A, B, C, D, E = (f"PROVA-CALL-{number:02}" for number in range(1, 6))
#: A 80 points, B 90, C below the threshold, D not admissible; 40,000 each
FOUR = [
	{"marks": [(50, 30)] * 3},
	{"marks": [(60, 30), (58, 32), (50, 40)]},
	{"marks": [(32, 20), (30, 22), (22, 30)], "title": "Sotto ‹b›soglia‹/b›"},
	{"marks": [], "workflow_state": "Not Admissible", "decision_reason": "Delega scaduta."},
]


@pytest.fixture
def four():
	"""The call with FOUR and its applications."""
	call = closed_call()
	return frappe._dict(call=call, names=evaluate(call, FOUR))


def test_three_lists_with_their_reasons(four):
	doc = computed(four.call)
	assert doc.pot == 100000 and doc.programme and doc.title == "Graduatoria di Manifestazione valutata"
	assert shown(doc) == [
		(1, B, "Funded", 40000),
		(2, A, "Funded", 40000),
		(0, C, "Below Threshold", 0),
		(0, D, "Not Admitted", 0),
	]
	assert [row.reason or "" for row in doc.entries] == [
		"",
		"",
		"Punteggio 52,00 sotto la soglia di 60.",
		"Delega scaduta.",
	]
	best = doc.entries[0]
	assert (best.score, best.spread, json.loads(best.criteria)) == (
		90,
		0,
		{"Qualità": "56.00", "Azioni": "34.00"},
	)
	with factories.acting(OFFICER):
		doc.pot = 79999.99
		doc.save()
	assert shown(doc)[:2] == [(1, B, "Funded", 40000), (2, A, "Eligible Not Funded", 0)]
	assert doc.entries[1].reason == (
		"La dotazione finisce qui: restano € 39.999,99 a fronte di € 40.000,00 richiesti."
	)


def test_what_is_missing_is_said_at_once(four):
	waits = {"marks": [(50, 30), (50, 30)], "name": E}
	evaluate(four.call, [waits, {"marks": [], "workflow_state": "Admissible", "name": "PROVA-SOSPESA"}])
	frappe.db.set_value("RTC Call", four.call, "workflow_state", "Published")
	frappe.clear_document_cache("RTC Call", four.call)
	with pytest.raises(compute.NotReadyError):
		computed(four.call)
	told = frappe.local.message_log[-1]
	told = str((json.loads(told) if isinstance(told, str) else told)["message"])
	assert "non è chiusa" in told and "PROVA-SOSPESA" in told and E in told and "tre@rtc.test" in told


def test_nothing_to_rank():
	with pytest.raises(compute.NotReadyError):
		computed(closed_call())


@pytest.mark.parametrize("pot", [-1, "-0.01", "abc", "nan"])
def test_a_pot_that_is_none(pot, four):
	with factories.acting(OFFICER), pytest.raises(frappe.ValidationError):
		factories.make("RTC Ranking", {"call": four.call, "pot": pot})
	with pytest.raises(trial.TrialError):
		trial.try_amount(frappe.get_doc({"doctype": "RTC Ranking", "call": four.call}), str(pot))


def test_no_pot_and_all_tied():
	call = closed_call(score_threshold=0)
	names = evaluate(call, [{"sent_on": "2026-02-02 10:00:00"}] * 3)
	doc = computed(call, pot=0)
	assert [row.outcome for row in doc.entries] == ["Eligible Not Funded"] * 3
	assert [row.application for row in doc.entries] == names
	assert all("numero di protocollo" in row.reason for row in doc.entries)
	with factories.acting(OFFICER):
		apply_workflow(doc, "Propose")
	with factories.acting(DIRECTOR):
		approve(doc)
	assert states_of(names) == ["Eligible Not Funded"] * 3


def test_the_lead_is_asked_before_the_rest_is_his():
	call = closed_call(partial_funding=1)
	evaluate(call, [{"marks": [(60, 30)] * 3, "requested": 70000}, {"requested": 50000}])
	doc = computed(call)
	last = doc.entries[1]
	assert (last.outcome, last.offered, last.partial) == ("Eligible Not Funded", 30000, 1)
	with factories.acting(OFFICER):
		with pytest.raises(compute.NotReadyError):
			apply_workflow(doc, "Propose")
		doc = frappe.get_doc("RTC Ranking", doc.name)
		doc.entries[1].partial_accepted = "Accepted"
		doc.entries[1].granted = 50000  # not theirs to write
		doc.entries[0].partial_accepted = "Accepted"  # nothing was offered
		doc.save()
		assert shown(doc)[1] == (2, B, "Funded", 30000) and not doc.entries[0].partial_accepted
		assert "accettata dal capofila" in doc.entries[1].reason
		doc.pot = 90000  # less than what was accepted
		doc.save()
		assert shown(doc)[1] == (2, B, "Eligible Not Funded", 0) and not doc.entries[1].partial_accepted
		doc.entries[1].partial_accepted = "Refused"
		doc.save()
		doc = apply_workflow(doc, "Propose")
	assert "ha rifiutato" in doc.entries[1].reason


def test_a_reserved_share():
	reserve = {"kind": "Territory", "territory": "Valle Seriana", "amount": 40000}
	call = closed_call(reserves=[reserve], endowment=80000)
	evaluate(
		call, [{"marks": [(60, 30)] * 3}, {}, {"marks": [(40, 25)] * 3, "territories": ["Valle Seriana"]}]
	)
	doc = computed(call)
	assert [row.outcome for row in doc.entries] == ["Funded", "Eligible Not Funded", "Funded"]
	assert doc.entries[2].by_reserve == "Valle Seriana" and "quota riservata" in doc.entries[2].reason
	assert document.assemble_live(doc)["reserves"] == [
		{"kind": "Territory", "name": "Valle Seriana", "amount": "40000.00", "used": "40000.00"}
	]


def test_another_pot_is_only_tried(four):
	doc = computed(four.call)
	tried = trial.try_amount(doc, "40000")
	assert tried["after"] == {"pot": "40000.00", "assigned": "40000.00", "residue": "0.00", "funded": 1}
	(change,) = tried["changes"]
	assert (change["position"], change["before"], change["after"]) == (2, "Funded", "Eligible Not Funded")
	assert trial.try_amount(doc, "100000")["changes"] == []
	assert frappe.get_doc("RTC Ranking", doc.name).pot == 100000
	with factories.acting(AUDITOR):
		html = trial.render_trial(doc.name, "40000")
	assert "Progetto 1" in html and "Idonea" in html
	for user in (APPLICANT, EVALUATOR):
		with factories.acting(user), pytest.raises(frappe.PermissionError):
			trial.render_trial(doc.name, "1")


def test_what_was_computed_is_not_written_by_hand(four):
	doc = computed(four.call)
	before = shown(doc)
	with factories.acting(OFFICER):
		doc.set("entries", [*doc.entries[:1], {"application": A, "outcome": "Funded", "granted": 1}])
		doc.entries[0].granted = 99
		doc.update(
			{
				"digest": "x",
				"snapshot": "{}",
				"approved_by": OFFICER,
				"computed_on": None,
				"kind": "Scrolling",
			}
		)
		doc.save()
		assert shown(doc) == before and doc.kind == "Ranking" and doc.computed_on
		assert not (doc.digest or doc.snapshot or doc.approved_by)
		doc = apply_workflow(doc, "Propose")
		with pytest.raises(LockedStateError):
			doc.compute()
	with factories.acting(MANAGER):
		doc.reload()
		doc.set("entries", [])
		doc.pot = 1  # proposed is proposed
		doc.save()
	assert shown(doc) == before and doc.pot == 100000


def test_approval_carries_out_what_the_ranking_says(four):
	frappe.db.set_value("RTC Application", B, "cup", "")
	doc = proposed(four.call, pot=50000)
	with factories.acting(DIRECTOR):
		with pytest.raises(frappe.MandatoryError):
			apply_workflow(doc, "Approve")
		with pytest.raises(RulesError):
			approve(doc)
		frappe.db.set_value("RTC Application", B, "cup", "E19G26000010002")
		doc = approve(doc)
	assert (doc.docstatus, doc.approved_by) == (1, DIRECTOR) and doc.approved_on
	assert states_of(four.names) == ["Eligible Not Funded", "Funded", "Below Threshold", "Not Admissible"]
	fields = ["ranking", "ranking_position", "score", "granted_amount", "award_act_number"]
	assert frappe.db.get_value("RTC Application", B, fields) == (doc.name, 1, 90, 40000, "44/2026")
	assert frappe.db.get_value("RTC Application", A, fields) == (doc.name, 2, 80, 0, None)
	assert (
		frappe.db.get_value("RTC Application", C, "decision_reason")
		== "Punteggio 52,00 sotto la soglia di 60."
	)
	assert frappe.db.get_value("RTC Call", four.call, "ranking") == doc.name
	is_frozen(doc)
	with factories.acting(MANAGER):
		doc = apply_workflow(frappe.get_doc("RTC Ranking", doc.name), "Publish")
	assert doc.published_on and frappe.get_doc("RTC Ranking", doc.name).digest == doc.digest
	scrolls(doc)


def is_frozen(doc):
	data = document.assemble_decision(doc)
	assert [row["outcome"] for row in data["entries"]] == [row.outcome for row in doc.entries]
	assert data["entries"][0]["marks"][0] == {"evaluator": "due@rtc.test", "total": "90.00"}
	assert snapshot_check.verify_ranking(doc.name) == "digest matches"
	row = doc.entries[1]
	for values in ({"granted": 1}, {"reason": "Altro"}):
		kept = {field: row.get(field) for field in values}
		frappe.db.set_value(row.doctype, row.name, values)
		with pytest.raises(NotFrozenError):
			snapshot_check.verify_ranking(doc.name)
		frappe.db.set_value(row.doctype, row.name, kept)
	frappe.db.set_value(doc.doctype, doc.name, "snapshot", doc.snapshot.replace("40000.00", "40001.00"))
	with pytest.raises(NotFrozenError):
		snapshot_check.verify_ranking(doc.name)
	frappe.db.set_value(doc.doctype, doc.name, "snapshot", '{"entries": [{}]}')
	with pytest.raises(NotFrozenError):
		snapshot_check.verify_ranking(doc.name)
	frappe.db.set_value(doc.doctype, doc.name, "snapshot", doc.snapshot)


def scrolls(doc):
	"""Who was funded renounces: the next one is, by an act of its own, and the first ranking stays as it is."""
	before = shown(doc)
	frappe.db.set_value("RTC Application", B, "acceptance_state", "Renounced")
	with factories.acting(OFFICER):
		scrolling = frappe.get_doc("RTC Ranking", doc.make_scrolling())
		assert (scrolling.kind, scrolling.pot, scrolling.previous_ranking) == ("Scrolling", 50000, doc.name)
		assert shown(scrolling) == [(2, A, "Funded", 40000)]
		apply_workflow(scrolling, "Propose")
	with factories.acting(DIRECTOR):
		scrolling = approve(scrolling)
	assert states_of([A, B]) == ["Funded", "Funded"]
	assert frappe.db.get_value("RTC Application", A, ["ranking", "granted_amount"]) == (scrolling.name, 40000)
	assert frappe.db.get_value("RTC Application", B, "ranking") == doc.name
	assert shown(frappe.get_doc("RTC Ranking", doc.name)) == before
	assert compute.get_returned_total(scrolling) == 10000
	assert published_projects.get_ranking(doc.name)["after"] is None
	with factories.acting(MANAGER):
		apply_workflow(frappe.get_doc("RTC Ranking", scrolling.name), "Publish")
	assert published_projects.get_ranking(doc.name)["after"]["name"] == scrolling.name
	assert published_projects.get_ranking(scrolling.name)["before"]["name"] == doc.name
	assert document.make_page(scrolling)["strip"]
	with factories.acting(OFFICER), pytest.raises(compute.NotReadyError):
		scrolling.make_scrolling()


def test_a_scrolling_goes_on_from_an_approved_ranking(four):
	doc = computed(four.call)
	with factories.acting(OFFICER):
		for values in ({"previous_ranking": doc.name}, {}):
			scrolling = frappe.new_doc("RTC Ranking")
			scrolling.update({"call": four.call, "title": "Scorrimento", "kind": "Scrolling", **values})
			fields.allow(scrolling)
			with pytest.raises(KindError):
				scrolling.insert()


def test_what_changed_since_it_was_proposed_stops_it(four):
	doc = proposed(four.call)
	score = frappe.db.get_value("RTC Review Score", {"parent": f"{A}-uno@", "criterion": "Azioni"})
	frappe.db.set_value("RTC Review Score", score, "score", "29.00")
	with factories.acting(DIRECTOR), pytest.raises(compute.ChangedError):
		approve(doc)
	frappe.db.set_value("RTC Review Score", score, "score", "30.00")
	with factories.acting(OFFICER):
		apply_workflow(frappe.get_doc("RTC Application", C), "Withdraw")
	with factories.acting(DIRECTOR), pytest.raises(compute.ChangedError):
		approve(doc)
	with factories.acting(MANAGER):
		doc = apply_workflow(frappe.get_doc("RTC Ranking", doc.name), "Return to Draft")
		doc.compute()
	assert [row.application for row in doc.entries] == [B, A, D]


def test_who_prepared_it_does_not_approve_it(four):
	doc = computed(four.call)
	with factories.acting(MANAGER):
		apply_workflow(doc, "Propose")
	frappe.db.set_value("RTC Ranking", doc.name, "prepared_by", DIRECTOR)
	with factories.acting(DIRECTOR), pytest.raises(SelfApprovalError):
		approve(doc)


def test_one_ranking_for_each_call(four):
	first, second = proposed(four.call), proposed(four.call)
	with factories.acting(DIRECTOR):
		approve(first)
		with pytest.raises(approval.SupersededError):
			approve(second)


def test_an_outcome_is_written_by_its_ranking_alone(four):
	for action in ("Fund", "Declare Eligible Not Funded", "Declare Below Threshold"):
		with factories.acting(DIRECTOR), pytest.raises(frappe.ValidationError):
			apply_workflow(frappe.get_doc("RTC Application", A), action)
	doc = frappe.get_doc("RTC Application", A)
	with factories.acting(DIRECTOR), pytest.raises(frappe.PermissionError):
		doc.workflow_state = "Funded"
		doc.save()
	for values in ({"score": 99}, {"granted_amount": 5}, {"ranking_position": 1}):
		for user in (MANAGER, DIRECTOR):
			with factories.acting(user), pytest.raises((approval.OutcomeLockedError, AppFieldError)):
				frappe.get_doc("RTC Application", A).update(values).save()
	computed(four.call)  # a draft decides nothing
	with factories.acting(DIRECTOR), pytest.raises(frappe.ValidationError):
		apply_workflow(frappe.get_doc("RTC Application", A), "Fund")


def test_the_decision_page_takes_as_many_queries_for_many(four):
	few = queries(computed(four.call))
	evaluate(four.call, [{"name": f"PROVA-TANTE-{number}"} for number in range(20)])
	assert queries(computed(four.call)) == few


def queries(doc) -> int:
	"""How many statements the decision page takes."""
	doc = frappe.get_doc("RTC Ranking", doc.name)
	document.render_preview(doc)  # metadata are read once
	asked, real = [], frappe.db.sql
	frappe.db.sql = lambda *args, **kwargs: asked.append(args[0]) or real(*args, **kwargs)
	try:
		html = document.render_preview(doc)
	finally:
		del frappe.db.sql
	assert "<b>soglia" not in html and ("&lt;b&gt;soglia" in html or "‹b›soglia" in html)
	return len(asked)
