"""Colleagues at one application: what an invitation opens, what it does not, and that revoking closes it again."""

import frappe
import pytest

from devsite.system import find
from rtc_conciliation.access import colleagues, states
from rtc_conciliation.applications import draft_removal, draft_saves
from rtc_conciliation.applications.concurrent_edits import get_edits_since
from rtc_conciliation.common import clock, tokens
from rtc_conciliation.rtc_conciliation.doctype.rtc_call import amendments
from tests.site import factories
from tests.site.applications.tools import SAVE
from tests.site.factories import ADMIN, APPLICANT, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.http import Client, committed_rows
from tests.site.queries import at_most_queries
from tests.site.ways_in import WAYS_IN

APPLICATION, DOCTYPE = colleagues.APPLICATION, colleagues.DOCTYPE
PORTAL = "rtc_conciliation.applications.api."
SECRETS = ("segreta", "Cooperativa Prova")
#: enough to see that nothing is open; all of them are tried once it was, and after it was closed again
QUICK = ("resource", "client.get_list", "child list", "reportview child")
#: ways that show a record to whom it belongs; applicants have no export, and a search needs its own words
SHOWING = [way for way in WAYS_IN if way not in ("export", "search", "" if find("wkhtmltopdf") else "pdf")]


@pytest.fixture(scope="module")
def records(site):
	with committed_rows():
		draft = factories.application("Draft", title="Bozza segreta")
		sent = factories.application("Submitted", call=draft.call, title="Domanda segreta")
		frappe.db.commit()
		yield frappe._dict(draft=draft.name, sent=sent.name, file=draft.attachments[0].file)


@pytest.fixture(scope="module")
def clients(base_url, records):
	return {user: Client(base_url, user) for user in (None, APPLICANT, OTHER_APPLICANT, OFFICER)}


@pytest.fixture
def invited(clients, records):
	"""`invited(application, may_send)`: the colleague's record and the path of the link; all revoked at the end."""

	def invite(application, may_send=0):
		values = {"application": application, "email": OTHER_APPLICANT.upper(), "may_send": may_send}
		answer = clients[APPLICANT].call(PORTAL + "invite_colleague", **values)
		assert answer.status_code == 200, answer.text
		told = answer.json()["message"]
		return told["people"][-1]["name"], "/" + told["link"].split("/", 3)[3]

	yield invite
	for application in (records.draft, records.sent):
		for person in clients[APPLICANT].get(listed(application)).json()["message"]["people"]:
			clients[APPLICANT].call(PORTAL + "revoke_colleague", colleague=person["name"])


def listed(application: str) -> str:
	return f"/api/method/{PORTAL}list_colleagues?application={application}"


def accept(client, path: str):
	return client.session.post(
		client.base_url + "/invito",
		data={"token": path.split("token=")[1]},
		headers=client.csrf(),
		timeout=60,
	)


def seen(client, application: str, tried=tuple(WAYS_IN)) -> set[str]:
	"""The ways in, of those tried, by which the secrets of `application` come out."""
	ways = {way: WAYS_IN[way](client, application) for way in tried}
	return {
		way
		for way, answer in ways.items()
		if any(secret in answer.text for secret in SECRETS) or (way == "pdf" and answer.status_code == 200)
	}


def test_only_an_accepted_invitation_opens_and_revoking_closes(clients, records, invited):
	other = clients[OTHER_APPLICANT]
	name, path = invited(records.draft)
	assert seen(other, records.draft, QUICK) == set(), "invited, and not accepted"
	assert "Accetta l'invito" in other.get(path).text
	assert seen(other, records.draft, QUICK[:1]) == set(), "a link that is only opened accepts nothing"
	assert "Ora lavori" in accept(other, path).text
	assert set(SHOWING) <= seen(other, records.draft)
	assert other.get(records.file).status_code == 200
	page = other.get("/domanda/list").text
	assert "Bozza segreta" in page and "Domanda segreta" not in page
	assert "condivisa da applicant" in page
	assert "con other.applicant" in clients[APPLICANT].get("/domanda/list").text
	assert other.get(f"/domanda/{records.draft}/edit").status_code == 200
	assert seen(other, records.sent, QUICK) == set(), "another application of the same applicant"

	assert clients[APPLICANT].call(PORTAL + "revoke_colleague", colleague=name).status_code == 200
	assert seen(other, records.draft) == set()
	assert other.get(records.file).status_code == 403
	assert "Bozza segreta" not in other.get("/domanda/list").text
	assert save(other, records.draft).status_code == 403
	assert accept(other, path).status_code == 404, "the link of a revoked invitation"


def save(client, name: str, **values):
	return client.call(SAVE, application={"name": name, "title": "Bozza segreta", **values})


