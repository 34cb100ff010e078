"""Sending: once, by the time of arrival, with a receipt that can be checked; withdrawal until the closing."""

import email
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.applications import content_check, receipts, sending
from rtc_conciliation.common import clock
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.patches import moments_of_mails
from rtc_conciliation.rtc_conciliation.doctype.rtc_call.closing import close_calls
from tests.site import factories
from tests.site.applications.tools import APPLICATION, fresh, words
from tests.site.factories import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.site.http import Client
from tests.site.printing import issued_rows

SEND = "rtc_conciliation.applications.api.send_application"
ROME = clock.ROME


@pytest.fixture
def ready(records):
	"""A complete draft, seen by the server."""
	doc = factories.application(call=records.call, title="Da inviare")
	frappe.db.sql("commit")
	return doc


def test_sent_at_the_same_time_it_is_sent_once(base_url, clients, ready):
	answers = sent_at_once(base_url, clients, ready.name, ready.name)
	assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
	first, second = (answer.json()["message"] for answer in answers)
	assert first == second and len(first["digest"]) == 64
	again = clients[APPLICANT].call(SEND, application=ready.name).json()["message"]
	assert again == first
	doc = fresh(APPLICATION, ready.name)
	assert (doc.docstatus, doc.digest) == (1, first["digest"])
	assert frappe.db.count("Version", {"docname": ready.name, "data": ("like", '%"Submitted"%')}) <= 1


def sent_at_once(base_url, clients, *names: str) -> list:
	people = [clients[APPLICANT], *(Client(base_url, APPLICANT) for _ in names[1:])]
	headers = [client.csrf() for client in people]  # Frappe's cache is this thread's
	with ThreadPoolExecutor(len(names)) as pool:
		started = [
			pool.submit(
				client.session.post,
				f"{base_url}/api/method/{SEND}",
				json={"application": name},
				headers=header,
				timeout=60,
			)
			for client, header, name in zip(people, headers, names, strict=True)
		]
		return [one.result() for one in started]


def test_of_two_drafts_of_one_lead_sent_at_the_same_time_one_arrives(base_url, clients, records):
	call = factories.call(title="Una sola per capofila", one_application_per_lead=1).name
	names = [factories.application(call=call, title=f"Bozza {number}").name for number in range(3)]
	frappe.db.sql("commit")
	answers = sent_at_once(base_url, clients, *names)
	assert sorted(answer.status_code for answer in answers) == [200, 417, 417], [a.text for a in answers]
	sent = [name for name in names if fresh(APPLICATION, name).docstatus]
	assert len(sent) == 1
	assert all(sent[0] in answer.text for answer in answers), "who is refused reads which one was sent"


@pytest.mark.parametrize("user, status", [(None, 403), (OTHER_APPLICANT, 403), (OFFICER, 403)])
def test_nobody_else_sends_or_reads_the_receipt(base_url, clients, records, user, status):
	client = clients.get(user) or Client(base_url, user)
	assert client.call(SEND, application=records.draft.name).status_code == status
	if user != OFFICER:
		assert client.call(SEND, application=records.sent.name).status_code == status
	assert fresh(APPLICATION, records.draft.name).docstatus == 0


def test_a_refusal_says_everything(clients, records):
	doc = factories.application(call=records.call, title="Incompleta", pec="")
	frappe.db.sql("commit")
	answer = clients[APPLICANT].call(SEND, application=doc.name)
	assert answer.status_code == 417 and "PEC" in words(answer)


