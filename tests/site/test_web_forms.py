"""The two Web Forms over HTTP: what they take, what they refuse, and that what people type stays text."""

import json
import re
import time

import frappe
import pytest

from devsite.testing import serve
from rtc_conciliation.portal import drafts, page
from tests.site import factories
from tests.site.factories import APPLICANT, OTHER_APPLICANT
from tests.site.http import Client, committed_rows

ACCEPT = "frappe.website.doctype.web_form.web_form.accept"
FORM_DATA = "frappe.website.doctype.web_form.web_form.get_form_data"
CHECK = "rtc_conciliation.portal.drafts.check_draft"
SAVE = "rtc_conciliation.portal.drafts.save_draft"
UPLOAD = "/api/method/rtc_conciliation.portal.uploads.upload"
APPLICATION, MEMBER = "RTC Application", "RTC Member"
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)><b>grassetto</b>"
OUTSIDER = "Impresa"  # a type that does not count towards the minimum
NOT_FOR_APPLICANTS = {
	"workflow_state": "Funded",
	"granted_amount": 99999,
	"applicant": OTHER_APPLICANT,
	"owner": OTHER_APPLICANT,
	"docstatus": 1,
	"protocol_number": "1/2026",
	"score": 100,
	"cup": "A" * 15,
	"digest": "f" * 64,
	"sent_on": "2026-01-01 00:00:00",
}


@pytest.fixture(scope="module")
def base_url(site):
	with serve(site) as url:
		yield url


@pytest.fixture(scope="module")
def world(site):
	with committed_rows():
		draft = factories.application("Draft", title="Bozza segreta")
		sent = factories.application("Submitted", call=draft.call, title="Domanda inviata")
		closed = factories.call(
			"Closed",
			title="Manifestazione chiusa",
			closing="2026-06-01 12:00:00",
			opening="2026-05-01 12:00:00",
		)
		frappe.db.commit()
		yield frappe._dict(draft=draft, sent=sent, call=draft.call, closed=closed.name)


@pytest.fixture(scope="module")
def clients(base_url, world):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OTHER_APPLICANT)}


@pytest.fixture(autouse=True)
def no_waiting():
	"""Core takes five posts a minute from one address; the tests make more."""
	keys = list(frappe.cache.scan_iter("*rl:*"))
	if keys:
		frappe.cache.delete(*keys)


def accept(client, web_form: str, **values):
	return client.call(ACCEPT, web_form=web_form, data=json.dumps(values))


def adhesion(**values) -> dict:
	return {
		"organisation_name": "Associazione dal modulo",
		"organisation_type": "Associazione di promozione sociale",
		"tax_code": factories.TAX_CODES[4],
		"municipality": "Bergamo",
		"pec": "ente@pec.example.org",
		"email": "ente@example.org",
		"legal_representative": "Carla Prova",
		"privacy_accepted": 1,
		**values,
	}


def words(answer) -> str:
	"""What the site says to the person."""
	packed = answer.json().get("_server_messages") or "[]"
	assert "Traceback" not in packed
	messages = [json.loads(message) for message in json.loads(packed)]
	return "\n".join(str(message["message"]) for message in messages)


def fresh(doctype: str, name: str):
	"""The record as the server has stored it."""
	frappe.db.rollback()
	return frappe.get_doc(doctype, name)


def stored(doc) -> dict:
	return fresh(doc.doctype, doc.name).as_dict(convert_dates_to_str=True)


# ---------------------------------------------------------------- adhesion


def test_guest_joins_and_decides_nothing_else(clients):
	extra = {
		"channel": "PEC",
		"valid_from": "2020-01-01",
		"act_number": "9",
		"received_on": "2020-01-01",
		**NOT_FOR_APPLICANTS,
	}
	answer = accept(clients[None], "RTC Adhesion", **adhesion(**extra))
	assert answer.status_code == 200, answer.text
	member = fresh(MEMBER, answer.json()["message"]["name"])
	assert (member.workflow_state, member.docstatus, member.channel) == ("Received", 0, "Web")
	assert not any(
		member.get(field) for field in ("protocol_number", "valid_from", "act_number", "organisation")
	)
	assert member.received_on.year > 2020
	assert member.privacy_accepted_on
	frappe.get_doc(MEMBER, member.name).delete()
	frappe.db.sql("commit")


