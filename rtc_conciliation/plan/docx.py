"""The Plan as a Word file, for those who must quote or rework it."""

from io import BytesIO

from bs4 import BeautifulSoup, NavigableString
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from frappe import _

from rtc_conciliation.common.italian import NOTHING, rtc_day, rtc_euro, rtc_number, use_italian
from rtc_conciliation.common.papers.downloads import get_readable, respond
from rtc_conciliation.plan import papers, tables
from rtc_conciliation.plan.tables import DATE, MONEY, NUMBER, WORD

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = {MONEY: rtc_euro, NUMBER: rtc_number, DATE: lambda value: rtc_day(str(value)[:10] if value else None)}
#: A4 and its margins, in mm
SHORT, LONG, MARGIN = 210, 297, 18
#: tables with more columns stand on a page of their own, turned
MOST_UPRIGHT = 5
#: mm in which an amount of millions, a day, a count or a code is never broken
WIDTHS = {MONEY: 27, DATE: 20, NUMBER: 18}
CODES, CODE_WIDTH = ("cup", "tax_code"), 32
NARROWEST = 20
#: of a table's text, in points
SMALL = 8
BLOCKS = ("p", "div", "blockquote", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "caption")


def download_docx(plan: str) -> None:
	doc = get_readable("RTC Plan", plan, "export")
	with use_italian():
		content = make_docx(papers.rtc_plan_paper(doc))
	respond(doc, "docx", content, TYPE)


def make_docx(data: dict) -> bytes:
	"""Word file of the data of `papers.rtc_plan_paper`, in Italian whoever reads."""
	with use_italian():
		paper = Document()
		set_up(paper, data)
		add_cover(paper, data)
		for number, section in enumerate(data["sections"], 1):
			add_section(paper, data, number, section)
		add_closing(paper, data)
	content = BytesIO()
	paper.save(content)
	return content.getvalue()


def set_up(paper, data: dict) -> None:
	properties = paper.core_properties
	properties.title, properties.author = clean(data["plan"]["title"]), clean(data["programme"]["ats_name"])
	properties.language = "it-IT"
	style = paper.styles["Normal"]
	style.font.name, style.font.size = "Liberation Sans", Pt(10)
	language = OxmlElement("w:lang")
	language.set(qn("w:val"), "it-IT")
	style.element.get_or_add_rPr().append(language)
	set_page(paper.sections[0], WD_ORIENT.PORTRAIT)
	number_pages(paper.sections[0].footer.paragraphs[0])
	header = paper.sections[0].header.paragraphs[0]
	stamp = f"SHA-256 {data['digest']}" if data["digest"] else _("DRAFT")
	header.text = clean(f"{data['plan']['title']} · {_('Version')} {data['plan']['version']} · {stamp}")
	header.runs[0].font.size = Pt(7)


def turn_page(paper, columns: list[tuple]) -> None:
	"""From here on the pages are such that a table of these columns fits them."""
	orientation = WD_ORIENT.LANDSCAPE if len(columns) > MOST_UPRIGHT else WD_ORIENT.PORTRAIT
	if paper.sections[-1].orientation != orientation:
		set_page(paper.add_section(), orientation)


def set_page(section, orientation) -> None:
	width, height = (SHORT, LONG) if orientation == WD_ORIENT.PORTRAIT else (LONG, SHORT)
	section.orientation, section.page_width, section.page_height = orientation, Mm(width), Mm(height)
	section.left_margin = section.right_margin = Mm(MARGIN)


def number_pages(paragraph) -> None:
	"""“Page 1 of 9”, counted by the program that shows the file."""
	paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
	before, between, after = _("Page {0} of {1}").replace("{1}", "{0}").split("{0}")
	for text, field in ((before, "PAGE"), (between, "NUMPAGES")):
		paragraph.add_run(text)
		simple = OxmlElement("w:fldSimple")
		simple.set(qn("w:instr"), field)
		run = OxmlElement("w:r")
		shown = OxmlElement("w:t")
		shown.text = "1"
		run.append(shown)
		simple.append(run)
		paragraph._p.append(simple)
	paragraph.add_run(after)


def add_cover(paper, data: dict) -> None:
	programme, heading = data["programme"], data["plan"]
	paper.add_paragraph(clean(programme["ats_name"])).alignment = WD_ALIGN_PARAGRAPH.CENTER
	paper.add_heading(clean(heading["title"]), 0)
	act = _("no. {0} of {1}").format(heading["act_number"], rtc_day(heading["act_date"]))
	pairs = [
		(_("Programme"), programme["title"]),
		(_("Legal Basis"), programme["legal_basis"]),
		(_("Version"), str(heading["version"])),
		(_("Composition of the network on"), rtc_day(heading["reference_date"])),
		(_("Act of approval"), act if heading["act_number"] else NOTHING),
		(_("State"), data["state"]),
	]
	table = paper.add_table(rows=0, cols=2, style="Table Grid")
	for label, value in pairs:
		cells = table.add_row().cells
		cells[0].text, cells[1].text = clean(label), clean(value or NOTHING)
	paper.add_page_break()


