"""Who is appointed to a panel, and what of it can be changed then."""

from email import message_from_string

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.common import clock
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.rtc_conciliation.doctype.rtc_panel.rtc_panel import (
	EvaluationOpenError,
	MinutesClosedError,
	OwnAppointmentError,
	SeatKeptError,
)
from tests.site import evaluating, factories
from tests.site.evaluating import MEMBERS, changed
from tests.site.factories import APPLICANT, DIRECTOR, MANAGER, OFFICER, SECOND_EVALUATOR, SUBSTITUTE, acting
from tests.site.http import committed_rows


@pytest.fixture(scope="module")
def evaluated_call(site):
	with committed_rows():
		made = evaluating.make_call(applications=1)
		frappe.db.commit()
		yield made


@pytest.mark.parametrize(
	"change, told",
	[
		(lambda rows: rows.pop(2), "almeno 3"),
		(lambda rows: rows[1].update(office="Chair"), "numero di 2"),
		(lambda rows: rows[0].update(user=OFFICER), "RTC Evaluator|Valutatore"),
		(lambda rows: rows[0].update(user=SECOND_EVALUATOR), "due posti"),
	],
)
def test_who_cannot_be_appointed(change, told):
	rows = evaluating.members()
	change(rows)
	with pytest.raises(RulesError, match=told):
		evaluating.panel(call=factories.call().name, members=rows)


def test_who_wrote_or_checked_an_application_does_not_sit(evaluated_call):
	panel = frappe.get_doc("RTC Panel", evaluated_call.panel.name)
	for email, hand in ((APPLICANT, "scritto"), (OFFICER, "verifica")):
		user = frappe.get_doc("User", email)
		user.add_roles("RTC Evaluator")
		user.db_set("user_type", "System User")
		panel.reload()
		panel.append("members", evaluating.seat(email, act="12/2026", office="Substitute"))
		with acting(MANAGER), pytest.raises(RulesError, match=hand):
			panel.save()


def test_nobody_appoints_himself():
	frappe.get_doc("User", DIRECTOR).add_roles("RTC Evaluator")
	rows = [evaluating.seat(DIRECTOR, office="Chair"), *evaluating.members()[1:]]
	with pytest.raises(OwnAppointmentError):
		evaluating.panel(call=factories.call().name, members=rows)


def test_a_seat_ends_and_does_not_vanish(evaluated_call):
	name, today = evaluated_call.panel.name, clock.now().date()
	with pytest.raises(SeatKeptError):
		changed(name, lambda doc: doc.members.pop(1))
	with pytest.raises(SeatKeptError):
		changed(name, lambda doc: doc.members[1].update({"user": SUBSTITUTE}))
	changed(
		name, lambda doc: doc.members[1].update({"to_date": today})
	)  # the substitute keeps the number odd
	with pytest.raises(RulesError, match="almeno"):
		changed(name, lambda doc: doc.members[2].update({"to_date": today}))
	with pytest.raises(SeatKeptError, match="atto"):
		changed(name, lambda doc: doc.append("members", evaluating.seat(factories.AUDITOR)))


def test_who_changes_an_appointed_panel(evaluated_call):
	"""Its act nobody, its seats the manager, its sittings the officer too."""
	name = evaluated_call.panel.name
	with pytest.raises(SeatKeptError):
		changed(name, lambda doc: doc.update({"act_number": "99/2026"}))
	for change in (
		lambda doc: doc.members[3].update({"to_date": clock.now().date()}),
		lambda doc: doc.append(
			"members", evaluating.seat(factories.AUDITOR, office="Substitute", act="12/2026")
		),
	):
		with pytest.raises(frappe.PermissionError):
			changed(name, change, OFFICER)
	changed(name, lambda doc: doc.append("sittings", {"held_on": clock.now().date()}), OFFICER)


def test_minutes_stay_as_they_were_closed(evaluated_call):
	doc = evaluating.sitting(evaluated_call.panel.name, closed=1)
	assert (doc.sittings[0].closed_by, bool(doc.sittings[0].closed_on)) == (OFFICER, True)
	for change in (
		lambda doc: doc.sittings[0].update({"minutes": "<p>Altro</p>"}),
		lambda doc: doc.sittings[0].update({"closed": 0}),
		lambda doc: doc.set("sittings", []),
	):
		with pytest.raises(MinutesClosedError):
			changed(doc.name, change)
	changed(doc.name, lambda doc: doc.append("sittings", {"held_on": clock.now().date()}))


def test_a_panel_is_not_dissolved_while_it_works(evaluated_call):
	with acting(MANAGER), pytest.raises(EvaluationOpenError):
		apply_workflow(frappe.get_doc("RTC Panel", evaluated_call.panel.name), "Dissolve")


def test_who_is_appointed_is_told(site):
	call = factories.call(title="Manifestazione < 3 anni", criteria=evaluating.GRID)
	draft = evaluating.panel("Draft", call=call.name)
	about = {"reference_doctype": "RTC Panel", "reference_name": draft.name}

	def told() -> list[str]:
		names = frappe.get_all("Email Queue", about, pluck="name")
		return frappe.get_all("Email Queue Recipient", {"parent": ("in", names or [""])}, pluck="recipient")

	assert not told()
	with acting(DIRECTOR):
		apply_workflow(draft, "Appoint")
	assert sorted(told()) == sorted([*MEMBERS, SUBSTITUTE])
	mail = frappe.get_last_doc("Email Queue", about)
	body = next(
		part.get_payload(decode=True).decode()
		for part in message_from_string(mail.message).walk()
		if part.get_content_type() == "text/html"
	)
	assert "Manifestazione &lt; 3 anni" in body and "/app/rtc-evaluation" in body
	with acting(MANAGER):
		panel = frappe.get_doc("RTC Panel", draft.name)
		panel.members[1].to_date = clock.now().date()
		panel.save()
	assert len(told()) == 4, "nobody twice"
