"""Two requests at the same moment, each of which decides by what the other writes: over HTTP, in an order that is made.

A row that one of them needs is held until it waits there, its view of the records being taken; then the other is sent.
"""

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest

from rtc_conciliation.access import joins
from rtc_conciliation.common import locks
from tests.site import evaluated, evaluating, factories
from tests.site.factories import APPLICANT, DIRECTOR, MANAGER, OFFICER, SECOND_OFFICER
from tests.site.http import Client, committed_rows
from tests.site.rows import fill

CUP = "C11G06000000055"


@pytest.fixture(scope="module")
def clients(site, base_url):
	users = (APPLICANT, OFFICER, SECOND_OFFICER, MANAGER, DIRECTOR)
	return {user: Client(base_url, user) for user in users}


@pytest.fixture
def rows():
	"""What is made inside is committed before the requests, and removed after them."""
	with committed_rows():
		yield
	store()


def store() -> None:
	frappe.db.sql("commit")  # core's own `commit` does nothing inside a test


@contextlib.contextmanager
def held(doctype: str, name: str):
	"""A row is held by a connection of its own."""
	other = frappe.db.get_connection()
	try:
		cursor = other.cursor()
		cursor.execute(f"select name from `tab{doctype}` where name = %s for update", (name,))
		assert cursor.fetchall()
		yield
	finally:
		other.rollback()
		other.close()


def wait_until_waiting(number: int, answers=()) -> None:
	"""Until so many statements of this site wait in the database, or the requests have been answered."""
	running = (
		"select count(*) from information_schema.processlist where db = database() and command = 'Query'"
	)
	deadline = time.monotonic() + 10
	while time.monotonic() < deadline and not (answers and all(answer.done() for answer in answers)):
		seen = []
		for _again in range(3):
			time.sleep(0.05)
			seen.append(frappe.db.sql(running)[0][0] - 1)  # this one
		if min(seen) >= number:
			return


def race(doctype: str, name: str, first, second) -> list[int]:
	"""The statuses of `first()`, which waits for the row of `name`, and of `second()`, sent meanwhile."""
	store()
	with ThreadPoolExecutor(2) as pool:
		with held(doctype, name):
			one = pool.submit(first)
			wait_until_waiting(1)
			assert not one.done(), one.result().text
			two = pool.submit(second)
			wait_until_waiting(2, [two])
		answers = [one.result(), two.result()]
	frappe.db.rollback()
	assert not [answer.text for answer in answers if answer.status_code >= 500]
	return [answer.status_code for answer in answers]


def step(client, headers, doctype: str, name: str, action: str):
	doc = json.dumps({"doctype": doctype, "name": name})
	return post(client, headers, "/api/method/frappe.model.workflow.apply_workflow", doc=doc, action=action)


def post(client, headers, path: str, **data):
	return client.session.post(client.base_url + path, json=data, headers=headers, timeout=60)


def put(client, headers, doctype: str, name: str, **data):
	path = f"{client.base_url}/api/resource/{doctype}/{name}"
	return client.session.put(path, json=data, headers=headers, timeout=60)


@pytest.fixture
def who(clients):
	"""(session, headers) of a user: Frappe's cache, where the token is, is this thread's."""
	return lambda user: (clients[user], clients[user].csrf())


