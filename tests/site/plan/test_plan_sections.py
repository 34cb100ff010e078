"""The sections of a Plan: from the template of its programme, with the tables of saved reports."""

import json

import frappe
import pytest

from rtc_conciliation import rules
from rtc_conciliation.plan import assemble
from rtc_conciliation.plan import template as plan_template
from rtc_conciliation.setup import reference
from tests.site import factories
from tests.site.rows import DAY, fill, member_row


@pytest.fixture
def programme():
	return factories.programme(title="Programma delle sezioni")


def test_a_new_plan_starts_from_the_template_of_its_programme(programme):
	with factories.acting(factories.MANAGER):
		template = factories.make(
			"RTC Plan Template",
			{
				"title": "Modello di prova",
				"sections": [
					{"title": "Prima", "kind": "Text", "required": 1, "content": "<p>Testo</p>"},
					{"title": "Esclusa", "kind": "Calls", "included": 0},
				],
			},
		)
	programme.db_set("plan_template", template.name)
	doc = factories.plan(programme=programme.name, reference_date=DAY, sections=[])
	assert [(row.title, row.kind, row.included, row.required) for row in doc.sections] == [
		("Prima", "Text", 1, 1),
		("Esclusa", "Calls", 0, 0),
	]
	assert [row["title"] for row in assemble.assemble_document(doc)["sections"]] == ["Prima"]
	programme.db_set("plan_template", None)
	doc.delete()
	usual = factories.plan(programme=programme.name, sections=[])
	assert {row.kind for row in usual.sections} == set(
		frappe.get_meta("RTC Plan Section").get_field("kind").options.split("\n")
	)
	html = assemble.render_preview(usual)
	assert frappe._("To be written.") in html and "Traceback" not in html


def test_the_standard_template_is_the_sites_to_edit():
	template = frappe.get_doc("RTC Plan Template", plan_template.STANDARD)
	template.sections = template.sections[:1]
	template.save()
	reference.seed_plan_template()
	assert len(frappe.get_doc("RTC Plan Template", plan_template.STANDARD).sections) == 1


def test_a_report_stands_in_a_section(programme):
	fill("RTC Member", [member_row(programme.name, 1, organisation_name="<b>Ente</b> & Figli")])
	sections = [
		{"title": "Script", "kind": "Text", "report": "RTC Composition at a Date"},
		{"title": "Builder", "kind": "Text", "report": saved_report("Report del Piano")},
	]
	doc = factories.plan(programme=programme.name, reference_date=DAY, sections=sections)
	script, builder = (row["table"] for row in assemble.assemble_document(doc)["sections"])
	assert not script["problem"] and not builder["problem"], (script, builder)
	assert len(script["rows"]) == len(builder["rows"]) == 1
	assert "Ente & Figli" in script["rows"][0]
	assert "Ente &amp; Figli" in assemble.render_preview(doc)


def saved_report(name: str, **values) -> str:
	columns = [["organisation_name", "RTC Member"], ["valid_from", "RTC Member"]]
	return factories.make(
		"Report",
		{
			"report_name": name,
			"report_type": "Report Builder",
			"ref_doctype": "RTC Member",
			"module": "RTC Conciliation",
			"is_standard": "No",
			"json": json.dumps({"fields": columns, "sort_by": "RTC Member.modified", "sort_order": "desc"}),
			**values,
		},
	).name


def test_a_broken_report_is_named_and_harms_nothing(programme):
	broken = saved_report("Report rotto", json='{"filters": [["RTC Member", "no_such_column", "=", 1]]}')
	other = frappe.get_all("Report", {"module": ("!=", "RTC Conciliation")}, pluck="name", limit=1)[0]
	doc = factories.plan(
		programme=programme.name,
		sections=[
			{"title": "Rotta", "kind": "Text", "content": "<p>Resta</p>", "report": broken},
			{"title": "Estranea", "kind": "Text", "report": other},
			{"title": "Resto", "kind": "Calls"},
		],
	)
	messages = len(frappe.local.message_log)
	data = assemble.assemble_document(doc)
	assert len(frappe.local.message_log) == messages
	first, second, _rest = data["sections"]
	assert first["table"]["problem"] and first["content"] == "<p>Resta</p>"
	assert "Report Builder" in second["table"]["problem"]
	assert [f.code for f in rules.check_plan(data).errors].count("plan.broken_report") == 2
	html = assemble.render_preview(doc)
	assert "Report rotto" in html and "Resto" in html
	with factories.acting(factories.OFFICER):  # it stays a draft that can be saved
		frappe.get_doc("RTC Plan", doc.name).save()