#: closing as the call says it, arrival with its zone, in time?
CLOSINGS = [
	("2030-06-30 12:00:00", datetime(2030, 6, 30, 11, 59, 59, tzinfo=ROME), True),
	("2030-06-30 12:00:00", datetime(2030, 6, 30, 12, tzinfo=ROME), True),
	("2030-06-30 12:00:00", datetime(2030, 6, 30, 12, 0, 1, tzinfo=ROME), False),
	("2030-10-27 02:30:00", datetime(2030, 10, 27, 2, 45, fold=0, tzinfo=ROME), True),
	("2030-10-27 02:30:00", datetime(2030, 10, 27, 2, 30, fold=1, tzinfo=ROME), True),
	("2030-10-27 02:30:00", datetime(2030, 10, 27, 2, 30, 1, fold=1, tzinfo=ROME), False),
	("2030-03-31 02:30:00", datetime(2030, 3, 31, 1, 59, 59, tzinfo=ROME), True),
	("2030-03-31 02:30:00", datetime(2030, 3, 31, 3, 30, tzinfo=ROME), True),
	("2030-03-31 02:30:00", datetime(2030, 3, 31, 3, 30, 1, tzinfo=ROME), False),
]


@pytest.fixture
def arriving(monkeypatch):
	"""`arriving(moment)`: the running request reached the site then."""
	return lambda moment: monkeypatch.setattr(frappe.local, "rtc_arrived", moment, raising=False)


def test_the_moment_of_arrival_decides(arriving):
	call = factories.call(title="Con un termine")
	doc = factories.application(call=call.name)
	for closing, arrival, in_time in CLOSINGS:
		frappe.db.set_value("RTC Call", call.name, "closing", closing)
		frappe.clear_document_cache("RTC Call", call.name)
		arriving(arrival)
		assert sending.may_withdraw(doc) is in_time, (closing, arrival)
		codes = {finding.code for finding in doc.check(clock.request_time()).errors}
		assert ("window.too_late" not in codes) is in_time, (closing, arrival, codes)


def test_arrived_in_time_it_is_sent_though_the_call_was_closed_meanwhile(arriving):
	call = factories.call(title="Chiusa in mezzo")
	doc, late = factories.application(call=call.name), factories.application(call=call.name)
	closing = clock.now() - timedelta(seconds=5)
	frappe.db.set_value("RTC Call", call.name, "closing", closing)
	close_calls()
	assert frappe.db.get_value("RTC Call", call.name, "workflow_state") == "Closed"
	arriving(closing.replace(tzinfo=ROME))
	with factories.acting(APPLICANT):
		assert apply_workflow(doc, "Send").sent_on == closing
	arriving((closing + timedelta(seconds=1)).replace(tzinfo=ROME))
	with factories.acting(APPLICANT), pytest.raises(RulesError):
		apply_workflow(late, "Send")


def test_nobody_says_when_his_request_arrived(clients, ready):
	client = clients[APPLICANT]
	headers = {**client.csrf(), "X-Request-Start": "t=1000000000", "Date": "Thu, 01 Jan 2026 00:00:00 GMT"}
	answer = client.session.post(
		f"{client.base_url}/api/method/{SEND}", json={"application": ready.name}, headers=headers, timeout=60
	)
	assert answer.status_code == 200, answer.text
	assert abs(fresh(APPLICATION, ready.name).sent_on - clock.now()) < timedelta(minutes=1)


# -- the receipt


def check(guest, number: str, digest: str) -> str:
	data = {"numero": number, "impronta": digest}
	answer = guest.session.post(f"{guest.base_url}/verifica", data=data, timeout=60)
	assert answer.status_code == 200, answer.text
	assert "Domanda inviata" not in answer.text and "Comune di Prova" not in answer.text
	return answer.text


