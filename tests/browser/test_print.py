"""Pages and papers as a browser prints them: on A4 no column is lost."""

import io
import unicodedata

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from pypdf import PdfReader

from rtc_conciliation.common import clock
from rtc_conciliation.common.web import page_cache
from tests.site import factories
from tests.site.awards import ranked_call as awarding
from tests.site.factories import APPLICANT, MANAGER, PASSWORD, acting
from tests.site.http import committed_rows


@pytest.fixture(scope="module")
def ranked_call(site):
	with committed_rows():
		made = awarding.make_ranked_call()
		entry = frappe.get_last_doc("RTC Transparency Entry", {"application": made.body})
		with acting(MANAGER):
			apply_workflow(entry, "Publish")
		frappe.db.commit()
		page_cache.clear_pages()
		yield made
	page_cache.clear_pages()


#: on a page without margins a browser has room for what it shows on a desk, and less than that
MARGINS = ("0", "10mm")


#: the operators of PDF that show text
SHOWING = (b"Tj", b"TJ", b"'", b'"')


def printed(page, margin: str) -> str:
	"""The text of the page as printed on A4, without blanks, ligatures, and what lies beyond the paper."""
	content = page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), margin))
	return plain("".join(map(read_on_paper, PdfReader(io.BytesIO(content)).pages)))


def read_on_paper(sheet) -> str:
	"""Its text, but for what has a piece beyond the paper.

	Where a piece lies is asked at its operator: with the text, pypdf 6 tells another place as soon as it puts a blank
	before it."""
	width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)
	found, inside = [], []

	def locate(operator, _operands, outer, inner):
		if operator in SHOWING:
			across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
			up = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
			inside.append(0 <= across <= width and 0 <= up <= height)

	def keep(text, *_where):
		if all(inside):
			found.append(text)
		inside.clear()

	sheet.extract_text(visitor_operand_before=locate, visitor_text=keep)
	return "".join(found)


def plain(text: str) -> str:
	return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("margin", MARGINS)
def test_a_ranking_keeps_its_columns(visit, ranked_call, margin):
	page = visit().page
	page.goto(f"/graduatorie/{ranked_call.ranking}")
	text = printed(page, margin)
	for expected in ("Punteggio", "Richiesto", "Concesso", "€ 70.000,00 € 70.000,00"):
		assert plain(expected) in text, text


@pytest.mark.parametrize("margin", MARGINS)
def test_the_register_keeps_its_columns(visit, ranked_call, margin):
	page = visit().page
	page.goto("/trasparenza")
	text = printed(page, margin)
	for expected in ("Concesso", "Ufficio", "Pubblicato il", "€ 70.000,00", clock.now().strftime("%d/%m/%Y")):
		assert plain(expected) in text, text


def test_an_application_keeps_its_figures(visit, ranked_call):
	"""The page that shows it: every amount of partners and costs, the totals, and what was not filled in."""
	draft = factories.application()
	draft.partners[1].db_set("cofinancing_in_kind", 1234.5)
	frappe.clear_document_cache(draft.doctype, draft.name)
	frappe.db.commit()
	page = visit(APPLICANT, PASSWORD).page
	page.goto(f"/domanda/{draft.name}")
	page.get_by_role("heading", name=draft.title).wait_for()
	text = printed(page, "10mm")
	for expected in (
		"Cofinanziamento in natura",
		"€ 1.234,50",
		"€ 70.000,00",
		"Costo totale",
		"€ 100.000,00",
		"€ 0,00 € 70.000,00",
		"non compilato",
	):
		assert plain(expected) in text, text
