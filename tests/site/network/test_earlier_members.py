"""The members of an earlier cycle, confirmed at once in a new programme."""

from datetime import date

import frappe
import pytest

from rtc_conciliation.network import composition, earlier_members
from rtc_conciliation.rules.network.membership import ADMITTED
from tests.site import factories
from tests.site.factories import AUDITOR, MANAGER, OFFICER
from tests.site.http import committed_rows

ACT = {"act_number": "12/2028", "act_date": "2028-01-10"}


@pytest.fixture(scope="module")
def programmes(site):
	"""(earlier, later), with four members of the earlier one: one goes over, the others have a reason not to."""
	with committed_rows():
		earlier = factories.programme(
			title="Ciclo precedente", start_date="2025-01-01", end_date="2027-12-31"
		).name
		later = factories.programme(title="Ciclo nuovo", start_date="2028-01-01", end_date="2030-12-31").name
		values = {"programme": earlier, "valid_from": "2026-05-06"}
		factories.member(
			"Admitted", index=5, organisation_name="Passa", phone="035 1", act_number="1/2026", **values
		)
		factories.member("Admitted", index=4, organisation_name="Gia presente", **values)
		factories.member("Received", index=4, organisation_name="Gia presente", programme=later)
		factories.member(
			"Suspended",
			index=3,
			organisation_name="Sospesa",
			step_from="2027-06-01",
			decision_reason="x",
			**values,
		)
		broken = factories.member("Admitted", index=2, organisation_name="Codice guasto", **values)
		frappe.db.set_value("RTC Member", broken.name, "tax_code", "94000030167")
		factories.member("Received", index=1, organisation_name="Solo ricevuta", programme=earlier)
		frappe.db.commit()
		yield earlier, later


def test_who_goes_over_and_who_is_left_out(programmes, as_user):
	with as_user(MANAGER):
		result = earlier_members.confirm_members(*programmes, **ACT)
	assert result["confirmed"] == 1
	assert [row["name"] for row in result["left_out"]] == ["Sospesa", "Codice guasto", "Gia presente"]
	assert (
		all(row["reason"] for row in result["left_out"]) and "94000030167" in result["left_out"][1]["reason"]
	)
	[new] = frappe.get_all(
		"RTC Member", {"programme": programmes[1], "workflow_state": ADMITTED}, pluck="name"
	)
	doc = frappe.get_doc("RTC Member", new)
	assert (doc.organisation_name, doc.phone, doc.act_number, doc.confirmed_from_previous) == (
		"Passa",
		"035 1",
		"12/2028",
		1,
	)
	assert [(row.status, str(row.from_date), row.act_number) for row in doc.periods] == [
		(ADMITTED, "2028-01-01", "12/2028")
	]
	assert composition.compose_network(programmes[1], date(2028, 1, 1))["total"] == 1
	assert not doc.adhesion_form and doc.owner == MANAGER
	with as_user(MANAGER):
		again = earlier_members.confirm_members(*programmes, **ACT)
	assert again["confirmed"] == 0 and len(again["left_out"]) == 4


def test_many_go_over_in_the_background(programmes, as_user, monkeypatch):
	jobs = []
	monkeypatch.setattr(earlier_members, "AT_ONCE", 1)
	with as_user(MANAGER):
		with monkeypatch.context() as patch:
			patch.setattr(frappe, "enqueue", lambda method, **values: jobs.append((method, values)))
			assert earlier_members.confirm_members(*programmes, **ACT, valid_from="2028-02-01") == {
				"queued": 3
			}
		[(method, values)] = jobs
		own = ("queue", "timeout", "enqueue_after_commit")
		frappe.get_attr(method)(**{key: value for key, value in values.items() if key not in own})
	told = frappe.get_last_doc("Notification Log", {"for_user": MANAGER, "document_name": programmes[1]})
	assert "1" in told.subject and "Codice guasto" in told.email_content
	assert composition.compose_network(programmes[1], date(2028, 1, 31))["total"] == 0
	assert composition.compose_network(programmes[1], date(2028, 2, 1))["total"] == 1


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"act_number": " "}, earlier_members.ConfirmationError),
		({"act_date": ""}, earlier_members.ConfirmationError),
		({"valid_from": "2031-01-01"}, earlier_members.ConfirmationError),
		({"to_programme": "Ciclo precedente"}, earlier_members.ConfirmationError),
		(
			{"from_programme": "Ciclo nuovo", "to_programme": "Ciclo precedente"},
			earlier_members.ConfirmationError,
		),
		({"from_programme": "Nessuno"}, frappe.DoesNotExistError),
	],
)
def test_what_makes_no_sense_is_refused(programmes, values, error, as_user):
	asked = {"from_programme": programmes[0], "to_programme": programmes[1], **ACT, **values}
	with as_user(MANAGER), pytest.raises(error):
		earlier_members.confirm_members(**asked)


@pytest.mark.parametrize("user", [OFFICER, AUDITOR])
def test_only_the_manager_confirms(programmes, user, as_user):
	with as_user(user), pytest.raises(frappe.PermissionError):
		earlier_members.confirm_members(*programmes, **ACT)


def test_nobody_else_can_start_as_admitted(programmes, as_user):
	values = {"programme": programmes[1], "workflow_state": ADMITTED, "flags": {"confirmed_from_previous": 1}}
	with as_user(MANAGER), pytest.raises(frappe.PermissionError):
		factories.make("RTC Member", {**member_values(), **values})


def member_values() -> dict:
	doc = factories.member(index=0)
	fields = (
		"organisation_name organisation_type municipality pec email legal_representative tax_code".split()
	)
	return {field: doc.get(field) for field in fields}