def test_a_receipt_is_checked_by_number_and_digest(clients, records):
	guest, sent = clients[None], fresh(APPLICATION, records.sent.name)
	assert guest.get("/verifica", numero=sent.name, impronta=sent.digest).status_code == 200
	assert "Corrisponde." in check(
		guest, f" {sent.name.lower()} ", f"{sent.digest[:32]} {sent.digest[32:].upper()}"
	)
	wrong = {check(guest, sent.name, "0" * 64), check(guest, "RTC-APP-2020-99999", "0" * 64)}
	assert all("Non corrisponde." in page for page in wrong)
	assert "Scrivere il numero" in check(guest, sent.name, "corta")
	assert "Non corrisponde." in check(guest, records.draft.name, "0" * 64)

	path = Path(frappe.get_doc("File", {"file_url": sent.attachments[0].file}).get_full_path())
	kept = path.read_bytes()
	try:
		path.write_bytes(kept + b"%")
		assert "Un file è cambiato." in check(guest, sent.name, sent.digest)
	finally:
		path.write_bytes(kept)
	frappe.db.set_value(APPLICATION, sent.name, "abstract", "Altro", update_modified=False)
	frappe.db.sql("commit")
	assert "Il contenuto è cambiato." in check(guest, sent.name, sent.digest)
	frappe.db.set_value(APPLICATION, sent.name, "abstract", sent.abstract, update_modified=False)
	frappe.db.sql("commit")
	assert "Corrisponde." in check(guest, sent.name, sent.digest)
	for _turn in range(30):
		answer = guest.session.post(f"{guest.base_url}/verifica", data={"numero": "x"}, timeout=60)
	assert answer.status_code == 429


def test_the_command_names_what_changed(capsys):
	doc = factories.application("Submitted")
	assert content_check.verify(doc.name) == "digest matches"
	assert "accordo" in capsys.readouterr().out
	with factories.acting(OFFICER):  # what the office writes afterwards is none of what was sent
		doc.protocol_number = "12/2026"
		doc.save()
	assert content_check.verify(doc.name) == "digest matches"
	frappe.db.set_value(APPLICATION, doc.name, "abstract", "Altro")
	frappe.db.delete("RTC Application Action", {"name": doc.actions[0].name})
	frappe.db.delete("File", {"file_url": doc.attachments[0].file})
	with pytest.raises(SystemExit):
		content_check.verify(doc.name)
	told = capsys.readouterr().out
	assert "abstract, actions" in told and told.count("DIVERSO") == 2
	with pytest.raises(SystemExit):
		content_check.verify(factories.application().name)
	frappe.db.set_value(APPLICATION, doc.name, "sent_content", "{rotto")
	assert content_check.check(frappe.get_doc(APPLICATION, doc.name)) == content_check.CHANGED


def test_the_receipt_shows_the_digest_of_every_file(clients, records):
	sent = fresh(APPLICATION, records.sent.name)
	[file] = receipts.sent_files(sent)
	assert len(file["sha256"]) == 64
	assert file["sha256"] in frappe.get_print(APPLICATION, sent.name, "RTC Application Receipt")
	assert file["sha256"] in clients[APPLICANT].get(f"/domanda/{sent.name}").text


def test_a_file_that_is_gone_is_not_sent(as_user):
	doc = factories.application()
	Path(frappe.get_doc("File", {"file_url": doc.attachments[0].file}).get_full_path()).unlink()
	with as_user(APPLICANT), pytest.raises(receipts.LostFileError):
		apply_workflow(doc, "Send")


def test_lead_and_partners_are_told():
	partners = factories.application_values()["partners"]
	partners[1]["contact_email"] = "coop@example.org"
	doc = factories.application("Submitted", partners=partners)
	for what, words_of_it in ((sending.SENT, doc.digest), (sending.WITHDRAWN, "ritirata")):
		sending.send_receipts(doc.name, what)
		[receipt] = issued_rows(doc, sending.RECEIPT)
		queued = [
			frappe.get_doc("Email Queue", name)
			for name in frappe.get_all("Email Queue", {"reference_name": doc.name}, pluck="name", limit=2)
		]
		people = [sorted(row.recipient for row in mail.recipients) for mail in queued]
		assert sorted(people) == [[APPLICANT, "capofila@pec.example.org"], ["coop@example.org"]]
		for mail in queued:
			assert (receipt.file in (mail.attachments or "")) is (what == sending.SENT)
			text = next(part for part in email_parts(mail) if part.get_content_type() == "text/plain")
			assert words_of_it in text.get_payload(decode=True).decode().replace("\n", "")
		frappe.db.delete("Email Queue", {"reference_name": doc.name})


