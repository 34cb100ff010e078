"""Drafts that are saved by themselves: once, whole, and by two at a time."""

import threading
import time

import frappe
import psutil
import pytest
import requests

from devsite.testing import serve
from rtc_conciliation.rules.application import texts
from tests.site import factories
from tests.site.applications.tools import APPLICATION, SAVE, TEXT, fresh, words
from tests.site.factories import APPLICANT, OTHER_APPLICANT
from tests.site.http import Client


def save(client, base=None, **values):
	answer = client.call(SAVE, application=values, base=base)
	assert answer.status_code == 200, answer.text
	return answer.json()["message"]


def cost(key: str, description: str, **values) -> dict:
	return {"key": key, "description": description, "quantity": "1", "unit_cost": "10", **values}


@pytest.fixture(scope="module")
def draft(clients, records):
	"""A draft with two cost rows, and what a form that has loaded it knows."""
	rows = [cost("k-one", "Uno"), cost("k-two", "Due")]
	return save(
		clients[APPLICANT], base={}, key="chiave di partenza", call=records.call, title="In due", costs=rows
	)


def loaded(draft) -> dict:
	doc = fresh(APPLICATION, draft["name"])
	return {"name": doc.name, "modified": str(doc.modified)}


def test_a_repeated_first_save_is_one_draft_with_its_rows_once(clients, records):
	client = clients[APPLICANT]
	values = {"key": "prima", "call": records.call, "title": "Una sola volta", "costs": [cost("k", "Riga")]}
	first = save(client, base={}, **values)
	again = save(client, base={}, **values)
	assert (again["name"], again["modified"]) == (first["name"], first["modified"])
	assert again["values"]["costs"] == first["values"]["costs"]
	assert again["keys"]["costs"] == {"k": first["rows"]["costs"][0]}
	other = save(clients[OTHER_APPLICANT], base={}, **values)
	assert other["name"] != first["name"], "a key is its maker's own"


def test_first_saves_at_the_same_moment_are_one_draft(clients, records):
	values = {"key": "insieme", "call": records.call, "title": "Insieme", "costs": [cost("k", "Riga")]}
	client, answers = clients[APPLICANT], []
	asked = {"json": {"application": values, "base": {}}, "headers": client.csrf(), "timeout": 60}

	def send():
		answer = requests.post(
			f"{client.base_url}/api/method/{SAVE}", cookies=client.session.cookies, **asked
		)
		answers.append(answer.json()["message"])

	saves = [threading.Thread(target=send) for _ in range(3)]
	for thread in saves:
		thread.start()
	for thread in saves:
		thread.join()
	assert len({answer["name"] for answer in answers}) == 1
	assert len(answers) == 3
	assert [row.description for row in fresh(APPLICATION, answers[0]["name"]).costs] == ["Riga"]


def test_what_two_write_in_different_places_is_joined(clients, draft):
	client, mine = clients[APPLICANT], loaded(draft)
	rows = draft["values"]["costs"]
	save(client, base={"abstract": "", "costs": rows}, **loaded(draft), abstract="Dell'altra finestra", costs=[
		{**rows[0], "description": "Uno cambiato"}, rows[1], cost("k-other", "Aggiunta altrove"),
	])  # fmt: skip
	saved = save(client, base={"acronym": "", "costs": rows}, **mine, acronym="MIO", costs=[
		{**rows[1], "unit_cost": "25.00"}, rows[0], cost("k-mine", "Aggiunta qui"),
	])  # fmt: skip
	assert saved["conflicts"] == []
	assert saved["values"]["abstract"] == "Dell'altra finestra"
	assert saved["changed"] == ["Costi, riga 3, Descrizione", "Costi, riga 2"]
	doc = fresh(APPLICATION, draft["name"])
	assert (doc.abstract, doc.acronym) == ("Dell'altra finestra", "MIO")
	assert [(row.description, row.unit_cost) for row in doc.costs] == [
		("Due", 25),
		("Aggiunta altrove", 10),
		("Uno cambiato", 10),
		("Aggiunta qui", 10),
	]