@pytest.mark.parametrize(
	("values", "words_of"),
	[
		({"tax_code": "94000010160"}, "94000010160"),
		({"privacy_accepted": 0}, "privacy"),
		({"programme": "Programma concluso"}, "ATS"),
		({"pec": "non è un indirizzo"}, "non è un indirizzo"),
		({"organisation_type": "Tipo inventato"}, "Tipo inventato"),
	],
)
def test_adhesion_refused_with_a_sentence(clients, values, words_of, world):
	factories.programme(title="Programma concluso", status="Closed")
	frappe.db.sql("commit")
	before = frappe.db.count(MEMBER)
	answer = accept(clients[None], "RTC Adhesion", **adhesion(**values))
	assert answer.status_code in (409, 417), answer.text
	assert words_of in words(answer)
	frappe.db.rollback()
	assert frappe.db.count(MEMBER) == before


def test_adhesion_page_says_when_no_programme_is_open(clients, world):
	active = frappe.get_all("RTC Programme", {"status": "Active"}, pluck="name")
	try:
		for name in active:
			frappe.db.set_value("RTC Programme", name, "status", "Closed")
		frappe.db.sql("commit")
		frappe.clear_cache()
		shown = clients[None].get("/adesione/new").text
	finally:
		for name in active:
			frappe.db.set_value("RTC Programme", name, "status", "Active")
		frappe.db.sql("commit")
		frappe.clear_cache()
	assert "Al momento nessun programma è aperto alle adesioni" in shown
	assert "rtc_web_form.start" not in shown
	assert "rtc_web_form.start" in clients[None].get("/adesione/new").text


def test_guest_learns_only_what_the_form_offers(clients):
	shown = settings_in(clients[None].get("/adesione/new").text)
	assert set(shown["options"]) == {"organisation_types", "territories"}
	assert "workflow_state" not in json.dumps(shown["pages"])


# ---------------------------------------------------------------- application: what it takes


@pytest.mark.parametrize("way", ["accept", "save_draft"])
def test_fields_that_are_not_the_applicants_stay_as_they_were(clients, world, way):
	values = {"call": world.call, "title": f"Progetto per {way}", **NOT_FOR_APPLICANTS}
	rows = [{**factories.partner(0, "Impresa", OUTSIDER), "counts_towards_minimum": 1, "budget": 5}]
	values["partners"] = rows
	client = clients[APPLICANT]
	if way == "accept":
		answer = accept(client, drafts.WEB_FORM, **values)
	else:
		answer = client.call(SAVE, application={key: value for key, value in values.items()})
	assert answer.status_code == 200, answer.text
	doc = fresh(APPLICATION, answer.json()["message"]["name"])
	assert (doc.workflow_state, doc.docstatus, doc.applicant, doc.owner) == ("Draft", 0, APPLICANT, APPLICANT)
	untouched = ("granted_amount", "protocol_number", "score", "cup", "digest", "sent_on")
	assert not any(doc.get(field) for field in untouched)
	assert doc.partners[0].counts_towards_minimum == 0
	assert doc.partners[0].budget == 5


def test_draft_needs_only_call_and_title(clients, world):
	answer = clients[APPLICANT].call(SAVE, application={"call": world.call, "title": "Solo un titolo"})
	assert answer.status_code == 200, answer.text
	saved = answer.json()["message"]
	assert saved["errors"] > 3
	assert len(saved["rows"]["declarations"]) == 1
	again = clients[APPLICANT].call(
		SAVE,
		application={"name": saved["name"], "modified": saved["modified"], "title": "Un altro titolo"},
	)
	assert again.status_code == 200, again.text
	assert fresh(APPLICATION, saved["name"]).title == "Un altro titolo"


def test_two_tabs_do_not_overwrite_each_other(clients, world):
	client = clients[APPLICANT]
	first = client.call(SAVE, application={"call": world.call, "title": "Prima"}).json()["message"]
	values = {"name": first["name"], "modified": first["modified"]}
	assert client.call(SAVE, application={**values, "title": "Seconda"}).status_code == 200
	answer = client.call(SAVE, application={**values, "title": "Terza"})
	assert answer.status_code == 417
	assert fresh(APPLICATION, first["name"]).title == "Seconda"


