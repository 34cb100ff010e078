"""Who the ATS is stands in one record, and from there on pages, papers and mails."""

import base64
import io

import frappe
import pytest
from frappe.core.doctype.file.exceptions import MaxFileSizeReachedError
from PIL import Image

from rtc_conciliation.applications import content_check
from rtc_conciliation.applications.papers import rtc_receipt_paper
from rtc_conciliation.common import ats, mails, privacy, site_gaps
from rtc_conciliation.common.web import page_cache
from rtc_conciliation.network.papers import rtc_certificate_paper
from rtc_conciliation.rtc_conciliation.doctype.rtc_settings.rtc_settings import (
	ContrastError,
	LogoError,
	TooManyLinesError,
)
from tests.site import factories
from tests.site.http import Client, committed_rows

SETTINGS = "RTC Settings"
NAME = "ATS <della Prova> & C."


@pytest.fixture(autouse=True)
def read_anew():
	"""The cached record is what the database had before the test."""
	yield
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	page_cache.clear_pages()


def save(user: str = factories.MANAGER, **values):
	with factories.acting(user):
		return frappe.get_doc(SETTINGS).update(values).save()


def upload(name: str, content: bytes, user: str = factories.MANAGER) -> str:
	with factories.acting(user):
		values = {"doctype": "File", "file_name": name, "content": content, "is_private": 1}
		return frappe.get_doc(values).insert().file_url


def picture(size=(1200, 400), kind="PNG") -> bytes:
	made = io.BytesIO()
	Image.new("RGB", size, "#0b3d66").save(made, kind)
	return made.getvalue()


@pytest.fixture(scope="module")
def published(site):
	"""Settings that the web server sees; the test site has none of its own, so that they go at the end."""
	with committed_rows():
		logo = upload("logo.png", picture())
		save(ats_name=NAME, address="Via Prova 1", pec="pec@ats.example.org", logo=logo)
		frappe.db.commit()
		page_cache.clear_pages()
		yield
		frappe.db.rollback()
		frappe.db.delete("Singles", {"doctype": SETTINGS})
		frappe.db.commit()
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	page_cache.clear_pages()


def test_a_logo_is_made_small_and_shown_everywhere():
	doc = save(ats_name=NAME, logo=upload("logo.jpg", picture(kind="JPEG")))
	small = Image.open(io.BytesIO(base64.b64decode(doc.logo_png)))
	assert (small.format, small.size) == ("PNG", (480, 160))
	assert ats.get_identity()["logo"].startswith("/logo-ats.png?") and ats.get_logo_data().startswith(
		"data:image/png"
	)
	assert not save(logo="").logo_png


