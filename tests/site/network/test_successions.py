"""One body takes the place of another from a day on: what was before stays, and what goes on is the successor's."""

import frappe
import pytest
from frappe.utils import add_days, getdate

from rtc_conciliation.common import clock
from rtc_conciliation.network import mergers, successions
from rtc_conciliation.network.composition import compose_network
from rtc_conciliation.network.successions import SuccessionError
from rtc_conciliation.rtc_conciliation.doctype.rtc_organisation.rtc_organisation import MergeError
from tests.site import factories
from tests.site.factories import AUDITOR, DIRECTOR, MANAGER, OFFICER, seat

BEGAN = "2026-05-06"
ACT = {"act_number": "L.R. 5/2026", "act_date": "2026-09-01"}


def names_on(day) -> set[str]:
	told = compose_network("Programma di prova", getdate(day))
	return {member["name"] for group in told["groups"] for member in group["members"]}


@pytest.fixture
def two():
	"""(organisation, organisation): two municipalities, both members since `BEGAN`."""
	return tuple(
		factories.member(
			"Admitted", index=index, organisation_name=name, organisation_type="Comune", valid_from=BEGAN
		).organisation
		for index, name in ((4, "Comune di Alto"), (5, "Comune di Basso"))
	)


def record(source: str, successor: str, day=None, **values) -> dict:
	return successions.record_succession(
		source, successor, str(day or clock.now().date()), **{**ACT, **values}
	)


def test_one_municipality_takes_in_another(two, as_user):
	alto, basso = two
	today = clock.now().date()
	body = factories.body(seats=[seat("Ada Prova", organisation=alto)])
	with as_user(MANAGER):
		told = record(alto, basso)
	assert (len(told["ended"]), told["taken_over"], told["seats"]) == (1, [], [body.title])
	assert names_on(add_days(today, -1)) == {"Comune di Alto", "Comune di Basso"}, "history stays"
	assert names_on(today) == {"Comune di Basso"}
	member = frappe.get_doc("RTC Member", told["ended"][0])
	assert member.workflow_state == "Ended" and member.periods[-1].act_number == ACT["act_number"]
	assert "Comune di Basso" in member.periods[-1].reason
	old = frappe.get_doc("RTC Organisation", alto)
	assert (old.succeeded_by, old.succeeded_on) == (basso, today)


def test_two_municipalities_become_a_new_one(two, as_user):
	today = clock.now().date()
	new = factories.organisation(
		3, organisation_name="Comune di Alto e Basso", organisation_type="Comune", territory="Bergamo",
		municipality="Bergamo", pec="nuovo@pec.example.org", email="nuovo@example.org",
		legal_representative="Clara Prova",
	)  # fmt: skip
	with as_user(MANAGER):
		told = [record(name, new.name) for name in two]
	assert [len(one["taken_over"]) for one in told] == [1, 0], "there is one membership, not two"
	assert names_on(add_days(today, -1)) == {"Comune di Alto", "Comune di Basso"}
	assert names_on(today) == {"Comune di Alto e Basso"}
	taken = frappe.get_doc("RTC Member", told[0]["taken_over"][0])
	assert (taken.workflow_state, taken.valid_from, taken.organisation) == ("Admitted", today, new.name)
	assert (taken.act_number, taken.pec) == (ACT["act_number"], "nuovo@pec.example.org")


def test_what_cannot_be_recorded_is_told_and_changes_nothing(two, as_user):
	alto, basso = two
	tomorrow = add_days(clock.now().date(), 1)
	bare = factories.organisation(3, organisation_name="Senza recapiti", pec=None, email=None)
	with as_user(MANAGER):
		for values in (
			{"successor": alto},
			{"successor": basso, "day": tomorrow},
			{"successor": basso, "act_number": " "},
			{"successor": bare.name},
		):
			with pytest.raises(SuccessionError):
				frappe.db.savepoint("refused")
				try:
					record(alto, **values)
				finally:
					frappe.db.rollback(save_point="refused")
		assert names_on(tomorrow) == {"Comune di Alto", "Comune di Basso"}
		record(alto, basso)
		for source, successor in ((alto, basso), (basso, alto)):
			with pytest.raises(SuccessionError):
				record(source, successor)


def test_who_does_not_decide_records_none(two, as_user):
	for user in (OFFICER, DIRECTOR, AUDITOR):
		with as_user(user), pytest.raises(frappe.PermissionError):
			record(*two)
	with as_user(OFFICER):
		old = frappe.get_doc("RTC Organisation", two[0])
		old.update({"succeeded_by": two[1], "succeeded_on": "2026-01-01"}).save()
	assert not frappe.db.get_value("RTC Organisation", two[0], "succeeded_by"), "the app alone writes it"


def test_a_succeeded_body_joins_no_more_and_is_not_merged(two, as_user):
	alto, basso = two
	code = frappe.db.get_value("RTC Organisation", alto, "tax_code")
	with as_user(MANAGER):
		record(alto, basso)
		with pytest.raises(MergeError):
			mergers.merge_organisations(alto, basso)
	with pytest.raises(SuccessionError):
		factories.member("Admitted", index=4, tax_code=code, valid_from=clock.now().date())
