"""What comes in wrong is refused clearly or shown escaped: no trace, no half-saved record, no silent change."""

import re

import frappe
import pytest

from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.common.identity import TaxCodeError
from rtc_conciliation.common.inputs import BadNumberError, TooManyRowsError
from rtc_conciliation.network.adhesions import DuplicateMemberError, NoCopyError
from rtc_conciliation.rtc_conciliation.doctype.rtc_member.rtc_member import PrivacyError
from rtc_conciliation.rtc_conciliation.doctype.rtc_programme.rtc_programme import (
	BudgetYearsError,
	ThresholdError,
)
from tests.site import factories
from tests.site.factories import APPLICANT, OFFICER
from tests.site.queries import at_most_queries

SCRIPT = "<script>alert('x')</script><b onmouseover=alert(1)>ciao</b>"


NO_NUMBERS = ("abc", "1.234,56", "1e400", float("nan"), float("inf"), 10**12, "-", "12 €")


@pytest.mark.parametrize("field", ["unit_cost", "quantity", "vat"])
def test_amount_that_is_no_number_is_refused(field, as_user):
	values = factories.application_values()
	for amount in NO_NUMBERS:
		values["costs"] = [{**factories.cost(100, "Contribution"), field: amount}]
		with as_user(APPLICANT), pytest.raises(BadNumberError):
			factories.make("RTC Application", values)
	values["costs"] = [{**factories.cost(100, "Contribution"), field: -1}]
	with as_user(APPLICANT), pytest.raises(frappe.NonNegativeError):
		factories.make("RTC Application", values)


def test_missing_amounts_are_a_draft_with_findings(as_user):
	doc = factories.application(costs=[factories.cost(None, "Contribution")])
	assert doc.blocking_findings > 0 and doc.total_cost == 0


def test_ten_thousand_partner_rows_are_refused_at_once(as_user):
	row = factories.partner(1, "Ente", "Comune")
	values = factories.application_values(partners=[dict(row) for _ in range(10_000)])
	with pytest.raises(TooManyRowsError), at_most_queries(50):
		factories.make("RTC Application", values)


def test_duplicate_partner_under_another_spelling_is_found(as_user):
	values = factories.application_values()
	values["partners"][1]["tax_code"] = f" it{factories.TAX_CODES[0][:5]} {factories.TAX_CODES[0][5:]} "
	doc = factories.application(partners=values["partners"], call=values["call"])
	assert "partnership.duplicate" in codes(doc)
	assert doc.partners[1].tax_code == factories.TAX_CODES[0]


def test_deleted_area_still_used_is_a_finding(as_user):
	doc = factories.application()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("RTC Area", "Mobilità casa-lavoro")
	frappe.db.delete("RTC Area", {"name": "Mobilità casa-lavoro"})
	getattr(frappe.db, "value_cache", {}).clear()  # what one request remembers of the database
	with as_user(APPLICANT), pytest.raises(frappe.LinkValidationError):
		frappe.get_doc("RTC Application", doc.name).save()
	assert "Mobilità casa-lavoro" in frappe.get_print("RTC Application", doc.name, "RTC Application")


def test_sending_lists_every_finding_in_italian(as_user):
	doc = factories.application(
		pec="",
		partners=[factories.partner(0, "Comune di Prova", "Comune", role="Lead")],
		actions=[],
		costs=[factories.cost(100, "Contribution")],
		declarations=[],
	)
	with as_user(APPLICANT), pytest.raises(RulesError):
		frappe.model.workflow.apply_workflow(doc, "Send")
	told = frappe.local.message_log[-1]
	told = told if isinstance(told, str) else frappe.as_json(told)
	for word in ("PEC", "<b>Partner</b>", "cofinanziamento", "DURC", "DGR XII/5464"):
		assert word in told, word
	assert frappe.db.get_value("RTC Application", doc.name, ("docstatus", "digest")) == (0, None)


@pytest.mark.parametrize("code", ["12345678901", "ABCDEF12G34H567I", "123", "not a code"])
@pytest.mark.parametrize("field", ["tax_code", "vat_number"])
def test_invalid_codes_of_a_body_are_refused(code, field):
	with pytest.raises(TaxCodeError):
		factories.member(**{field: code})


@pytest.mark.parametrize("written", ["IT{0}", " {0} ", "it {0}"])
def test_codes_are_kept_one_way(written):
	assert (
		factories.member(tax_code=written.format(factories.TAX_CODES[3])).tax_code == factories.TAX_CODES[3]
	)


def test_second_adhesion_of_the_same_body_is_refused():
	factories.member()
	with pytest.raises(DuplicateMemberError):
		factories.member(tax_code="IT" + factories.TAX_CODES[5])