def test_the_same_field_is_a_conflict_and_nothing_is_overwritten(clients, draft):
	client, mine = clients[APPLICANT], loaded(draft)
	title = fresh(APPLICATION, draft["name"]).title
	save(client, base={"title": title}, **mine, title="Titolo dell'altra")
	saved = save(client, base={"title": title, "risks": ""}, **mine, title="Titolo mio", risks="Pochi")
	assert saved["conflicts"] == [{"field": "title", "mine": "Titolo mio", "stored": "Titolo dell'altra"}]
	doc = fresh(APPLICATION, draft["name"])
	assert (doc.title, doc.risks) == ("Titolo dell'altra", "Pochi")
	chosen = save(client, base={"title": "Titolo dell'altra"}, **loaded(draft), title="Titolo mio")
	assert chosen["values"]["title"] == "Titolo mio"


def test_a_save_that_changes_nothing_writes_nothing(clients, draft):
	before = loaded(draft)
	saved = save(
		clients[APPLICANT], base={"title": "x"}, **before, title=fresh(APPLICATION, draft["name"]).title
	)
	assert saved["modified"] == before["modified"]
	assert not frappe.db.exists("Version", {"docname": draft["name"]}), "the history begins with the sending"


def test_rows_that_are_not_finished_are_kept_and_told(clients, records):
	saved = save(clients[APPLICANT], base={}, key="riga a metà", call=records.call, title="A metà", costs=[
		{"key": "k", "unit_cost": "12"},
	])  # fmt: skip
	assert [row["unit_cost"] for row in saved["values"]["costs"]] == [12]
	assert "texts" in {finding["rule"] for finding in saved["findings"]}


@pytest.mark.parametrize("missing", ["call", "title"])
def test_a_draft_needs_call_and_title(clients, records, missing):
	values = {"call": records.call, "title": "Senza", "key": f"senza {missing}"}
	answer = clients[APPLICANT].call(SAVE, application={**values, missing: ""}, base={})
	assert answer.status_code == 417, answer.text
	assert "la bozza viene salvata" in words(answer)


def test_a_page_of_somebody_else_saves_nothing(clients, records):
	values = {"person": OTHER_APPLICANT, "call": records.call, "title": "Di chi è?", "key": "altrui"}
	answer = clients[APPLICANT].call(SAVE, application=values, base={})
	assert answer.status_code == 403
	assert OTHER_APPLICANT in words(answer)
	frappe.db.rollback()
	assert not frappe.db.exists(APPLICATION, {"title": "Di chi è?"})


@pytest.mark.parametrize("base", ["non è json", [1], {"costs": "x", "title": {"a": 1}, "partners": [3]}])
def test_a_base_that_makes_no_sense_is_no_stack_trace(clients, draft, base):
	answer = clients[APPLICANT].call(SAVE, application={**loaded(draft), "risks": "Pochi"}, base=base)
	assert answer.status_code in (200, 417), answer.text


