"""The official papers and the reports: what they say, in Italian figures, and nothing that anybody typed as a tag."""

import re
from io import BytesIO
from pathlib import Path

import frappe
import pytest
from frappe.www.printview import get_html_and_style
from pypdf import PdfReader

from devsite.system import find
from rtc_conciliation.common import italian
from rtc_conciliation.common.papers import issued
from rtc_conciliation.patches import member_periods, template_paths
from rtc_conciliation.rtc_conciliation.report.rtc_applications_of_a_call import rtc_applications_of_a_call
from rtc_conciliation.rtc_conciliation.report.rtc_composition_at_a_date import rtc_composition_at_a_date
from tests.site import factories
from tests.site.http import Client, committed_rows
from tests.site.printing import drawn, printed, scripted, words

CERTIFICATE = "RTC Adhesion Certificate"


@pytest.mark.parametrize(
	("value", "text"),
	[
		(1234.56, "€\u00a01.234,56"),
		("872000.00", "€\u00a0872.000,00"),
		(0, "€\u00a00,00"),
		(-5.5, "€\u00a0-5,50"),
		(None, "—"),
		("", "—"),
	],
)
def test_amounts(value, text):
	assert italian.rtc_euro(value) == text


def test_days_moments_and_numbers():
	assert italian.rtc_day("2026-12-31") == "31/12/2026"
	assert italian.rtc_moment("2026-06-15 11:59:58") == "15/06/2026 11:59:58 (UTC+02:00)"
	assert italian.rtc_moment("2026-12-15 11:59:58") == "15/12/2026 11:59:58 (UTC+01:00)"
	assert italian.rtc_minute("2026-12-15 11:59:58") == "15/12/2026 11:59"
	assert italian.rtc_percent("29.99") == "29,99\u00a0%"
	assert italian.rtc_number(1200) == "1.200"
	assert italian.rtc_number(0.5) == "0,5"
	assert italian.rtc_year(2026) == "2026"
	assert italian.rtc_day(None) == italian.rtc_year(0) == italian.rtc_moment("") == "—"


def test_application_shows_every_part():
	doc = factories.application(
		"Under Formal Check",
		context_needs="Prima riga\nseconda riga",
		indicators=[{"indicator": "Famiglie seguite", "unit": "n.", "target": 120.5}],
	)
	text = words(printed(doc, "RTC Application"))
	for expected in (
		doc.name, doc.title, "ATS di prova", "Manifestazione di prova", "Prima riga", "Comune di Prova",
		"Cooperativa sociale di tipo A", "94000010168", "Doposcuola", "Mobilità casa-lavoro",
		"Soci lavoratori delle società cooperative", "Famiglie seguite", "120,5", "€ 70.000,00",
		"€ 100.000,00", "30,00 %", "DURC", "Accordo di partenariato", doc.digest,
		italian.rtc_moment(doc.sent_on), "01/11/2026",
	):  # fmt: skip
		assert expected in text, expected
	assert "BOZZA" not in text


def test_draft_application_shows_its_findings_and_that_it_is_a_draft():
	with factories.acting(factories.APPLICANT):
		text = words(printed(factories.application(costs=[], actions=[]), "RTC Application"))
	assert "BOZZA" in text
	assert frappe._("To be corrected") in text


def test_receipt_of_what_was_sent():
	doc = factories.application("Submitted")
	with factories.acting(factories.APPLICANT):
		text = words(printed(doc, "RTC Application Receipt"))
	for expected in (
		doc.name,
		doc.digest,
		italian.rtc_moment(doc.sent_on),
		doc.title,
		"Accordo di partenariato",
	):
		assert expected in text, expected


def test_a_draft_has_no_receipt():
	doc = factories.application()
	with factories.acting(factories.APPLICANT), pytest.raises(issued.NotYetError, match="premere Invia"):
		printed(doc, "RTC Application Receipt")


