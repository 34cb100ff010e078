"""Every way in for who evaluates: before they declare, after a conflict, with a role of the office besides."""

import json
import re

import frappe
import pytest

from rtc_conciliation.access import panel_assignments
from tests.site import evaluating, factories
from tests.site.evaluating import seat
from tests.site.factories import (
	APPLICANT,
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	OFFICER,
	SECOND_EVALUATOR,
	SECOND_OFFICER,
	SUBSTITUTE,
)
from tests.site.http import Client, committed_rows
from tests.site.ways_in import WAYS_IN

READING = "/api/method/rtc_conciliation.evaluation.api"
REVIEWING = "rtc_conciliation.evaluation.api"
#: numbers that say nothing, and look like marks: a moment's seconds, the path of a drawing
NOISE = re.compile(r'\d\d:\d\d:\d\d\.\d+|\sd=\\*"[^"]*"')
SECRETS = ("Progetto 1", "Comune di Prova", "Cooperativa Prova")


@pytest.fixture(scope="module")
def evaluated_call(site):
	"""The second officer sits in the panel: conflict with the first application, none with the second.

	The others have declared to have none; EVALUATOR and SECOND_EVALUATOR have begun, EVALUATOR has submitted.
	"""
	with committed_rows():
		rows = [
			seat(EVALUATOR, office="Chair"),
			seat(SECOND_EVALUATOR),
			seat(SECOND_OFFICER),
			seat(SUBSTITUTE, office="Substitute"),
		]
		call = factories.call(title="Manifestazione in valutazione", criteria=evaluating.GRID)
		made = [
			factories.application("Under Evaluation", call=call.name, title=f"Progetto {number}")
			for number in (1, 2)
		]
		frappe.get_doc("User", SECOND_OFFICER).add_roles("RTC Evaluator", "System Manager")
		panel = evaluating.panel(call=call.name, members=rows)
		one, other = (doc.name for doc in made)
		evaluating.declare(SECOND_OFFICER, call.name, one)
		for user in (EVALUATOR, SECOND_EVALUATOR):
			evaluating.declare(user, call.name)
		submitted = evaluating.review(EVALUATOR, one)
		begun = evaluating.review(SECOND_EVALUATOR, one, "Draft", Azioni="12,25")
		frappe.get_doc("RTC Application", one).add_comment("Comment", "Progetto 1 commentato")
		told = '{"changed": [["title", "Progetto 1", "12.25"]]}'
		for doctype, name in (("RTC Application", one), ("RTC Review", begun.name)):
			factories.make("Version", {"ref_doctype": doctype, "docname": name, "data": told})
		frappe.db.commit()
		yield frappe._dict(
			call=call.name, panel=panel.name, one=one, other=other, submitted=submitted.name, begun=begun.name
		)
		frappe.db.rollback()
		frappe.get_doc("User", SECOND_OFFICER).remove_roles("RTC Evaluator", "System Manager")
		frappe.db.commit()


@pytest.fixture(scope="module")
def clients(base_url, evaluated_call):
	users = (
		EVALUATOR,
		SECOND_EVALUATOR,
		SUBSTITUTE,
		SECOND_OFFICER,
		OFFICER,
		MANAGER,
		DIRECTOR,
		APPLICANT,
	)
	return {None: Client(base_url), **{user: Client(base_url, user) for user in users}}


