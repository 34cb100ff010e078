"""What may be uploaded and how it leaves the site; what people do lawfully with files goes on."""

import base64
import io
from pathlib import Path

import frappe
import pytest
import requests
from PIL import Image

from rtc_conciliation.access import files as access
from rtc_conciliation.access import sql
from rtc_conciliation.common.files import addresses, kinds
from tests.site import factories, file_attacks
from tests.site.applications.tools import upload
from tests.site.factories import ADMIN, APPLICANT, AUDITOR, EVALUATOR, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.file_attacks import NOBODY, SECRET, commit, content_at, remove, rows_of, send
from tests.site.http import committed_rows

PAGE = b"<html><script>alert(document.domain)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
RUNNING = {
	"pagina.html": PAGE,
	"pagina.HTM": PAGE,
	"pagina.xhtml": PAGE,
	"pagina.html ": PAGE,
	"pagina.html.": PAGE,
	"pagina.html.gz": PAGE,
	"pagina.ht/ml": PAGE,
	"disegno.svg": SVG,
	"disegno.svgz": SVG,
	"dati.xml": b"<?xml version='1.0'?><x/>",
	"passo.js": b"alert(1)",
	"passo.mjs": b"alert(1)",
	"stile.css": b"body{}",
	"archivio.mhtml": b"MIME-Version: 1.0",
	"film.swf": b"FWS",
	"testo.txt": b"\xef\xbb\xbf \n<HTML><script>1</script>",
	"figura.png": PAGE,
	"senza": PAGE,
	"utf16.txt": PAGE.decode().encode("utf-16"),
}


@pytest.fixture(scope="module")
def private_records(site):
	with committed_rows():
		yield file_attacks.make_records()


@pytest.fixture(scope="module")
def clients(base_url, private_records):
	return file_attacks.make_clients(base_url)


@pytest.fixture(autouse=True)
def removed(clients):
	"""Content that a test uploaded goes with its rows."""
	before = set(frappe.get_all("File", pluck="name"))
	yield
	frappe.db.rollback()
	remove(set(frappe.get_all("File", pluck="name")) - before)


def png() -> bytes:
	out = io.BytesIO()
	Image.new("RGB", (8, 8), (0, 90, 60)).save(out, "PNG")
	return out.getvalue()


# -- kinds


@pytest.mark.parametrize("user", (None, NOBODY, OTHER_APPLICANT))
def test_who_has_no_desk_sends_nothing_that_runs(user, clients):
	client = clients[user]
	before = frappe.db.count("File")
	for name, content in RUNNING.items():
		values = {"file_name": name, "is_private": 1, "content": base64.b64encode(content).decode()}
		answers = [
			send(client, name, content, is_private=0),
			client.post("/api/resource/File", doctype="File", decode=1, **values),
		]
		if user == OTHER_APPLICANT:
			answers.append(upload(client, name, content))
		assert all(400 <= answer.status_code < 500 for answer in answers), name
	frappe.db.rollback()
	assert frappe.db.count("File") == before


@pytest.mark.parametrize("user", (EVALUATOR, OFFICER))
def test_what_runs_is_never_public_but_by_a_system_manager(user, clients):
	client = clients[user]
	for name, content in RUNNING.items():
		assert send(client, name, content, is_private=0).status_code in (403, 417), name
	private = send(client, "pagina.html", PAGE, is_private=1).json()["message"]
	client.put(f"/api/resource/File/{private['name']}", is_private=0)
	assert rows_of(private["file_url"])[0].is_private


def test_a_name_is_no_markup(clients):
	"""Some releases write it into a comment of the record as it is."""
	file = send(clients[OFFICER], "<img src=x onerror=alert(1)>.pdf", factories.PDF, is_private=1).json()[
		"message"
	]
	assert "<" not in file["file_name"] + file["file_url"]


def test_a_system_manager_publishes_a_drawing(clients):
	address = send(clients[ADMIN], "marchio.svg", SVG, is_private=0).json()["message"]["file_url"]
	answer = clients[None].get(address)
	assert answer.status_code == 200 and answer.content == SVG
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("user", (NOBODY, OTHER_APPLICANT))
def test_who_has_no_desk_publishes_nothing(user, clients):
	answer = send(clients[user], "volantino.pdf", SECRET, is_private=0)
	address = answer.json()["message"]["file_url"]
	assert address.startswith(addresses.PRIVATE) and clients[None].get(address).status_code == 403


