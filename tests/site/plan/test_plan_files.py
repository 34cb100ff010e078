"""The files of a Plan: tagged PDF against the records, Word, spreadsheet, and who may download them."""

import re
from datetime import datetime
from io import BytesIO

import docx
import frappe
import openpyxl
import pikepdf
import pytest
from docx.enum.section import WD_ORIENT
from pypdf import PdfReader

from rtc_conciliation.common.papers import charts, pdf, spreadsheets
from rtc_conciliation.plan import docx as plan_docx
from rtc_conciliation.plan import papers, xlsx
from rtc_conciliation.plan import pdf as plan_pdf
from tests.site import bombs, factories
from tests.site.http import Client, committed_rows
from tests.site.rows import DAY, fill, fill_project, member_row

DOWNLOAD = "/api/method/rtc_conciliation.plan.api.{}"
FILES = {"download_pdf": b"%PDF", "download_docx": b"PK", "download_xlsx": b"PK"}
NASTY = "=HYPERLINK(\"http://x\")<script>alert('x')</script>"
SECTIONS = [
	{"title": "Premessa", "kind": "Text", "content": '<p>Uno <b>due</b></p><ul><li>primo</li></ul><img src="https://altrove.example/a.png">'},
	{"title": "Rete", "kind": "Composition"},
	{"title": "Comitato", "kind": "Comitato"},
	{"title": "Comunità", "kind": "Community of Practice"},
	{"title": "Tempi", "kind": "Times of the City"},
	{"title": "Risorse", "kind": "Resources"},
	{"title": "Manifestazioni", "kind": "Calls"},
	{"title": "Progetti", "kind": "Projects"},
	{"title": "Non finanziati", "kind": "Projects Not Funded"},
	{"title": "Indicatori", "kind": "Indicators"},
	{"title": "Cronoprogramma", "kind": "Timetable"},
	{"title": "Graduatoria", "kind": "Ranking"},
	{"title": "Da scrivere poi", "kind": "Text"},
]  # fmt: skip


@pytest.fixture(scope="module")
def made(site):
	with committed_rows():
		programme = factories.programme(title="Programma dei file")
		call = factories.call(programme=programme.name)
		fill(
			"RTC Member",
			[
				member_row(programme.name, 1, organisation_name=NASTY),
				member_row(
					programme.name,
					2,
					organisation_name="Ambito dell'Isola Bergamasca e Bassa Val San Martino " * 2,
				),
			],
		)
		fill_project(programme.name, call.name, 1, cofinancing_amount=3000.55)
		fill(
			"RTC Application Cost",
			[{"parent": "PROVA-0001", "parenttype": "RTC Application", "parentfield": "costs", "idx": 1, "action": "Time saving", "amount": 100}],
		)  # fmt: skip
		doc = factories.plan(programme=programme.name, reference_date=DAY, sections=SECTIONS)
		frappe.db.commit()
		yield frappe._dict(doc=doc, data=papers.rtc_plan_paper(doc))


@pytest.fixture
def paper(made):
	frappe.local.lang = "en"  # the files are Italian whoever reads
	return made