@pytest.mark.parametrize(
	("values", "expected"),
	[
		({"workflow_state": "Admitted", "valid_from": "2026-05-06"}, "member"),
		({"workflow_state": "Admitted", "valid_from": "2099-01-01"}, "soon"),
		({"workflow_state": "Ended", "valid_from": "2026-05-06", "valid_to": "2026-05-07"}, "former"),
		({"workflow_state": "Ended", "valid_from": "2026-05-06", "valid_to": "2099-05-07"}, "member"),
		({"workflow_state": "Under Review", "valid_from": "2026-05-06"}, "none"),
		({"workflow_state": "Rejected"}, "none"),
	],
)
def test_certificate_says_who_is_a_member(values, expected):
	doc = factories.member()
	frappe.db.set_value("RTC Member", doc.name, values)
	member_periods.execute()
	if expected == "none":
		with pytest.raises(issued.NotYetError, match="non fa parte della Rete"):
			printed(doc, CERTIFICATE)
		return
	text = words(printed(doc, CERTIFICATE))
	said = {"member": "ne fa parte alla data", "soon": "ne fa parte dal", "former": "non ne fa più parte"}
	assert frappe._("Certificate of adhesion") in text and said[expected] in text


def test_plan_draft_and_approved():
	factories.member("Admitted")
	factories.application("Funded")
	doc = factories.plan()
	text = words(printed(doc))
	for expected in (
		"BOZZA",
		"Associazione Aderente",
		"Tempo per la valle",
		"€ 872.000,00",
		"n. 2/2026 del",
	):
		assert expected in text, expected
	factories.walk(
		doc,
		[
			(factories.OFFICER, "Send to the Comitato", "To the Comitato"),
			(factories.DIRECTOR, "Approve", "Approved"),
		],
		"Approved",
	)
	doc.reload()
	text = words(printed(doc))
	assert "BOZZA" not in text
	assert doc.digest in text


def test_papers_are_in_italian_for_every_reader():
	doc = factories.application("Submitted")
	frappe.local.lang = "en"
	text = words(printed(doc, "RTC Application Receipt"))
	assert "Ricevuta" in text
	assert "Receipt of the application" not in text


@pytest.mark.parametrize("print_format", ["RTC Application", "RTC Application Receipt"])
@pytest.mark.parametrize("state", ["Draft", "Submitted"])
def test_nothing_typed_in_an_application_is_a_tag(print_format, state):
	doc = factories.application(state, indicators=[{"indicator": "Famiglie", "target": 1}])
	scripted(doc)
	html = drawn(doc, print_format)
	assert "<script" not in html.lower()
	assert "&lt;script&gt;" in html


@pytest.mark.parametrize("print_format", [CERTIFICATE, "RTC Adhesion Refusal"])
def test_nothing_typed_in_an_adhesion_is_a_tag(print_format):
	doc = factories.member("Admitted")
	if print_format != CERTIFICATE:
		frappe.db.set_value("RTC Member", doc.name, "workflow_state", "Rejected")
	scripted(doc)
	html = drawn(doc, print_format)
	assert "<script" not in html.lower()
	assert "&lt;script&gt;" in html


def test_nothing_typed_in_a_plan_or_in_what_it_gathers_is_a_tag():
	member, project = factories.member("Admitted"), factories.application("Funded")
	doc = factories.plan(community_members=[{"person": "Carla Prova"}], community_outcome="<p>Esito</p>")
	for record in (member, project, doc, frappe.get_doc("RTC Call", project.call)):
		scripted(record)
	html = printed(doc)
	assert "<script" not in html.lower()
	assert html.count("&lt;script&gt;") > 5


def test_report_of_the_composition():
	doc = factories.member("Admitted")
	with factories.acting(factories.AUDITOR):
		columns, rows, _message, chart, summary = rtc_composition_at_a_date.execute(
			{"programme": doc.programme, "on_date": frappe.utils.today()}
		)
	assert [row["name"] for row in rows] == ["Associazione Aderente"]
	assert rows[0].keys() >= {column["fieldname"] for column in columns}
	assert chart["data"]["datasets"][0]["values"] == [1]
	assert [row["value"] for row in summary] == [1, 1]