def test_a_colleague_writes_and_takes_nothing_over(clients, records, invited):
	other = clients[OTHER_APPLICANT]
	name, path = invited(records.draft)
	accept(other, path)
	answer = save(other, records.draft, acronym="INSIEME")
	assert answer.status_code == 200, answer.text
	address = f"/api/resource/RTC Application/{records.draft}"
	other.put(address, applicant=OTHER_APPLICANT, owner=OTHER_APPLICANT)
	assert other.delete(address).status_code == 403
	share = {"doctype": APPLICATION, "name": records.draft, "user": OFFICER}
	assert other.call("frappe.share.add", **share).status_code == 403
	invitation = {"application": records.draft, "email": "terza@example.org"}
	assert other.call(PORTAL + "invite_colleague", **invitation).status_code == 403
	assert other.post(f"/api/resource/{DOCTYPE}", **invitation).status_code == 403
	assert other.call(PORTAL + "change_colleague", colleague=name, may_send=1).status_code == 403
	assert other.put(f"/api/resource/{DOCTYPE}/{name}", may_send=1).status_code == 403
	frappe.db.rollback()
	doc = frappe.get_doc(APPLICATION, records.draft)
	assert (doc.applicant, doc.owner, doc.acronym) == (APPLICANT, APPLICANT, "INSIEME")
	assert other.call(PORTAL + "revoke_colleague", colleague=name).json()["message"] == {}, (
		"a colleague may leave"
	)
	assert seen(other, records.draft, QUICK[:1]) == set()


def test_sending_and_withdrawing_need_the_leave(clients, records, invited):
	other = clients[OTHER_APPLICANT]
	name, path = invited(records.sent)
	accept(other, path)
	withdraw = {"doc": {"doctype": APPLICATION, "name": records.sent}, "action": "Withdraw"}
	refused = other.call("frappe.model.workflow.apply_workflow", **withdraw)
	assert refused.status_code == 403
	assert APPLICANT in refused.text, "the refusal says who can"
	assert other.call("frappe.client.cancel", doctype=APPLICATION, name=records.sent).status_code == 403
	assert 'can_withdraw": false' in other.get(f"/domanda/{records.sent}").text
	clients[APPLICANT].call(PORTAL + "change_colleague", colleague=name, may_send=1)
	assert 'can_withdraw": true' in other.get(f"/domanda/{records.sent}").text
	answer = other.call("frappe.model.workflow.apply_workflow", **withdraw)
	assert answer.status_code == 200, answer.text


def test_a_colleague_who_may_send_sends(as_user):
	doc = factories.application("Draft")
	made = colleague(doc.name, may_send=0)
	doc.reload()
	with as_user(OTHER_APPLICANT):
		with pytest.raises(colleagues.SenderError):
			frappe.model.workflow.apply_workflow(doc, "Send")
		made.db_set("may_send", 1)
		frappe.model.workflow.apply_workflow(frappe.get_doc(APPLICATION, doc.name), "Send")
	stored = frappe.get_doc(APPLICATION, doc.name)
	assert (stored.workflow_state, stored.sent_by, stored.applicant) == (
		"Submitted",
		OTHER_APPLICANT,
		APPLICANT,
	)


def colleague(application: str, user: str = OTHER_APPLICANT, may_send: int = 0):
	with factories.acting(APPLICANT):
		doc = factories.make(DOCTYPE, {"application": application, "email": user, "may_send": may_send})
	doc.db_set({"user": user, "accepted_on": clock.now()})
	return doc


def test_who_wrote_it_does_not_examine_it(as_user):
	doc = factories.application("Submitted")
	made = colleague(doc.name, OFFICER)
	made.db_set("revoked_on", clock.now())
	with as_user(OFFICER), pytest.raises(states.SelfApprovalError):
		frappe.model.workflow.apply_workflow(doc, "Start Formal Check")
	with as_user(MANAGER):
		frappe.model.workflow.apply_workflow(frappe.get_doc(APPLICATION, doc.name), "Start Formal Check")


@pytest.mark.parametrize("user", [None, OTHER_APPLICANT, OFFICER])
def test_strangers_neither_list_nor_invite(user, clients, records):
	client = clients[user]
	assert client.get(listed(records.draft)).status_code == 403
	invitation = {"application": records.draft, "email": OTHER_APPLICANT}
	assert client.call(PORTAL + "invite_colleague", **invitation).status_code == 403
	assert client.post(f"/api/resource/{DOCTYPE}", **invitation).status_code == 403


def test_strangers_change_and_revoke_nothing(clients, records, invited):
	name, _path = invited(records.draft)
	for user in (None, OTHER_APPLICANT, OFFICER):
		assert clients[user].call(PORTAL + "change_colleague", colleague=name, may_send=1).status_code == 403
		assert clients[user].call(PORTAL + "revoke_colleague", colleague=name).status_code == 403
		assert records.draft not in clients[user].get(f"/api/resource/{DOCTYPE}").text
	frappe.db.rollback()
	assert frappe.db.get_value(DOCTYPE, name, ("may_send", "revoked_on")) == (0, None)