def test_characters_are_counted_as_they_are_read(clients, records):
	assert texts.count_characters(TEXT) == len(TEXT) - 1
	assert texts.count_characters("&lt;b") == 2
	just = "𝄞\r\n" * (texts.TEXTS["abstract"] // 2)
	client, values = clients[APPLICANT], {"call": records.call, "title": "Lungo"}
	fits = save(client, base={}, key="ci sta", **values, abstract=just)
	assert "texts" not in {finding["rule"] for finding in fits["findings"]}
	over = save(client, base={}, key="non ci sta", **values, abstract=just + "x")
	(told,) = [finding for finding in over["findings"] if finding["rule"] == "texts"]
	assert told["where"] == frappe._("Abstract", "it")
	assert "2.001" in told["message"] and "2.000" in told["message"]


def test_a_megabyte_is_refused_with_field_and_numbers(clients, records):
	values = {"call": records.call, "title": "Un mega", "context_needs": "x" * 1_000_000, "key": "mega"}
	values["actions"] = [{"title": "Azione", "output": "y" * 20_000, "key": "a"}]
	answer = clients[APPLICANT].call(SAVE, application=values, base={})
	assert answer.status_code == 417
	said = words(answer)
	assert "1.000.000" in said and "10.000" in said and "Contesto" in said
	assert "Risultato atteso" in said and "20.000" in said


def test_a_thousand_cost_rows_are_refused_with_both_numbers(clients, records):
	rows = [cost(f"k{number}", "Riga") for number in range(1000)]
	answer = clients[APPLICANT].call(
		SAVE, application={"call": records.call, "title": "Mille", "key": "mille", "costs": rows}, base={}
	)
	assert answer.status_code == 417
	assert "1000" in words(answer) and "500" in words(answer)


def test_half_a_character_is_no_error(clients, records):
	"""Version 16 refuses such a request as a whole."""
	values = {"key": "mezzo", "call": records.call, "title": "Mezzo", "abstract": "a\ud83db"}
	answer = clients[APPLICANT].call(SAVE, application=values, base={})
	if answer.status_code == 200:
		assert answer.json()["message"]["values"]["abstract"] == "a\ufffdb"
	else:
		assert answer.status_code < 500 and not frappe.db.exists(APPLICATION, {"title": "Mezzo"})


def test_check_asks_few_questions_of_the_database(site, records):
	from rtc_conciliation.applications import drafts

	partners = [factories.partner(at, f"Ente {at}", "Comune") for at in range(6)]

	def queries(rows: int) -> int:
		values = {**factories.application_values(call=records.call), "partners": partners, "attachments": []}
		values["costs"] = [factories.cost(100, "Contribution") for _ in range(rows)]
		with factories.acting(APPLICANT):
			drafts.check_draft(values)
			before = frappe.db._rtc_count
			drafts.check_draft(values)
		return frappe.db._rtc_count - before

	asked = frappe.db.sql
	frappe.db._rtc_count = 0

	def counting(*args, **kwargs):
		frappe.db._rtc_count += 1
		return asked(*args, **kwargs)

	frappe.db.sql = counting
	try:
		few, many = queries(20), queries(200)
	finally:
		frappe.db.sql = asked
	assert few == many <= 4, (few, many)


def test_a_web_process_killed_in_the_middle_of_a_save_leaves_no_half_draft(clients, records):
	"""The page tries again, as it does after any outage: one draft, whole."""
	values = {
		"key": "ucciso",
		"call": records.call,
		"title": "A metà del salvataggio",
		"costs": [cost("k", "Riga")],
	}
	series = frappe.get_doc(APPLICATION, records.draft.name).name.rsplit("-", 1)[0] + "-"
	with serve(frappe.local.site) as address:
		client = Client(address, APPLICANT)
		frappe.db.rollback()
		frappe.db.sql("select `name` from `tabSeries` where `name` = %s for update", series)
		asked = {"json": {"application": values, "base": {}}, "headers": client.csrf(), "timeout": 60}
		failed = []

		def send():
			with pytest.raises(requests.ConnectionError):
				client.session.post(f"{address}/api/method/{SAVE}", **asked)
			failed.append(True)

		sending = threading.Thread(target=send)
		sending.start()
		[worker] = web_workers(address)
		wait_for(lambda: frappe.db.sql(WAITING, series))
		worker.kill()
		sending.join()
		assert failed, "the save had to wait for the number and was killed while it waited"
		frappe.db.rollback()
		assert not frappe.db.exists(APPLICATION, {"title": values["title"]})
		wait_for(lambda: [one for one in web_workers(address) if one.pid != worker.pid])
		saved = save(client, base={}, **values)
	doc = fresh(APPLICATION, saved["name"])
	assert [row.description for row in doc.costs] == ["Riga"]
	assert frappe.db.count(APPLICATION, {"title": values["title"]}) == 1


#: statements that ask for the next number of a series
WAITING = (
	"select `id` from `information_schema`.`processlist` "
	"where `info` like '%%tabSeries%%' and `info` like concat('%%', %s, '%%') and `id` != connection_id()"
)


def web_workers(address: str) -> list[psutil.Process]:
	port = int(address.rsplit(":", 1)[1])
	for server in psutil.Process().children():
		if any(one.laddr.port == port for one in server.connections("inet")):
			return server.children()
	raise AssertionError(f"nothing serves {address}")


def wait_for(condition, seconds: float = 20) -> None:
	until = time.monotonic() + seconds
	while not condition():
		assert time.monotonic() < until, "it did not come to that"
		time.sleep(0.05)
