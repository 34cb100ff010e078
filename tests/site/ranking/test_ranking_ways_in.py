"""The ranking over HTTP: who may, and two who decide at the same moment."""

import json
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest

from tests.site.evaluated import closed_call, evaluate, proposed, states_of
from tests.site.factories import APPLICANT, AUDITOR, DIRECTOR, EVALUATOR, OFFICER, OTHER_APPLICANT
from tests.site.http import Client, committed_rows

APPLY = "/api/method/frappe.model.workflow.apply_workflow"
TRIAL = "/api/method/rtc_conciliation.awards.api.try_ranking"
PDF = "/api/method/rtc_conciliation.awards.api.download_decision"


@pytest.fixture(scope="module")
def committed(site):
	"""Two proposed rankings of one call, with their act, that the server sees."""
	with committed_rows():
		call = closed_call("PROVA-DUE")
		names = evaluate(call, [{}, {"marks": [(60, 30)] * 3}])
		rankings = [proposed(call).name for _number in range(2)]
		values = {"act_number": "7/2026", "act_date": "2026-04-10"}
		for name in rankings:
			frappe.db.set_value("RTC Ranking", name, values)
		frappe.db.commit()
		yield frappe._dict(call=call, names=names, rankings=rankings)


def test_over_http_for_those_who_may(base_url, committed):
	name = committed.rankings[0]
	ways = (
		lambda client: client.get(f"/api/resource/RTC Ranking/{name}"),
		lambda client: client.get(TRIAL, ranking=name, pot="50000"),
		lambda client: client.post(PDF, ranking=name),
		lambda client: client.call(
			"frappe.client.get_list", doctype="RTC Ranking Entry", parent="RTC Ranking", fields=["reason"]
		),
		lambda client: client.post(
			"/api/method/run_doc_method", dt="RTC Ranking", dn=name, method="make_scrolling", args="{}"
		),
	)
	for user in (None, APPLICANT, OTHER_APPLICANT, EVALUATOR):
		client = Client(base_url, user)
		for way in ways:
			assert way(client).status_code == 403
	auditor = Client(base_url, AUDITOR)
	assert auditor.get(TRIAL, ranking=name, pot="40000").json()["message"].count("Progetto 1") == 1
	assert auditor.post(PDF, ranking=name).content.startswith(b"%PDF")
	assert auditor.put(f"/api/resource/RTC Ranking/{name}", pot=1).status_code == 403
	assert Client(base_url, OFFICER).put(f"/api/resource/RTC Ranking/{name}", docstatus=1).status_code == 403


def test_two_approvals_at_the_same_moment_leave_one(base_url, committed):
	"""Two rankings of one call, approved by two requests at once: one is approved, the other told why not."""
	clients = [Client(base_url, DIRECTOR) for _name in committed.rankings]

	tokens = [client.csrf() for client in clients]

	def approve_it(client, name, headers):
		data = {"doc": json.dumps({"doctype": "RTC Ranking", "name": name}), "action": "Approve"}
		return client.session.post(base_url + APPLY, json=data, headers=headers, timeout=60)

	with ThreadPoolExecutor(2) as pool:
		answers = list(pool.map(approve_it, clients, committed.rankings, tokens))
	assert sorted(answer.status_code for answer in answers) == [200, 417], [a.text[:300] for a in answers]
	assert "scorrimento" in next(answer.text for answer in answers if answer.status_code == 417)
	frappe.db.rollback()
	approved_ones = frappe.get_all("RTC Ranking", {"call": committed.call, "docstatus": 1}, pluck="name")
	assert approved_ones == [frappe.db.get_value("RTC Call", committed.call, "ranking")]
	assert states_of(committed.names) == ["Funded", "Funded"]
