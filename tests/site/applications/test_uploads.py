"""Uploads over HTTP: what is in a file counts, how large, and that it leaves the site as a download only."""

import contextlib
import io
import json
import zipfile

import frappe
import pytest

from devsite.testing import paths
from rtc_conciliation.common.files import limits, scans, uploads
from tests.site import factories, signing
from tests.site.applications.tools import (
	MEMBER,
	send_adhesion,
	upload,
	words,
)
from tests.site.clamd import FakeClamd
from tests.site.factories import APPLICANT, OFFICER
from tests.site.http import Client

#: whose adhesion carries it, and whose nobody else sends
SICK = "Ente dal file infetto"


def packed(*names: str) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as made:
		for name in names:
			made.writestr(name, "x")
	return out.getvalue()


@contextlib.contextmanager
def scanner(address: str):
	"""The served site has a scanner at `address`."""
	path = paths().sites / paths().test_site / "site_config.json"
	before = path.read_text()
	path.write_text(json.dumps({**json.loads(before), scans.ADDRESS: address, scans.SECONDS: 2}))
	try:
		yield
	finally:
		path.write_text(before)


@pytest.mark.parametrize(
	"name, content, taken",
	[
		("bilancio.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), True),
		("lettera.docx", packed("word/document.xml"), True),
		("lettera.odt", packed("mimetype", "content.xml"), True),
		("lettera.docx", packed("xl/workbook.xml"), False),
		("archivio.docx", packed("virus.exe"), False),
		("rotto.docx", b"PK\x03\x04" + b"x" * 50, False),
	],
	ids=["xlsx", "docx", "odt", "sheet as docx", "virus as docx", "broken"],
)
def test_a_document_is_what_is_in_it(name, content, taken):
	if taken:
		return uploads.validate_kind(name, content)
	with pytest.raises(uploads.FileContentError):
		uploads.validate_kind(name, content)


def test_too_large_a_file_is_refused_with_the_limit(clients, records):
	answer = upload(clients[APPLICANT], "grande.pdf", factories.PDF + b"x" * limits.LARGEST)
	assert answer.status_code in (413, 417), answer.text
	with pytest.raises(limits.FileSizeError, match="10 MB"):
		limits.validate_size("grande.pdf", limits.LARGEST + 1)


def test_an_application_takes_so_many_files(monkeypatch):
	doc = factories.application()
	monkeypatch.setattr(limits, "MOST_FILES", 0)
	with factories.acting(APPLICANT), pytest.raises(limits.TooManyFilesError):
		doc.save()
	doc.reload()
	monkeypatch.setattr(limits, "MOST_FILES", 5)
	monkeypatch.setattr(limits, "LARGEST_TOGETHER", 10)
	with factories.acting(APPLICANT), pytest.raises(limits.FileSizeError, match="insieme"):
		doc.save()


def test_files_leave_the_site_as_downloads(base_url, clients, records):
	loose = upload(clients[APPLICANT], "perché sì.pdf", factories.PDF + b"loose").json()["message"][
		"file_url"
	]
	for client, url in (
		(clients[APPLICANT], loose),
		(clients[APPLICANT], records.draft.attachments[0].file),
		(Client(base_url, OFFICER), records.sent.attachments[0].file),
	):
		answer = client.get(url)
		assert answer.status_code == 200, answer.text
		assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
		assert answer.headers["X-Content-Type-Options"] == "nosniff"
		assert answer.content.startswith(b"%PDF")
	assert clients[None].get(loose).status_code in (403, 404)


def test_a_virus_is_refused_and_nothing_of_it_is_kept(clients, records):
	sick = factories.PDF + b"not the test virus: " + frappe.generate_hash().encode()
	with FakeClamd(answer=b"stream: Prova.Virus FOUND\0") as clamd, scanner(clamd.address):
		refused = upload(clients[APPLICANT], "malato.pdf", sick)
		assert refused.status_code == 417 and "Prova.Virus" in words(refused)
		adhesion = send_adhesion(clients[None], ("modulo.pdf", with_page(sick)), organisation_name=SICK)
		assert adhesion.status_code == 417 and "Prova.Virus" in words(adhesion), adhesion.text
	frappe.db.rollback()
	assert not frappe.db.exists("File", {"file_name": ("like", "malato%")})
	assert not frappe.db.exists(MEMBER, {"organisation_name": SICK})


def with_page(content: bytes) -> bytes:
	return signing.blank_pdf() + content[-40:] + b"\n%%EOF\n"


def test_out_of_reach_a_file_waits_and_nobody_reads_it(base_url, clients, records):
	"""By every way that core has to the bytes of a file."""
	with scanner("127.0.0.1:9"):
		answer = upload(clients[APPLICANT], "attesa.pdf", factories.PDF + frappe.generate_hash().encode())
		assert answer.status_code == 200, answer.text
		url = answer.json()["message"]["file_url"]
		values = {
			"call": records.call,
			"title": "In attesa",
			"attachments": [{"document": "Altro", "file": url}],
		}
		saved = clients[APPLICANT].call("rtc_conciliation.applications.api.save_draft", application=values)
		assert saved.status_code == 200, saved.text
		for client in (clients[APPLICANT], Client(base_url, "Administrator", "admin")):
			for attempt in (
				client.get(url),
				client.get("/api/method/frappe.core.doctype.file.file.download_file", file_url=url),
				client.get("/api/method/download_file", file_url=url),
				client.get("/api/method/frappe.utils.file_manager.download_file", file_url=url),
				client.get("/", cmd="frappe.core.doctype.file.file.download_file", file_url=url),
			):
				assert attempt.status_code == 403, (attempt.url, attempt.status_code)
				assert b"%PDF" not in attempt.content
	with FakeClamd() as clamd:
		frappe.db.rollback()
		frappe.local.conf[scans.ADDRESS] = clamd.address
		frappe.flags.pop("rtc_verdicts", None)
		try:
			scans.scan_waiting()
			frappe.db.sql("commit")
		finally:
			frappe.local.conf.pop(scans.ADDRESS)
	assert clients[APPLICANT].get(url).content.startswith(b"%PDF")