def test_rows_keep_their_identity(clients, world):
	client = clients[APPLICANT]
	rows = [factories.partner(0, "Uno", "Comune"), factories.partner(1, "Due", "Comune")]
	saved = client.call(SAVE, application={"call": world.call, "title": "Righe", "partners": rows}).json()[
		"message"
	]
	one, two = saved["rows"]["partners"]
	changed = [{"name": two, "organisation_name": "Due cambiato"}]
	answer = client.call(SAVE, application={"name": saved["name"], "partners": changed})
	assert answer.json()["message"]["rows"]["partners"] == [two]
	doc = fresh(APPLICATION, saved["name"])
	assert [(row.name, row.organisation_name, row.idx) for row in doc.partners] == [(two, "Due cambiato", 1)]
	assert doc.partners[0].tax_code == factories.TAX_CODES[1]
	assert not frappe.db.exists("RTC Application Partner", one)


def test_only_open_calls_are_offered_and_taken(clients, world):
	shown = settings_in(clients[APPLICANT].get("/domanda/new").text)
	offered = {call["value"] for call in shown["options"]["calls"]}
	assert world.call in offered
	assert world.closed not in offered
	answer = clients[APPLICANT].call(SAVE, application={"call": world.closed, "title": "Troppo tardi"})
	assert answer.status_code == 417
	assert "ora non accetta domande" in words(answer)


def test_call_in_the_address_is_chosen(clients, world):
	shown = settings_in(clients[APPLICANT].get("/domanda/new", call=world.call).text)
	assert shown["values"]["call"] == world.call
	for wrong in (world.closed, "<script>", "non c'è"):
		shown = settings_in(clients[APPLICANT].get("/domanda/new", call=wrong).text)
		assert shown["values"].get("call") != wrong


# ---------------------------------------------------------------- live check


def test_check_answers_and_stores_nothing(clients, world):
	values = stored(world.draft)
	del values["name"]
	values["costs"][0]["unit_cost"] = "70000.01"
	before = frappe.db.count(APPLICATION)
	began = time.monotonic()
	answer = clients[APPLICANT].call(CHECK, application=values)
	assert time.monotonic() - began < 2
	report = answer.json()["message"]
	assert report["totals"]["total_cost"] == "€ 100.000,01"
	assert report["totals"]["cofinancing_percent"] == "29,99 %"
	assert report["amounts"] == ["€ 70.000,01", "€ 30.000,00"]
	assert "cofinancing" in {finding["rule"] for finding in report["findings"]}
	assert report["errors"] == sum(finding["severity"] == "error" for finding in report["findings"])
	frappe.db.rollback()
	assert frappe.db.count(APPLICATION) == before
	assert stored(world.draft)["costs"][0]["unit_cost"] == 70000


def test_check_and_sending_say_the_same(clients, world):
	broken = {
		**stored(world.draft),
		"partners": stored(world.draft)["partners"][:1],
		"declarations": [],
		"attachments": [],
	}
	del broken["name"], broken["modified"]
	live = clients[APPLICANT].call(CHECK, application=broken).json()["message"]
	saved = clients[APPLICANT].call(SAVE, application=broken).json()["message"]
	assert [f["message"] for f in live["findings"]] == [f["message"] for f in saved["findings"]]
	sent = clients[APPLICANT].call(
		"frappe.model.workflow.apply_workflow",
		doc=json.dumps({"doctype": APPLICATION, "name": saved["name"]}),
		action="Send",
	)
	assert sent.status_code == 417, sent.text
	refusal = words(sent)
	blocking = [finding for finding in saved["findings"] if finding["severity"] == "error"]
	assert len(blocking) > 2
	assert not [finding for finding in blocking if finding["message"] not in refusal]
	assert fresh(APPLICATION, saved["name"]).docstatus == 0


@pytest.mark.parametrize(
	"sent", ["", "[]", "non è json", "null", {"call": {"a": 1}}, {"title": "Senza manifestazione"}]
)
def test_check_of_anything_else_is_no_stack_trace(clients, sent):
	answer = clients[APPLICANT].call(CHECK, application=sent)
	assert answer.status_code in (200, 417), answer.text
	assert answer.status_code == 200 or words(answer)


@pytest.mark.parametrize("method", [CHECK, SAVE])
def test_guests_check_and_save_nothing(clients, world, method):
	answer = clients[None].call(method, application={"call": world.call, "title": "Ospite"})
	assert answer.status_code in (401, 403)


# ---------------------------------------------------------------- what is refused


def send_edits(client, name: str) -> list:
	values = {"name": name, "title": "Cambiato", "call": frappe.db.get_value(APPLICATION, name, "call")}
	return [accept(client, drafts.WEB_FORM, **values), client.call(SAVE, application=values)]


