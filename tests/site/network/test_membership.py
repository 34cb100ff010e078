"""The life of a member in the desk, and the composition of the network at any date."""

from datetime import date, timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.common.papers import issued
from rtc_conciliation.common.rows import LooseRowError
from rtc_conciliation.network import composition
from rtc_conciliation.patches import member_periods
from rtc_conciliation.rtc_conciliation.doctype.rtc_member.rtc_member import PeriodError
from rtc_conciliation.rtc_conciliation.report.rtc_composition_at_a_date import rtc_composition_at_a_date
from rtc_conciliation.rules.network import membership
from rtc_conciliation.rules.network.membership import ADMITTED, ENDED, SUSPENDED, WITHDRAWN, Step
from tests.site import factories
from tests.site.factories import APPLICANT, AUDITOR, MANAGER, OFFICER
from tests.site.http import Client, committed_rows
from tests.site.printing import printed

FIRST = date(2026, 5, 6)
ACTIONS = {SUSPENDED: "Suspend", ADMITTED: "Resume", WITHDRAWN: "Withdraw", ENDED: "End Membership"}


def day(number: int) -> date:
	return FIRST + timedelta(days=number)


def step(doc, status: str, start: date | None, **values):
	"""As the desk does it: the fields are saved, then the step is taken."""
	field, value = (
		("valid_to", start and start - timedelta(days=1))
		if status in membership.LEFT
		else ("step_from", start)
	)
	with factories.acting(MANAGER):
		doc = frappe.get_doc("RTC Member", doc.name)
		doc.update({"decision_reason": "Motivo", field: value, **values})
		doc.save()
		return apply_workflow(doc, ACTIONS[status])


def total(programme: str, on: date) -> int:
	return composition.compose_network(programme, on)["total"]


def test_a_whole_life_with_its_acts():
	doc = factories.member("Admitted", valid_from=day(0), act_number="1/2026", act_date=day(0))
	step(
		doc, SUSPENDED, day(10), step_act_number="2/2026", step_act_date=day(9), decision_reason="Sospensione"
	)
	step(doc, ADMITTED, day(20))
	doc = step(doc, WITHDRAWN, day(31), decision_reason="Lascia la rete")
	assert [
		(row.status, str(row.from_date), row.to_date and str(row.to_date), row.act_number, row.reason)
		for row in frappe.get_doc("RTC Member", doc.name).periods
	] == [
		(ADMITTED, "2026-05-06", "2026-05-15", "1/2026", None),
		(SUSPENDED, "2026-05-16", "2026-05-25", "2/2026", "Sospensione"),
		(ADMITTED, "2026-05-26", "2026-06-05", None, "Motivo"),
		(WITHDRAWN, "2026-06-06", None, None, "Lascia la rete"),
	]
	counts = [total(doc.programme, day(number)) for number in (-1, 0, 9, 10, 19, 20, 30, 31, 400)]
	assert counts == [0, 1, 1, 0, 0, 1, 1, 0, 0]
	assert (doc.step_from, doc.step_act_number) == (None, None)
	again = factories.member(organisation_name="Torna nella rete")  # the same code may adhere anew
	assert again.tax_code == doc.tax_code


@settings(
	max_examples=6, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(list(ACTIONS)), st.integers(-2, 40)), max_size=5))
def test_the_composition_is_what_replaying_the_history_gives(history):
	frappe.db.savepoint("example")
	try:
		doc = factories.member("Admitted", valid_from=day(0))
		taken = [Step(ADMITTED, day(0))]
		for status, number in history:
			frappe.db.savepoint("step")
			try:
				step(doc, status, day(number))
				taken.append(Step(status, day(number)))
			except (frappe.ValidationError, frappe.PermissionError):
				frappe.db.rollback(save_point="step")
		for number in range(-1, 45):
			ruling = [one for one in taken if one.start <= day(number)]
			belongs = bool(ruling) and ruling[-1].status == ADMITTED
			assert total(doc.programme, day(number)) == int(belongs), (taken, day(number))
		assert membership.replay(taken) == (frappe.get_doc("RTC Member", doc.name).history(), ())
	finally:
		frappe.db.rollback(save_point="example")


@pytest.mark.parametrize(
	("status", "values", "error"),
	[
		(SUSPENDED, {"step_from": None}, frappe.MandatoryError),
		(SUSPENDED, {"decision_reason": None}, frappe.MandatoryError),
		(SUSPENDED, {"step_from": day(0)}, RulesError),
		(WITHDRAWN, {"decision_reason": None}, frappe.MandatoryError),
		(WITHDRAWN, {"valid_to": None}, frappe.MandatoryError),
		(ENDED, {"valid_to": day(-1)}, frappe.ValidationError),
	],
)
def test_a_step_without_what_it_needs_is_refused(status, values, error):
	doc = factories.member("Admitted", valid_from=day(0))
	with pytest.raises(error):
		step(doc, status, day(5), **values)
	assert frappe.db.get_value("RTC Member", doc.name, "workflow_state") == ADMITTED
	assert frappe.db.count("RTC Member Period", {"parent": doc.name}) == 1


