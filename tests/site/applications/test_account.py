"""From reading the questions to the first draft: signing up, the organisation kept once, the list of one's own."""

import re
from email import message_from_string

import frappe
import pytest

from rtc_conciliation.access import roles
from rtc_conciliation.access.roles import APPLICANT as ROLE
from rtc_conciliation.applications import pending_actions, profile
from rtc_conciliation.common import clock
from rtc_conciliation.common.web import page_cache
from tests.site import caches, factories
from tests.site.applications.tools import SAVE, settings_in, words
from tests.site.factories import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.site.http import Client, committed_rows

SIGN_UP = "frappe.core.doctype.user.user.sign_up"
NEW = "nuova.progettista@example.org"
PROFILE = "RTC Applicant Profile"
KEEP = "rtc_conciliation.applications.api.save_profile"
ORGANISATION = {
	"organisation_name": "Cooperativa <Nodo> & Figli",
	"organisation_type": "Cooperativa sociale di tipo A",
	"tax_code": f" {factories.TAX_CODES[1]} ",
	"pec": "nodo@pec.example.org",
	"contact_person": "Gina Prova",
	"legal_representative": "Rina Prova",
	"legal_representative_powers": "Statuto",
	"municipality": "Seriate",
}


@pytest.fixture(scope="module")
def records(site):
	before = frappe.db.get_single_value("Website Settings", "disable_signup")
	role = frappe.db.get_single_value("Portal Settings", "default_role")
	with committed_rows():
		call = factories.call()
		frappe.db.set_single_value("Website Settings", "disable_signup", 0)
		# the role that Portal Settings give may be another app's: ours must not depend on it
		frappe.db.set_single_value("Portal Settings", "default_role", None)
		frappe.db.commit()
		caches.forget_records()
		page_cache.clear_pages()
		yield frappe._dict(call=call.name)
		frappe.db.set_single_value("Website Settings", "disable_signup", before)
		frappe.db.set_single_value("Portal Settings", "default_role", role)


@pytest.fixture(scope="module")
def clients(base_url, records):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OTHER_APPLICANT, OFFICER)}


def test_questions_are_read_before_signing_up(clients, records):
	sheet = clients[None].get(f"/bandi/{records.call}").text
	assert f'href="/bandi/{records.call}/domande"' in sheet
	answer = clients[None].get(f"/bandi/{records.call}/domande")
	assert answer.status_code == 200
	for asked_for in (
		"Contesto e bisogni",
		"Codice fiscale",
		"Ambito",
		"DURC",
		"Accordo di partenariato",
		"Costo unitario",
	):
		assert asked_for in answer.text, asked_for
	draft = factories.call("Draft", title="Non ancora pubblicata")
	for name in (draft.name, "RTC-CALL-inventata"):
		assert clients[None].get(f"/bandi/{name}/domande").status_code == 404


def test_from_sign_up_to_the_form(base_url, clients, records):
	wanted = f"/domanda/new?call={records.call}"
	new = Client(base_url)
	first = new.get(wanted)
	assert first.status_code in (301, 302)
	assert first.headers["Location"].endswith("/login?redirect-to=" + frappe.utils.quote(wanted, safe=""))
	answer = new.call(SIGN_UP, email=NEW, full_name="Nuova Progettista", redirect_to=wanted)
	assert answer.json()["message"][0] == 1, answer.text
	key = re.search(r"update-password\?key=([\w-]+)", mail_to(NEW)).group(1)
	set_it = "frappe.core.doctype.user.user.update_password"
	answer = new.call(set_it, key=key, new_password=factories.PASSWORD, logout_all_sessions=1)
	# core 15 and 16 tell the whole address
	assert answer.json()["message"].removeprefix(base_url) == wanted, answer.text
	page = new.get(wanted)
	assert page.status_code == 200
	assert settings_in(page.text)["values"] == {"call": records.call}
	assert new.call(SAVE, application={"call": records.call, "title": "La prima"}).status_code == 200
	user = frappe.get_doc("User", NEW)
	assert user.user_type == "Website User" and ROLE in {row.role for row in user.roles}


def mail_to(address: str) -> str:
	frappe.db.rollback()
	name = frappe.get_all("Email Queue Recipient", {"recipient": address}, pluck="parent")[-1]
	message = message_from_string(frappe.db.get_value("Email Queue", name, "message"))
	part = next(part for part in message.walk() if part.get_content_type() == "text/html")
	return part.get_payload(decode=True).decode()


def test_made_by_the_office_a_user_gets_no_role_by_itself(as_user):
	for user, expected in (("Administrator", set()), (OFFICER, set()), ("Guest", {ROLE})):
		with as_user(user):
			made = frappe.new_doc("User")
			roles.make_applicant(made)
			assert {row.role for row in made.roles} == expected, user


