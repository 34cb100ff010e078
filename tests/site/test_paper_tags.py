"""Every paper can be read aloud: tagged in its order, with headings, figures and tables that are such (PDF/UA-1)."""

import io
import re
from html import escape

import frappe
import pytest
from bs4 import BeautifulSoup
from pdfua import Severity, validate
from pypdf import PdfReader

from rtc_conciliation.awards import ranking_pdf
from rtc_conciliation.common.papers import pdf
from tests.site import bombs, evaluated, factories, paper_samples
from tests.site.english import english_in
from tests.site.factories import MANAGER, acting
from tests.site.pdf_tags import Tags, beyond_the_margin, problems_of

#: papers that carry a QR code
CODED = ("RTC Integration Letter Answered", "RTC Outcome Letter Funded", "Notice of a call")
LETTERS = (
	"RTC Integration Letter",
	"RTC Admissibility",
	"RTC Non-Admissibility",
	"RTC Notice",
	"RTC Outcome",
)
#: how the stamp begins, which stands below the signature
STAMP = re.compile(r"Documento [A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}, versione 1")


@pytest.fixture(scope="module")
def pages(site):
	"""{what it is: (the PDF, the HTML of which it was made)}, made for a reader of English."""
	frappe.set_user("Administrator")
	drawn, fill = [], pdf.fill_cells
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(pdf, "fill_cells", lambda html: drawn.append(fill(html)) or drawn[-1])
		frappe.local.lang = "en"
		papers = {label: (content, drawn[-1]) for label, content in paper_samples.pdfs()}
		frappe.local.lang = "it"
	frappe.db.rollback()
	return papers


@pytest.fixture(scope="module")
def made(pages):
	return {label: content for label, (content, _html) in pages.items()}


def test_all_print_formats_are_here(made):
	ours = frappe.get_all("Print Format", {"module": "RTC Conciliation", "standard": "Yes"}, pluck="name")
	assert ours
	missing = [name for name in ours if not any(label.startswith(name) for label in made)]
	assert not missing


def test_each_paper_is_tagged_as_it_is_read(made):
	found = {label: problems_of(content) for label, content in made.items()}
	assert not {label: problems for label, problems in found.items() if problems}


def test_a_checker_of_others_finds_no_error(made, tmp_path):
	found = {}
	for label, content in made.items():
		path = tmp_path / "paper.pdf"
		path.write_bytes(content)
		report = validate(str(path))
		errors = [f"{one.rule_id} {one.message}" for one in report.findings if one.severity == Severity.ERROR]
		if errors:
			found[label] = errors
	assert not found


def test_the_letterhead_is_read_first_and_the_signature_after_the_text(made):
	letters = {label: content for label, content in made.items() if label.startswith(LETTERS)}
	assert len(letters) >= 7
	for label, content in letters.items():
		text = Tags(content).document.text
		assert text.startswith("ATS di prova"), (label, text[:80])
		signed = f"{frappe._('The RTC Manager')}ATS di prova"
		before, stamp = STAMP.split(text)
		assert before.rstrip().endswith(signed), (label, before[-80:])
		assert "/verifica" in stamp and len(stamp) < 250, (label, stamp)
		assert text.index("Oggetto:") < text.index("Distinti saluti") < text.rindex("ATS di prova")


def test_running_heads_are_no_content(made):
	for label, content in made.items():
		tags = Tags(content)
		assert "Pagina 1 di" in "".join(tags.loose) or label.startswith("Plan"), label
		assert "Pagina 1 di" not in tags.document.text and "Pagina 2 di" not in tags.document.text, label
		assert "....." not in tags.document.text


def test_codes_to_scan_are_figures_with_a_text(made):
	for label in CODED:
		figures = Tags(made[label]).document.of("Figure")
		assert [one.alt for one in figures if "QR" in one.alt], label


def test_pictures_of_a_text_are_figures_too(made):
	texts = {one.alt for one in Tags(made["Plan Draft"]).document.of("Figure")}
	assert {"La mappa della rete", "Immagine senza descrizione"} <= texts


def test_addresses_are_no_tables(made):
	for label, content in made.items():
		for table in Tags(content).document.of("Table"):
			assert "PEC capofila" not in table.text, label


def test_nothing_runs_off_the_paper(made):
	"""The last column of the partners, "Cofinanziamento in natura", once did."""
	found = {label: beyond_the_margin(content) for label, content in made.items()}
	assert not {label: texts for label, texts in found.items() if texts}
	application = Tags(made["RTC Application Submitted"]).document.text
	for expected in ("Cofinanziamentoinnatura", "€1.234,50"):  # on more lines
		assert expected in "".join(application.split())


def test_no_paper_speaks_english(pages):
	found = {label: english_in(html) for label, (_content, html) in pages.items()}
	assert not {label: words for label, words in found.items() if words}


def test_the_text_of_each_pdf_is_italian_too(made):
	"""Of the file itself: what stands in its margins, its stamp and its pictures' texts included."""
	found = {}
	for label, content in made.items():
		tags = Tags(content)
		pages = PdfReader(io.BytesIO(content)).pages
		alternatives = [one.alt for one in tags.document.of("Figure")]
		lines = [line for page in pages for line in page.extract_text().splitlines()]
		if words := english_in("".join(f"<p>{escape(line)}</p>" for line in [*lines, *alternatives])):
			found[label] = words
	assert not found


def test_every_cell_of_a_table_is_in_the_pdf(pages):
	"""A table that is cut loses cells: those that were drawn are those that were written."""
	missing = {}
	for label, (content, html) in pages.items():
		read = "".join(Tags(content).document.text.split())
		cells = BeautifulSoup(html, "html.parser").select("table th, table td")
		texts = {"".join(cell.get_text().split()) for cell in cells if not cell.select("img")}
		if lost := [text for text in texts if text not in read]:
			missing[label] = lost
	assert not missing


def test_the_ranking_carries_the_logo(site):
	with acting(MANAGER):
		settings = frappe.get_doc("RTC Settings")
		settings.logo = factories.upload("logo.png", bombs.picture(40, 20))
		settings.save()
	call = evaluated.closed_call("PROVA-LOGO")
	evaluated.evaluate(call, [{}])
	[page, *_others] = PdfReader(io.BytesIO(ranking_pdf.make(evaluated.computed(call)))).pages
	drawn = [one.get_object() for one in page["/Resources"]["/XObject"].values()]
	assert (40, 20) in [(one.get("/Width"), one.get("/Height")) for one in drawn]
