"""Files of others, attacked over HTTP by everybody who has no business with them: read, publish, overwrite, destroy."""

import io
import zipfile

import frappe
import pytest
import requests
from PIL import Image

from tests.site import factories, file_attacks
from tests.site.factories import ADMIN, APPLICANT, AUDITOR, EVALUATOR, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.file_attacks import (
	CHANGING,
	EVERYBODY,
	NAMING,
	NOBODY,
	OUTSIDERS,
	SECRET,
	SOME,
	commit,
	content_at,
	is_closed,
	remove,
	rows_of,
	send,
)
from tests.site.http import committed_rows

WITH_ACCOUNT = tuple(user for user in EVERYBODY if user)
OUTSIDE = (
	"/private/files/../../site_config.json",
	"/private/files/..%2f..%2fsite_config.json",
	"/private/files/%2e%2e/%2e%2e/site_config.json",
	"/private/files/..%252f..%252fsite_config.json",
	"/files/../../site_config.json",
	"/files/../../../common_site_config.json",
	"/private/files/./../../site_config.json",
	"/private/files//../../site_config.json",
	"/private/files/../backups/x.sql.gz",
	"/private/backups/../../site_config.json",
	"private/files/../../site_config.json",
	"../site_config.json",
	"~/site_config.json",
	"/etc/passwd",
	"file:///etc/passwd",
)


@pytest.fixture(scope="module")
def private_records(site):
	with committed_rows():
		yield file_attacks.make_records()


@pytest.fixture(scope="module")
def clients(base_url, private_records):
	return file_attacks.make_clients(base_url)


@pytest.fixture
def own(clients):
	with file_attacks.uploads(clients) as make:
		yield make


@pytest.mark.parametrize(
	"way, user",
	[
		(way, user)
		for way in NAMING
		for user in EVERYBODY
		if way in ("resource", "upload_file", "library") or user in SOME
	],
)
def test_naming_an_address_opens_nothing(way, user, clients, private_records):
	for address in (
		private_records.loose,
		private_records.of_sealed if user in OUTSIDERS else private_records.of_draft,
	):
		before, content = rows_of(address), content_at(address)
		answer = NAMING[way](clients[user], address)
		assert answer.status_code < 500 or way == "uploadfile", answer.text  # core answers 500 there itself
		assert is_closed(clients[user], address), f"{way}: {answer.text[:300]}"
		assert (rows_of(address), content_at(address)) == (before, content), answer.text[:300]


@pytest.mark.parametrize("user", (NOBODY, ADMIN, "Administrator"))
@pytest.mark.parametrize("address", OUTSIDE)
def test_no_address_leads_out_of_the_two_folders(address, user, clients, private_records):
	if user == "Administrator":
		with pytest.raises(Exception):
			frappe.get_doc({"doctype": "File", "file_url": address, "is_private": 1}).insert()
		return
	client = clients[user]
	for way in ("resource", "upload_file", "public"):
		NAMING[way](client, address)
	assert is_closed(client, address)
	assert not rows_of(address)


@pytest.mark.parametrize("user", (NOBODY, OFFICER, ADMIN))
def test_a_row_that_was_there_before_leads_nowhere(user, clients, private_records):
	"""Made while nobody looked, with a Host of the attacker's besides."""
	client = clients[user]
	addresses = (
		"/private/files/../../site_config.json",
		"http://evil.test/files/../../../site_config.json",
		"",
	)
	for address in addresses:
		row = frappe.get_doc(file_attacks.file_row(file_url=address, file_name="x", owner=user))
		row.name = frappe.generate_hash(length=10)
		row.db_insert()
		frappe.db.sql("update tabFile set owner = %s, file_size = 5 where name = %s", (user, row.name))
		commit()
		for host in (None, "evil.test"):
			answer = requests.get(
				f"{client.base_url}/api/method/download_file",
				params={"file_url": address},
				headers={"Host": host} if host else {},
				cookies=client.session.cookies.get_dict(),
				timeout=60,
			)
			assert b"db_password" not in answer.content
		answer = client.call("frappe.core.api.file.zip_files", files=frappe.as_json([row.name]))
		assert b"db_password" not in answer.content and answer.content[:2] != b"PK"
		frappe.db.delete("File", {"name": row.name})
		commit()


@pytest.mark.parametrize("user", (NOBODY, OFFICER))
def test_an_address_that_only_looks_the_same_opens_nothing(user, clients, own, private_records):
	"""MariaDB takes capitals and accents for the same, the disk does not."""
	name = private_records.loose.rsplit("/", 1)[-1]
	for likeness in (name.upper().replace(".PDF", ".pdf"), name.replace("o", "ò", 1), name.capitalize()):
		own(user, likeness)
		assert is_closed(clients[user], private_records.loose)
	row = frappe.get_doc(
		file_attacks.file_row(
			file_url=private_records.loose.upper().replace("/PRIVATE/FILES", "/private/files")
		)
	)
	row.update({"name": frappe.generate_hash(length=10), "file_name": "x.pdf"})
	row.db_insert()
	frappe.db.sql("update tabFile set owner = %s where name = %s", (user, row.name))
	commit()
	assert is_closed(clients[user], private_records.loose)
	frappe.db.delete("File", {"name": row.name})
	commit()


# -- what is stored stays


