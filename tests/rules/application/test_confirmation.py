"""Partners who confirm, and the partnership agreement."""

import pytest

from rtc_conciliation import rules
from rtc_conciliation.rules.application import confirmation
from tests.rules import factories as make
from tests.rules.helpers import codes, only

ASKING = make.call(requires_partner_confirmation=1)
WITH_AGREEMENT = make.call(
	required_documents=[{"document": "Partnership agreement", "mandatory": 1, "is_agreement": 1}]
)


def with_states(*states):
	application = make.application()
	for row, state in zip(application["partners"][1:], states, strict=True):
		row["confirmation_state"] = state
	return application


@pytest.mark.parametrize(
	"state, expected",
	[
		("", "confirmation.missing"),
		(None, "confirmation.missing"),
		("Asked", "confirmation.waiting"),
		("Declined", "confirmation.declined"),
		("Changed Since", "confirmation.changed"),
		("anything", "confirmation.missing"),
	],
)
def test_sending_waits_for_every_partner(state, expected):
	(finding,) = rules.check(with_states("Confirmed", state), ASKING, make.AT).findings
	assert (finding.code, finding.severity) == (expected, rules.ERROR)
	assert finding.rows == (("partners", 3),) and finding.args == {"name": "Body 3"}


def test_the_lead_confirms_by_sending():
	assert only("confirmation", with_states("Confirmed", "Confirmed"), ASKING) == []


@pytest.mark.parametrize(
	"state, expected",
	[
		("", []),
		("Asked", []),
		("Confirmed", []),
		("Declined", ["confirmation.declined_unasked"]),
		("Changed Since", ["confirmation.changed_unasked"]),
	],
)
def test_where_nobody_has_to_confirm_a_refusal_is_only_shown(state, expected):
	report = rules.check(with_states(state, ""), make.call(), make.AT)
	assert [finding.code for finding in report.findings] == expected
	assert report.ok


def test_a_confirmation_holds_for_the_part_that_was_shown():
	row = make.partner(2, activities="Counter, two <days> a week", budget=3000)
	row.update(confirmation_state="Confirmed", confirmation_content=confirmation.get_content(row))
	assert confirmation.get_state(row) == "Confirmed"
	for change in (
		{"budget": "3000.00"},
		{"cofinancing_cash": None},
		{"activities": " Counter,  two &lt;days&gt; a week "},
		{"contact_email": "new@example.org"},
	):
		assert confirmation.get_state({**row, **change}) == "Confirmed", change
	for change in (
		{"role": "Supporter"},
		{"activities": "Counter, one day a week"},
		{"budget": 3000.01},
		{"cofinancing_cash": 1},
		{"cofinancing_in_kind": "x"},
		{"tax_code": make.CODES[4]},
		{"organisation_name": "Body 4"},
	):
		assert confirmation.get_state({**row, **change}) == "Changed Since", change
	lapsed = {**row, "confirmation_state": "Changed Since"}
	assert confirmation.get_state(lapsed) == "Confirmed", "put back as it was, it holds again"
	assert confirmation.get_state({**row, "confirmation_content": None}) == "Changed Since"


@pytest.mark.parametrize("state", ["", "Asked", "Declined"])
def test_other_states_stay(state):
	assert confirmation.get_state(make.partner(2, confirmation_state=state)) == state


def agreement(**values):
	return only("agreement", make.application(**values), WITH_AGREEMENT)


def test_an_agreement_is_signed_and_attached_or_to_be_signed_and_promised():
	without = {"attachments": [{"idx": 1, "document": "partnership  AGREEMENT", "file": ""}]}
	assert agreement() == ["agreement.no_choice"]
	assert agreement(agreement_state="Perhaps") == ["agreement.no_choice"]
	assert agreement(agreement_state="Signed") == []
	assert agreement(agreement_state="Signed", **without) == ["agreement.no_file"]
	assert agreement(agreement_state="Signed", attachments=[]) == ["agreement.no_file"]
	assert agreement(agreement_state="To Be Signed", **without) == ["agreement.no_commitment"]
	assert agreement(agreement_state="To Be Signed", agreement_commitment=1, **without) == []


def test_the_file_of_an_agreement_to_be_signed_is_not_missing():
	promised = make.application(agreement_state="To Be Signed", agreement_commitment=1, attachments=[])
	assert codes(promised, WITH_AGREEMENT) == []


@pytest.mark.parametrize("row", [{"document": " ", "is_agreement": 1}, {"document": "X", "is_agreement": 0}])
def test_a_call_that_asks_for_no_agreement(row):
	assert only("agreement", None, make.call(required_documents=[row])) == []


def test_one_application_from_each_lead():
	second = make.application() | {"sent_by_same_lead": "RTC-APP-2026-00001"}
	assert only("lead", second, make.call(one_application_per_lead=1)) == ["lead.already_sent"]
	assert only("lead", second) == []
	assert only("lead", None, make.call(one_application_per_lead=1)) == []
