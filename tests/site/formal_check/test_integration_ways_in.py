"""A request of integration over HTTP: the applicant answers it, nobody else finds it, whichever the way in."""

import json

import frappe
import pytest

from tests.site import factories
from tests.site.applications.tools import UPLOAD, fresh, settings_in, words
from tests.site.factories import APPLICANT, AUDITOR, EVALUATOR, OFFICER, OTHER_APPLICANT, PDF
from tests.site.http import Client, committed_rows

REQUEST = "RTC Integration Request"
SAVE, SEND = (f"rtc_conciliation.formal_check.api.{name}" for name in ("save_answer", "send_answer"))
SECRET = "Atto di nomina segreto"


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		application = factories.application("Under Formal Check", title="Domanda con integrazione")
		items = [{**factories.ASKED[0], "what": SECRET}, factories.ASKED[1]]
		draft = factories.integration("Draft", application.name, items=items)
		sent = factories.integration("Sent", application.name, items=items)
		answered = factories.integration("Sent", application.name, items=items)
		answered = factories.answer(answered.name)
		frappe.db.commit()
		yield frappe._dict(application=application, draft=draft, sent=sent, answered=answered)


@pytest.fixture(scope="module")
def clients(base_url, records):
	users = (APPLICANT, OTHER_APPLICANT, OFFICER, AUDITOR, EVALUATOR)
	return {None: Client(base_url), **{user: Client(base_url, user) for user in users}}


WAYS_IN = {
	"resource": lambda c, name: c.get(f"/api/resource/{REQUEST}/{name}"),
	"client.get": lambda c, name: c.call("frappe.client.get", doctype=REQUEST, name=name),
	"client.get_list": lambda c, name: c.call(
		"frappe.client.get_list",
		doctype=REQUEST,
		filters={"name": name},
		fields=["name", "application_title"],
	),
	"child list": lambda c, name: c.call(
		"frappe.client.get_list",
		doctype="RTC Integration Item",
		parent=REQUEST,
		filters={"parent": name},
		fields=["what"],
	),
	"reportview": lambda c, name: c.call(
		"frappe.desk.reportview.get",
		doctype=REQUEST,
		filters=[["name", "=", name]],
		fields=["`tabRTC Integration Item`.`what`"],
	),
	"getdoc": lambda c, name: c.get("/api/method/frappe.desk.form.load.getdoc", doctype=REQUEST, name=name),
	"printview": lambda c, name: c.get(
		"/printview", doctype=REQUEST, name=name, format="RTC Integration Letter"
	),
	"search": lambda c, name: c.call("frappe.desk.search.search_link", doctype=REQUEST, txt="integrazione"),
	"page": lambda c, name: c.get(f"/integrazione/{name}"),
}
SECRETS = (SECRET, "Domanda con integrazione")


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT, EVALUATOR])
@pytest.mark.parametrize("way", WAYS_IN)
def test_others_find_nothing_of_it(way, user, clients, records):
	answer = WAYS_IN[way](clients[user], records.sent.name)
	assert not [secret for secret in SECRETS if secret in answer.text], f"{answer.status_code} {way}"


@pytest.mark.parametrize("way", [way for way in WAYS_IN if way != "search"])
def test_the_applicant_sees_what_was_sent_and_no_draft(way, clients, records):
	answer = WAYS_IN[way](clients[APPLICANT], records.sent.name)
	assert answer.status_code == 200, answer.text[:300]
	assert [secret for secret in SECRETS if secret in answer.text], answer.text[-300:]
	answer = WAYS_IN[way](clients[APPLICANT], records.draft.name)
	assert not [secret for secret in SECRETS if secret in answer.text], way


@pytest.mark.parametrize("user", [OFFICER, AUDITOR])
def test_staff_see_both(user, clients, records):
	for doc in (records.draft, records.sent):
		assert SECRET in WAYS_IN["resource"](clients[user], doc.name).text


def test_files_of_an_answer(clients, records):
	url = next(row.answer_file for row in fresh(REQUEST, records.answered.name).items if row.answer_file)
	assert url.startswith("/private/files/")
	for user, status in (
		(None, 403),
		(OTHER_APPLICANT, 403),
		(EVALUATOR, 403),
		(APPLICANT, 200),
		(OFFICER, 200),
	):
		assert clients[user].get(url).status_code == status, user
	filters = {"attached_to_name": records.answered.name}
	for user, seen in ((OTHER_APPLICANT, False), (APPLICANT, True), (OFFICER, True)):
		answer = clients[user].call(
			"frappe.client.get_list", doctype="File", filters=filters, fields=["file_url"]
		)
		assert (url in answer.text) is seen, user


