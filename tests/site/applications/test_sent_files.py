"""What people send is read with a bound on time and memory, whoever sends it and by whatever way; the site goes on."""

import io
import statistics
import threading
import time
from pathlib import Path

import frappe
import psutil
import pytest
from PIL import Image

from rtc_conciliation.common.files import child
from tests.site import bombs, factories, signing
from tests.site.applications.tools import UPLOAD, send_adhesion, upload, words
from tests.site.factories import APPLICANT, OFFICER
from tests.site.http import Client, committed_rows

CASES = Path(__file__).parents[2] / "cases"
BUDGET = "/api/method/rtc_conciliation.applications.api.read_budget"
#: of the longest reader, with the time in which it waits for the processor
LONGEST = 2 * child.CONTENT.seconds + 6
PDFS = {
	"graph of 20": lambda: bombs.graph(20),
	"graph of 26": lambda: bombs.graph(26),
	"graph of 30 without leaves": lambda: bombs.graph(30, b"<< /Type /Pages /Count 0 /Kids [] >>"),
	"circle": bombs.circle,
	"one page a hundred thousand times": lambda: bombs.same_page(100_000),
	"a million brackets": lambda: bombs.deep(1_000_000),
	"table that unpacks": bombs.flate,
	"table packed twice": lambda: bombs.flate(filters=2),
	"cut off": lambda: factories.PDF[:-200],
	"no pages": lambda: bombs.pdf([bombs.CATALOG, b"<< /Type /Pages /Count 0 /Kids [] >>"]),
	"script": lambda: bombs.pdf(
		[
			b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (1) >> >>",
			b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
			bombs.LEAF,
		]
	),
}
OTHERS = {
	"punti.png": lambda: bombs.picture(30_000, 30_000),
	"tagliata.jpg": lambda: jpeg()[:-5000],
	"altro.jpg": lambda: bombs.picture(30, 30),
	"pieno.docx": lambda: bombs.document(300_000_000),
	"parti.docx": lambda: bombs.many_parts(20_000),
	"righe.p7m": lambda: b"-----BEGIN PKCS7-----\n" + b"A\n" * 3_000_000 + b"-----END PKCS7-----\n",
}


def jpeg() -> bytes:
	out = io.BytesIO()
	Image.effect_noise((300, 300), 50).save(out, "JPEG")
	return out.getvalue()


SHEETS = {
	"billion laughs": bombs.laughs,
	"unpacks": lambda: bombs.workbook(b" " * 100_000_000),
	"rows far apart": lambda: bombs.workbook(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 2000),
	"strings": lambda: bombs.workbook(b'<row r="1"/>', strings=b"<si><t>a</t></si>" * 3_000_000),
	"no end of empty rows": lambda: (CASES / "un_milione_di_righe_vuote.xlsx").read_bytes(),
}


@pytest.fixture(scope="module")
def nobody(base_url):
	"""Somebody with an account and no role."""
	with committed_rows():
		user = factories.make_user("senza.ruolo@rtc.test", "Website User", [])
		frappe.db.commit()
		yield Client(base_url, user.name)


def attach(client, name: str, content: bytes, **values):
	"""By core's own way."""
	return client.session.post(
		client.base_url + "/api/method/upload_file",
		files={"file": (name, content)},
		data={"is_private": 1, **values},
		headers=client.csrf(),
		timeout=60,
	)


#: whose adhesion is refused, and whose nobody else sends
SICK = "Ente dal file che pesa"


def within(seconds: float, send, *arguments, **values):
	began = time.monotonic()
	answer = send(*arguments, **values)
	assert time.monotonic() - began < seconds
	return answer


def refused(answer) -> str:
	assert answer.status_code == 417, (answer.status_code, answer.text[:500])
	said = words(answer)
	assert said and "Traceback" not in said
	return said