def test_the_history_is_not_written_by_hand(as_user):
	doc = factories.member("Admitted", valid_from=day(0))
	with as_user(MANAGER):
		doc.append("periods", {"status": ADMITTED, "from_date": "2020-01-01"})
		doc.periods[0].from_date = "2020-01-01"
		doc.phone = "035 1"
		doc.save()
	[row] = frappe.get_doc("RTC Member", doc.name).periods
	assert str(row.from_date) == "2026-05-06"
	loose = {
		"doctype": "RTC Member Period",
		"parent": doc.name,
		"parenttype": "RTC Member",
		"parentfield": "periods",
		"status": ADMITTED,
		"from_date": "2020-01-01",
	}
	with as_user(MANAGER):
		with pytest.raises(LooseRowError):
			frappe.get_doc(loose).insert()
		with pytest.raises(LooseRowError):
			frappe.get_doc("RTC Member Period", row.name).update({"from_date": "2020-01-01"}).save()
		with pytest.raises(LooseRowError):
			frappe.delete_doc("RTC Member Period", row.name)


def test_a_corrected_day_is_corrected_in_the_history(as_user):
	doc = step(factories.member("Admitted", valid_from=day(0)), SUSPENDED, day(10))
	with as_user(MANAGER):
		doc = frappe.get_doc("RTC Member", doc.name)
		doc.update({"valid_from": day(3), "valid_to": day(50), "act_number": "9/2026"})
		doc.save()
		first, last = doc.periods
		assert (str(first.from_date), first.act_number, str(last.to_date)) == (
			"2026-05-09",
			"9/2026",
			str(day(50)),
		)
		doc.valid_from = day(11)
		with pytest.raises(PeriodError):
			doc.save()


def test_the_patch_writes_the_history_of_earlier_members():
	one = factories.member("Admitted", valid_from=day(0), act_number="1/2026")
	two = step(factories.member("Admitted", index=4, valid_from=day(1)), ENDED, day(9))
	received = factories.member(index=3)
	told = {doc.name: frappe.get_doc("RTC Member", doc.name).history() for doc in (one, two)}
	frappe.db.delete("RTC Member Period")
	for _time in range(2):
		member_periods.execute()
	for name, periods in told.items():
		assert frappe.get_doc("RTC Member", name).history() == periods
	assert not frappe.get_doc("RTC Member", received.name).periods
	assert frappe.get_doc("RTC Member", one.name).periods[0].act_number == "1/2026"


def test_a_suspended_member_has_no_certificate():
	doc = step(factories.member("Admitted", valid_from=day(0)), SUSPENDED, day(10))
	with factories.acting(AUDITOR), pytest.raises(issued.NotYetError, match="nello stato Sospesa"):
		printed(doc, "RTC Adhesion Certificate")


def test_the_report_filters_arranges_and_tells_the_months():
	programme = factories.programme(
		title="Programma del rapporto", start_date="2026-04-01", end_date="2027-03-31"
	).name
	common = {"programme": programme, "valid_from": day(0)}
	factories.member("Admitted", index=5, organisation_name="Alfa", **common)
	factories.member(
		"Admitted",
		index=4,
		organisation_name="Beta",
		territory="Treviglio",
		organisation_type="Comune",
		**common,
	)
	gone = factories.member("Admitted", index=3, organisation_name="Gamma", territory="Treviglio", **common)
	step(gone, WITHDRAWN, date(2026, 7, 1))

	def run(**filters):
		with factories.acting(AUDITOR):
			return rtc_composition_at_a_date.execute(
				{"programme": programme, "on_date": "2026-06-30", **filters}
			)

	columns, rows, *_rest = run()
	assert [row["name"] for row in rows] == ["Alfa", "Beta", "Gamma"]
	assert {column["fieldname"] for column in columns} <= rows[0].keys()
	assert [row["name"] for row in run(group="Municipalities")[1]] == ["Beta"]
	assert [row["name"] for row in run(territory="Treviglio")[1]] == ["Beta", "Gamma"]
	assert [row["name"] for row in run(asst="bergamo ovest")[1]] == ["Beta", "Gamma"]
	assert run(asst="bergamo ovest")[4][0]["value"] == 2
	arranged = run(arranged_by="territory")[1]
	assert [(row["name"], row["indent"]) for row in arranged] == [
		("Bergamo: 1", 0), ("Alfa", 1), ("Treviglio: 2", 0), ("Beta", 1), ("Gamma", 1),
	]  # fmt: skip
	assert run(arranged_by="asst")[3]["data"]["datasets"][0]["values"] == [2, 1]
	chart = run(chart="time", on_date="2026-08-15")[3]["data"]
	assert chart["labels"] == ["04/2026", "05/2026", "06/2026", "07/2026", "08/2026"]
	assert chart["datasets"][0]["values"] == [0, 3, 3, 2, 2]


@pytest.fixture(scope="module")
def committed(site):
	"""An admitted member that a server sees; used by the last test only."""
	with committed_rows():
		frappe.set_user("Administrator")
		doc = factories.member("Admitted", valid_from=day(0))
		frappe.db.commit()
		yield doc


def test_the_api_answers_the_staff_only(committed, base_url):
	path = "/api/method/rtc_conciliation.network.api.get_composition"
	asked = {"programme": committed.programme, "on_date": "2026-05-06"}
	answer = Client(base_url, OFFICER).get(path, **asked)
	assert answer.json()["message"]["total"] == 1, answer.text
	assert (
		Client(base_url, OFFICER).get(path, **{**asked, "on_date": "2026-05-05"}).json()["message"]["total"]
		== 0
	)
	assert Client(base_url, APPLICANT).get(path, **asked).status_code == 403
	assert Client(base_url).get(path, **asked).status_code == 403
	assert Client(base_url, AUDITOR).get(path, **{**asked, "on_date": "ieri"}).status_code == 417
	assert Client(base_url, AUDITOR).get(path, programme="Nessuno").status_code == 404
