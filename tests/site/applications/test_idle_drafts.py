"""Drafts that nobody changes: who is told of them, and what goes when the call says so."""

from datetime import timedelta
from email import message_from_string

import frappe
import pytest
from frappe.utils import add_to_date, get_datetime

from rtc_conciliation.access import colleagues
from rtc_conciliation.applications import idle_drafts
from rtc_conciliation.common import clock
from tests.site import factories
from tests.site.factories import APPLICANT, OTHER_APPLICANT

APPLICATION = "RTC Application"


@pytest.fixture
def draft():
	"""Ten days old, of a call that asks for a reminder then and removes what was never sent a month after it closed."""
	now = clock.now()
	call = factories.call(
		title="Con bozze ferme", opening=now - timedelta(days=30), closing=now + timedelta(days=20),
		draft_reminder_days=10, draft_removal_days=30,
	)  # fmt: skip
	doc = factories.application("Draft", call=call.name, contact_email="vittima@altrui.example")
	age(doc.name, days=10)
	return doc


def age(name: str, **before) -> None:
	frappe.db.set_value(
		APPLICATION, name, "modified", clock.now() - timedelta(**before), update_modified=False
	)


def later(set_time, **after) -> None:
	moment = clock.now() + timedelta(**after)
	set_time(moment)


def told(name: str) -> list[tuple[set[str], str, str]]:
	"""[(addresses, subject and text)] of the mails about a draft."""
	found = []
	for queue in frappe.get_all("Email Queue", {"reference_name": name}, pluck="name", order_by="creation"):
		doc = frappe.get_doc("Email Queue", queue)
		text = [
			part.get_payload(decode=True).decode()
			for part in message_from_string(doc.message).walk()
			if part.get_content_type() == "text/html"
		]
		found.append(({row.recipient for row in doc.recipients}, text[0]))
	return found


def test_who_writes_it_is_reminded_once(draft):
	idle_drafts.treat_idle_drafts()
	idle_drafts.treat_idle_drafts()
	[(people, text)] = told(draft.name)
	assert people == {APPLICANT}, "an address that was typed may be a stranger's"
	assert draft.name in text and f"/domanda/{draft.name}" in text
	doc = frappe.get_doc(APPLICATION, draft.name)
	assert doc.draft_reminded_on and get_datetime(doc.modified) < clock.now() - timedelta(days=9)


def test_its_colleagues_too(draft):
	with factories.acting(APPLICANT):
		frappe.get_doc(
			{"doctype": colleagues.DOCTYPE, "application": draft.name, "email": OTHER_APPLICANT}
		).insert()
	name = frappe.db.get_value(colleagues.DOCTYPE, {"application": draft.name})
	frappe.db.set_value(colleagues.DOCTYPE, name, {"user": OTHER_APPLICANT, "accepted_on": clock.now()})
	age(draft.name, days=11)
	idle_drafts.treat_idle_drafts()
	assert told(draft.name)[-1][0] == {APPLICANT, OTHER_APPLICANT}


def test_a_change_begins_the_count_anew(draft):
	idle_drafts.treat_idle_drafts()
	with factories.acting(APPLICANT):
		frappe.get_doc(APPLICATION, draft.name).save()
	assert frappe.db.get_value(APPLICATION, draft.name, "draft_reminded_on") is None
	idle_drafts.treat_idle_drafts()
	assert len(told(draft.name)) == 1


def test_nobody_writes_the_mark_himself(draft):
	with factories.acting(APPLICANT):
		doc = frappe.get_doc(APPLICATION, draft.name)
		doc.draft_reminded_on = add_to_date(clock.now(), days=100)
		doc.save()
	assert not frappe.db.get_value(APPLICATION, draft.name, "draft_reminded_on")


def test_what_was_never_sent_is_warned_of_and_then_removed_with_its_files(draft, set_time):
	file = frappe.db.get_value("File", {"attached_to_name": draft.name}, "name")
	assert file
	later(set_time, days=20 + 30 - 14 + 1)
	idle_drafts.treat_idle_drafts()
	[(_people, text)] = told(draft.name)
	assert "cancellat" in text and frappe.db.exists(APPLICATION, draft.name)
	later(set_time, days=10)
	idle_drafts.treat_idle_drafts()
	assert frappe.db.exists(APPLICATION, draft.name), "fourteen days are fourteen days"
	later(set_time, days=5)
	idle_drafts.treat_idle_drafts()
	assert not frappe.db.exists(APPLICATION, draft.name)
	assert not frappe.db.exists("File", file)
	assert not frappe.db.exists("Deleted Document", {"deleted_name": draft.name})
	assert not frappe.db.exists("RTC Application Cost", {"parent": draft.name})


def test_what_was_sent_and_what_a_call_keeps_stays(draft, set_time):
	kept = factories.call(title="Che tiene le bozze", closing=clock.now() + timedelta(days=20))
	other = factories.application("Draft", call=kept.name)
	sent = factories.application("Submitted", call=draft.call, title="Inviata")
	for days in (60, 20, 20):
		later(set_time, days=days)
		idle_drafts.treat_idle_drafts()
	assert not frappe.db.exists(APPLICATION, draft.name)
	assert frappe.db.exists(APPLICATION, other.name) and frappe.db.exists(APPLICATION, sent.name)
	assert not told(sent.name)


def test_where_no_mail_goes_out_nothing_is_removed(draft, set_time, monkeypatch):
	monkeypatch.setattr(idle_drafts.mails, "send", lambda *args, **options: False)
	for days in (60, 60):
		later(set_time, days=days)
		idle_drafts.treat_idle_drafts()
	assert frappe.db.exists(APPLICATION, draft.name)


def test_one_that_fails_stops_no_other(draft, monkeypatch):
	second = factories.application("Draft", call=draft.call, title="Un'altra")
	age(second.name, days=12)
	tell = idle_drafts.send_warning

	def broken(application, *args):
		if application.name == draft.name:
			raise ValueError("no")
		tell(application, *args)

	monkeypatch.setattr(idle_drafts, "send_warning", broken)
	idle_drafts.treat_idle_drafts()
	assert told(second.name) and not told(draft.name)


def test_the_mark_is_none_of_what_was_sent():
	doc = factories.application("Submitted")
	before = doc.content_digest()
	doc.db_set("draft_reminded_on", clock.now())
	assert frappe.get_doc(APPLICATION, doc.name).content_digest() == before == doc.digest


def test_the_job_runs_every_day():
	jobs = frappe.get_hooks("scheduler_events")["daily"]
	assert "rtc_conciliation.applications.idle_drafts.treat_idle_drafts" in jobs