def test_a_ranking_is_not_approved_while_a_counted_review_is_reopened(rows, who):
	call = evaluated.closed_call("CORSA-CALL")
	names = evaluated.evaluate(call, [{"marks": [(60, 30)] * 3}], users=evaluating.MEMBERS)
	sitting = {"parent": f"{call}-P", "parenttype": "RTC Panel", "parentfield": "sittings", "idx": 1}
	fill("RTC Panel Sitting", [{**sitting, "held_on": "2026-04-01"}])
	ranking = evaluated.proposed(call)
	frappe.db.set_value(ranking.doctype, ranking.name, {"act_number": "1/2026", "act_date": "2026-04-10"})
	review = frappe.get_all("RTC Review", {"application": names[0]}, pluck="name", limit=1)[0]
	director, manager = who(DIRECTOR), who(MANAGER)
	reopening = {"review": review, "reason": "Errore", "sitting": "2026-04-01"}
	statuses = race(
		"RTC Review",
		review,
		lambda: step(*director, ranking.doctype, ranking.name, "Approve"),
		lambda: post(*manager, "/api/method/rtc_conciliation.evaluation.api.reopen_review", **reopening),
	)
	approved = frappe.db.get_value(ranking.doctype, ranking.name, "workflow_state") == "Approved"
	reopened = frappe.db.get_value("RTC Review", review, "workflow_state") == "Draft"
	assert (statuses[0], approved, reopened) == (200, True, False) and statuses[1] == 417


def test_no_application_is_admitted_while_a_check_of_it_fails(rows, who):
	name = factories.application("Under Formal Check").name
	factories.pass_checks(name)
	items = [
		row.as_dict(no_default_fields=True) | {"name": row.name}
		for row in frappe.get_doc("RTC Formal Check", name).items
	]
	items[0].update({"answer": "Failed", "note": "Manca la firma"})
	items = json.loads(frappe.as_json(items))
	officer, manager = who(SECOND_OFFICER), who(MANAGER)
	statuses = race(
		"RTC Formal Check",
		name,
		lambda: put(*officer, "RTC Formal Check", name, items=items),
		lambda: step(*manager, "RTC Application", name, "Declare Admissible"),
	)
	assert statuses[0] == 200 and statuses[1] != 200
	assert frappe.db.get_value("RTC Application", name, "workflow_state") == "Under Formal Check"


def test_the_last_of_two_requests_that_are_closed_at_once_resumes_the_check(rows, who):
	name = factories.application("Under Formal Check").name
	requests = [factories.integration("Sent", name).name for _number in range(2)]
	for request in requests:
		factories.answer(request)
		frappe.db.set_value("RTC Integration Request", request, "outcome", "Complete")
	users = who(OFFICER), who(SECOND_OFFICER)
	statuses = race(
		"RTC Integration Request",
		requests[1],
		lambda: step(*users[0], "RTC Integration Request", requests[1], "Close Request"),
		lambda: step(*users[1], "RTC Integration Request", requests[0], "Close Request"),
	)
	assert statuses == [200, 200]
	assert frappe.db.get_value("RTC Application", name, "workflow_state") == "Under Formal Check"


def test_a_code_is_not_stored_twice(rows, who):
	call = evaluated.closed_call("CORSA-CODICI")
	first, second = evaluated.evaluate(call, [{}, {}])
	manager, director = who(MANAGER), who(DIRECTOR)
	statuses = race(
		"RTC Application",
		first,
		lambda: put(*manager, "RTC Application", first, cup=CUP),
		lambda: put(*director, "RTC Application", second, cup=CUP),
	)
	assert sorted(statuses) == [200, 417]
	assert len(frappe.get_all("RTC Application", {"cup": CUP})) == 1


def test_a_programme_has_one_line_of_plans(rows, who):
	programme = factories.programme(title="Programma della corsa").name
	values = {"title": "Piano", "programme": programme, "reference_date": "2026-09-01"}
	officers = who(OFFICER), who(SECOND_OFFICER)
	statuses = race(
		"RTC Programme",
		programme,
		lambda: post(*officers[0], "/api/resource/RTC Plan", **values),
		lambda: post(*officers[1], "/api/resource/RTC Plan", **values),
	)
	assert sorted(statuses) == [200, 417]
	assert frappe.db.count("RTC Plan", {"programme": programme}) == 1