OF_APPLICATION = {
	**{way: call for way, call in WAYS_IN.items() if way != "search"},
	"search": lambda c, name: c.call("frappe.desk.search.search_link", doctype="RTC Application", txt="Progetto"),
	"global search": lambda c, name: c.call("frappe.utils.global_search.search", text="Progetto"),
	"report": lambda c, name: c.call(
		"frappe.desk.query_report.run",
		report_name="RTC Applications of a Call",
		filters={"call": frappe.db.get_value("RTC Application", name, "call")},
	),
	"comments": lambda c, name: c.call(
		"frappe.client.get_list", doctype="Comment", filters={"reference_name": name}, fields=["content"]
	),
	"versions": lambda c, name: c.call(
		"frappe.client.get_list", doctype="Version", filters={"docname": name}, fields=["data"]
	),
	"timeline": lambda c, name: c.get(
		"/api/method/frappe.desk.form.load.get_docinfo", doctype="RTC Application", name=name
	),
	"formal check": lambda c, name: c.get(f"/api/resource/RTC Formal Check/{name}"),
	"formal check rows": lambda c, name: c.call(
		"frappe.client.get_list", doctype="RTC Formal Check Item", parent="RTC Formal Check", filters={"parent": name}, fields=["item", "parent"]
	),
	"files": lambda c, name: c.call(
		"frappe.client.get_list", doctype="File", filters={"attached_to_name": name}, fields=["file_name"]
	),
	"reading": lambda c, name: c.get(f"{READING}.get_application", application=name),
	"page": lambda c, name: c.get(f"{READING}.get_page", application=name),
	"workflow": lambda c, name: c.call(
		"frappe.model.workflow.get_transitions", doc=json.dumps({"doctype": "RTC Application", "name": name})
	),
	"review": lambda c, name: c.call(
		"frappe.client.get_list", doctype="RTC Review", filters={"application": name}, fields=["application", "total"]
	),
	"panel": lambda c, name: c.get(
		"/api/method/frappe.desk.form.load.getdoc",
		doctype="RTC Panel",
		name=frappe.db.get_value("RTC Panel", {"call": frappe.db.get_value("RTC Application", name, "call")}),
	),
}  # fmt: skip


@pytest.mark.parametrize("user", [SECOND_OFFICER, SUBSTITUTE])
@pytest.mark.parametrize("way", OF_APPLICATION)
def test_nothing_of_an_application_in_conflict_or_not_assigned(way, user, clients, evaluated_call):
	"""SECOND_OFFICER has a conflict and a role of the office; SUBSTITUTE could review it, but has not declared."""
	answer = OF_APPLICATION[way](clients[user], evaluated_call.one)
	for secret in (*SECRETS, "accordo", "55.5", '"RTC-APP', "Poteri di chi firma"):
		if secret == SECRETS[1] and way in ("search", "report", "global search", "panel"):
			continue  # the other application has the same bodies
		if secret == '"RTC-APP' and way == "panel":
			continue  # the panel's history tells of their own declaration
		if secret == '"RTC-APP' and way in ("search", "report", "global search"):
			secret = evaluated_call.one
		told = NOISE.sub("", answer.text)
		assert secret not in told, f"{way} as {user}: {answer.status_code} {told[:300]}"


def test_the_address_of_a_file_is_closed_too(clients, evaluated_call):
	url = frappe.get_doc("RTC Application", evaluated_call.one).attachments[0].file
	row = frappe.get_doc("RTC Application", evaluated_call.one).attachments[0].name
	for user in (SECOND_OFFICER, EVALUATOR, SUBSTITUTE):
		assert clients[user].get(url).status_code == 403, user
	assert clients[OFFICER].get(url).status_code == 200
	assert (
		clients[EVALUATOR]
		.get(f"{READING}.get_document", application=evaluated_call.one, row=row)
		.content.startswith(b"%PDF")
	)
	for user in (SECOND_OFFICER, SUBSTITUTE, None):
		assert (
			clients[user].get(f"{READING}.get_document", application=evaluated_call.one, row=row).status_code
			== 403
		)


@pytest.mark.parametrize("way", ["resource", "getdoc", "report", "reading", "formal check"])
def test_the_other_application_is_open_to_the_same_officer(way, clients, evaluated_call):
	answer = OF_APPLICATION[way](clients[SECOND_OFFICER], evaluated_call.other)
	assert answer.status_code == 200 and "Progetto 2" in answer.text, answer.text[:300]


def test_who_evaluates_reads_it_in_one_place_only(clients, evaluated_call):
	assert "Progetto 1" in clients[EVALUATOR].get(f"{READING}.get_page", application=evaluated_call.one).text
	for way in ("resource", "client.get_list", "reportview", "pdf", "printview"):
		assert "Progetto 1" not in WAYS_IN[way](clients[EVALUATOR], evaluated_call.one).text, way