@pytest.mark.parametrize("user", SOME)
@pytest.mark.parametrize("way", CHANGING)
def test_nobody_changes_a_stored_row(way, user, clients, own, private_records):
	row = own(user)
	before = rows_of(row.file_url)
	for values in (
		{"file_url": private_records.loose},
		{"file_name": private_records.loose.rsplit("/", 1)[-1]},
		{"content_hash": "zzz"},
		{"content_hash": rows_of(private_records.loose)[0].content_hash},
		{"thumbnail_url": private_records.loose},
		{"file_size": 1},
		{"is_folder": 1},
		{"attached_to_doctype": "RTC Application", "attached_to_name": private_records.sealed},
		{"attached_to_doctype": "RTC Application", "attached_to_name": private_records.draft},
		{"attached_to_doctype": "User", "attached_to_name": user},
		{"owner": APPLICANT},
	):
		answer = CHANGING[way](clients[user], row.name, values)
		assert answer.status_code < 500, answer.text
		assert rows_of(row.file_url) == before, f"{values}: {answer.text[:300]}"
		assert not frappe.db.get_value("File", row.name, "thumbnail_url")


@pytest.mark.parametrize(
	"way, user",
	[(way, user) for way in CHANGING for user in WITH_ACCOUNT if way == "resource" or user in SOME],
)
def test_nobody_publishes_what_is_anothers(way, user, clients, private_records):
	for address in (private_records.loose, private_records.of_draft, private_records.of_sealed):
		before = rows_of(address)
		for values in ({"is_private": 0}, {"attached_to_name": None}, {"folder": "Home"}):
			CHANGING[way](clients[user], before[0].name, values)
		assert rows_of(address) == before
		assert clients[None].get(address.replace("/private", "")).status_code != 200


def test_the_owner_does_not_publish_or_change_what_he_sent(clients, private_records):
	for way in CHANGING:
		before = rows_of(private_records.of_sealed)
		for values in ({"is_private": 0}, {"attached_to_name": None}, {"file_name": "altro.pdf"}):
			CHANGING[way](clients[APPLICANT], before[0].name, values)
		assert rows_of(private_records.of_sealed) == before


@pytest.mark.parametrize("user", (NOBODY, OTHER_APPLICANT, EVALUATOR, OFFICER))
def test_nobody_destroys_what_is_anothers(user, clients, own, private_records):
	victims = (private_records.loose, private_records.of_draft, private_records.of_sealed)
	contents = [content_at(address) for address in victims]
	client = clients[user]
	for address, content in zip(victims, contents, strict=True):
		hashed = rows_of(address)[0].content_hash
		for values in (
			{"thumbnail_url": address},
			{"content_hash": hashed},
			{"content_hash": "zzz", "file_url": address},
		):
			made = client.post(
				"/api/resource/File", **file_attacks.file_row(file_name="x.pdf", content="%PDF-", **values)
			)
			if made.status_code == 200:
				client.delete(f"/api/resource/File/{made.json()['data']['name']}")
			# taken back before it was kept
			client.post(
				"/api/resource/File",
				**file_attacks.file_row(
					file_name="x.pdf",
					content="%PDF-",
					attached_to_doctype="No Such DocType",
					attached_to_name="x",
					**values,
				),
			)
		same = own(user, "uguale.pdf", content)
		assert client.delete(f"/api/resource/File/{same.name}").status_code in (200, 202)
		for name in [row.name for row in rows_of(address)]:
			client.delete(f"/api/resource/File/{name}")
			client.call("frappe.desk.form.utils.remove_attach", fid=name)
			client.call("frappe.client.delete", doctype="File", name=name)
			client.call("frappe.core.api.file.unzip_file", name=name)
	assert [content_at(address) for address in victims] == contents
	assert all(rows_of(address) for address in victims)


@pytest.mark.parametrize("user", SOME)
def test_nothing_is_overwritten(user, clients, own, private_records):
	picture = jpeg((255, 0, 0))
	with factories.acting(APPLICANT):
		victim = factories.upload("foto.jpg", picture)
	commit()
	content = content_at(victim)
	row = own(user, victim.rsplit("/", 1)[-1], jpeg((0, 0, 255)))
	assert row.file_url != victim and content_at(victim) == content
	client = clients[user]
	for docs in (
		{"dt": "File", "dn": row.name},
		{"dt": "File", "dn": rows_of(victim)[0].name},
		{
			"docs": frappe.as_json(
				file_attacks.stored(row.name, {"file_name": victim.rsplit("/", 1)[-1], "file_url": victim})
			)
		},
		{"docs": frappe.as_json(file_attacks.stored(rows_of(victim)[0].name, {"owner": user}))},
	):
		for method in ("optimize_file", "make_thumbnail", "save_file", "write_file", "unzip"):
			client.post("/api/method/run_doc_method", method=method, args="{}", **docs)
	client.call(
		"frappe.client.rename_doc",
		doctype="File",
		old_name=row.name,
		new_name=rows_of(victim)[0].name,
		merge=1,
	)
	assert content_at(victim) == content and len(rows_of(victim)) == 1
	remove([rows_of(victim)[0].name])


def jpeg(colour: tuple) -> bytes:
	out = io.BytesIO()
	Image.new("RGB", (400, 400), colour).save(out, "JPEG", quality=100)
	return out.getvalue()