def test_the_pdf_is_tagged_and_says_what_the_records_say(paper):
	content = plan_pdf.make_pdf(paper.data, paper.doc)
	with pikepdf.open(BytesIO(content)) as pdf:
		root = pdf.Root
		assert (
			str(root.Lang) == "it"
			and bool(root.MarkInfo.Marked)
			and bool(root.ViewerPreferences.DisplayDocTitle)
		)
		assert (
			str(pdf.docinfo.Title).startswith(paper.doc.title) and str(pdf.docinfo.Author) == "ATS di prova"
		)
		assert b"pdfuaid" in root.Metadata.read_bytes()
		elements = [
			item
			for item in pdf.objects
			if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
		]
		kinds = {str(item.S) for item in elements}
		assert {"/Document", "/H1", "/H2", "/H3", "/P", "/Table", "/TR", "/TH", "/TD", "/L", "/Link"} <= kinds
		figures = [str(item.Alt) for item in elements if item.S == "/Figure"]
		assert len(figures) == 2 and "2" in figures[0] and "€\u00a0100,00" in figures[1], figures
		assert {str(item.A.Scope) for item in elements if item.S == "/TH"} == {"/Column", "/Row"}
		with pdf.open_outline() as outline:
			titles = [str(item.title) for item in outline.root]
		assert [f"{i}. {row['title']}" for i, row in enumerate(SECTIONS, 1)] == titles[2:]
	pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
	text = " ".join(pages)
	for expected in (
		"BOZZA", "Indice", "Progetto 0001", "€ 10.000,00", "€ 3.000,55", "Capofila 1", "08/10/2026", "Uno due",
		"Da scrivere.", f"Pagina 2 di {len(pages)}",
	):  # fmt: skip
		assert expected in text, expected
	assert "<script>alert('x')</script>" in text.replace(" ", "")
	contents = next(page for page in pages if "Indice" in page)
	number = next(i for i, page in enumerate(pages, 1) if "8. Progetti" in page and page != contents)
	entry = contents.split("8. Progetti")[1].split("9. Non")[0]
	assert entry.strip(" .") == str(number)


def test_a_pdf_loads_only_pictures_of_the_site(paper):
	fetch = pdf.fetch_own_files(paper.doc)
	for url in (
		"https://altrove.example/a.png",
		"file:///etc/passwd",
		f"{pdf.BASE}/files/niente.png",
		"data:text/html,x",
	):
		with pytest.raises(pdf.OutsideAddressError):
			fetch(url)
	with factories.acting(factories.APPLICANT):
		url = factories.upload("privato.png", bombs.picture(2, 2))
	with factories.acting(factories.OFFICER), pytest.raises(frappe.PermissionError):
		fetch(pdf.BASE + url)


def test_the_word_file_has_headings_and_tables(paper):
	paper_file = docx.Document(BytesIO(plan_docx.make_docx(paper.data)))
	headings = [p.text for p in paper_file.paragraphs if p.style.name == "Heading 1"]
	assert headings == [f"{i}. {row['title']}" for i, row in enumerate(SECTIONS, 1)]
	cells = {cell.text for table in paper_file.tables for row in table.rows for cell in row.cells}
	assert {NASTY, "Progetto 0001", "€\u00a010.000,00", "Comuni"} <= cells
	assert "primo" in [p.text for p in paper_file.paragraphs if p.style.name == "List Bullet"]
	assert (paper_file.core_properties.title, paper_file.core_properties.language) == (
		paper.doc.title,
		"it-IT",
	)


AMOUNT_OR_DAY = re.compile(r"^(€\s.*|\d\d/\d\d/\d{4})$")
#: of a figure of 8 points, and of what a cell keeps free on both sides
FIGURE, MARGINS = 1.57, 3.8


def test_no_amount_and_no_day_of_the_word_file_is_broken(paper):
	"""Each has a line of its own that is wide enough, and no blank at which a program may go on below."""
	file = docx.Document(BytesIO(plan_docx.make_docx(paper.data)))
	seen = 0
	for table in file.tables[1:]:  # the first is the cover's
		for row in table.rows:
			for cell in row.cells:
				if AMOUNT_OR_DAY.match(cell.text):
					seen += 1
					assert " " not in cell.text
					assert cell.width.mm - MARGINS >= FIGURE * len(
						cell.text.replace(".", "").replace(",", "")
					)
	assert seen > 10
	for section in file.sections:
		assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
	assert {section.orientation for section in file.sections} == set(WD_ORIENT)


def test_the_word_file_counts_its_pages(paper):
	file = docx.Document(BytesIO(plan_docx.make_docx(paper.data)))
	footer = file.sections[0].footer._element.xml
	assert 'w:instr="PAGE"' in footer and 'w:instr="NUMPAGES"' in footer
	assert file.sections[0].footer.paragraphs[0].text.startswith("Pagina ")
	assert all(section.footer.is_linked_to_previous for section in list(file.sections)[1:])


LONG_TITLES = (
	"Progetti ammissibili non finanziati del primo anno",
	"Progetti ammissibili non finanziati del secondo",
)


