"""The assembled Plan: who is in it at a date, what it says of calls, projects and money."""

import json
import time
import tracemalloc
from datetime import date

import frappe
import pytest
from frappe.utils import now

from rtc_conciliation.common.papers import richtext
from rtc_conciliation.common.papers.plain_values import to_share
from rtc_conciliation.network import composition
from rtc_conciliation.patches import member_periods
from rtc_conciliation.plan import assemble
from tests.site import factories
from tests.site.rows import DAY, fill, fill_project, member_row

TIMES = "Tempi delle città (L.R. 28/2004)"


@pytest.fixture
def programme():
	return factories.programme(
		title="Programma del Piano",
		budget_years=[{"year": 2026, "amount": 290666.67}, {"year": 2027, "amount": 581333.33}],
	)


@pytest.fixture
def counted(monkeypatch):
	"""`counted(function, *args)`: (result, number of queries sent)."""

	def count(function, *args):
		sent = []
		database = frappe.local.db
		run = database.sql
		with monkeypatch.context() as patch:
			patch.setattr(database, "sql", lambda *a, **k: (sent.append(a), run(*a, **k))[1])
			result = function(*args)
		return result, len(sent)

	return count


def test_the_number_of_queries_does_not_grow(programme, counted):
	other = factories.programme(title="Programma grande")
	call = factories.call(programme=programme.name).name
	fill("RTC Member", [member_row(programme.name, number) for number in range(5)])
	fill("RTC Member", [member_row(other.name, number) for number in range(200)])
	for number in range(3):
		fill_project(programme.name, call, number)
	for number in range(100, 130):
		fill_project(other.name, call, number)
	for name in (programme.name, other.name):
		assemble.assemble_records(name, DAY)  # metadata and programmes are read once
	small, few = counted(assemble.assemble_records, programme.name, DAY)
	large, many = counted(assemble.assemble_records, other.name, DAY)
	assert (small["composition"]["total"], large["composition"]["total"]) == (5, 200)
	assert (len(small["projects"]), len(large["projects"])) == (3, 30)
	assert few == many
	assert 0 < few <= 14


@pytest.mark.parametrize(
	("values", "counts"),
	[
		({}, True),
		({"valid_from": "2026-10-08"}, True),
		({"valid_from": "2026-10-09"}, False),
		({"valid_from": None}, False),
		({"workflow_state": "Ended", "valid_to": "2026-10-08"}, True),
		({"workflow_state": "Ended", "valid_to": "2026-10-07"}, False),
		({"workflow_state": "Admitted", "valid_to": "2026-10-07"}, False),
		({"workflow_state": "Received"}, False),
		({"workflow_state": "Under Review"}, False),
		({"workflow_state": "Rejected"}, False),
	],
)
def test_who_belongs_at_a_date(programme, values, counts):
	fill("RTC Member", [member_row(programme.name, 1, **values)])
	assert composition.compose_network(programme.name, DAY)["total"] == int(counts)


def test_an_organisation_with_two_adhesions_counts_once(programme):
	fill(
		"RTC Member",
		[
			member_row(
				programme.name, 1, workflow_state="Ended", valid_to="2026-12-31", organisation_name="Prima"
			),
			member_row(programme.name, 1, valid_from="2026-09-01", organisation_name="Dopo"),
		],
	)
	[row] = composition.list_members(programme.name, DAY)
	assert (row["name"], row["since"]) == ("Dopo", "2026-05-06")


def test_groups_in_fixed_order_and_places_with_their_asst(programme):
	fill(
		"RTC Member",
		[
			member_row(programme.name, 1, organisation_name="Zeta", territory="Treviglio"),
			member_row(programme.name, 2, organisation_name="alfa", territory="Bergamo"),
			member_row(programme.name, 3, organisation_type="Cooperativa sociale di tipo A", territory=None),
			member_row(programme.name, 4, organisation_type="Tipo cancellato", territory="Seriate"),
		],
	)
	data = composition.compose_network(programme.name, DAY)
	assert [(row["group"], row["count"]) for row in data["groups"] if row["count"]] == [
		("Municipalities", 2),
		("Third Sector", 1),
		("Other", 1),
	]
	assert [row["name"] for row in data["groups"][0]["members"]] == ["alfa", "Zeta"]
	assert data["territories"] == [
		{"territory": "Seriate", "asst": "ASST Bergamo Est", "count": 1},
		{"territory": "Treviglio", "asst": "ASST Bergamo Ovest", "count": 1},
		{"territory": "Bergamo", "asst": "ASST Papa Giovanni XXIII", "count": 1},
		{"territory": "", "asst": "", "count": 1},
	]


def test_projects_calls_and_resources(programme):
	call = factories.call(programme=programme.name)
	factories.call(state="Approved", programme=programme.name, title="Non ancora pubblicata")
	fill_project(programme.name, call.name, 1, cofinancing_amount=2999.99, granted_amount=6500.5)
	fill_project(programme.name, call.name, 2, workflow_state="Eligible Not Funded", title="In attesa")
	fill_project(programme.name, call.name, 3, workflow_state="Draft", docstatus=0)
	fill_project(programme.name, call.name, 4, workflow_state="Below Threshold")
	data = assemble.assemble_records(programme.name, DAY)
	[published] = data["calls"]
	assert (published["title"], published["applications"], published["endowment"]) == (
		call.title,
		3,
		"400000.00",
	)
	[project] = data["projects"]
	assert project["areas"] == ["Time saving", "Mobilità casa-lavoro"]
	assert [row["name"] for row in project["partners"]] == ["Partner 1.2", "Partner 1.1", "Partner 1.3"]
	assert project["recipients"] == 42
	assert (project["cofinancing"], project["cofinancing_percent"]) == ("2999.99", "29.99")
	assert [row["title"] for row in data["not_funded"]] == ["In attesa"]
	assert data["resources"]["residue"] == "865499.50"
	assert data["resources"]["years"][0] == {"year": 2026, "amount": "290666.67"}
	assert json.loads(json.dumps(data)) == data