def test_nothing_changes_after_sending(clients, world):
	before = stored(world.sent)
	for answer in send_edits(clients[APPLICANT], world.sent.name):
		assert answer.status_code == 403, answer.text
		assert words(answer)
	assert stored(world.sent) == before


@pytest.mark.parametrize("which", ["draft", "sent"])
def test_other_peoples_applications_are_closed(clients, world, which):
	doc, other = world[which], clients[OTHER_APPLICANT]
	before = stored(doc)
	answers = [
		*send_edits(other, doc.name),
		other.call(FORM_DATA, doctype=APPLICATION, docname=doc.name, web_form_name=drafts.WEB_FORM),
		other.get(f"/domanda/{doc.name}"),
		other.get(f"/domanda/{doc.name}/edit"),
	]
	for answer in answers:
		assert answer.status_code == 403, (answer.url, answer.text[:300])
		assert doc.title not in answer.text
	assert doc.title not in other.get("/domanda/list").text
	assert stored(doc) == before


@pytest.mark.parametrize("way", [ACCEPT, SAVE])
def test_rows_of_other_applications_are_not_taken(clients, world, way):
	before = stored(world.draft)
	stolen = [{"name": row["name"], "organisation_name": "Preso"} for row in before["partners"]]
	values = {"call": world.call, "title": "Ladro di righe", "partners": stolen}
	other = clients[OTHER_APPLICANT]
	made = other.call(SAVE, application={"call": world.call, "title": "Ladro di righe"}).json()["message"]
	values["name"] = made["name"]
	if way == ACCEPT:
		accept(other, drafts.WEB_FORM, **values)
	else:
		other.call(SAVE, application=values)
	assert stored(world.draft) == before


def test_guest_is_sent_to_the_login(base_url):
	guest = Client(base_url)
	address, seen = "/domanda", []
	for _step in range(4):
		answer = guest.get(address)
		assert answer.status_code in (301, 302), answer.status_code
		assert "no-store" in answer.headers.get("Cache-Control", "")
		address = answer.headers["Location"]
		seen.append(address)
		if address.startswith("/login"):
			break
	assert seen[-1] == "/login?redirect-to=%2Fdomanda%2Fnew"
	assert (
		guest.get("/domanda/new", call="A").headers["Location"]
		== "/login?redirect-to=%2Fdomanda%2Fnew%3Fcall%3DA"
	)


@pytest.mark.parametrize("amount", ["abc", "1.234,56", "1e999", "NaN", "99999999999999999"])
@pytest.mark.parametrize("way", [ACCEPT, SAVE])
def test_amounts_that_are_no_numbers_are_refused(clients, world, amount, way):
	rows = [{**factories.cost(1, "Contribution"), "unit_cost": amount}]
	values = {"call": world.call, "title": "Importo sbagliato", "costs": rows}
	client = clients[APPLICANT]
	answer = (
		accept(client, drafts.WEB_FORM, **values) if way == ACCEPT else client.call(SAVE, application=values)
	)
	assert answer.status_code == 417, answer.text
	assert amount in words(answer)
	frappe.db.rollback()
	assert not frappe.db.exists(APPLICATION, {"title": "Importo sbagliato"})


@pytest.mark.parametrize("way", [ACCEPT, SAVE, CHECK])
def test_ten_thousand_rows_are_refused_at_once(clients, world, way):
	rows = [{"organisation_name": f"Ente {number}"} for number in range(10_000)]
	values = {"call": world.call, "title": "Troppi", "partners": rows}
	client = clients[APPLICANT]
	began = time.monotonic()
	answer = (
		accept(client, drafts.WEB_FORM, **values) if way == ACCEPT else client.call(way, application=values)
	)
	assert time.monotonic() - began < 5
	assert answer.status_code == 417, answer.text
	assert "10000" in words(answer)


# ---------------------------------------------------------------- what people type stays text


def settings_in(html: str) -> dict:
	"""The data that the page gives to its script."""
	found = re.search(r"rtc_web_form\.start\((.*)\);</script>", html)
	assert found, html[-2000:]
	assert "<" not in found.group(1)
	return json.loads(found.group(1))


