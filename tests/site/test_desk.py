"""What the desk shows: workspace, cards, charts, onboarding, columns of lists and grids, notifications."""

import json

import frappe
import pytest
from frappe.desk.desktop import get_desktop_page, get_workspace_sidebar_items
from frappe.desk.doctype.number_card.number_card import get_result
from frappe.translate import get_translated_doctypes

from rtc_conciliation.access import roles
from rtc_conciliation.applications import sending
from tests.site import factories

MODULE, EVALUATORS = "RTC Conciliation", "RTC Evaluators"
STAFF = (factories.OFFICER, factories.MANAGER, factories.DIRECTOR, factories.AUDITOR)
CARDS = (
	"Members of the Network",
	"Adhesions to Review",
	"Applications to Check",
	"Average Co-financing",
	"Contribution Granted",
	"Endowment of the Active Programmes",
	"Days to the Plan Deadline",
	"Applications to Evaluate",
	"Contributions to Be Accepted",
	"Register Rows to Be Published",
)
CHARTS = ("Applications by State", "Members by Stakeholder Group", "Resources by Call")


@pytest.fixture
def records(rolled_back):
	factories.member("Admitted")
	return factories.application("Submitted")


def card_value(name: str) -> int:
	card = frappe.get_doc("Number Card", name)
	if card.type == "Custom":
		answer = frappe.call(card.method)
		return answer["value"] if isinstance(answer, dict) else 0
	return get_result(card.as_dict(), card.filters_json)


def chart_data(name: str) -> dict:
	source = frappe.get_doc("Dashboard Chart Source", name)
	module = frappe.scrub(source.name)
	path = f"rtc_conciliation.rtc_conciliation.dashboard_chart_source.{module}.{module}.get"
	return frappe.call(path, chart_name=name, filters="[]", refresh=1)


def test_cards_and_charts_compute_for_all_staff(records, as_user):
	for user in STAFF:
		with as_user(user):
			for name in CARDS:
				assert frappe.has_permission("Number Card", doc=name), f"{name}, {user}"
				assert card_value(name) >= 0
			for name in CHARTS:
				assert frappe.has_permission("Dashboard Chart", doc=name), f"{name}, {user}"
				data = chart_data(name)
				assert data["labels"], f"{name}, {user}"
				for dataset in data["datasets"]:
					assert len(dataset["values"]) == len(data["labels"])


def test_cards_count_what_they_say(records):
	before = card_value("Members of the Network"), card_value("Applications to Check")
	factories.member("Admitted", index=4, organisation_name="Altra aderente")
	assert card_value("Members of the Network") == before[0] + 1
	with factories.acting(factories.OFFICER):
		frappe.model.workflow.apply_workflow(records, "Start Formal Check")
	assert card_value("Applications to Check") == before[1]
	assert card_value("Average Co-financing") > 0


def test_charts_are_in_the_readers_language(records):
	assert frappe._("Submitted") in chart_data("Applications by State")["labels"]
	assert "Associations" not in chart_data("Members by Stakeholder Group")["labels"]


def test_a_chart_shows_each_reader_what_he_may_see(records, as_user):
	with as_user(factories.EVALUATOR):
		assert chart_data("Applications by State")["labels"] == []
	refused = (frappe.PermissionError, frappe.ValidationError)  # early v15 throws the latter
	with as_user(factories.OTHER_APPLICANT), pytest.raises(refused):
		chart_data("Members by Stakeholder Group")


def test_a_title_is_escaped_in_the_chart(rolled_back):
	factories.call(title="Tempo & lavoro")
	assert "Tempo &amp; lavoro" in chart_data("Resources by Call")["labels"]


def workspace(name: str = MODULE):
	return frappe.get_doc("Workspace", name)


@pytest.mark.parametrize("name", (MODULE, EVALUATORS))
def test_every_target_of_the_workspace_exists(name):
	for row in (*workspace(name).links, *workspace(name).shortcuts):
		if row.get("link_to"):
			kind = row.get("link_type") or row.type
			assert frappe.db.exists(kind, row.link_to), f"{kind} {row.link_to}"


@pytest.mark.parametrize("name", (MODULE, EVALUATORS))
def test_every_block_of_the_workspace_has_its_row(name):
	page = workspace(name)
	rows = {
		"shortcut_name": {row.label for row in page.shortcuts},
		"number_card_name": {row.label for row in page.number_cards},
		"chart_name": {row.label for row in page.charts},
		"card_name": {row.label for row in page.links if row.type == "Card Break"},
		"onboarding_name": set(frappe.get_all("Module Onboarding", pluck="name")),
	}
	for block in json.loads(page.content):
		for key, value in block["data"].items():
			assert key == "col" or value in rows[key], value