def test_a_share_is_cut_and_never_rounded_up():
	assert to_share("2999.99", "10000") == "29.99"
	assert to_share(3000, 10000) == "30.00"
	assert to_share(0, 0) == ""


def test_texts_of_times_indicators_targets_and_dates(programme):
	call = factories.call(programme=programme.name)
	fill_project(programme.name, call.name, 1, score=80)
	fill_project(
		programme.name, call.name, 2, workflow_state="Below Threshold", score=40, title="Sotto soglia"
	)
	parent = {"parent": "PROVA-0001", "parenttype": "RTC Application"}
	fill(
		"RTC Application Action",
		[
			{
				**parent,
				"parentfield": "actions",
				"idx": 4,
				"title": "Banca del tempo",
				"area": TIMES,
				"territory": "Bergamo",
			}
		],
	)
	fill(
		"RTC Application Indicator",
		[
			{
				**parent,
				"parentfield": "indicators",
				"idx": 1,
				"indicator": "Famiglie",
				"unit": "n.",
				"target": 120.5,
			}
		],
	)
	fill(
		"RTC Application Cost",
		[
			{**parent, "parentfield": "costs", "idx": 1, "action": "time saving ", "amount": 100.10},
			{**parent, "parentfield": "costs", "idx": 2, "action": "Banca del tempo", "amount": 50},
			{**parent, "parentfield": "costs", "idx": 3, "action": "Mai vista", "amount": 1.05},
		],
	)
	data = assemble.assemble_records(programme.name, DAY)
	assert [(row["action"], row["area"]) for row in data["times_of_city"]] == [("Banca del tempo", TIMES)]
	assert [(row["indicator"], row["baseline"], row["target"]) for row in data["indicators"]] == [
		("Famiglie", "0", "120.5")
	]
	assert data["targets"] == [{"category": "", "expected": 42}]
	assert [(row["title"], row["score"]) for row in data["ranking"]] == [
		("Progetto 0001", "80.00"),
		("Sotto soglia", "40.00"),
	]
	assert data["resources"]["areas"] == [
		{"area": "Time saving", "amount": "100.10"},
		{"area": TIMES, "amount": "50.00"},
		{"area": "", "amount": "1.05"},
	]
	dates = [row["date"] for row in data["timetable"]]
	assert dates == sorted(dates) and {"Opening of the call", "Start of the projects"} <= {
		row["event"] for row in data["timetable"]
	}


def test_the_system_action_is_taken_from_the_residue(programme):
	programme.db_set("system_action_amount", 72000.5)
	assert assemble.assemble_records(programme.name, DAY)["resources"]["residue"] == "799999.50"


def test_preview_says_what_to_do_before_the_first_save():
	frappe.local.lang = "en"
	assert "then save" in assemble.render_preview(frappe.new_doc("RTC Plan"))


def test_preview_shows_members_escaped(programme):
	fill("RTC Member", [member_row(programme.name, 1, organisation_name="<script>alert(1)</script> & Figli")])
	html = assemble.render_preview(factories.plan(programme=programme.name, reference_date=DAY))
	assert "<script" not in html
	assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Figli" in html


@pytest.mark.parametrize(
	("written", "kept"),
	[
		("<p>Uno <b>due</b></p>", "<p>Uno <b>due</b></p>"),
		('"<script>alert(1)</script>"', '""'),
		("<img src=x onerror=alert(1)>", "<img/>"),
		('<img src="/private/files/a.png" onload="x()">', '<img src="/private/files/a.png"/>'),
		('<img src="https://altrove.example/a.png">', "<img/>"),
		('<a href="javascript:alert(1)">qui</a>', "<a>qui</a>"),
		('<a href="https://regione.example/atto">qui</a>', '<a href="https://regione.example/atto">qui</a>'),
		('<link rel="stylesheet" href="https://altrove.example/a.css"><p>a</p>', "<p>a</p>"),
		("<svg><script>alert(1)</script></svg><section><p>a</p></section>", "<p>a</p>"),
		("<!-- <script>alert(1)</script> -->5 &lt; 6", "5 &lt; 6"),
		(None, ""),
	],
)
def test_rich_text_keeps_only_what_a_paper_needs(written, kept):
	assert richtext.clean_html(written) == kept


def test_two_thousand_members_and_five_hundred_projects_in_three_seconds(programme):
	call = factories.call(programme=programme.name).name
	fill("RTC Member", [member_row(programme.name, number) for number in range(2000)])
	for number in range(500):
		fill_project(programme.name, call, number)
	start = time.perf_counter()
	data = assemble.assemble_records(programme.name, DAY)
	assert time.perf_counter() - start < 3
	del data
	tracemalloc.start()
	data = assemble.assemble_records(programme.name, DAY)
	peak = tracemalloc.get_traced_memory()[1]
	tracemalloc.stop()
	assert peak < 200 * 1024**2
	assert (data["composition"]["total"], len(data["projects"])) == (2000, 500)
