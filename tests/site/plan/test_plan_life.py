"""The life of a Plan: complete before it is approved, frozen as data and PDF, sent with its receipt, versions."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.common.files.records import ForeignFileError
from rtc_conciliation.common.findings import RulesError
from rtc_conciliation.common.papers import issued, pdf, print_pdf
from rtc_conciliation.patches import papers_kept
from rtc_conciliation.plan import assemble, snapshot_check, versions
from rtc_conciliation.plan import pdf as plan_pdf
from rtc_conciliation.rtc_conciliation.doctype.rtc_plan.rtc_plan import PlanVersionError
from tests.site import factories
from tests.site.http import committed_rows
from tests.site.printing import issued_rows
from tests.site.rows import DAY, fill, member_row


@pytest.fixture
def programme():
	doc = factories.programme(title="Programma della vita del Piano")
	fill("RTC Member", [member_row(doc.name, 1)])
	return doc


def test_an_incomplete_plan_is_not_approved_and_says_all_that_is_missing(programme):
	doc = factories.plan(
		"To the Comitato",
		programme=programme.name,
		reference_date=DAY,
		sections=[
			{"title": "Bisogni", "kind": "Text", "required": 1},
			{"title": "Rete", "kind": "Composition"},
		],
		community_members=[],
	)
	with factories.acting(factories.DIRECTOR), pytest.raises(RulesError) as refused:
		apply_workflow(doc, "Approve")
	told = str(refused.value)
	for expected in ("Bisogni", "Comunità di Pratica", "progetti attivati"):
		assert expected in told, told
	stored = frappe.get_doc("RTC Plan", doc.name)
	assert (stored.docstatus, stored.digest, stored.pdf_file) == (0, None, None)
	stored.run_method("onload")
	assert "Bisogni" in stored.get_onload().completeness_html


def test_approval_freezes_data_and_pdf_for_good(programme, capsys):
	"""Also when data were posted into the draft: they never become the act."""
	doc = factories.plan(
		programme=programme.name,
		reference_date=DAY,
		snapshot='{"forged": 1}',
		pdf_file="/private/files/altro.pdf",
		sections=[*factories.PLAN_SECTIONS, {"title": "Vuota", "kind": "Text"}],
	)
	frappe.db.set_value("RTC Plan", doc.name, "snapshot", '{"forged": 1}')
	assert "Vuota" in assemble.render_preview(doc.reload() or doc)
	factories.walk_plan(doc)
	doc.reload()
	content = pdf.get_kept_pdf(doc)
	fill("RTC Member", [member_row(programme.name, 2)])
	frappe.db.set_value("RTC Programme", programme.name, "endowment", 1)
	frozen = assemble.assemble_document(doc)
	assert "forged" not in frozen and frozen["plan"]["name"] == doc.name
	assert (frozen["composition"]["total"], frozen["resources"]["endowment"]) == (1, "872000.00")
	assert frozen["community"]["members"] == [
		{"organisation": "Provincia di Prova", "person": "Carla Prova", "office": ""}
	]
	assert frozen["community"]["outcome"] == "<p>Tre incontri</p>"
	assert "Vuota" not in [row["title"] for row in frozen["sections"]]
	assert assemble.assemble_records(programme.name, DAY)["composition"]["total"] == 2
	assert content.startswith(b"%PDF") and pdf.sha256(content) == doc.pdf_digest
	assert pdf.get_kept_pdf(doc) == content

	[file] = frappe.get_all("File", {"attached_to_name": doc.name}, ["name", "is_private", "file_url"])
	assert (file.is_private, file.file_url) == (1, doc.pdf_file)
	for user in (factories.DIRECTOR, factories.MANAGER):
		with factories.acting(user), pytest.raises(frappe.PermissionError):
			frappe.delete_doc("File", file.name)

	assert snapshot_check.verify_plan(doc.name) == "digest matches"
	assert capsys.readouterr().out.count("digest matches") == 2
	frappe.db.set_value("RTC Plan", doc.name, "snapshot", doc.snapshot.replace("872000.00", "972000.00"))
	with pytest.raises(snapshot_check.NotFrozenError):
		snapshot_check.verify_plan(doc.name)
	told = capsys.readouterr().out
	assert doc.digest in told and "DIVERSA" in told and told.count("digest matches") == 1
	frappe.db.set_value("RTC Plan", doc.name, {"snapshot": doc.snapshot, "pdf_digest": "0" * 64})
	with pytest.raises(snapshot_check.NotFrozenError):
		snapshot_check.verify_plan(doc.name)


def test_the_pdf_of_a_long_plan_is_made_by_a_job(programme, monkeypatch):
	monkeypatch.setattr(plan_pdf, "LONG", 0)
	asked = []
	monkeypatch.setattr(plan_pdf, "enqueue", asked.append)
	doc = factories.plan("Approved", programme=programme.name, reference_date=DAY)
	assert (asked, doc.pdf_file) == ([doc.name], None) and doc.digest
	fill("RTC Member", [member_row(programme.name, 2, organisation_name="Arrivato dopo")])
	plan_pdf.keep_later(doc.name)
	doc.reload()
	assert pdf.sha256(pdf.get_kept_pdf(doc)) == doc.pdf_digest
	assert snapshot_check.verify_plan(doc.name) == "digest matches"


def test_a_draft_has_nothing_to_verify():
	with pytest.raises(snapshot_check.NotFrozenError):
		snapshot_check.verify_plan(factories.plan().name)


@pytest.mark.parametrize("missing", ["protocol_number", "protocol_date", "pec_receipt"])
def test_sending_asks_for_protocol_and_receipt(approved, missing):
	with factories.acting(factories.MANAGER):
		values = {
			"protocol_number": "77/2026",
			"protocol_date": "2026-10-07",
			"pec_receipt": factories.upload("r.pdf"),
		}
		doc = frappe.get_doc("RTC Plan", approved)
		doc.update({**values, missing: None})
		doc.save()
		with pytest.raises(frappe.MandatoryError) as refused:
			apply_workflow(doc, "Mark as Sent")
	assert frappe._(doc.meta.get_label(missing)) in str(refused.value)


@pytest.fixture(scope="module")
def approved(site):
	with committed_rows():
		programme = factories.programme(title="Programma del Piano approvato")
		fill("RTC Member", [member_row(programme.name, 1)])
		name = factories.plan("Approved", programme=programme.name, reference_date=DAY).name
		frappe.db.commit()
		yield name


def test_a_receipt_of_somebody_else_is_refused(approved):
	with factories.acting(factories.APPLICANT):
		theirs = factories.upload("domanda.pdf")
	with factories.acting(factories.MANAGER):
		doc = frappe.get_doc("RTC Plan", approved)
		doc.pec_receipt = theirs
		with pytest.raises(ForeignFileError):
			doc.save()


def test_from_sent_to_a_new_version_and_what_changed(programme):
	first = factories.plan("Sent", programme=programme.name, reference_date=DAY)
	receipt = frappe.get_doc("File", {"file_url": first.pec_receipt})
	assert (receipt.is_private, receipt.attached_to_name) == (1, first.name)
	with factories.acting(factories.MANAGER):
		with pytest.raises(frappe.MandatoryError):
			apply_workflow(frappe.get_doc("RTC Plan", first.name), "Record Observations")
		first.reload()
		first.observations = "Completare la strategia"
		first.save()
		apply_workflow(first, "Record Observations")
	with factories.acting(factories.OFFICER):
		name = frappe.get_doc("RTC Plan", first.name).make_new_version()
		draft = frappe.get_doc("RTC Plan", name)
		assert (draft.plan_version, draft.previous_version, draft.docstatus) == (2, first.name, 0)
		assert (draft.pec_receipt, draft.pdf_file, draft.protocol_number, draft.digest) == (None,) * 4
		assert [(r.title, r.kind, r.required, r.content) for r in draft.sections] == [
			(r.title, r.kind, r.required, r.content) for r in first.sections
		]
		draft.sections[0].content = "<p>Nuova premessa</p>"
		draft.save()
		with pytest.raises(PlanVersionError):
			draft.make_new_version()
		fill("RTC Member", [member_row(programme.name, 2, organisation_name="Nuovo & C.")])
		html = versions.compare_versions(first.name, name)
	assert "Nuovo &amp; C." in html and "Nuova premessa" in html and "1 → 2" in html
	with factories.acting(factories.APPLICANT), pytest.raises(frappe.PermissionError):
		versions.compare_versions(first.name, name)


def test_a_programme_has_one_line_of_plans(programme):
	first = factories.plan(programme=programme.name, reference_date=DAY)
	with pytest.raises(PlanVersionError, match=first.name):
		factories.plan(programme=programme.name, reference_date=DAY)
	with factories.acting(factories.OFFICER), pytest.raises(PlanVersionError, match="inviato"):
		first.make_new_version()
	sent = factories.plan("Sent", programme=factories.programme(title="Un altro programma").name)
	with pytest.raises(PlanVersionError, match=first.name):
		factories.plan(programme=programme.name, reference_date=DAY, previous_version=sent.name)
	with factories.acting(factories.OFFICER):
		second = sent.make_new_version()
		with pytest.raises(PlanVersionError, match=second):
			sent.make_new_version()


def test_the_pdf_is_one_also_where_it_was_kept_before_papers_had_rows(approved):
	doc = frappe.get_doc("RTC Plan", approved)
	[row] = issued_rows(doc, "RTC Plan")
	assert print_pdf.get_pdf(doc, "RTC Plan") == pdf.get_kept_pdf(doc)
	frappe.db.delete("RTC Paper", {"name": row.name})
	assert not issued.find_for_everybody(digest=doc.pdf_digest)
	for _time in range(2):
		papers_kept.execute()
		[again] = issued_rows(doc, "RTC Plan")
	assert (again.file, again.file_digest, again.content_digest) == (row.file, doc.pdf_digest, doc.digest)
	assert issued.find_for_everybody(digest=doc.pdf_digest)["record"] == doc.name