WAYS_TO_A_REVIEW = {
	"resource": lambda c, name: c.get(f"/api/resource/RTC Review/{name}"),
	"list": lambda c, name: c.call(
		"frappe.client.get_list", doctype="RTC Review", filters={"name": name}, fields=["evaluator", "total"]
	),
	"rows": lambda c, name: c.call(
		"frappe.client.get_list", doctype="RTC Review Score", parent="RTC Review", filters={"parent": name}, fields=["score"]
	),
	"reportview": lambda c, name: c.call(
		"frappe.desk.reportview.get",
		doctype="RTC Review",
		filters=[["name", "=", name]],
		fields=["`tabRTC Review Score`.`score`", "total"],
	),
	"getdoc": lambda c, name: c.get("/api/method/frappe.desk.form.load.getdoc", doctype="RTC Review", name=name),
	"printview": lambda c, name: c.get("/printview", doctype="RTC Review", name=name),
	"pdf": lambda c, name: c.get("/api/method/frappe.utils.print_format.download_pdf", doctype="RTC Review", name=name),
	"versions": lambda c, name: c.call(
		"frappe.client.get_list", doctype="Version", filters={"docname": name}, fields=["data"]
	),
	"value": lambda c, name: c.call(
		"frappe.client.get_value", doctype="RTC Review", filters={"name": name}, fieldname="total"
	),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_A_REVIEW)
def test_marks_are_their_authors_until_they_are_submitted(way, clients, evaluated_call):
	"""EVALUATOR has submitted, SECOND_EVALUATOR has not: neither sees the other's, and the office only the first."""
	ask = WAYS_TO_A_REVIEW[way]
	told = ("Coerente",) if way == "printview" else ("12.25", "27.25", "40.50", "55.5", "12,25", "40,50")

	def sees(user, name):
		text = NOISE.sub("", ask(clients[user], name).text)
		return any(number in text for number in told)

	refused = [
		(EVALUATOR, evaluated_call.begun),
		(SECOND_EVALUATOR, evaluated_call.submitted),
		(MANAGER, evaluated_call.begun),
	]
	refused += [
		(SECOND_OFFICER, evaluated_call.submitted),
		(SECOND_OFFICER, evaluated_call.begun),
		(SUBSTITUTE, evaluated_call.submitted),
	]
	assert [pair for pair in refused if sees(*pair)] == []
	if way not in ("pdf", "versions"):
		assert sees(EVALUATOR, evaluated_call.submitted) and sees(SECOND_EVALUATOR, evaluated_call.begun)
		assert sees(MANAGER, evaluated_call.submitted)


@pytest.mark.parametrize("user", [None, APPLICANT, OFFICER, SECOND_OFFICER])
def test_only_a_reviewer_declares_and_begins(user, clients, evaluated_call):
	client, before = clients[user], stored_counts()
	for answer in (
		client.call(f"{REVIEWING}.begin_review", application=evaluated_call.one),
		client.call(f"{REVIEWING}.declare", call=evaluated_call.call),
		client.call(
			f"{REVIEWING}.declare_conflict",
			application=evaluated_call.other if user != SECOND_OFFICER else evaluated_call.one,
			reason="x",
		),
		client.call(
			f"{REVIEWING}.reopen_review", review=evaluated_call.submitted, reason="x", sitting="2026-11-22"
		),
		client.post("/api/resource/RTC Review", application=evaluated_call.one),
		client.post(
			"/api/resource/RTC Conflict Declaration",
			application=evaluated_call.one,
			declaration="No Conflict",
		),
		client.put(f"/api/resource/RTC Review/{evaluated_call.begun}", remark="x"),
	):
		assert answer.status_code in (403, 404, 417), answer.text[
			:300
		]  # core says 417 of a permission of a DocType
	assert stored_counts() == before


def stored_counts():
	frappe.db.rollback()  # a fresh snapshot of what the server committed
	return [
		frappe.db.count(doctype, filters)
		for doctype, filters in (
			("RTC Review", {}),
			("RTC Conflict Declaration", {"declaration": "Conflict"}),
			("RTC Conflict Declaration", {}),
			("RTC Review", {"workflow_state": "Submitted"}),
		)
	]


def test_a_guest_and_an_applicant_have_no_desk(clients):
	for user in (None, APPLICANT):
		for method in ("get_desk", "count_waiting"):
			assert clients[user].get(f"/api/method/{REVIEWING}.{method}").status_code in (403, 417)
	found = clients[EVALUATOR].get(f"/api/method/{REVIEWING}.get_desk").json()["message"]
	assert len(found["calls"][0]["rows"]) == 2 and found["panels"] == []
	assert clients[EVALUATOR].get(f"/api/method/{REVIEWING}.count_waiting").json()["message"]["value"] == 1
	(followed,) = clients[MANAGER].get(f"/api/method/{REVIEWING}.get_desk").json()["message"]["panels"]
	assert (followed["applications"], followed["complete"]) == (2, 0)