def web_memory(base_url: str) -> int:
	"""The most that the processes of the web server have held, in bytes."""
	port = base_url.rsplit(":", 1)[-1]
	found = [
		one for one in psutil.process_iter(["cmdline"]) if f"127.0.0.1:{port}" in (one.info["cmdline"] or [])
	]
	assert found
	status = "".join(Path(f"/proc/{one.pid}/status").read_text() for one in found)
	return sum(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@pytest.mark.parametrize("bomb", PDFS)
def test_a_pdf_that_cannot_be_read_is_refused_in_words(base_url, clients, bomb):
	before = web_memory(base_url)
	said = refused(within(LONGEST, upload, clients[APPLICANT], "prova.pdf", PDFS[bomb]()))
	assert "prova.pdf" in said
	assert web_memory(base_url) - before < 100_000_000


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_that_cannot_be_read_are_refused_in_words(base_url, clients, name):
	before = web_memory(base_url)
	said = refused(within(LONGEST, upload, clients[APPLICANT], name, OTHERS[name]()))
	assert name in said
	assert web_memory(base_url) - before < 100_000_000


@pytest.mark.parametrize("bomb", ["graph of 26", "table that unpacks", "cut off"])
def test_the_same_from_a_guest(clients, bomb):
	form = ("modulo.pdf", PDFS[bomb]())
	assert "modulo.pdf" in refused(
		within(LONGEST, send_adhesion, clients[None], form, organisation_name=SICK)
	)
	frappe.db.rollback()
	assert not frappe.db.exists("RTC Member", {"organisation_name": SICK})


@pytest.mark.parametrize("who", ["officer", "account without a role"])
def test_the_same_by_core_s_own_upload(base_url, clients, nobody, who):
	client = Client(base_url, OFFICER) if who == "officer" else nobody
	for name, content in (
		("a.pdf", PDFS["graph of 26"]()),
		("b.pdf", PDFS["cut off"]()),
		("c.png", OTHERS["punti.png"]()),
	):
		assert name in refused(within(LONGEST, attach, client, name, content))
	smaller = refused(attach(client, "d.png", OTHERS["punti.png"](), optimize=1))
	assert "d.png" in smaller
	frappe.db.rollback()
	assert not frappe.db.exists("File", {"file_name": ("in", ("a.pdf", "b.pdf", "c.png", "d.png"))})


def test_the_same_by_the_resource_of_files(clients):
	"""Base64, as core takes contents of files over REST."""
	content = PDFS["graph of 26"]().decode("latin-1")
	answer = clients[APPLICANT].post("/api/resource/File", file_name="e.pdf", content=content, is_private=1)
	assert answer.status_code in (403, 417), answer.text
	frappe.db.rollback()
	assert not frappe.db.exists("File", {"file_name": "e.pdf"})


@pytest.mark.parametrize("bomb", SHEETS)
def test_a_workbook_is_read_or_refused_in_words(base_url, clients, records, bomb):
	before = web_memory(base_url)
	answer = within(2 * child.WORKBOOK.seconds + 6, send_book, clients[APPLICANT], records, SHEETS[bomb]())
	assert answer.status_code in (200, 417), answer.text[:500]
	if answer.status_code == 417:
		assert refused(answer)
	assert web_memory(base_url) - before < 100_000_000


def send_book(client, records, content: bytes):
	return client.session.post(
		client.base_url + BUDGET,
		data={"call": records.call},
		files={"file": ("budget.xlsx", content)},
		headers=client.csrf(),
		timeout=60,
	)


@pytest.mark.parametrize("encoding", ["der", "nested"])
def test_what_is_signed_is_read(clients, encoding):
	signed = {
		"der": lambda: signing.Signer("Ada", "Prova").sign_p7m(signing.blank_pdf()),
		"nested": lambda: bombs.signed_in_signed(60),
	}[encoding]()
	answer = within(LONGEST, upload, clients[APPLICANT], "firmato.p7m", signed)
	assert answer.status_code == 200, answer.text


def test_others_are_served_while_a_bomb_is_read(clients, records):
	applicant, sent = clients[APPLICANT], []
	request = {"files": {"file": ("grande.pdf", PDFS["table that unpacks"]())}, "headers": applicant.csrf()}
	address = applicant.base_url + UPLOAD
	attack = threading.Thread(target=lambda: sent.append(applicant.session.post(address, **request)))
	guest = Client(clients[None].base_url)
	guest.get("/bandi")
	attack.start()
	times = []
	while attack.is_alive():
		began = time.monotonic()
		answer = guest.get("/bandi")
		assert answer.status_code == 200, answer.text
		times.append(time.monotonic() - began)
	attack.join()
	assert refused(sent[0])
	assert len(times) > 3 and statistics.median(times) < 1


def test_only_so_many_files_are_read_at_once(clients, monkeypatch):
	"""Guests wait for each other, not for those who log in."""
	with child.hold_place(), child.hold_place():  # as Administrator: places of accounts
		assert upload(clients[APPLICANT], "terzo.pdf", factories.PDF + b"% terzo").status_code == 200
	frappe.set_user("Guest")
	with child.hold_place(), child.hold_place():
		answer = send_adhesion(clients[None], ("modulo.pdf", factories.PDF))
		assert answer.status_code == 503 and "minuto" in words(answer), answer.text
		assert upload(clients[APPLICANT], "altro.pdf", factories.PDF + b"% altro").status_code == 200


def test_who_has_too_much_read_is_asked_to_wait(clients):
	key = frappe.cache.make_key(f"rl:files read:{APPLICANT}")
	frappe.cache.set(key, child.MOST)
	try:
		answer = upload(clients[APPLICANT], "ancora.pdf", factories.PDF + b"% ancora")
	finally:
		frappe.cache.delete(key)
	assert answer.status_code == 429 and "10" in words(answer), answer.text


def test_an_import_with_a_million_empty_rows_is_refused(site):
	content = (CASES / "un_milione_di_righe_vuote.xlsx").read_bytes()
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "aderenti.xlsx", "content": content, "is_private": 1}
	)
	file.insert()
	values = {
		"doctype": "Data Import",
		"reference_doctype": "RTC Member",
		"import_type": "Insert New Records",
	}
	doc = frappe.get_doc({**values, "import_file": file.file_url})
	began = time.monotonic()
	with pytest.raises(frappe.ValidationError, match="righe"):
		doc.insert()
	assert time.monotonic() - began < 2 * child.WORKBOOK.seconds + 6


def test_a_child_knows_nothing_of_this_process(monkeypatch):
	monkeypatch.setenv("RTC_SECRET", "x")
	told = child.read("tests.inside_child:look", b"abc", child.CONTENT)
	assert told["content"] == "abc"
	assert "RTC_SECRET" not in told["environment"] and "frappe" not in told["modules"]
