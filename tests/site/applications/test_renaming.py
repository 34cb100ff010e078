"""Who is renamed changes nothing that was sent; what went out keeps the names of its day, the health agency's too."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.applications import content_check, papers
from rtc_conciliation.awards import letters as award_letters
from rtc_conciliation.calls import notice_pdf
from rtc_conciliation.common import kept_names
from rtc_conciliation.formal_check import letters
from rtc_conciliation.network.papers import rtc_certificate_paper
from rtc_conciliation.patches import names_kept
from rtc_conciliation.rtc_conciliation.doctype.rtc_kept_names.rtc_kept_names import KeptNamesError
from tests.site import factories
from tests.site.factories import ADMIN, APPLICANT, DIRECTOR, MANAGER, OFFICER

NEW = "Nome di oggi"
LINKED = (
	"RTC Territory",
	"RTC Programme",
	"RTC Cost Category",
	"RTC Area",
	"RTC Organisation Type",
	"RTC Recipient Category",
	"User",
)


@pytest.fixture
def sent():
	with factories.acting(APPLICANT):
		values = factories.application_values()
	values["actions"][0]["territory"] = frappe.get_all("RTC Territory", pluck="name", limit=1)[0]
	return factories.application("Submitted", actions=values["actions"])


def named_by(doc, doctype: str) -> str:
	"""A record of `doctype` that `doc` links to."""
	rows = (doc, *doc.get_all_children())
	found = (
		row.get(df.fieldname) for row in rows for df in row.meta.get_link_fields() if df.options == doctype
	)
	return next(name for name in found if name)


def rename(doctype: str, old: str, new: str, **options) -> None:
	frappe.flags.in_test, before = False, frappe.flags.in_test  # as a person does it, without shortcuts
	try:
		frappe.rename_doc(
			doctype, old, new, force=doctype == "User", show_alert=False, rebuild_search=False, **options
		)
	finally:
		frappe.flags.in_test = before


@pytest.mark.parametrize("doctype", LINKED)
def test_a_renaming_is_no_change_of_what_was_sent(doctype, sent):
	old = named_by(sent, doctype)
	assert content_check.check(sent) == content_check.MATCHES
	rename(doctype, old, "nuovo.indirizzo@rtc.test" if doctype == "User" else NEW)
	doc = frappe.get_doc("RTC Application", sent.name)
	assert named_by(doc, doctype) != old
	assert content_check.changed_fields(doc, content_check.receipts.sent_content(doc)) == []
	assert content_check.verify_receipt(doc.name, doc.digest) == content_check.MATCHES
	assert content_check.verify(doc.name) == "digest matches"


def test_two_renamings_a_new_record_of_the_old_name_and_a_merger_are_followed(sent):
	old = named_by(sent, "RTC Territory")
	rename("RTC Territory", old, "Passo")
	rename("RTC Territory", "Passo", NEW)
	again = frappe.copy_doc(frappe.get_doc("RTC Territory", NEW))
	again.title = old
	again.insert()
	assert content_check.check(frappe.get_doc("RTC Application", sent.name)) == content_check.MATCHES
	other = frappe.get_all("RTC Territory", {"name": ("not in", (NEW, old))}, pluck="name", limit=1)[0]
	rename("RTC Territory", NEW, other, merge=True)
	assert content_check.check(frappe.get_doc("RTC Application", sent.name)) == content_check.MATCHES


@pytest.mark.parametrize("renamed", [False, True])
def test_another_record_in_its_place_is_a_change(renamed, sent):
	old = named_by(sent, "RTC Territory")
	if renamed:
		rename("RTC Territory", old, NEW)
	other = frappe.get_all("RTC Territory", {"name": ("not in", (old, NEW))}, pluck="name", limit=1)[0]
	frappe.db.set_value("RTC Application Action", sent.actions[0].name, "territory", other)
	doc = frappe.get_doc("RTC Application", sent.name)
	assert content_check.check(doc) == content_check.CHANGED


def test_what_was_renamed_before_names_were_kept_is_read_from_core_s_comments(sent):
	old = named_by(sent, "RTC Territory")
	rename("RTC Territory", old, NEW)
	frappe.db.delete(kept_names.DOCTYPE)
	assert content_check.check(frappe.get_doc("RTC Application", sent.name)) == content_check.CHANGED
	names_kept.execute()
	assert content_check.check(frappe.get_doc("RTC Application", sent.name)) == content_check.MATCHES
	rows = frappe.db.count(kept_names.DOCTYPE)
	names_kept.execute()
	assert frappe.db.count(kept_names.DOCTYPE) == rows


def test_the_papers_of_an_application_name_what_was_sent(sent):
	old = named_by(sent, "RTC Territory")
	rename("RTC Territory", old, NEW)
	doc = frappe.get_doc("RTC Application", sent.name)
	paper = papers.rtc_application_paper(doc)
	text = str(paper["tables"]["actions"]["rows"])
	assert old in text and NEW not in text
	assert doc.actions[0].territory == NEW  # the copy alone speaks of then


def change_agency(doc) -> None:
	"""The agency takes another name, and the programme as well."""
	programme = frappe.get_doc("RTC Programme", kept_names.get_programme(doc))
	programme.update(
		{"ats_name": "ATS di domani", "office": "Ufficio di domani", "office_pec": "domani@pec.example.org"}
	)
	programme.save()
	frappe.db.set_value("RTC Programme", programme.name, "legal_basis", "DGR di domani")
	frappe.clear_document_cache("RTC Programme", programme.name)


def assert_of_its_day(paper: dict, later: dict | None = None) -> None:
	said = str({key: value for key, value in paper.items() if key not in (later or ())})
	assert "ATS di prova" in said
	assert "di domani" not in said and "domani@" not in said, said


def application_in(state: str, **values):
	call = factories.call(title=f"Manifestazione {frappe.generate_hash(length=6)}")
	return factories.application(state, call=call.name, **values)


def test_receipt_letters_and_act_keep_the_agency_s_name():
	doc = application_in("Funded")
	change_agency(doc)
	doc.reload()
	for paper in (
		papers.rtc_application_paper,
		papers.rtc_receipt_paper,
		award_letters.rtc_award_letter,
	):
		assert_of_its_day(paper(doc))
	assert_of_its_day(letters.rtc_outcome_letter(doc, 1))


def test_the_act_of_a_ranking_keeps_the_agency_s_name():
	doc = application_in("Funded")
	ranking = frappe.get_doc("RTC Ranking", doc.ranking)
	kept_names.keep_names(
		ranking.doctype, ranking.name, "Approved", kept_names.get_issuer_today(ranking)
	)  # as its approval does
	change_agency(doc)
	assert_of_its_day(award_letters.rtc_award_act(ranking))


def test_a_request_of_integration_keeps_the_agency_s_name():
	request = factories.integration("Sent", application_in("Under Formal Check").name)
	change_agency(frappe.get_doc("RTC Application", request.application))
	assert_of_its_day(letters.rtc_integration_letter(request))


def test_a_notice_of_refusal_keeps_the_agency_s_name():
	doc = application_in("Under Formal Check")
	check = factories.pass_checks(doc.name, row_1="Manca la firma")
	with factories.acting(OFFICER):
		check.update({"notice_sent_on": "2026-11-30", "notice_protocol": "7/2026"})
		check.save()
	change_agency(doc)
	assert_of_its_day(letters.rtc_refusal_notice(frappe.get_doc("RTC Formal Check", doc.name)))


def test_a_certificate_keeps_the_names_of_the_admission():
	programme = factories.programme(title="Programma dei nomi", start_date="2026-01-01")
	territory = frappe.get_all("RTC Territory", pluck="name", limit=1)[0]
	member = factories.member("Admitted", programme=programme.name, territory=territory)
	change_agency(member)
	rename("RTC Territory", territory, NEW)
	paper = rtc_certificate_paper(frappe.get_doc("RTC Member", member.name))
	assert_of_its_day(paper)
	assert territory in str(paper["body"]) and NEW not in str(paper["body"])


def test_the_notice_of_a_call_keeps_the_agency_s_name():
	call = factories.call(title="Manifestazione dei nomi")
	change_agency(call)
	content = notice_pdf.get_content(call.reload() or call)
	assert content["ats"] == "ATS di prova" and content["office"] != "Ufficio di domani"


def test_nobody_writes_the_names_of_the_day(sent):
	row = frappe.get_doc(kept_names.DOCTYPE, frappe.get_all(kept_names.DOCTYPE, pluck="name", limit=1)[0])
	for user in (MANAGER, DIRECTOR, ADMIN):
		with factories.acting(user):
			for work in (
				row.save,
				lambda: frappe.delete_doc(row.doctype, row.name),
				frappe.copy_doc(row).insert,
			):
				with pytest.raises((KeptNamesError, frappe.PermissionError)):
					work()