def test_an_adhesion_that_nobody_confirmed_keeps_nobody_out(as_user):
	"""Whoever mistypes their address, or the name of a body that is not theirs, does not lock the body out."""
	never = factories.member(channel="Web")
	again = factories.member("Under Review", channel="Web")
	again.db_set("email_confirmed_on", "2026-11-01 10:00:00")
	with pytest.raises(DuplicateMemberError):
		factories.member(channel="Web")
	with as_user(factories.MANAGER):
		frappe.model.workflow.apply_workflow(again, "Admit")
	never.reload()
	never.db_set("email_confirmed_on", "2026-11-02 10:00:00")
	with as_user(factories.OFFICER):
		frappe.model.workflow.apply_workflow(never, "Start Review")
	with as_user(factories.MANAGER), pytest.raises(DuplicateMemberError, match=again.name):
		frappe.model.workflow.apply_workflow(never, "Admit")


def test_a_copy_is_discarded_without_a_decision(as_user):
	"""Of two that were both confirmed neither could be admitted."""
	one, two = factories.member(channel="Web"), factories.member(channel="Web")
	for doc in (one, two):
		doc.db_set("email_confirmed_on", "2026-11-01 10:00:00")
		with as_user(factories.OFFICER):
			frappe.model.workflow.apply_workflow(doc, "Start Review")
	with as_user(factories.MANAGER), pytest.raises(DuplicateMemberError, match=two.name):
		frappe.model.workflow.apply_workflow(frappe.get_doc(one.doctype, one.name), "Admit")
	with as_user(factories.MANAGER):
		copy = frappe.model.workflow.apply_workflow(frappe.get_doc(two.doctype, two.name), "Discard")
		assert copy.workflow_state == "Discarded" and one.name in copy.decision_reason
		with pytest.raises(NoCopyError):
			frappe.model.workflow.apply_workflow(frappe.get_doc(one.doctype, one.name), "Discard")
		kept = frappe.model.workflow.apply_workflow(frappe.get_doc(one.doctype, one.name), "Admit")
	assert kept.workflow_state == "Admitted"


@pytest.mark.parametrize("missing", ["act_number", "act_date"])
def test_nobody_is_admitted_without_an_act(missing, as_user):
	doc = factories.member("Under Review", **{missing: None})
	with as_user(factories.MANAGER), pytest.raises(frappe.ValidationError, match="atto"):
		frappe.model.workflow.apply_workflow(doc, "Admit")


def test_rejected_body_may_ask_again(as_user):
	doc = factories.member("Under Review", decision_reason="Incompleta")
	with as_user(factories.MANAGER):
		frappe.model.workflow.apply_workflow(doc, "Reject")
	assert factories.member().name != doc.name


def test_web_adhesion_needs_the_privacy_notice():
	with pytest.raises(PrivacyError):
		factories.member(channel="Web", privacy_accepted=0)


def test_admission_finds_the_organisation_by_its_code():
	first = factories.member("Admitted")
	assert frappe.db.get_value("RTC Organisation", first.organisation, "tax_code") == first.tax_code
	other = factories.programme(title="Altro programma")
	second = factories.member("Admitted", programme=other.name)
	assert second.organisation == first.organisation


@pytest.mark.parametrize(
	"values",
	[
		{"opening": "2026-06-02 09:00:00", "closing": "2026-06-01 09:00:00"},
		{"min_cofinancing_percent": 0},
		{"min_cofinancing_percent": 101},
		{"project_start": "2026-10-31"},
		{"project_end": "2036-01-01"},
		{"endowment": 0},
		{"endowment": 10_000_000},
		{"min_partners": 0},
		{"min_areas": 9},
	],
)
def test_call_that_contradicts_itself_is_refused(values):
	with pytest.raises(RulesError):
		factories.call("Draft", **values)


@pytest.mark.parametrize(
	"values, error",
	[
		({"min_cofinancing_percent": 0}, ThresholdError),
		({"min_cofinancing_percent": 101}, ThresholdError),
		({"end_date": "2020-01-01"}, frappe.ValidationError),
		({"budget_years": [{"year": 2026, "amount": 1}]}, BudgetYearsError),
		({"endowment": "tanto"}, BadNumberError),
	],
)
def test_programme_that_contradicts_itself_is_refused(values, error):
	with pytest.raises(error):
		factories.programme(title="Sbagliato", **values)


