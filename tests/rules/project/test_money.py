"""A project's money from the award to the final account, worked out by hand (award of both examples: 87,643.21)."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtc_conciliation.rules.project import final_account, grant, payments, tranches
from rtc_conciliation.rules.project.grant import EITHER, SAME_COST, Grant
from rtc_conciliation.rules.project.payments import PAID, REFUSED, REQUESTED, RETURNED, Taken

AWARD = Grant(D("87643.21"), D("56968.08"), D("26675.13"), D("4000.00"))
#: up to ten million, to the cent
EUROS = st.integers(0, 10**9).map(lambda cents: D(cents) / 100)


def codes_of(found):
	return [finding.code for finding in found]


def row(source, amount, **values):
	return {"quantity": 1, "unit_cost": amount, "vat": 0, "charged_to": source, **values}


APPLICATION = {
	"costs": [
		row("Contribution", "56968.08"),
		row("Co-financing", "26675.13"),
		row("Other Income", "4000.00"),
	]
}


# -- the grant


def test_an_award_in_full_is_balanced():
	made = grant.read_grant(APPLICATION, D("56968.08"))
	assert made == AWARD and made.is_balanced and grant.sum_requested(APPLICATION) == D("56968.08")


def test_a_cent_less_is_not():
	made = grant.read_grant(APPLICATION, D("56968.07"))
	assert not made.is_balanced and made.sources == D("87643.20")


def test_a_row_that_cannot_be_read_costs_nothing():
	made = grant.read_grant({"costs": [row("Contribution", "tanto")]}, D(0))
	assert made == Grant(D(0), D(0), D(0), D(0)) and grant.get_own_share(made) == 0


PARTIAL = Grant(D("87643.21"), D("50000.00"), D("33643.21"), D("4000.00"))


@pytest.mark.parametrize(
	("after", "charged", "way", "found"),
	[
		(PARTIAL, "50000.00", SAME_COST, []),
		(PARTIAL, "50000.00", EITHER, []),
		(PARTIAL, "50000.01", EITHER, ["project.other_grant"]),
		(PARTIAL._replace(own_funds=D("33643.20")), "50000.00", EITHER, ["project.not_balanced"]),
		(Grant(D("75000"), D("50000"), D("25000"), D(0)), "50000", EITHER, []),
		(Grant(D("75000"), D("50000"), D("25000"), D(0)), "50000", SAME_COST, ["project.cost_changed"]),
		(Grant(D("87643.22"), D("50000"), D("37643.22"), D(0)), "50000", EITHER, ["project.cost_grown"]),
		(Grant(D("71428.57"), D("50000"), D("21428.57"), D(0)), "50000", EITHER, ["project.share_too_low"]),
		(Grant(D("71428.58"), D("50000"), D("21428.58"), D(0)), "50000", EITHER, []),
	],
)
def test_a_budget_after_a_partial_award(after, charged, way, found):
	assert codes_of(grant.check_budget(AWARD, after, D(charged), D(30), way)) == found


# -- tranches


def scheme(*rows):
	return [
		{"cause": cause, "percent": percent, "threshold": threshold} for cause, percent, threshold in rows
	]


USUAL = scheme(("Anticipo", 50, 0), ("Secondo acconto", 30, 80), ("Saldo", 20, 0))


def test_the_usual_scheme():
	assert not list(tranches.check_scheme(USUAL))
	assert tranches.read_scheme(USUAL)[1] == tranches.Tranche("Secondo acconto", D(30), D(80))


@pytest.mark.parametrize(
	("rows", "found"),
	[
		([], ["project.no_tranches"]),
		(scheme(("", 100, 0)), ["project.no_cause"]),
		(scheme(("A", 0, 0), ("B", 100, 0)), ["project.bad_share"]),
		(scheme(("A", "metà", 0), ("B", 50, 0)), ["project.bad_share"]),
		(scheme(("A", -1, 0), ("B", 101, 0)), ["project.bad_share", "project.bad_share"]),
		(scheme(("A", 50, 0), ("B", 50, 101)), ["project.bad_threshold"]),
		(scheme(("A", 50, 1), ("B", 50, 0)), ["project.first_threshold"]),
		(scheme(("A", "33.33", 0), ("B", "33.33", 0), ("C", "33.33", 0)), ["project.not_whole"]),
		(scheme(("A", 60, 0), ("B", 50, 0)), ["project.not_whole"]),
	],
)
def test_what_is_no_scheme(rows, found):
	assert codes_of(tranches.check_scheme(rows)) == found


def test_shares_of_the_award():
	parts = tranches.share_grant(AWARD.contribution, [D(50), D(30), D(20)])
	assert parts == [D("28484.04"), D("17090.42"), D("11393.62")]


@given(EUROS, st.lists(st.integers(1, 10**4), min_size=1, max_size=8))
def test_parts_come_to_the_grant(amount, weights):
	percents = [D(weight * 100) / sum(weights) for weight in weights]
	parts = tranches.share_grant(amount, percents)
	assert sum(parts) == amount and len(parts) == len(weights)
	assert all(part >= 0 and part == part.quantize(D("0.01")) for part in parts)


@pytest.mark.parametrize(
	("admitted", "before", "threshold", "due"),
	[
		("22787.23", "28484.04", 80, False),
		("22787.24", "28484.04", 80, True),
		(0, 0, 80, True),
		(0, 10, 0, True),
	],
)
def test_a_tranche_is_due_at_its_threshold(admitted, before, threshold, due):
	assert tranches.is_due(D(admitted), D(before), D(threshold)) == due


# -- payments


@pytest.mark.parametrize(
	("gross", "withheld", "net"),
	[
		("4546.53", "181.86", "4364.67"),
		("28484.04", "1139.36", "27344.68"),
		("0.12", "0.00", "0.12"),
		("0.13", "0.01", "0.12"),
	],
)
def test_four_percent_are_withheld(gross, withheld, net):
	assert payments.withhold(D(gross)) == (D(withheld), D(net))


def test_half_a_cent_goes_up():
	assert payments.withhold(D("1.00"), D("0.5")) == (D("0.01"), D("0.99"))


@given(EUROS, st.integers(0, 100))
def test_withheld_and_net_come_to_gross(gross, percent):
	withheld, net = payments.withhold(gross, D(percent))
	assert withheld + net == gross and 0 <= withheld <= gross


TAKEN = [
	Taken("T1", D("20000.00"), PAID),
	Taken("T1", D("8484.04"), RETURNED),
	Taken("T2", D("100.00"), REQUESTED),
]


def test_what_ended_takes_nothing():
	assert payments.sum_taken(TAKEN) == D("20100.00") and payments.sum_taken(TAKEN, "T1") == D("20000.00")


@pytest.mark.parametrize(
	("asked", "found"),
	[
		("8484.04", []),
		("8484.05", ["payment.over_tranche"]),
		("0", ["payment.no_amount"]),
		("", ["payment.no_amount"]),
		("-1", ["payment.no_amount"]),
		("tutto", ["payment.no_amount"]),
		("1.005", ["payment.no_amount"]),
	],
)
def test_an_amount_within_its_tranche(asked, found):
	made = list(payments.check_amount(asked, "T1", D("28484.04"), D("56968.08"), TAKEN))
	assert codes_of(made) == found


def test_the_whole_grant_is_a_limit_too():
	(finding,) = payments.check_amount("100.00", "T3", D("500.00"), D("20150.00"), TAKEN)
	assert finding.code == "payment.over_grant" and finding.args["left"] == D("50.00")


def test_what_is_left_is_never_below_zero():
	(finding,) = payments.check_amount("1.00", "T1", D("19000.00"), D("56968.08"), TAKEN)
	assert finding.args["left"] == 0


@given(
	st.lists(
		st.tuples(st.sampled_from("ABC"), EUROS, st.sampled_from([PAID, REQUESTED, REFUSED])), max_size=12
	)
)
def test_payments_never_pass_the_grant(asked):
	parts, taken = {"A": D("50.00"), "B": D("30.00"), "C": D("20.00")}, []
	for tranche, amount, state in asked:
		if not list(payments.check_amount(amount, tranche, parts[tranche], D("100.00"), taken)):
			taken.append(Taken(tranche, amount, state))
	assert payments.sum_taken(taken) <= D("100.00")
	assert all(payments.sum_taken(taken, tranche) <= part for tranche, part in parts.items())


def test_payees_share_the_net():
	assert not list(payments.check_payees(D("100.00"), [D("60.00"), D("40.00")]))
	assert codes_of(payments.check_payees(D("100.00"), [D("60.00"), D("40.01")])) == ["payment.parts_differ"]


# -- the final account


def test_less_spent_more_fees():
	made = final_account.settle(AWARD, D("79410.37"), D("5120.00"), D("45574.46"), D(30))
	assert made.caps == {"Granted": D("56968.08"), "Proportion": D("51616.73"), "Own Share": D("50120.99")}
	assert made.contribution == D("50120.99") and made.own_funds == D("24169.38")
	assert made.balance == D("4546.53") and made.economy == D("6847.09") and made.cap == "Own Share"


def test_far_less_spent_is_paid_back():
	made = final_account.settle(AWARD, D("52118.90"), D("3000.00"), D("45574.46"), D(30))
	assert made.caps["Proportion"] == D("33877.28") and made.contribution == D("33255.96")
	assert (
		made.balance == D("-12318.50") and made.economy == D("23712.12") and made.own_funds == D("15862.94")
	)


def test_the_minimum_alone():
	made = final_account.settle(AWARD, D("79410.37"), D("5120.00"), D("45574.46"), D(30), keep_declared=False)
	assert made.contribution == D("50467.25") and made.balance == D("4892.79")


def test_spent_in_full():
	made = final_account.settle(AWARD, AWARD.total, AWARD.other_income, D("45574.46"), D(30))
	assert made.contribution == D("56968.08") and made.balance == D("11393.62") and made.economy == 0


def test_overspent():
	made = final_account.settle(AWARD, D("91000.00"), D("4000.00"), D(0), D(30))
	assert made.contribution == D("56968.08") and made.cap == "Granted"


def test_its_own_rows_may_bind():
	made = final_account.settle(AWARD, AWARD.total, D(4000), D(0), D(30), admitted_rows=D("100.00"))
	assert made.contribution == D("100.00") and made.cap == "Rows of the Contribution"


@pytest.mark.parametrize(("admitted", "income"), [("0", "0"), ("0", "10"), ("100", "100"), ("100", "70.01")])
def test_nothing_is_left(admitted, income):
	made = final_account.settle(AWARD, D(admitted), D(income), D(0), D(30))
	assert made.contribution == 0 and made.cap == "Nothing" and made.economy == AWARD.contribution


def test_a_project_without_cost():
	made = final_account.settle(Grant(D(0), D(0), D(0), D(0)), D(0), D(0), D(0), D(30))
	assert made.contribution == 0 and "Proportion" not in made.caps


@st.composite
def awards(draw):
	granted, income = draw(EUROS), draw(EUROS)
	least = (granted + income) * 3 / 7 + 1
	own = least.quantize(D("0.01")) + draw(EUROS)
	return Grant(granted + own + income, granted, own, income)


@given(awards(), EUROS, EUROS, EUROS)
def test_nobody_gains_and_the_own_share_is_kept(award, admitted, income, paid):
	made = final_account.settle(award, admitted, income, paid, D(30))
	assert 0 <= made.contribution <= award.contribution
	assert made.balance == made.contribution - paid
	if made.contribution:
		assert made.contribution + income <= admitted
		assert made.own_funds * 10 >= admitted * 3
		assert made.own_funds * award.total >= admitted * award.own_funds