def test_a_sheet_whose_name_was_cut_says_it_inside(paper):
	book = openpyxl.load_workbook(BytesIO(xlsx.make_xlsx(paper.data)))
	cut = next(sheet for sheet in book if sheet["A1"].value == "Progetti ammissibili non finanziati")
	assert len(cut.title) <= 31 and [cell.value for cell in cut[2]][:2] == ["Progetto", "Capofila"]
	assert cut.freeze_panes == "A3"
	columns = [("name", "Nome")]
	tables = {title: (columns, [{"name": "uno"}]) for title in LONG_TITLES}
	book = openpyxl.load_workbook(BytesIO(spreadsheets.make_workbook(tables)))
	assert len({name.casefold() for name in book.sheetnames}) == 2
	for sheet, title in zip(book, LONG_TITLES, strict=True):
		assert [row[0] for row in sheet.values] == [title, "Nome", "uno"]


def test_the_spreadsheet_has_numbers_dates_and_no_formula(paper):
	book = openpyxl.load_workbook(BytesIO(xlsx.make_xlsx(paper.data)))
	members = list(book["Gli aderenti"].values)
	assert ("'" + NASTY in {row[1] for row in members}) and members[1][6] == datetime(2026, 5, 6)
	heads, row = list(book["Progetti"].values)
	project = dict(zip(heads, row, strict=True))
	assert (project["Costo totale"], project["Cofinanziamento"]) == (10000, 3000.55)
	assert not [
		cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"
	]
	assert {"Partner", "Risorse"} <= set(book.sheetnames)


def test_a_private_file_is_its_owners(rolled_back):
	"""The app's own rule on files must not open what core keeps closed (on v15 the last hook decides)."""
	with factories.acting(factories.APPLICANT):
		file = frappe.get_doc("File", {"file_url": factories.upload("privato.pdf")})
		attached = frappe.get_doc("File", {"file_url": factories.application().attachments[0].file})
		assert file.has_permission("delete") and attached.has_permission("delete")
	for user in (factories.OTHER_APPLICANT, factories.OFFICER):
		with factories.acting(user):
			for ptype in ("read", "write", "delete"):
				assert not file.has_permission(ptype), (user, ptype)
				assert not attached.has_permission(ptype), (user, ptype)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_acts_as_a_formula(text):
	assert xlsx.make_value(text, "text") == f"'{text}"


def test_a_chart_tells_its_figures_and_escapes(paper):
	html = charts.rtc_bar_chart("Titolo", [{"a": NASTY, "n": 3}, {"a": "Zero", "n": 0}], "a", "n")
	assert "<script" not in html and "3" in html and "Zero" not in html
	assert charts.rtc_bar_chart("Titolo", [{"a": "Zero", "n": 0}], "a", "n") == ""


@pytest.fixture(scope="module")
def committed(site):
	with committed_rows():
		factories.member("Admitted")
		draft = factories.plan(programme=factories.programme(title="Programma della bozza").name)
		approved = factories.plan("Approved")
		frappe.db.commit()
		yield frappe._dict(draft=draft, approved=approved)


def test_who_may_download_over_http(base_url, committed):
	"""Used last: its rows are committed."""
	for user, allowed in (
		(factories.OFFICER, True),
		(factories.AUDITOR, True),
		(factories.EVALUATOR, False),
		(factories.APPLICANT, False),
		(None, False),
	):
		client = Client(base_url, user)
		modules = {"download_pdf": b"%PDF"} if user == factories.AUDITOR else FILES
		for module, magic in modules.items():
			answer = client.get(DOWNLOAD.format(module), plan=committed.approved.name)
			assert answer.status_code == (200 if allowed else 403), (user, module, answer.text[:300])
			assert answer.content.startswith(magic) == allowed
			if allowed and module == "download_pdf":
				assert pdf.sha256(answer.content) == committed.approved.pdf_digest
		kept = client.get(committed.approved.pdf_file)
		assert (kept.status_code == 200) == allowed, (user, kept.status_code)
	answer = Client(base_url, factories.OFFICER).post(
		DOWNLOAD.format("download_pdf"), plan=committed.draft.name
	)
	assert answer.content.startswith(b"%PDF")