def test_script_in_every_text_field_comes_back_as_text(clients, world):
	client = clients[APPLICANT]
	texts = {
		row.fieldname: SCRIPT
		for row in frappe.get_doc("Web Form", drafts.WEB_FORM).web_form_fields
		if row.fieldtype in ("Data", "Text", "Small Text") and row.options != "Email"
	}
	rows = {
		table: [
			{
				df.fieldname: SCRIPT
				for df in frappe.get_meta(frappe.get_meta(APPLICATION).get_field(table).options).fields
				if df.fieldname in columns
				and df.fieldtype in ("Data", "Text", "Small Text")
				and df.options != "Email"
			}
		]
		for table, columns in drafts.COLUMNS.items()
		if table not in ("declarations", "recipients")
	}
	answer = client.call(SAVE, application={"call": world.call, **texts, **rows})
	assert answer.status_code == 200, answer.text
	name = answer.json()["message"]["name"]
	for address in (f"/domanda/{name}/edit", f"/domanda/{name}", "/domanda/list"):
		html = client.get(address).text
		assert "<script>alert" not in html
		assert "<img src=x" not in html
		assert "<b>grassetto" not in html
		if "list" not in address:
			assert "grassetto" in json.dumps(settings_in(html)["values"])


def test_settings_in_the_page_cannot_leave_their_script():
	text = page.for_script({"a": "</script><script>alert(1)</script>&<!--"})
	assert not set("<>&") & set(text)
	assert json.loads(text) == {"a": "</script><script>alert(1)</script>&<!--"}


# ---------------------------------------------------------------- files


def upload(client, name: str, content: bytes):
	return client.session.post(
		client.base_url + UPLOAD, files={"file": (name, content)}, headers=client.csrf(), timeout=60
	)


def test_files_are_private_and_the_senders_own(clients, world):
	answer = upload(clients[APPLICANT], "accordo firmato.pdf.p7m", b"\x30\x82" + b"x" * 50)
	assert answer.status_code == 200, answer.text
	url = answer.json()["message"]["file_url"]
	assert url.startswith("/private/files/")
	assert clients[APPLICANT].get(url).status_code == 200
	assert clients[OTHER_APPLICANT].get(url).status_code == 403
	values = {"call": world.call, "title": "Con un file", "attachments": [{"document": "Altro", "file": url}]}
	refused = clients[OTHER_APPLICANT].call(SAVE, application=values)
	assert refused.status_code == 403, refused.text
	saved = clients[APPLICANT].call(SAVE, application=values)
	assert saved.status_code == 200, saved.text
	frappe.db.rollback()
	file = frappe.get_doc("File", {"file_url": url})
	assert (file.is_private, file.attached_to_name) == (1, saved.json()["message"]["name"])


@pytest.mark.parametrize(
	("name", "content"),
	[
		("programma.exe", b"MZ"),
		("finto.pdf", b"<html>"),
		("pagina.html", b"<script>"),
		("senza", b"%PDF-"),
		("vuoto.pdf", b""),
	],
)
def test_other_files_are_refused(clients, world, name, content):
	answer = upload(clients[APPLICANT], name, content)
	assert answer.status_code == 417, answer.text
	assert words(answer)


def test_guests_upload_nothing(clients):
	assert upload(clients[None], "accordo.pdf", factories.PDF).status_code in (401, 403)


# ---------------------------------------------------------------- the forms themselves


def test_every_table_of_the_form_has_its_columns():
	form = frappe.get_doc("Web Form", drafts.WEB_FORM)
	tables = {row.fieldname: row.options for row in form.web_form_fields if row.fieldtype == "Table"}
	assert tables.keys() == drafts.COLUMNS.keys()
	for table, doctype in tables.items():
		meta = frappe.get_meta(doctype)
		for column in drafts.COLUMNS[table]:
			assert meta.get_field(column), (table, column)
			assert table == "declarations" or not meta.get_field(column).read_only, (table, column)


@pytest.mark.parametrize("name", ["RTC Adhesion", drafts.WEB_FORM])
def test_forms_ask_nothing_that_the_office_decides(name):
	form = frappe.get_doc("Web Form", name)
	meta = frappe.get_meta(form.doc_type)
	asked = {row.fieldname for row in form.web_form_fields if row.fieldname}
	decided = {
		"workflow_state",
		"status",
		"channel",
		"applicant",
		"organisation",
		"act_number",
		"act_date",
		"decision_reason",
	}
	assert not asked & (decided | NOT_FOR_APPLICANTS.keys())
	assert not [field for field in asked if meta.get_field(field).read_only]


def test_every_word_of_the_scripts_is_italian():
	same = {"File", "No"}
	left = [text for text, shown in page.messages().items() if text == shown and text not in same]
	assert not left