@pytest.mark.parametrize(
	("name", "content"),
	[
		("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
		("logo.pdf", b"%PDF-1.4"),
		("logo.png", picture()[:300]),
	],
)
def test_what_is_no_picture_is_refused(name, content):
	with pytest.raises(frappe.ValidationError):
		save(logo=upload(name, content))
	assert not frappe.get_doc(SETTINGS).logo_png


def test_a_logo_of_somebody_else_is_refused():
	foreign = upload("logo.png", picture(), factories.OFFICER)
	with pytest.raises((LogoError, frappe.PermissionError)):
		save(logo=foreign)


@pytest.mark.parametrize("megabytes", [3, 20])
def test_a_heavy_logo_is_refused(megabytes):
	"""At the latest by the record: what is largest does not even become a file, where core's limit is lower."""
	heavy = picture() + bytes(megabytes * 1024 * 1024)  # a picture still, which readers show
	refusals = (LogoError,) if megabytes == 3 else (LogoError, MaxFileSizeReachedError)
	with pytest.raises(refusals, match=r"\d MB"):
		save(logo=upload("grande.png", heavy))
	assert not frappe.get_doc(SETTINGS).logo_png


def test_a_colour_on_which_white_cannot_be_read_is_refused_with_its_contrast():
	with pytest.raises(ContrastError, match="1,07:1"):
		save(accent_color="#ffff00")
	with pytest.raises(ContrastError, match="rosso"):
		save(accent_color="rosso")
	assert save(accent_color="").accent_color == ats.COLOUR


def test_a_heading_of_twelve_lines_is_refused():
	with pytest.raises(TooManyLinesError, match="12"):
		save(heading="\n".join(f"Riga {number}" for number in range(12)))


def test_each_change_of_the_notice_is_a_version_and_scripts_stay_out():
	first = privacy.get_version()
	doc = save(privacy_notice="<p>Nuovo testo</p><script>alert(1)</script>")
	assert doc.privacy_notice == "<p>Nuovo testo</p>"
	assert doc.privacy_version == first + 1
	assert "titolare" in frappe.db.get_value("RTC Privacy Notice", {"version": first}, "text"), (
		"as proposed until then"
	)
	assert frappe.db.get_value("RTC Privacy Notice", {"version": first + 1}, "text") == "<p>Nuovo testo</p>"
	assert save(footer_text="Altro").privacy_version == first + 1
	assert privacy.get_notice()["html"] == "<p>Nuovo testo</p>"
	member = factories.member(privacy_accepted=1)
	assert member.privacy_notice_version == str(first + 1)


@pytest.mark.parametrize(
	("typed", "gone"),
	[
		("<img src=x onerror=alert(1)>Testo", "onerror"),
		("<a href='javascript:alert(1)'>Testo</a>", "javascript"),
		("<iframe src='https://altrove.example.org'></iframe>Testo", "iframe"),
		("<style>body{display:none}</style>Testo", "<style"),
		("<svg><script>alert(1)</script></svg>Testo", "script"),
		("<form action='https://altrove.example.org'><input name=pwd></form>Testo", "<form"),
	],
)
def test_html_in_the_notice_is_text_and_structure_alone(typed, gone):
	kept = save(privacy_notice=f"<h2>Titolare</h2><p>{typed}</p>").privacy_notice
	assert "<h2>Titolare</h2>" in kept and "Testo" in kept
	assert gone not in kept and gone not in privacy.get_notice()["html"]


def test_an_application_keeps_the_version_that_its_sender_has_read():
	save(privacy_notice="<p>Primo testo</p>")
	doc = factories.application("Draft")
	assert not doc.privacy_notice_version, "nobody has sent it yet"
	doc = factories.application("Submitted", call=doc.call)
	first = str(privacy.get_version())
	assert doc.privacy_notice_version == first
	save(privacy_notice="<p>Secondo testo</p>")
	assert frappe.get_doc(doc.doctype, doc.name).privacy_notice_version == first
	assert {"label": "Versione dell'informativa privacy", "value": first} in rtc_receipt_paper(doc)["sending"]
	assert content_check.check(frappe.get_doc(doc.doctype, doc.name)) == content_check.MATCHES


def test_the_proposed_notice_is_complete_and_escaped():
	save(ats_name=NAME, dpo_name="Studio <b>Rossi</b>", dpo_email="dpo@ats.example.org", privacy_notice="")
	html = privacy.get_notice()["html"]
	assert "ATS ‹della Prova› &amp; C." in html or "ATS &lt;della Prova&gt; &amp; C." in html
	assert "dpo@ats.example.org" in html and "<b>Rossi" not in html
	for word in ("titolare", "Garante", "33/2013", "art. 6", "cinque anni"):
		assert word in html, word


def test_papers_carry_the_letterhead_of_their_day():
	save(ats_name="ATS di ieri", heading="Dipartimento di ieri", address="Via Vecchia 1\n24121 Bergamo")
	member = factories.member("Admitted")
	save(heading="Dipartimento di oggi")
	header = rtc_certificate_paper(member)["header"]
	assert header["letterhead"]["heading"] == ["Dipartimento di ieri"]
	assert header["letterhead"]["address"] == ["Via Vecchia 1", "24121 Bergamo"]


def test_mails_come_from_the_agency():
	save(ats_name="ATS Prova", sender_name="", reply_to="risposte@ats.example.org")
	assert mails.get_sender().startswith("ATS Prova <")
	assert mails.send(["a@example.org"], "Prova", message="<p>Testo</p>")
	queued = frappe.get_last_doc("Email Queue")
	assert "From: ATS Prova <" in queued.message and "risposte@ats.example.org" in queued.message
	save(sender_name="Ufficio Conciliazione")
	assert mails.get_sender().startswith("Ufficio Conciliazione <")


def test_what_a_site_lacks_is_said_with_a_link():
	save(ats_name="", logo="")
	told = {gap["text"]: gap["link"] for gap in site_gaps.list_gaps()}
	assert frappe._("There is no logo.") in told
	assert not [text for text in told if text.startswith(("No ", "The "))], "in Italian"
	save(ats_name="ATS Prova")
	assert len(site_gaps.list_gaps()) == len(told) - 1


def test_who_may_read_and_write_over_http(base_url):
	address = f"/api/resource/{SETTINGS}/{SETTINGS}"
	for user in (None, factories.APPLICANT, factories.EVALUATOR):
		client = Client(base_url, user)
		assert client.get(address).status_code in (401, 403), user
		assert client.put(address, footer_text="Intruso").status_code in (401, 403), user
	for user in (factories.OFFICER, factories.DIRECTOR, factories.AUDITOR):
		client = Client(base_url, user)
		assert client.get(address).status_code == 200, user
		assert client.put(address, footer_text="Intruso").status_code == 403, user


PAGES = (
	"/rete",
	"/bandi",
	"/progetti",
	"/informativa-privacy",
	"/accessibilita",
	"/verifica",
	"/adesione/new",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_which_agency(published, base_url, path):
	text = Client(base_url).get(path).text
	assert "della Prova" in text and "<della Prova>" not in text and "/logo-ats.png?" in text
	assert "Via Prova 1" in text and "pec@ats.example.org" in text


def test_everybody_sees_the_logo(published, base_url):
	logo = Client(base_url).get("/logo-ats.png")
	assert logo.headers["Content-Type"].startswith("image/png") and logo.content.startswith(b"\x89PNG")
