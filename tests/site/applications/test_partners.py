"""Partners confirm by a mailed link: asked by the applicant, answered by whoever has the link, once."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import frappe
import pytest

from rtc_conciliation.applications import partner_confirmations as confirmations
from rtc_conciliation.applications import partner_pages as portal
from rtc_conciliation.common import clock, tokens
from tests.site import factories
from tests.site.applications.tools import APPLICATION, CHECK, SAVE, SCRIPT, fresh, words
from tests.site.factories import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.site.mails import PARTNER_LINK, mailed_link

ASK = "rtc_conciliation.applications.api.ask_partners"
PAGE = f"/{portal.ROUTE}"
EMAIL = "coop@example.org"


@pytest.fixture
def draft(clients, records):
	"""A draft of its own whose first partner has an address; the second has none."""
	partners = [dict(row) for row in factories.application_values(call=records.call)["partners"]]
	partners[1].update(contact_email=EMAIL, activities="Sportello per le famiglie")
	values = {"call": records.call, "title": "Tempo <insieme>", "partners": partners}
	saved = clients[APPLICANT].call(SAVE, application=values)
	assert saved.status_code == 200, saved.text
	return saved.json()["message"]


def ask(clients, draft, index: int = 1) -> dict:
	answer = clients[APPLICANT].call(ASK, application=draft["name"], row=draft["rows"]["partners"][index])
	assert answer.status_code == 200, answer.text
	return answer.json()["message"]


def token_of(draft) -> str:
	return parse_qs(urlparse(mailed_link(draft["name"], EMAIL, PARTNER_LINK)).query)["token"][0]


def decide(guest, token: str, **values):
	shown = guest.get(PAGE, token=token).text
	seen = re.search(r'name="seen" value="(\w*)"', shown)
	data = {
		"token": token,
		"seen": seen and seen.group(1),
		"name": "Ada Prova",
		"office": "Presidente",
		**values,
	}
	return guest.session.post(guest.base_url + PAGE, data=data, timeout=60)


def row_of(draft, index: int = 1):
	return fresh(APPLICATION, draft["name"]).partners[index]


def test_a_partner_reads_and_confirms_once(clients, draft):
	told = ask(clients, draft)
	assert told["asked"] == ["Cooperativa Prova"] and "disattivata" in told["notice"]
	assert [(row["name"], row["state"]) for row in told["confirmations"]] == [
		("Cooperativa Prova", "Asked"),
		("Associazione Prova", ""),
	]
	guest, token = clients[None], token_of(draft)
	page = guest.get(PAGE, token=token)
	for text in (
		"Tempo &lt;insieme&gt;", "Comune di Prova", "Sportello per le famiglie", "30.000,00", "si impegna",
		"Manifestazione di prova",
	):  # fmt: skip
		assert text in page.text, text
	assert "noindex" in page.text and row_of(draft).confirmation_state == "Asked", "reading answers nothing"
	assert row_of(draft).confirmation_digest == tokens.make_digest(token) != token
	nameless = decide(guest, token, decision="confirm", name="")
	assert "Scrivere chi risponde" in nameless.text and row_of(draft).confirmation_state == "Asked"
	before = fresh(APPLICATION, draft["name"]).modified
	done = decide(guest, token, decision="confirm")
	assert done.status_code == 200 and "Confermata. Grazie." in done.text
	row = row_of(draft)
	assert (row.confirmation_state, row.confirmation_name, row.confirmation_office) == (
		"Confirmed",
		"Ada Prova",
		"Presidente",
	)
	assert row.confirmation_digest is None
	assert fresh(APPLICATION, draft["name"]).modified == before, "the applicant's open form is not overtaken"
	replayed = decide(guest, token, decision="decline", reason="Ripensamento")
	assert replayed.status_code == 404 and row_of(draft).confirmation_state == "Confirmed"
	assert ask(clients, draft)["refused"][0]["reason"] == "Ha già confermato."


def test_every_wrong_link_gets_the_same_answer(clients, draft):
	guest = clients[None]
	ask(clients, draft)
	used = token_of(draft)
	assert decide(guest, used, decision="decline", reason=SCRIPT).status_code == 200
	row = row_of(draft)
	assert row.confirmation_state == "Declined" and "<script>" not in row.confirmation_reason
	ask_again_at_once = ask(clients, draft)
	assert ask_again_at_once["asked"] == ["Cooperativa Prova"], "the pause is for links that still wait"
	assert "Attendere" in ask(clients, draft)["refused"][0]["reason"].replace("attendere", "Attendere")
	expired = token_of(draft)
	frappe.db.set_value(
		confirmations.ROW, row.name, "confirmation_expires_on", clock.now() - timedelta(seconds=1)
	)
	frappe.db.sql("commit")
	texts = set()
	for token in ("", "x", "A" * 2000, "' or 1=1", "<script>", used, expired):
		for answer in (guest.get(PAGE, token=token), decide(guest, token, decision="confirm")):
			assert answer.status_code == 404
			texts.add(re.sub(r'value="\w*"', "", answer.text))
	assert len(texts) == 1 and draft["name"] not in texts.pop()
	assert row_of(draft).confirmation_state == "Asked"
	for _turn in range(31):
		last = guest.get(PAGE, token="x")
	assert last.status_code == 429


def test_what_changed_while_it_was_read_is_read_again(clients, draft):
	ask(clients, draft)
	guest, token = clients[None], token_of(draft)
	rows = [{"name": name} for name in draft["rows"]["partners"]]
	rows[1]["budget"] = 29999
	saved = clients[APPLICANT].call(SAVE, application={"name": draft["name"], "partners": rows})
	assert saved.status_code == 200, saved.text
	late = decide(guest, token, decision="confirm", seen="0" * 64)
	assert "Rileggetela" in late.text and "29.999,00" in late.text
	assert row_of(draft).confirmation_state == "Asked"
	assert "Confermata" in decide(guest, token, decision="confirm").text


def test_a_confirmation_lapses_with_its_part_and_the_client_writes_none(clients, draft):
	ask(clients, draft)
	decide(clients[None], token_of(draft), decision="confirm")
	rows = [{"name": name} for name in draft["rows"]["partners"]]
	client = clients[APPLICANT]

	def save(**changes):
		rows[1].update(changes)
		answer = client.call(SAVE, application={"name": draft["name"], "partners": rows})
		assert answer.status_code == 200, answer.text
		return row_of(draft).confirmation_state

	assert save(contact_email="altra@example.org", organisation_type="Comune") == "Confirmed"
	assert save(activities="Altro") == "Changed Since"
	live = client.call(CHECK, application={**values_of(draft), "name": draft["name"]}).json()["message"]
	assert "confirmation" in {finding["rule"] for finding in live["findings"]}
	assert save(activities="Sportello per le famiglie") == "Confirmed"
	forged = {"confirmation_state": "Confirmed", "confirmation_name": "Io", "confirmation_content": "x"}
	save(**forged)
	doc = client.get(f"/api/resource/RTC Application/{draft['name']}").json()["data"]
	doc["partners"][2].update(forged)
	doc["partners"][1]["confirmation_name"] = "Io"
	assert client.put(f"/api/resource/RTC Application/{draft['name']}", **doc).status_code == 200
	assert row_of(draft).confirmation_name == "Ada Prova" and not row_of(draft, 2).confirmation_state
	loose = client.put(f"/api/resource/{confirmations.ROW}/{row_of(draft, 2).name}", **forged)
	assert loose.status_code == 403 and not row_of(draft, 2).confirmation_state


def values_of(draft) -> dict:
	doc = fresh(APPLICATION, draft["name"])
	return {
		"call": doc.call,
		"title": doc.title,
		"partners": [{"name": row.name, **parts(row)} for row in doc.partners],
	}


def parts(row) -> dict:
	fields = (
		"organisation_name",
		"organisation_type",
		"role",
		"tax_code",
		"activities",
		"budget",
		"contact_email",
	)
	return {field: row.get(field) for field in fields}


def test_another_address_makes_the_link_worthless(clients, draft):
	ask(clients, draft)
	token = token_of(draft)
	rows = [{"name": name} for name in draft["rows"]["partners"]]
	rows[1]["contact_email"] = "giusta@example.org"
	clients[APPLICANT].call(SAVE, application={"name": draft["name"], "partners": rows})
	assert clients[None].get(PAGE, token=token).status_code == 404
	assert not row_of(draft).confirmation_state


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT])
def test_nobody_else_asks(clients, records, draft, user):
	assert clients[user].call(ASK, application=draft["name"]).status_code == 403
	assert not row_of(draft).confirmation_state


def test_all_are_asked_at_once_and_what_is_missing_is_said(clients, records, draft):
	told = clients[APPLICANT].call(ASK, application=draft["name"]).json()["message"]
	assert told["asked"] == ["Cooperativa Prova"]
	assert told["refused"] == [
		{
			"name": "Associazione Prova",
			"reason": "L'e-mail di contatto manca o è sbagliata: compilarla e salvare.",
		}
	]
	sent = clients[APPLICANT].call(ASK, application=records.sent.name)
	assert sent.status_code == 417 and "bozza" in words(sent)


def test_without_mail_nobody_counts_as_asked(monkeypatch):
	doc = factories.application(partners=[
		factories.partner(0, "Comune di Prova", "Comune", role="Lead"),
		factories.partner(1, "Cooperativa Prova", "Comune", contact_email=EMAIL),
	])  # fmt: skip
	monkeypatch.setattr(portal.mails, "send", lambda *args, **options: False)
	with factories.acting(APPLICANT):
		told = portal.ask_partners(doc.name)
	assert told["asked"] == [] and "non può inviare posta" in told["notice"]
	assert not frappe.get_doc(APPLICATION, doc.name).partners[1].confirmation_state


def test_where_the_call_waits_for_all_sending_does():
	call = factories.call(title="Con conferma", requires_partner_confirmation=1)
	doc = factories.application(call=call.name)
	with factories.acting(APPLICANT), pytest.raises(frappe.ValidationError, match="Cooperativa Prova"):
		frappe.model.workflow.apply_workflow(doc, "Send")
	doc.reload()
	for row in doc.partners[1:]:
		confirmations.answer(doc, row, "Confirmed", "Ada Prova", "Presidente")
	assert frappe.db.get_value(APPLICATION, doc.name, "blocking_findings") == 0, "the findings are told anew"
	with factories.acting(APPLICANT):
		sent = frappe.model.workflow.apply_workflow(frappe.get_doc(APPLICATION, doc.name), "Send")
	assert sent.docstatus == 1
	paper = frappe.get_print(APPLICATION, doc.name, "RTC Application Receipt")
	assert paper.count("Confermato") + paper.count("Confermata") >= 2 and "Ada Prova" in paper


def test_staff_who_may_not_see_a_draft_asks_nobody(draft, as_user):
	frappe.db.rollback()  # what the server has stored
	with as_user(OFFICER), pytest.raises(frappe.PermissionError):
		portal.ask_partners(draft["name"])