def test_one_job_mails_all_the_receipts_that_wait_and_each_once(monkeypatch):
	told = []

	def tell(name, what):
		if name in names:  # what tests over HTTP have sent waits too
			told.append((name, what))
			assert len(told) != 1, "a receipt that cannot be written does not hold up the others"

	monkeypatch.setattr(sending, "send_receipts", tell)
	names = [factories.application("Submitted", title=f"Attesa {number}").name for number in range(3)]
	assert frappe.db.count(APPLICATION, {"name": ("in", names), "receipt_sent_on": ("is", "set")}) == 3, (
		"muted"
	)
	for name in names:
		frappe.db.set_value(APPLICATION, name, "receipt_sent_on", None)
	sending.send_pending_receipts()
	sending.send_pending_receipts()
	assert sorted(told) == sorted((name, sending.SENT) for name in names)
	assert frappe.db.exists("Error Log", {"method": ("like", f"%{told[0][0]}%")})


def test_receipts_of_a_call_about_to_close_wait_until_it_has_closed(monkeypatch):
	told = []
	monkeypatch.setattr(sending, "send_receipts", lambda name, what: told.append(name))
	call = factories.call(title="Ultimi minuti", closing=clock.now() + timedelta(minutes=5))
	doc = factories.application("Submitted", call=call.name)
	frappe.db.set_value(APPLICATION, doc.name, "receipt_sent_on", None)
	sending.send_pending_receipts()
	assert doc.name not in told
	frappe.db.set_value("RTC Call", call.name, "closing", clock.now() - timedelta(seconds=1))
	sending.send_pending_receipts()
	assert doc.name in told


def test_the_job_that_writes_receipts_holds_up_nobody_who_sends(monkeypatch):
	"""What it locks is only what it has in hand: no gap between what is told and what is not."""
	name = factories.application("Submitted").name
	frappe.db.set_value(APPLICATION, name, "receipt_sent_on", None)
	monkeypatch.setattr(sending, "send_receipts", lambda *args: None)
	statements = []
	run = frappe.db.sql
	monkeypatch.setattr(
		frappe.db,
		"sql",
		lambda query, *args, **kwargs: statements.append(str(query)) or run(query, *args, **kwargs),
	)
	sending.send_pending_receipts()
	locking = [statement for statement in statements if "FOR UPDATE" in statement.upper()]
	assert locking and all("WHERE `name`=" in statement for statement in locking), locking


def email_parts(mail):
	return email.message_from_string(mail.message).walk()


# -- withdrawal


def test_withdrawn_until_the_closing_and_then_no_more(arriving):
	call = factories.call(title="Una per capofila", one_application_per_lead=1)
	first = factories.application("Submitted", call=call.name)
	second = factories.application(call=call.name)
	with factories.acting(APPLICANT):
		with pytest.raises(RulesError, match=first.name):
			apply_workflow(second, "Send")
		apply_workflow(first, "Withdraw")
		second = apply_workflow(frappe.get_doc(APPLICATION, second.name), "Send")
	assert (first.reload() or first).workflow_state == "Withdrawn" and second.docstatus == 1
	arriving((frappe.utils.get_datetime(call.closing) + timedelta(seconds=1)).replace(tzinfo=ROME))
	with factories.acting(APPLICANT), pytest.raises(sending.WithdrawalError):
		apply_workflow(frappe.get_doc(APPLICATION, second.name), "Withdraw")
	with factories.acting(OFFICER):
		assert apply_workflow(frappe.get_doc(APPLICATION, second.name), "Withdraw").docstatus == 2


def test_when_receipts_went_out_is_kept_under_the_new_name(monkeypatch):
	doc = factories.application("Submitted")
	frappe.db.set_value(APPLICATION, doc.name, "acceptance_reminded_on", "2026-11-02 09:00:00")
	renamed = {APPLICATION: {"acceptance_reminded_on": "receipt_sent_on", "not_there": "draft_reminded_on"}}
	monkeypatch.setattr(moments_of_mails, "RENAMED", renamed)
	moments_of_mails.execute()
	assert str(frappe.db.get_value(APPLICATION, doc.name, "receipt_sent_on")) == "2026-11-02 09:00:00"
