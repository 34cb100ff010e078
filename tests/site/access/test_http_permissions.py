"""Every way in, over HTTP, as the user who should not get through."""

import json

import frappe
import pytest

from devsite.system import find
from tests.site import factories
from tests.site.factories import APPLICANT, AUDITOR, DIRECTOR, EVALUATOR, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.http import Client, committed_rows
from tests.site.ways_in import APPLICATION, WAYS_IN


@pytest.fixture(scope="module")
def records(site):
	"""A draft and a sent application of APPLICANT, a member and a Plan, committed for the server to see."""
	with committed_rows():
		draft = factories.application("Draft", title="Bozza segreta")
		sent = factories.application("Submitted", call=draft.call, title="Domanda inviata")
		plan = factories.plan("To the Comitato")
		frappe.db.set_value("RTC Plan", plan.name, "prepared_by", DIRECTOR)
		member = factories.member("Received")
		frappe.db.commit()
		yield frappe._dict(draft=draft, sent=sent, plan=plan, member=member)


@pytest.fixture(scope="module")
def clients(base_url, records):
	users = (APPLICANT, OTHER_APPLICANT, OFFICER, MANAGER, DIRECTOR, AUDITOR, EVALUATOR)
	return {None: Client(base_url), **{user: Client(base_url, user) for user in users}}


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT, OFFICER, AUDITOR, EVALUATOR])
@pytest.mark.parametrize("way", WAYS_IN)
def test_an_unsent_draft_is_seen_by_nobody_else(way, user, clients, records):
	answer = WAYS_IN[way](clients[user], records.draft.name)
	for secret in ("segreta", "Cooperativa Prova"):
		assert secret not in answer.text, f"{way} as {user}: {answer.status_code}"


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT, EVALUATOR])
@pytest.mark.parametrize("way", [way for way in WAYS_IN if way != "search"])
def test_a_sent_application_is_not_for_others(way, user, clients, records):
	answer = WAYS_IN[way](clients[user], records.sent.name)
	for secret in ("Domanda inviata", "Cooperativa Prova"):
		assert secret not in answer.text, f"{way} as {user}: {answer.status_code}"


@pytest.mark.parametrize(
	"way, user, doc",
	[
		(way, user, doc)
		for way in WAYS_IN
		for user, doc in ((APPLICANT, "draft"), (OFFICER, "sent"), (AUDITOR, "sent"))
		if way != "search" and (way, user) != ("export", APPLICANT)  # applicants have no export
	],
)
def test_who_may_read_does(way, user, doc, clients, records):
	"""The same ways in are open to whom they belong: the refusals above are no accident."""
	if way == "pdf" and not find("wkhtmltopdf"):
		pytest.skip("core's own PDF wants wkhtmltopdf")
	answer = WAYS_IN[way](clients[user], records[doc].name)
	assert answer.status_code == 200, answer.text[:500]
	if way != "pdf":
		assert records[doc].title in answer.text or "Cooperativa Prova" in answer.text


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT])
def test_private_file_of_another_is_refused(user, clients, records):
	url = records.sent.attachments[0].file
	assert url.startswith("/private/")
	assert clients[user].get(url).status_code in (403, 404)
	assert clients[APPLICANT].get(url).status_code == 200
	assert clients[OFFICER].get(url).status_code == 200


@pytest.mark.parametrize("user", [OTHER_APPLICANT, EVALUATOR])
def test_files_of_another_are_not_even_listed(user, clients, records):
	filters = {"attached_to_doctype": APPLICATION}
	for client, seen in ((clients[user], False), (clients[APPLICANT], True)):
		answer = client.call("frappe.client.get_list", doctype="File", filters=filters, fields=["file_name"])
		assert ("accordo" in answer.text) is seen, answer.text


def test_files_of_an_unsent_draft_are_not_listed_to_staff(clients, records):
	filters = {"attached_to_name": records.draft.name}
	answer = clients[OFFICER].call(
		"frappe.client.get_list", doctype="File", filters=filters, fields=["file_name"]
	)
	assert answer.json() == {"message": []}


@pytest.mark.parametrize("doctype, table", [("RTC Plan", "sections"), ("RTC Call", "required_documents")])
def test_rows_of_another_record_cannot_be_taken_away(doctype, table, as_user):
	if doctype == "RTC Plan":
		titles = ("Un programma", "Altro programma")
		one, other = (factories.plan(programme=factories.programme(title=title).name) for title in titles)
	else:
		one, other = factories.call("Draft"), factories.call("Draft", title="Altro")
	stolen = one.get(table)[0].as_dict()
	with as_user(OFFICER):
		other.append(table, {**stolen, "document": "Altro", "parent": other.name})
		other.save()
	assert frappe.db.get_value(stolen.doctype, stolen.name, "parent") == one.name