def add_section(paper, data: dict, number: int, section: dict) -> None:
	paper.add_heading(clean(f"{number}. {section['title']}"), 1)
	add_rich_text(paper, section["content"])
	for title, columns, rows in tables.tables(data, section["kind"]):
		turn_page(paper, columns if rows else [])
		paper.add_heading(clean(title), 2)
		if rows:
			add_table(paper, columns, rows)
		else:
			paper.add_paragraph(_("None."))
	turn_page(paper, [])
	if section["kind"] == "Community of Practice":
		paper.add_heading(_("Outcome of the Work"), 2)
		add_rich_text(paper, data["community"]["outcome"])
	if section["kind"] == "Projects":
		add_sheets(paper, data["projects"])
	if section.get("table"):
		add_report(paper, section["table"])


def column_widths(columns: list[tuple]) -> list[float]:
	"""In mm: what must not be broken gets what it needs, words share the rest."""
	room = (LONG if len(columns) > MOST_UPRIGHT else SHORT) - 2 * MARGIN
	fixed = [CODE_WIDTH if key in CODES else WIDTHS.get(kind, 0) for _heading, key, kind in columns]
	share = max((room - sum(fixed)) / max(fixed.count(0), 1), NARROWEST)
	widths = [width or share for width in fixed]
	return [width * min(1, room / sum(widths)) for width in widths]


def add_table(paper, columns: list[tuple], rows: list[dict]) -> None:
	table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
	table.autofit = False
	widths = [Mm(width) for width in column_widths(columns)]
	for column, width in zip(table.columns, widths, strict=True):
		column.width = width
	headings = [heading for heading, _key, _kind in columns]
	for run in fill_row(table.rows[0], headings, widths):
		run.font.bold = True
	repeat = OxmlElement("w:tblHeader")
	repeat.set(qn("w:val"), "true")
	table.rows[0]._tr.get_or_add_trPr().append(repeat)
	figures = [number for number, (_heading, _key, kind) in enumerate(columns) if kind in (MONEY, NUMBER)]
	for row in rows:
		added = table.add_row()
		fill_row(added, [format_value(row.get(key), kind) for _heading, key, kind in columns], widths)
		cells = added.cells
		for number in figures:
			cells[number].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def fill_row(row, texts: list[str], widths: list) -> list:
	"""Write the cells of a row; their runs."""
	runs = []
	for cell, text, width in zip(row.cells, texts, widths, strict=True):
		cell.width = width
		runs.append(cell.paragraphs[0].add_run(clean(text)))
		runs[-1].font.size = Pt(SMALL)
	return runs


def format_value(value, kind: str) -> str:
	if value in (None, ""):
		return NOTHING
	if kind in SHOWN:
		return SHOWN[kind](value)
	return _(value) if kind == WORD else str(value)


def add_sheets(paper, projects: list[dict]) -> None:
	for number, project in enumerate(projects, 1):
		paper.add_heading(clean(_("Project {0}").format(number) + f": {project['title']}"), 2)
		for label, value in (
			(_("Lead"), project["lead"]),
			("CUP", project["cup"]),
			(_("Areas"), "; ".join(project["areas"])),
			(_("Ambiti of the actions"), "; ".join(project["territories"])),
			(_("Partners"), "; ".join(row["name"] or "" for row in project["partners"])),
		):
			line = paper.add_paragraph()
			line.add_run(f"{label}: ").bold = True
			line.add_run(clean(value or NOTHING))
		if project["abstract"]:
			paper.add_paragraph(clean(project["abstract"]))


def add_report(paper, table: dict) -> None:
	if table["problem"]:
		text = _("The report {0} cannot be shown:").format(table["report"])
		paper.add_paragraph(clean(f"{text} {table['problem']}"))
	elif table["rows"]:
		columns = [
			(column["label"], number, report_kind(column)) for number, column in enumerate(table["columns"])
		]
		turn_page(paper, columns)
		add_table(paper, columns, [dict(enumerate(row)) for row in table["rows"]])
		turn_page(paper, [])


def report_kind(column: dict) -> str:
	return NUMBER if column["number"] else DATE if column.get("date") else "text"


def add_rich_text(paper, html: str) -> None:
	"""Paragraphs, lists, bold and italic of cleaned rich text; tables and pictures become their words."""
	soup = BeautifulSoup(html or "", "html.parser")
	for block in soup.find_all(BLOCKS) or ([soup] if soup.get_text(strip=True) else []):
		if block.find(BLOCKS):
			continue
		style = None
		if block.name == "li":
			style = "List Number" if block.parent and block.parent.name == "ol" else "List Bullet"
		paragraph = paper.add_paragraph(style=style)
		for node in block.descendants:
			if isinstance(node, NavigableString):
				run = paragraph.add_run(clean(str(node)))
				parents = {parent.name for parent in node.parents}
				run.bold = bool(parents & {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"}) or None
				run.italic = bool(parents & {"i", "em"}) or None


def add_closing(paper, data: dict) -> None:
	if data["digest"]:
		paper.add_paragraph(f"{_('Digest of the frozen data (SHA-256)')}: {data['digest']}")


def clean(text) -> str:
	"""Without the control characters that XML does not allow."""
	return "".join(char for char in str(text) if char in "\n\t" or ord(char) >= 32)