def test_the_link_is_for_the_invited_address_alone(clients, records, invited):
	_name, path = invited(records.draft)
	guest = clients[None].get(path)
	assert guest.status_code == 200 and "/login?redirect-to=" in guest.text
	assert "Bozza segreta" in guest.text, "it says what it invites to"
	for user in (APPLICANT, OFFICER):
		assert OTHER_APPLICANT in accept(clients[user], path).text
	accept(clients[None], path)
	frappe.db.rollback()
	assert not colleagues.list_shared(OTHER_APPLICANT)
	assert clients[None].get("/invito?token=inventato").status_code == 404
	invited(records.draft)
	assert clients[OTHER_APPLICANT].get(path).status_code == 404, "a newer invitation takes its place"


@pytest.mark.parametrize("email", ["", "non un indirizzo", APPLICANT, f" {APPLICANT.upper()} "])
def test_invitations_that_make_no_sense(email, clients, records):
	answer = clients[APPLICANT].call(PORTAL + "invite_colleague", application=records.draft, email=email)
	assert answer.status_code == 417, answer.text


def test_nothing_but_address_and_leave_comes_from_who_invites(as_user):
	doc = factories.application("Draft")
	forged = {"user": OFFICER, "accepted_on": clock.now(), "token_digest": "x", "expires_on": "2099-01-01"}
	with as_user(APPLICANT):
		made = factories.make(DOCTYPE, {"application": doc.name, "email": OFFICER, **forged})
		made.reload()
		assert (made.user, made.accepted_on) == (None, None)
		assert made.token_digest != "x" and made.expires_on.year < 2099
		assert made.is_open()
		made.expires_on = clock.now()
		assert not made.is_open(), "expired"
		draft_removal.delete_draft(doc.name)
	assert not frappe.db.exists(DOCTYPE, made.name), "a draft goes with its invitations"


def test_the_mail(as_user):
	doc = factories.application("Draft", title="Tempo & <b>valle</b>")
	with as_user(APPLICANT):
		made = factories.make(DOCTYPE, {"application": doc.name, "email": OTHER_APPLICANT})
	queued = frappe.get_last_doc("Email Queue", {"reference_name": made.name})
	assert [row.recipient for row in queued.recipients] == [OTHER_APPLICANT]
	token = made.flags.link.split("token=")[1]
	assert made.token_digest == tokens.make_digest(token) and token not in made.as_json()
	assert frappe.db.count("Comment", {"content": ("like", f"%{token}%")}) == 0


def test_an_amendment_is_told_to_colleagues_too():
	doc = factories.application("Draft")
	colleague(doc.name)
	gone = colleague(factories.application("Draft").name, "second.officer@rtc.test")
	gone.db_set("revoked_on", clock.now())
	told = amendments.list_applicants(doc.call)
	assert OTHER_APPLICANT in told and APPLICANT in told and gone.email not in told


def test_list_and_permission_of_colleagues_agree(as_user):
	made = [
		colleague(factories.application("Draft").name),
		colleague(factories.application("Submitted").name),
	]
	expected = {APPLICANT: {0, 1}, OTHER_APPLICANT: {0, 1}, OFFICER: {1}, ADMIN: {1}}
	for user, indexes in expected.items():
		with as_user(user):
			shown = set(frappe.get_list(DOCTYPE, pluck="name"))
			assert shown & {doc.name for doc in made} == {made[i].name for i in indexes}, user
			for index, doc in enumerate(made):
				assert bool(frappe.get_doc(DOCTYPE, doc.name).has_permission("read")) == (index in indexes), (
					user
				)


def test_who_writes_is_told_of_anothers_save(clients, records, invited):
	def news(user, modified):
		path = "/api/method/rtc_conciliation.applications.api.get_edits_since"
		return clients[user].get(path, application=records.draft, modified=modified)

	before = save(clients[APPLICANT], records.draft, acronym="UNO").json()["message"]["modified"]
	assert news(APPLICANT, before).json()["message"] == {}
	for user in (None, OTHER_APPLICANT, OFFICER):
		answer = news(user, "2026-01-01 00:00:00")
		assert answer.status_code == 403 and "modified" not in answer.json().get("message", ""), answer.text
	_name, path = invited(records.draft)
	accept(clients[OTHER_APPLICANT], path)
	saved = save(clients[OTHER_APPLICANT], records.draft, acronym="DUE").json()["message"]
	told = news(APPLICANT, before).json()["message"]
	assert told["by"] == "other.applicant" and (told["own"], told["sent"]) == (False, 0)
	assert (told["modified"], told["at"]) == (saved["modified"], saved["saved_at"])
	assert news(APPLICANT, told["modified"]).json()["message"] == {}
	assert news(OTHER_APPLICANT, before).json()["message"]["own"] is True
	frappe.cache.delete(draft_saves.make_key(records.draft))  # a cache that was emptied is filled again
	assert news(APPLICANT, saved["modified"]).json()["message"] == {}
	with at_most_queries(0):
		assert get_edits_since(records.draft, saved["modified"]) == {}
	assert (
		clients[APPLICANT]
		.get("/api/method/rtc_conciliation.applications.api.get_edits_since", application="x", modified="")
		.status_code
		== 404
	)