@pytest.mark.parametrize(
	"name, content, runs",
	[
		*((name, content, True) for name, content in RUNNING.items() if name != "pagina.ht/ml"),
		("bilancio.xlsx", b"PK\x03\x04", False),
		("lettera.odt", b"PK\x03\x04", False),
		("logo.png", b"\x89PNG", False),
		("note.txt", b"3 < 4", False),
		("elenco.csv", b"a;b", False),
	],
)
def test_what_runs_in_a_browser(name, content, runs):
	assert kinds.runs_in_browser(addresses.make_safe_name(name), content) is runs


# -- how files leave


def test_private_files_are_downloads(clients, private_records):
	for user, address in ((APPLICANT, private_records.of_draft), (OFFICER, private_records.of_sealed)):
		for part in ({}, {"Range": "bytes=0-3"}):
			answer = clients[user].session.get(clients[user].base_url + address, headers=part, timeout=60)
			assert answer.status_code in (200, 206), answer.text
			assert answer.headers["Content-Disposition"].startswith("attachment")
			assert answer.headers["X-Content-Type-Options"] == "nosniff"
			assert "no-store" in answer.headers["Cache-Control"]
	address = send(clients[OFFICER], "pagina.html", PAGE, is_private=1).json()["message"]["file_url"]
	answer = clients[OFFICER].get(address)
	assert answer.content == PAGE and answer.headers["Content-Disposition"].startswith("attachment")
	answer = clients[OFFICER].get("/api/method/download_file", file_url=address)
	assert answer.content == PAGE and answer.headers["X-Content-Type-Options"] == "nosniff"


def test_public_pictures_are_shown(clients):
	address = send(clients[OFFICER], "logo.png", png(), is_private=0).json()["message"]["file_url"]
	answer = clients[None].get(address)
	assert answer.headers["Content-Type"] == "image/png" and answer.content == png()
	assert (
		answer.headers["X-Content-Type-Options"] == "nosniff" and "Content-Disposition" not in answer.headers
	)


# -- what goes on


def test_an_applicant_uploads_saves_and_takes_away(clients, private_records):
	client = clients[APPLICANT]
	address = upload(client, "statuto.pdf", factories.PDF).json()["message"]["file_url"]
	draft = client.get(f"/api/resource/RTC Application/{private_records.draft}").json()["data"]
	rows = [*draft["attachments"], {"document": "Statuto", "file": address}]
	answer = client.put(f"/api/resource/RTC Application/{private_records.draft}", attachments=rows)
	assert answer.status_code == 200, answer.text
	row = rows_of(address)[0]
	assert (row.attached_to_name, row.is_private, row.file_name) == (private_records.draft, 1, "statuto.pdf")
	assert client.get(address).content == factories.PDF
	assert (
		client.put(
			f"/api/resource/RTC Application/{private_records.draft}", attachments=rows[:-1]
		).status_code
		== 200
	)
	assert client.delete(f"/api/resource/File/{row.name}").status_code == 202
	with pytest.raises(FileNotFoundError):
		content_at(address)


def test_the_same_sent_by_two_is_of_each(clients):
	first, second = (
		send(clients[user], "statuto.pdf", SECRET, is_private=1).json()["message"]
		for user in (APPLICANT, OTHER_APPLICANT)
	)
	assert (
		first["file_url"] != second["file_url"] and first["file_name"] == second["file_name"] == "statuto.pdf"
	)
	assert clients[OTHER_APPLICANT].delete(f"/api/resource/File/{second['name']}").status_code == 202
	assert clients[APPLICANT].get(first["file_url"]).content == SECRET


def test_an_officer_attaches_and_takes_away_in_the_desk(clients):
	member = factories.member("Received")
	commit()
	client = clients[OFFICER]
	answer = send(client, "visura.pdf", factories.PDF, doctype="RTC Member", docname=member.name)
	assert answer.status_code == 200, answer.text
	file = answer.json()["message"]
	assert file["is_private"] and client.get(file["file_url"]).status_code == 200
	copied = client.call(
		"upload_file", library_file_name=file["name"], doctype="RTC Member", docname=member.name, is_private=1
	)
	if copied.status_code == 200:  # the release of 2023 has no library
		client.delete(f"/api/resource/File/{file['name']}")
		assert client.get(file["file_url"]).content == factories.PDF, "a row names it still"
	assert clients[AUDITOR].get(file["file_url"]).status_code == 200
	for row in rows_of(file["file_url"]):
		assert client.call("frappe.desk.form.utils.remove_attach", fid=row.name).status_code == 200
	with pytest.raises(FileNotFoundError):
		content_at(file["file_url"])