def test_taking_over_an_application_by_writing_oneself_in_is_refused(clients, records):
	for values in ({"applicant": OTHER_APPLICANT}, {"owner": OTHER_APPLICANT}, {"title": "Rubata"}):
		answer = clients[OTHER_APPLICANT].put(f"/api/resource/RTC Application/{records.draft.name}", **values)
		assert answer.status_code == 403, answer.text
	assert stored(records.draft, "title") == "Bozza segreta"


def test_submit_by_rest_without_a_transition_is_refused(clients, records):
	answer = clients[APPLICANT].put(f"/api/resource/RTC Application/{records.draft.name}", docstatus=1)
	assert answer.status_code == 403, answer.text
	doc = clients[APPLICANT].get(f"/api/resource/RTC Application/{records.draft.name}").json()["data"]
	answer = clients[APPLICANT].call("frappe.client.submit", doc=doc)
	assert answer.status_code == 403, answer.text
	assert stored(records.draft, "docstatus") == 0


def test_cancel_by_rest_without_a_transition_is_refused(clients, records):
	answer = clients[APPLICANT].call("frappe.client.cancel", doctype=APPLICATION, name=records.sent.name)
	assert answer.status_code == 403, answer.text
	assert stored(records.sent, "docstatus") == 1


@pytest.mark.parametrize("user", [APPLICANT, OFFICER, MANAGER])
def test_a_sent_application_cannot_be_edited(user, clients, records):
	for values in ({"title": "Cambiata"}, {"workflow_state": "Funded"}, {"requested_contribution": 1}):
		answer = clients[user].put(f"/api/resource/RTC Application/{records.sent.name}", **values)
		assert answer.status_code in (403, 417), answer.text
	assert stored(records.sent, "title") == "Domanda inviata"
	assert stored(records.sent, "workflow_state") == "Submitted"


def test_set_value_meets_the_same_locks(clients, records):
	answer = clients[OFFICER].call(
		"frappe.client.set_value",
		doctype="RTC Plan",
		name=records.plan.name,
		fieldname="title",
		value="Altro",
	)
	assert answer.status_code == 403, answer.text
	assert stored(records.plan, "title") == records.plan.title


def test_bulk_approval_meets_the_same_locks(clients, records):
	clients[OFFICER].call(
		"frappe.model.workflow.bulk_workflow_approval",
		docnames=json.dumps([records.plan.name]),
		doctype="RTC Plan",
		action="Approve",
	)
	assert stored(records.plan, "workflow_state") == "To the Comitato"


def test_self_approval_over_http_is_refused(clients, records):
	doc = clients[DIRECTOR].get(f"/api/resource/RTC Plan/{records.plan.name}").json()["data"]
	answer = clients[DIRECTOR].call(
		"frappe.model.workflow.apply_workflow", doc=json.dumps(doc), action="Approve"
	)
	assert answer.status_code == 403, answer.text
	assert stored(records.plan, "workflow_state") == "To the Comitato"


@pytest.mark.parametrize(
	"doctype", ["RTC Member", "RTC Organisation", "RTC Plan", "RTC Application", "RTC Call"]
)
def test_a_guest_reads_no_record(doctype, clients):
	assert clients[None].get(f"/api/resource/{doctype}").status_code == 403


@pytest.mark.parametrize("doctype", ["RTC Member", "RTC Organisation", "RTC Plan"])
def test_an_applicant_reads_no_record_of_the_office(doctype, clients):
	assert clients[APPLICANT].get(f"/api/resource/{doctype}").status_code == 403


def test_a_draft_cannot_be_made_in_a_later_state(clients, records):
	values = {"call": records.draft.call, "title": "Furba", "docstatus": 1, "workflow_state": "Submitted"}
	assert clients[APPLICANT].post("/api/resource/RTC Application", **values).status_code == 403


def test_the_same_rules_meet_rest(clients, records):
	"""Sending by REST, with the state written as the transition would: every finding at once, in Italian."""
	values = {"workflow_state": "Submitted", "docstatus": 1, "partners": [], "pec": ""}
	answer = clients[APPLICANT].put(f"/api/resource/RTC Application/{records.draft.name}", **values)
	assert answer.status_code == 417, answer.text
	told = json.loads(json.loads(answer.json()["_server_messages"])[0])["message"]
	assert len(told) > 3, told
	assert any("capofila" in line for line in told) and any("<b>Partner</b>" in line for line in told), told
	assert stored(records.draft, "docstatus") == 0


def stored(doc, field):
	frappe.db.rollback()  # a fresh snapshot of what the server committed
	return frappe.db.get_value(doc.doctype, doc.name, field)
