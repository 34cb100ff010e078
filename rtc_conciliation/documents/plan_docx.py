"""The Plan as a Word file, for those who must quote or rework it."""

from io import BytesIO

import frappe
from bs4 import BeautifulSoup, NavigableString
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from frappe import _

from rtc_conciliation.documents import papers, plan_tables
from rtc_conciliation.documents.downloads import asked, respond
from rtc_conciliation.documents.italian import NOTHING, in_italian_language, rtc_day, rtc_euro, rtc_number
from rtc_conciliation.documents.plan_tables import DATE, MONEY, NUMBER, WORD

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = {MONEY: rtc_euro, NUMBER: rtc_number, DATE: lambda value: rtc_day(str(value)[:10] if value else None)}
BLOCKS = ("p", "div", "blockquote", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "caption")


@frappe.whitelist(methods=["GET", "POST"])
def download(plan: str) -> None:
	doc = asked("RTC Plan", plan, "export")
	with in_italian_language():
		content = make(papers.rtc_plan_paper(doc))
	respond(doc, "docx", content, TYPE)


def make(data: dict) -> bytes:
	"""Word file of the data of `papers.rtc_plan_paper`, in Italian whoever reads."""
	with in_italian_language():
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
	header = paper.sections[0].header.paragraphs[0]
	stamp = f"SHA-256 {data['digest']}" if data["digest"] else _("DRAFT")
	header.text = clean(f"{data['plan']['title']} · {_('Version')} {data['plan']['version']} · {stamp}")
	header.runs[0].font.size = Pt(7)


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
	for title, columns, rows in plan_tables.tables(data, section["kind"]):
		paper.add_heading(clean(title), 2)
		if rows:
			add_table(paper, columns, rows)
		else:
			paper.add_paragraph(_("None."))
	if section["kind"] == "Community of Practice":
		paper.add_heading(_("Outcome of the Work"), 2)
		add_rich_text(paper, data["community"]["outcome"])
	if section["kind"] == "Projects":
		add_sheets(paper, data["projects"])
	if section.get("table"):
		add_report(paper, section["table"])


def add_table(paper, columns: list[tuple], rows: list[dict]) -> None:
	table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
	for cell, (heading, _key, _kind) in zip(table.rows[0].cells, columns, strict=True):
		cell.text = clean(heading)
		cell.paragraphs[0].runs[0].font.bold = True
	repeat = OxmlElement("w:tblHeader")
	repeat.set(qn("w:val"), "true")
	table.rows[0]._tr.get_or_add_trPr().append(repeat)
	for row in rows:
		for cell, (_heading, key, kind) in zip(table.add_row().cells, columns, strict=True):
			cell.text = clean(shown(row.get(key), kind))
			if kind in (MONEY, NUMBER):
				cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def shown(value, kind: str) -> str:
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
		add_table(paper, columns, [dict(enumerate(row)) for row in table["rows"]])


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