def test_what_the_desk_hides_and_shows(clients):
	client = clients[OFFICER]
	file = send(client, "foto.png", png(), is_private=1).json()["message"]
	assert client.put(f"/api/resource/File/{file['name']}", is_private=0).status_code == 200
	address = frappe.db.get_value("File", file["name"], "file_url") or ""
	frappe.db.rollback()
	address = frappe.db.get_value("File", file["name"], "file_url")
	assert address.startswith(addresses.PUBLIC) and clients[None].get(address).content == png()
	assert client.put(f"/api/resource/File/{file['name']}", is_private=1).status_code == 200
	assert clients[None].get(address).status_code == 404


def test_a_portrait_of_oneself(clients):
	for user in (OFFICER, OTHER_APPLICANT):
		client = clients[user]
		answer = send(
			client, "io.png", png(), doctype="User", docname=user, fieldname="user_image", is_private=0
		)
		if answer.status_code != 200:  # as core's rights on User have it
			assert user == OTHER_APPLICANT, answer.text
			continue
		address = answer.json()["message"]["file_url"]
		saved = client.call(
			"frappe.client.set_value", doctype="User", name=user, fieldname="user_image", value=address
		)
		assert saved.status_code == 200, saved.text
		assert clients[None].get(address).content == png()
		frappe.db.set_value("User", user, "user_image", None)
		commit()


def test_the_administrator_keeps_the_files_of_the_website(clients):
	client = clients[ADMIN]
	file = send(clients[OFFICER], "testata.png", png(), is_private=0).json()["message"]
	assert client.put(f"/api/resource/File/{file['name']}", file_name="altra.png").status_code == 200
	assert (
		client.call("frappe.core.api.file.create_new_folder", file_name="Sito", folder="Home").status_code
		== 200
	)
	moved = client.call(
		"frappe.core.api.file.move_file",
		file_list=[{"name": file["name"]}],
		new_parent="Home/Sito",
		old_parent="Home",
	)
	assert moved.status_code in (200, 403), moved.text  # Home is the administrator's own
	assert client.delete(f"/api/resource/File/{file['name']}").status_code == 202


def test_the_website_is_public_files_of_no_record(clients, private_records):
	public = send(clients[OFFICER], "testata.png", png(), is_private=0).json()["message"]["name"]
	frappe.db.rollback()
	private, attached = (
		frappe.db.get_value("File", {"file_url": url})
		for url in (private_records.loose, private_records.of_draft)
	)
	assert access.keeps_website(public, "write", ADMIN) and access.keeps_website(public, "delete", ADMIN)
	assert not access.keeps_website(public, "share", ADMIN)
	for name, user in (
		(private, ADMIN),
		(attached, ADMIN),
		(public, OFFICER),
		(public, NOBODY),
		(None, ADMIN),
	):
		assert not access.keeps_website(name, "write", user)


def test_a_picture_is_made_smaller_under_a_new_address(clients):
	out = io.BytesIO()
	Image.effect_noise((600, 600), 80).save(out, "JPEG", quality=100)
	client = clients[OFFICER]
	file = send(client, "grande.jpg", out.getvalue(), is_private=1).json()["message"]
	answer = client.post("/api/method/run_doc_method", dt="File", dn=file["name"], method="optimize_file")
	assert answer.status_code == 200, answer.text
	frappe.db.rollback()
	row = frappe.get_doc("File", file["name"])
	assert row.file_url != file["file_url"] and row.file_size < file["file_size"]
	assert not addresses.get_path(file["file_url"]).exists() and Path(row.get_full_path()).exists()


def test_a_mail_takes_no_file_by_its_path(clients):
	text = '<p>Ciao</p><img embed="/private/files/x.pdf"><img EMBED ="rtc.localhost/site_config.json">'
	doc = frappe.get_doc({"doctype": "Communication", "content": text, "subject": "x"}).insert()
	assert "embed=" not in doc.content.replace("data-embed=", "").replace(" ", "").lower()


# -- which records


def test_every_doctype_of_ours_is_governed_or_has_its_reason(site):
	modules = frappe.get_all("Module Def", {"app_name": "rtc_conciliation"}, pluck="name")
	assert modules == [sql.MODULE]
	ours = frappe.get_all("DocType", {"module": ("in", modules), "istable": 0}, pluck="name")
	asked = {doctype for doctype, _query in access.queries()}
	open_ones = [doctype for doctype in ours if not access.is_governed(doctype)]
	assert open_ones == list(access.OPEN) and all(access.OPEN.values())
	hooked = frappe.get_hooks("permission_query_conditions")
	for doctype in ours:
		own = any(method.startswith(sql.APP) for method in hooked.get(doctype, []))
		assert (doctype in asked) == own, doctype