def test_report_of_the_applications_shows_what_was_sent():
	call = factories.call()
	sent = factories.application("Submitted", call=call.name)
	factories.application(user=factories.OTHER_APPLICANT, call=call.name)
	with factories.acting(factories.OFFICER):
		columns, rows = rtc_applications_of_a_call.execute({"call": call.name})
	[row] = rows
	assert (row.name, row.partners, row.cofinancing_percent) == (sent.name, 3, 30)
	assert row.areas == "Accesso ai servizi di cura e assistenza; Mobilità casa-lavoro"
	assert row.keys() >= {column["fieldname"] for column in columns}


@pytest.mark.parametrize("report", [rtc_composition_at_a_date, rtc_applications_of_a_call])
def test_a_report_without_its_filters_says_which_to_choose(report):
	columns, rows, message = report.execute({})
	assert (bool(columns), rows) == (True, [])
	assert message.startswith("Scegliere")


def test_an_applicant_cannot_run_the_report_of_the_network():
	programme = factories.programme()
	with factories.acting(factories.APPLICANT), pytest.raises(frappe.PermissionError):
		rtc_composition_at_a_date.execute({"programme": programme.name, "on_date": frappe.utils.today()})


@pytest.fixture(scope="module")
def committed(site):
	"""A Plan and a draft of APPLICANT that a server sees; used by the last test only."""
	with committed_rows():
		factories.member("Admitted")
		plan, draft = factories.plan(), factories.application()
		frappe.db.commit()
		yield frappe._dict(plan=plan, draft=draft)


def test_pdf_downloads_for_those_who_may_read(base_url, committed):
	"""The way a person takes it: over HTTP. Ours is tagged; a print format of the site's own goes core's way."""
	plan, draft, url = committed.plan, committed.draft, base_url
	for user, doc, print_format in (
		(factories.AUDITOR, plan, "RTC Plan"),
		(factories.APPLICANT, draft, "RTC Application"),
	):
		answer = download(Client(url, user), doc, print_format)
		assert answer.status_code == 200, answer.text
		pdf = PdfReader(BytesIO(answer.content))
		catalogue = pdf.trailer["/Root"]
		assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "it"
		assert b"pdfuaid" in catalogue["/Metadata"].get_data() and doc.name in pdf.metadata.title
		text = "".join(page.extract_text() for page in pdf.pages)
		assert doc.title in re.sub(r"\s+", " ", text)
		assert "BOZZA" in re.sub(r"\s+", "", text)
	for user, doc, print_format in (
		(factories.OTHER_APPLICANT, draft, "RTC Application"),
		(factories.AUDITOR, draft, "RTC Application"),
		(factories.APPLICANT, plan, "RTC Plan"),
	):
		assert download(Client(url, user), doc, print_format).status_code == 403
	assert download(Client(url), draft, "RTC Application").status_code in (401, 403)
	if find("wkhtmltopdf"):  # with which core makes its own
		answer = download(Client(url, factories.APPLICANT), draft, "Standard")
		assert answer.status_code == 200 and b"pdfuaid" not in answer.content


def download(client, doc, print_format: str):
	return client.get(
		"/api/method/frappe.utils.print_format.download_pdf",
		doctype=doc.doctype,
		name=doc.name,
		format=print_format,
	)


def test_a_print_format_of_the_site_s_own_finds_our_templates_where_they_are(site):
	include = '{{% include "rtc_conciliation/templates/{}" %}}'
	before, now = (
		"\n".join(include.format(path) for path in [*paths, "emails/rtc_signature.html", "print/none.html"])
		for paths in (template_paths.MOVED, template_paths.MOVED.values())
	)
	own = frappe.get_doc(
		doctype="Print Format", name="Piano", doc_type="RTC Plan", standard="No", custom_format=1,
		print_format_type="Jinja", html=before,
	)  # fmt: skip
	own.flags.ignore_validate = True
	own.insert()
	for _time in range(2):
		template_paths.execute()
		assert frappe.db.get_value("Print Format", own.name, "html") == now
	for path in template_paths.MOVED.values():
		assert (Path(frappe.get_app_path("rtc_conciliation")) / "templates" / path).is_file()