def test_the_organisation_is_kept_and_begins_a_new_application(clients, records):
	client = clients[APPLICANT]
	assert client.get("/organizzazione").headers["Location"].endswith("/organizzazione/new")
	foreign = {"user": OTHER_APPLICANT, "owner": OTHER_APPLICANT, "name": "altro", "docstatus": 1}
	answer = client.call(KEEP, profile={**ORGANISATION, **foreign})
	assert answer.status_code == 200, answer.text
	shown = settings_in(client.get("/organizzazione/new").text)["values"]
	assert shown["organisation_name"] == ORGANISATION["organisation_name"]
	assert shown["tax_code"] == factories.TAX_CODES[1]
	values = settings_in(client.get(f"/domanda/new?call={records.call}").text)["values"]
	assert values["partners"] == [
		{
			"organisation_name": ORGANISATION["organisation_name"],
			"organisation_type": ORGANISATION["organisation_type"],
			"tax_code": factories.TAX_CODES[1],
			"role": "Lead",
		}
	]
	assert (values["pec"], values["legal_representative"]) == ("nodo@pec.example.org", "Rina Prova")
	saved = client.call(SAVE, application={**values, "title": "Dal profilo", "pec": "altra@pec.example.org"})
	assert saved.status_code == 200, saved.text
	client.call(KEEP, profile={"organisation_name": "Cooperativa Nodo", "pec": ""})
	frappe.db.rollback()
	doc = frappe.get_doc("RTC Application", saved.json()["message"]["name"])
	assert doc.pec == "altra@pec.example.org" and doc.lead_tax_code == factories.TAX_CODES[1]
	kept = frappe.get_all(PROFILE, {"user": APPLICANT}, ["organisation_name", "pec", "owner"])
	assert kept == [{"organisation_name": "Cooperativa Nodo", "pec": "", "owner": APPLICANT}]
	assert not frappe.db.exists("RTC Organisation", {"tax_code": factories.TAX_CODES[1]}), (
		"the register is the office's"
	)


def test_a_wrong_code_in_the_profile_is_refused(clients):
	answer = clients[OTHER_APPLICANT].call(KEEP, profile={**ORGANISATION, "tax_code": "94000050160"})
	assert answer.status_code == 417
	assert "94000050160" in words(answer)
	for nonsense in ("niente", ["a"], {"organisation_name": {"a": 1}}):
		assert clients[OTHER_APPLICANT].call(KEEP, profile=nonsense).status_code == 417


def test_the_profile_is_nobody_elses(clients):
	clients[APPLICANT].call(KEEP, profile=ORGANISATION)
	frappe.db.rollback()
	name = frappe.db.get_value(PROFILE, {"user": APPLICANT})
	address = f"/api/resource/{PROFILE}/{name}"
	assert clients[APPLICANT].get(address).status_code == 200
	for user in (None, OTHER_APPLICANT, OFFICER):
		client = clients[user]
		assert client.get(address).status_code == 403
		assert client.put(address, user=OTHER_APPLICANT, owner=OTHER_APPLICANT).status_code == 403
		assert client.delete(address).status_code == 403
		ways = (
			client.call("frappe.client.get_list", doctype=PROFILE, fields=["organisation_name"]),
			client.call("frappe.client.get_value", doctype=PROFILE, filters={"name": name}, fieldname="pec"),
			client.get("/printview", doctype=PROFILE, name=name),
		)
		assert not any("nodo" in answer.text.lower() for answer in ways)
	for user in (None, OFFICER):
		assert clients[user].call(KEEP, profile=ORGANISATION).status_code in (403, 417)
	assert clients[None].get("/organizzazione/new").headers["Location"].startswith("/login")


def test_profile_list_and_permission_agree(as_user):
	for user in (APPLICANT, OTHER_APPLICANT):
		with as_user(user):
			profile.get_own() or factories.make(PROFILE, {"organisation_name": f"Ente di {user}"})
	names = {row.user: row.name for row in frappe.get_all(PROFILE, fields=["name", "user"])}
	for user in (APPLICANT, OTHER_APPLICANT):
		with as_user(user):
			assert frappe.get_list(PROFILE, pluck="name") == [names[user]]
			for owner, name in names.items():
				assert bool(frappe.get_doc(PROFILE, name).has_permission("write")) == (owner == user)


@pytest.mark.parametrize(
	"state, findings, hours, told",
	[
		("Draft", 0, 240, "Pronta per l'invio. Mancano 10 giorni"),
		("Draft", 1, 24, "1 punto da correggere prima dell'invio. Domani è l'ultimo giorno"),
		("Draft", 5, 0.01, "5 punti da correggere prima dell'invio. Oggi è l'ultimo giorno"),
		("Draft", 0, -1, "Non inviata. La manifestazione non accetta più domande."),
		("Integration Requested", 0, 240, None),  # its request stands beside it
		("Funded", 0, -240, None),  # so does its award
		("Submitted", 0, 240, None),
	],
)
def test_what_is_asked_now(state, findings, hours, told, set_time):
	call = factories.call()
	noon = frappe.utils.get_datetime("2026-05-20 12:00:00")
	set_time(noon)
	closing = frappe.utils.add_to_date(noon, hours=hours)
	frappe.db.set_value("RTC Call", call.name, {"opening": "2026-05-01", "closing": closing})
	row = frappe._dict(name="A", call=call.name, workflow_state=state, blocking_findings=findings)
	text = pending_actions.describe_pending([row]).get("A")
	assert text is None if told is None else text.startswith(told), text


def test_the_list_begins_and_ends_somewhere(clients, records):
	page = clients[OTHER_APPLICANT].get("/domanda/list").text
	assert "Non hai ancora domande" in page and "/organizzazione" in page
	assert f"/bandi/{records.call}/domande" in page and "web_logout" in page


@pytest.mark.parametrize("path", ["/accessibilita", "/informativa-privacy"])
def test_statements(path, clients, records):
	answer = clients[None].get(path)
	assert answer.status_code == 200
	assert 'lang="it"' in answer.text and "conciliazione@ats.example.org" in answer.text
	for public in ("/bandi", "/accessibilita"):
		assert f'href="{path}"' in clients[None].get(public).text, "linked at the foot of every page"