def test_script_in_every_text_field_of_an_application_is_only_text(as_user):
	meta = frappe.get_meta("RTC Application")
	texts = {df.fieldname: SCRIPT for df in meta.fields if df.fieldtype in ("Data", "Text", "Small Text")}
	texts = {
		k: v
		for k, v in texts.items()
		if k not in ("pec", "contact_email") and not meta.get_field(k).read_only
	}
	values = factories.application_values()
	for table in ("partners", "actions", "costs", "recipients"):
		for row in values[table]:
			for df in frappe.get_meta(meta.get_field(table).options).fields:
				if df.fieldtype in ("Data", "Small Text") and not df.options:
					row[df.fieldname] = SCRIPT
	texts.pop("cup"), texts.pop("protocol_number"), texts.pop("decision_reason")
	doc = factories.application(**{**values, **texts})
	for shown in (
		frappe.get_print("RTC Application", doc.name, "RTC Application"),
		frappe.get_print("RTC Application", doc.name, "RTC Application Receipt"),
		doc.run_method("onload") or doc.get_onload("findings_html"),
	):
		assert "<script>alert" not in shown
		assert not re.search(r"<[^>]*onmouseover", shown)


@pytest.mark.parametrize("doctype, maker", [("RTC Member", factories.member), ("RTC Plan", factories.plan)])
def test_script_in_text_of_the_office_is_only_text(doctype, maker):
	fields = [
		df.fieldname
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype in ("Small Text", "Text Editor")
	]
	doc = maker(**dict.fromkeys(fields, SCRIPT))
	assert "<script>alert" not in frappe.get_print(doctype, doc.name)


def test_file_of_somebody_else_is_refused(as_user):
	with as_user(OFFICER):
		secret = factories.upload("riservato.pdf")
	values = factories.application_values()
	values["attachments"][0]["file"] = secret
	with as_user(APPLICANT), pytest.raises(frappe.PermissionError):
		factories.make("RTC Application", values)


@pytest.mark.parametrize("user", [APPLICANT, OFFICER, factories.MANAGER])
def test_files_of_a_sent_application_stay_as_they_are(user, as_user):
	doc = factories.application("Submitted")
	file = frappe.get_doc("File", {"file_url": doc.attachments[0].file})
	with as_user(user):
		with pytest.raises(frappe.PermissionError):
			file.delete()
		assert file.get_content()
		file.file_name = "altro.pdf"
		with pytest.raises(frappe.PermissionError):
			file.save()


def test_a_sent_application_takes_no_more_files_from_its_applicant(as_user):
	doc = factories.application("Submitted")
	more = {"doctype": "File", "file_name": "dopo.txt", "content": "dopo", "is_private": 1}
	more.update(attached_to_doctype=doc.doctype, attached_to_name=doc.name)
	with as_user(APPLICANT), pytest.raises(frappe.PermissionError):
		frappe.get_doc(more).insert()
	with as_user(OFFICER):
		assert frappe.get_doc(more).insert().is_private


def test_a_file_is_kept_once_and_nothing_is_logged_as_an_error(as_user):
	errors = frappe.db.count("Error Log")
	with as_user(APPLICANT):
		signature = factories.upload("firma.pdf")
	doc = factories.application("Submitted", signature_file=signature)
	files = frappe.get_all(
		"File", {"attached_to_name": doc.name}, ["file_url", "attached_to_field", "is_private"]
	)
	assert sorted((f.file_url, f.attached_to_field, f.is_private) for f in files) == sorted(
		[(doc.signature_file, "signature_file", 1), (doc.attachments[0].file, None, 1)]
	)
	assert frappe.db.count("Error Log") == errors


def test_acceptance_is_dated_by_the_server_and_kept(as_user):
	doc = factories.application(
		declarations=[{"declaration": "DURC", "accepted": 1, "accepted_on": "2001-01-01"}]
	)
	row, seen = doc.declarations[0].name, doc.declarations[0].accepted_on
	assert seen.year > 2001
	with as_user(APPLICANT):
		doc.save()
	doc.reload()
	assert (doc.declarations[0].name, doc.declarations[0].accepted_on) == (row, seen)


def test_declared_texts_are_the_call_s_not_the_sender_s(as_user):
	doc = factories.application(
		declarations=[
			{"declaration": "DURC", "accepted": 1, "text": "Altro", "mandatory": 0},
			{"declaration": "Mia"},
		]
	)
	assert [(row.declaration, row.text, row.mandatory) for row in doc.declarations] == [
		("DURC", "L'ente è in regola.", 1)
	]


def test_flags_that_decide_come_from_the_reference_rows(as_user):
	values = factories.application_values()
	values["partners"][1].update(organisation_type="Impresa", counts_towards_minimum=1)
	values["actions"][1].update(area="Tempi delle città (L.R. 28/2004)", counts_towards_minimum=1)
	doc = factories.application(**values)
	assert {"partnership.too_few", "areas.too_few"} <= codes(doc)


def test_amounts_are_computed_by_the_server(as_user):
	doc = factories.application(
		total_cost=1, cofinancing_percent=99, costs=[factories.cost(100, "Contribution", amount=7)]
	)
	assert (doc.total_cost, doc.cofinancing_percent, doc.costs[0].amount) == (100, 0, 100)


def codes(doc) -> set[str]:
	return {finding["code"] for finding in frappe.parse_json(doc.findings)["findings"]}