def test_every_doctype_of_the_module_is_on_the_workspace():
	linked = {row.link_to for row in workspace().links}
	doctypes = frappe.get_all("DocType", {"module": MODULE, "istable": 0}, pluck="name")
	assert set(doctypes) <= linked


@pytest.mark.parametrize("user", STAFF)
def test_the_workspace_opens_with_all_it_has_for_staff(as_user, user):
	with as_user(user):
		page = get_desktop_page(json.dumps({"name": MODULE, "title": MODULE, "public": 1}))
	assert len(page["number_cards"]["items"]) == len(CARDS)
	assert len(page["charts"]["items"]) == len(CHARTS)
	assert len(page["shortcuts"]["items"]) == 6


def test_who_evaluates_has_a_workspace_of_his_own(as_user):
	"""Nothing of the office that would stand at 0 for them; the office keeps its own."""
	for user, own, others in (
		(factories.EVALUATOR, EVALUATORS, MODULE),
		(factories.OFFICER, MODULE, EVALUATORS),
	):
		with as_user(user):
			names = {page["name"] for page in get_workspace_sidebar_items()["pages"]}
			assert own in names and others not in names
			assert (roles.is_of_office(), roles.is_evaluator_only()) == (own == MODULE, own == EVALUATORS)
	with as_user(factories.EVALUATOR):
		page = get_desktop_page(json.dumps({"name": EVALUATORS, "title": EVALUATORS, "public": 1}))
	assert [card.get("number_card_name") for card in page["number_cards"]["items"]] == [
		"Applications to Evaluate"
	]
	assert len(page["shortcuts"]["items"]) == 4 and not page["charts"]["items"]


def test_states_are_shown_in_the_language_of_the_reader():
	assert "Workflow State" in get_translated_doctypes()


def test_onboarding_is_for_those_who_set_up(as_user):
	onboarding = frappe.get_doc("Module Onboarding", MODULE)
	assert {row.role for row in onboarding.allow_roles} == {"System Manager", "RTC Manager"}
	assert [step.title for step in onboarding.get_steps()]
	for step in onboarding.get_steps():
		assert step.action != "Create Entry" or frappe.db.exists("DocType", step.reference_document)


def module_doctypes(**filters) -> list:
	return [
		frappe.get_meta(name)
		for name in frappe.get_all("DocType", {"module": MODULE, **filters}, pluck="name")
	]


def test_the_columns_of_each_grid_fit_in_its_ten():
	for meta in module_doctypes(istable=1):
		columns = [df for df in meta.fields if df.in_list_view]
		assert columns and sum(df.columns for df in columns) <= 10, meta.name
		assert all(df.columns for df in columns), meta.name


def test_each_list_has_columns_besides_its_title():
	for meta in module_doctypes(istable=0, issingle=0):
		columns = [df.fieldname for df in meta.fields if df.in_list_view and df.fieldname != meta.title_field]
		assert columns and "workflow_state" not in columns, meta.name


def test_fetched_fields_are_filled_from_where_they_say():
	for meta in module_doctypes():
		for df in meta.fields:
			if df.fetch_from:
				link, source = df.fetch_from.split(".")
				assert frappe.get_meta(meta.get_field(link).options).has_field(source), df.fetch_from
	member = factories.member()
	assert member.stakeholder_group == frappe.db.get_value(
		"RTC Organisation Type", member.organisation_type, "stakeholder_group"
	)
	assert factories.application().programme == "Programma di prova"


def test_a_call_starts_from_the_thresholds_of_its_programme():
	programme = factories.programme(
		title="Altre soglie", min_partners=5, min_areas=3, min_cofinancing_percent=40
	)
	call = factories.call("Draft", programme=programme.name)
	assert (call.min_partners, call.min_areas, call.min_cofinancing_percent) == (5, 3, 40)


@pytest.mark.parametrize("name", ("RTC Application Sent", "RTC Plan Approved"))
def test_notifications_render_and_escape(records, name):
	notification = frappe.get_doc("Notification", name)
	doc = records if name == "RTC Application Sent" else factories.plan()
	doc.title = "<script>x</script>"
	context = {"doc": doc, "alert": notification, "comments": None}
	for template in (notification.subject, notification.get_template()):
		shown = frappe.render_template(template, context)
		assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_staff_hear_of_a_sent_application(records):
	sending.send_receipts(records.name, sending.SENT)
	heard = frappe.get_all("Notification Log", {"document_name": records.name}, pluck="for_user")
	assert factories.OFFICER in heard