def test_a_body_joins_once(rows, who):
	doc = factories.member()
	series = f"RTC-ADH-{frappe.utils.now_datetime().year}-"
	fields = (
		"programme organisation_name organisation_type municipality territory pec email legal_representative"
	).split()
	values = {**{field: doc.get(field) for field in fields}, "tax_code": factories.TAX_CODES[0]}
	officers = who(OFFICER), who(SECOND_OFFICER)
	store()
	with ThreadPoolExecutor(2) as pool:
		other = frappe.db.get_connection()
		other.cursor().execute("select * from tabSeries where name = %s for update", (series,))
		one = pool.submit(post, *officers[0], "/api/resource/RTC Member", **values)
		wait_until_waiting(1)
		two = pool.submit(post, *officers[1], "/api/resource/RTC Member", **values)
		wait_until_waiting(2, [two])
		other.rollback()
		other.close()
		statuses = sorted([one.result().status_code, two.result().status_code])
	frappe.db.rollback()
	assert statuses == [200, 409]
	assert frappe.db.count("RTC Member", {"tax_code": values["tax_code"]}) == 1


def test_nobody_is_admitted_as_a_body_that_is_merged_away(rows, who):
	source, target = factories.organisation(4).name, factories.organisation(3).name
	member = factories.member("Under Review", index=4).name
	manager, again = who(MANAGER), who(MANAGER)
	merge = "/api/method/rtc_conciliation.network.api.merge_organisations"
	statuses = race(
		"RTC Member",
		member,
		lambda: step(*manager, "RTC Member", member, "Admit"),
		lambda: post(*again, merge, source=source, target=target),
	)
	assert statuses == [200, 200]
	assert frappe.db.get_value("RTC Member", member, "organisation") == target


def test_one_export_at_a_time(rows, who):
	call = evaluated.closed_call("CORSA-EXPORT")
	store()
	client, headers = who(OFFICER)
	with ThreadPoolExecutor(5) as pool:
		asked = [
			pool.submit(post, client, headers, "/api/resource/RTC Call Export", call=call) for _ in range(5)
		]
	assert sorted(answer.result().status_code for answer in asked) == [200, 417, 417, 417, 417]


def test_colleagues_are_invited_at_once(rows, who):
	names = [factories.application("Draft", title=f"Bozza {number}").name for number in range(2)]
	frappe.cache.delete(frappe.cache.make_key("rl:colleague:127.0.0.1"))
	store()
	client, headers = who(APPLICANT)
	method = "/api/method/rtc_conciliation.applications.api.invite_colleague"
	invited = [(name, f"collega{number % 4}@example.org") for number in range(6) for name in names]
	with ThreadPoolExecutor(8) as pool:
		asked = [
			pool.submit(post, client, headers, method, application=name, email=email)
			for name, email in invited
		]
	assert {answer.result().status_code for answer in asked} == {200}
	frappe.db.rollback()
	for name in names:
		present = {"application": name, "revoked_on": ("is", "not set")}
		assert sorted(frappe.get_all("RTC Application Colleague", present, pluck="email")) == [
			f"collega{number}@example.org" for number in range(4)
		]


def test_who_waited_for_a_row_goes_on_with_it():
	"""On a MariaDB that refuses it by itself too; where there is no such setting there is nothing to switch off."""
	locks.let_wait()
	told = frappe.db.sql("show session variables like 'innodb_snapshot_isolation'")
	assert not told or told[0][1] == "OFF"


def test_two_requests_that_begin_a_process_narrow_its_joins_once(monkeypatch):
	narrow, told = joins.narrow, []

	def slowly(prepare_args):
		told.append(prepare_args)
		time.sleep(0.2)
		return narrow(prepare_args)

	monkeypatch.setattr(joins.DatabaseQuery, "prepare_args", lambda self: None)
	monkeypatch.setattr(joins, "narrow", slowly)
	with ThreadPoolExecutor(2) as pool:
		for begun in [pool.submit(joins.close) for _ in range(2)]:
			begun.result()
	assert len(told) == 1