def test_others_answer_nothing(clients, records):
	row = records.sent.items[1].name
	values = {"request": records.sent.name, "modified": "", "answers": {row: {"answer_text": "Intruso"}}}
	for user in (None, OTHER_APPLICANT, EVALUATOR):
		for method in (SAVE, SEND):
			assert clients[user].call(method, **values).status_code in (401, 403), user
		put = clients[user].put(f"/api/resource/{REQUEST}/{records.sent.name}", introduction="Intruso")
		assert put.status_code in (401, 403)
	assert "Intruso" not in json.dumps(fresh(REQUEST, records.sent.name).as_dict(convert_dates_to_str=True))


def test_the_formal_check_is_the_offices_own(clients, records):
	name = records.application.name
	for user in (None, APPLICANT, OTHER_APPLICANT):
		for method, ask in (("start_check", clients[user].call), ("get_reasons", clients[user].get)):
			path = f"rtc_conciliation.formal_check.api.{method}"
			answer = ask(path if method == "start_check" else f"/api/method/{path}", application=name)
			assert answer.status_code in (401, 403, 417), user  # early v15 says 417
			assert "message" not in answer.json(), (user, method)
		assert clients[user].get(f"/api/resource/RTC Formal Check/{name}").status_code in (401, 403)
	shown = clients[OFFICER].get(
		"/api/method/rtc_conciliation.formal_check.api.get_reasons", application=name
	)
	assert shown.json() == {"message": ""}


def test_list_and_application_tell_what_is_asked(clients, records):
	answer = clients[APPLICANT].get("/domanda/list")
	assert f"/integrazione/{records.sent.name}" in answer.text and "entro il" in answer.text
	settings = settings_in(clients[APPLICANT].get(f"/domanda/{records.application.name}").text)
	told = {row["name"]: row for row in settings["record"]["requests"]}
	assert told[records.sent.name]["waiting"] and told[records.answered.name]["answered_on"]
	assert records.draft.name not in told
	assert records.sent.name not in clients[OTHER_APPLICANT].get("/domanda/list").text


@pytest.mark.parametrize("answers", ["no json", "[]", '{"x": 1}', '{"ROW": {"answer_text": ["a"]}}'])
def test_anything_else_is_refused_with_a_sentence(answers, clients, records):
	answers = answers.replace("ROW", records.sent.items[1].name)
	answer = clients[APPLICANT].call(SAVE, request=records.sent.name, modified="", answers=answers)
	assert answer.status_code == 417 and "Ricaricare" in words(answer)


def test_the_applicant_answers_in_two_sittings(clients, records):
	"""By the page: a file and a text, saved, then sent once; a script stays text; the application stays as sent."""
	client, name = clients[APPLICANT], records.sent.name
	settings = settings_in(client.get(f"/integrazione/{name}").text)
	assert settings["can_answer"] and settings["waiting"]
	first, second = (row["name"] for row in settings["items"])
	text = "<script>alert(1)</script> & dodici"
	values = {"request": name, "modified": settings["modified"]}
	saved = client.call(SAVE, **values, answers={second: {"answer_text": text}}).json()["message"]
	assert saved["missing"] == [first]
	stale = client.call(SAVE, **values, answers={})
	assert stale.status_code == 417 and "modificato" in words(stale).lower()
	values["modified"] = saved["modified"]
	early = client.call(SEND, **values, answers={})
	assert early.status_code == 417 and SECRET in words(early)
	foreign = factories_file(clients[OTHER_APPLICANT])
	refused = client.call(SEND, **values, answers={first: {"answer_file": foreign}})
	assert refused.status_code == 403, refused.text
	url = factories_file(client)
	done = client.call(SEND, **values, answers={first: {"answer_file": url}})
	assert done.status_code == 200, done.text
	assert done.json()["message"]["late"] == 0
	doc = fresh(REQUEST, name)
	assert (doc.workflow_state, doc.answered_by, len(doc.answer_digest)) == ("Answered", APPLICANT, 64)
	file = frappe.get_doc("File", {"file_url": doc.items[0].answer_file, "attached_to_name": name})
	assert (file.is_private, file.attached_to_doctype) == (1, REQUEST)
	shown = settings_in(client.get(f"/integrazione/{name}").text)
	assert shown["items"][1]["answer_text"] == text and not shown["can_answer"]
	again = client.call(SEND, request=name, modified=str(doc.modified), answers={})
	assert again.status_code == 403
	application = fresh("RTC Application", records.application.name)
	assert application.content_digest() == records.application.digest


def factories_file(client) -> str:
	answer = client.session.post(
		client.base_url + UPLOAD,
		files={"file": (f"{frappe.generate_hash(length=6)}.pdf", PDF + frappe.generate_hash().encode())},
		headers=client.csrf(),
		timeout=60,
	)
	return answer.json()["message"]["file_url"]


def test_a_guest_is_sent_to_the_login(clients, records):
	answer = clients[None].get(f"/integrazione/{records.sent.name}")
	assert answer.status_code in (301, 302) and "/login?redirect-to" in answer.headers["location"]