def test_the_server_computes_and_keeps_the_grid(clients, evaluated_call):
	"""Marks written by REST, as text with a comma and past what the form offers."""
	url = f"/api/resource/RTC Review/{evaluated_call.begun}"
	rows = clients[SECOND_EVALUATOR].get(url).json()["data"]["scores"]
	rows[2]["score"], rows[0]["score"], rows[0]["max_score"] = "10", "13,5", 99
	answer = clients[SECOND_EVALUATOR].put(url, scores=rows, total=100, evaluator=MANAGER)
	assert answer.status_code == 200, answer.text[:300]
	data = answer.json()["data"]
	assert [row["score"] for row in data["scores"]] == ["13.50", "15.00", "0.00"]
	assert (data["total"], data["scores"][0]["max_score"], data["evaluator"]) == (28.5, 60, SECOND_EVALUATOR)
	rows[0]["score"] = "61"
	assert clients[SECOND_EVALUATOR].put(url, scores=rows).status_code == 417


def test_two_tabs_begin_one_review(clients, evaluated_call):
	"""Both at once, on the real database."""
	from concurrent.futures import ThreadPoolExecutor

	client = clients[SECOND_EVALUATOR]
	url, headers = f"{client.base_url}/api/method/{REVIEWING}.begin_review", client.csrf()

	def begin(_number):
		return client.session.post(
			url, json={"application": evaluated_call.other}, headers=headers, timeout=60
		)

	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(begin, range(4)))
	assert {answer.status_code for answer in answers} == {200}, [answer.text[:300] for answer in answers]
	assert len({answer.json()["message"] for answer in answers}) == 1
	frappe.db.rollback()
	assert frappe.db.count(panel_assignments.REVIEW, {"application": evaluated_call.other}) == 1


def test_lists_and_permission_say_the_same(evaluated_call, as_user):
	for user in (EVALUATOR, SECOND_EVALUATOR, SECOND_OFFICER, SUBSTITUTE, OFFICER, MANAGER):
		with as_user(user):
			for doctype in ("RTC Review", "RTC Conflict Declaration", "RTC Application", "RTC Formal Check"):
				try:
					listed = set(frappe.get_list(doctype, pluck="name", limit_page_length=0))
				except frappe.PermissionError:
					listed = set()
				for name in frappe.get_all(doctype, pluck="name"):
					allowed = bool(frappe.get_doc(doctype, name).has_permission("read"))
					assert allowed == (name in listed), f"{user} and {doctype} {name}"


def test_the_ranking_of_an_application_in_conflict_is_closed_until_it_is_published(evaluated_call, as_user):
	ranking = frappe.get_doc(
		{
			"doctype": "RTC Ranking",
			"call": evaluated_call.call,
			"title": "Graduatoria",
			"workflow_state": "Draft",
		}
	)
	ranking.set_new_name()
	ranking.db_insert()
	row = {"parent": ranking.name, "parenttype": "RTC Ranking", "parentfield": "entries", "idx": 1}
	entry = frappe.get_doc({"doctype": "RTC Ranking Entry", **row, "application": evaluated_call.one})
	entry.set_new_name()
	entry.db_insert()
	version = {"doctype": "Version", "ref_doctype": "RTC Ranking", "docname": ranking.name, "data": "{}"}
	frappe.get_doc(version).insert()

	def seen(user: str) -> set[bool]:
		with as_user(user):
			return {
				bool(frappe.get_list("RTC Ranking", {"name": ranking.name})),
				bool(frappe.has_permission("RTC Ranking", "read", doc=ranking)),
				bool(
					frappe.get_list(
						"RTC Ranking Entry", {"parent": ranking.name}, parent_doctype="RTC Ranking"
					)
				),
			}

	def listed(user: str) -> bool:
		with as_user(user):
			return bool(frappe.get_list("Version", {"docname": ranking.name}))

	assert (seen(SECOND_OFFICER), seen(OFFICER)) == ({False}, {True})
	assert not listed(SECOND_OFFICER), "System Manager besides"
	ranking.db_set("workflow_state", "Published")
	assert seen(SECOND_OFFICER) == {True} and listed(SECOND_OFFICER)
