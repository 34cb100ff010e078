"""Everybody who holds a paper sees whether it is ours, and nothing else of it."""

import re

import frappe

from rtc_conciliation.common.papers import issued
from tests.site.factories import APPLICANT
from tests.site.http import Client, download
from tests.site.printing import issued_rows

ADMISSIBLE = "RTC Admissibility Letter"


def test_everybody_checks_a_paper_by_its_code_or_digest(base_url, with_papers, no_waiting):
	doc = with_papers.admissible
	answer = download(Client(base_url, APPLICANT), doc, ADMISSIBLE)
	assert answer.status_code == 200, answer.text[:300]
	frappe.db.rollback()
	[row] = issued_rows(doc, ADMISSIBLE)
	guest = Client(base_url)
	shown = issued.show_code(row.code)
	for asked in ({"codice": shown}, {"codice": f" {shown.lower()} "}):
		page = guest.get("/verifica", **asked).text
		assert "emesso da questo sito" in page and doc.name in page and row.file_digest in page
		assert doc.title not in page and "Comune di Prova" not in page and re.search(r"ATS di prova", page)
	for digest in (row.file_digest, row.content_digest):
		page = guest.session.post(f"{base_url}/verifica", data={"impronta": digest}, timeout=60).text
		assert "emesso da questo sito" in page
	other = {"numero": with_papers.sent.name, "impronta": row.file_digest}
	assert "Non corrisponde." in guest.session.post(f"{base_url}/verifica", data=other, timeout=60).text
	assert "Nessun documento" in guest.get("/verifica", codice="A" * 16).text
	assert "Nessun documento" in guest.get("/verifica", codice="%_<script>").text
	for _turn in range(30):
		answer = guest.get("/verifica", codice="B" * 16)
	assert answer.status_code == 429
