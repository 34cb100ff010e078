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
def world(site):
	with committed_rows():
		yield file_attacks.make_world()


@pytest.fixture(scope="module")
def clients(base_url, world):
	return file_attacks.make_clients(base_url)


@pytest.fixture
def own(clients):
	"""`own(user, name, content, **values)`: a private upload of his, by core's REST; its row."""
	made = []

	def make(user: str, name: str = "mio.pdf", content: bytes = SECRET, **values):
		answer = send(clients[user], name, content, is_private=1, **values)
		assert answer.status_code == 200, answer.text
		made.append(answer.json()["message"]["name"])
		return frappe._dict(answer.json()["message"])

	yield make
	remove(made)


def is_closed(client, address: str) -> bool:
	by_address = client.get(address if address.startswith("/") else f"/private/files/{address}")
	by_method = client.get("/api/method/download_file", file_url=address)
	bodies = (by_address.content, by_method.content)
	return all(answer.status_code != 200 for answer in (by_address, by_method)) and not any(
		SECRET in body or b"%PDF" in body or b"db_password" in body for body in bodies
	)


@pytest.mark.parametrize(
	"way, user",
	[
		(way, user)
		for way in NAMING
		for user in EVERYBODY
		if way in ("resource", "upload_file", "library") or user in SOME
	],
)
def test_naming_an_address_opens_nothing(way, user, clients, world):
	for address in (world.loose, world.of_sealed if user in OUTSIDERS else world.of_draft):
		before, content = rows_of(address), content_at(address)
		answer = NAMING[way](clients[user], address)
		assert answer.status_code < 500 or way == "uploadfile", answer.text  # core answers 500 there itself
		assert is_closed(clients[user], address), f"{way}: {answer.text[:300]}"
		assert (rows_of(address), content_at(address)) == (before, content), answer.text[:300]


@pytest.mark.parametrize("user", (NOBODY, ADMIN, "Administrator"))
@pytest.mark.parametrize("address", OUTSIDE)
def test_no_address_leads_out_of_the_two_folders(address, user, clients, world):
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
def test_a_row_that_was_there_before_leads_nowhere(user, clients, world):
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
def test_an_address_that_only_looks_the_same_opens_nothing(user, clients, own, world):
	"""MariaDB takes capitals and accents for the same, the disk does not."""
	name = world.loose.rsplit("/", 1)[-1]
	for likeness in (name.upper().replace(".PDF", ".pdf"), name.replace("o", "ò", 1), name.capitalize()):
		own(user, likeness)
		assert is_closed(clients[user], world.loose)
	row = frappe.get_doc(
		file_attacks.file_row(file_url=world.loose.upper().replace("/PRIVATE/FILES", "/private/files"))
	)
	row.update({"name": frappe.generate_hash(length=10), "file_name": "x.pdf"})
	row.db_insert()
	frappe.db.sql("update tabFile set owner = %s where name = %s", (user, row.name))
	commit()
	assert is_closed(clients[user], world.loose)
	frappe.db.delete("File", {"name": row.name})
	commit()


# -- what is stored stays


@pytest.mark.parametrize("user", SOME)
@pytest.mark.parametrize("way", CHANGING)
def test_nobody_changes_a_stored_row(way, user, clients, own, world):
	row = own(user)
	before = rows_of(row.file_url)
	for values in (
		{"file_url": world.loose},
		{"file_name": world.loose.rsplit("/", 1)[-1]},
		{"content_hash": "zzz"},
		{"content_hash": rows_of(world.loose)[0].content_hash},
		{"thumbnail_url": world.loose},
		{"file_size": 1},
		{"is_folder": 1},
		{"attached_to_doctype": "RTC Application", "attached_to_name": world.sealed},
		{"attached_to_doctype": "RTC Application", "attached_to_name": world.draft},
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
def test_nobody_publishes_what_is_anothers(way, user, clients, world):
	for address in (world.loose, world.of_draft, world.of_sealed):
		before = rows_of(address)
		for values in ({"is_private": 0}, {"attached_to_name": None}, {"folder": "Home"}):
			CHANGING[way](clients[user], before[0].name, values)
		assert rows_of(address) == before
		assert clients[None].get(address.replace("/private", "")).status_code != 200


def test_the_owner_does_not_publish_or_change_what_he_sent(clients, world):
	for way in CHANGING:
		before = rows_of(world.of_sealed)
		for values in ({"is_private": 0}, {"attached_to_name": None}, {"file_name": "altro.pdf"}):
			CHANGING[way](clients[APPLICANT], before[0].name, values)
		assert rows_of(world.of_sealed) == before


@pytest.mark.parametrize("user", (NOBODY, OTHER_APPLICANT, EVALUATOR, OFFICER))
def test_nobody_destroys_what_is_anothers(user, clients, own, world):
	victims = (world.loose, world.of_draft, world.of_sealed)
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
def test_nothing_is_overwritten(user, clients, own, world):
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


# -- what is sealed takes nothing


@pytest.mark.parametrize("user", EVERYBODY)
def test_nothing_is_added_to_records_of_others(user, clients, own, world):
	client = clients[user]
	for doctype, name in records(world):
		if (user, name) == (MANAGER, world.sealed):
			continue  # who declares and evaluates may add what belongs to it
		before = attached(doctype, name)
		place = {"attached_to_doctype": doctype, "attached_to_name": name}
		client.post(
			"/api/resource/File", **file_attacks.file_row(file_name="x.pdf", content="%PDF-", **place)
		)
		client.call(
			"frappe.client.insert", doc=file_attacks.file_row(file_name="x.pdf", content="%PDF-", **place)
		)
		send(client, "x.pdf", SECRET, doctype=doctype, docname=name, is_private=1)
		send(client, "x.pdf", SECRET, doctype=doctype, docname=name, fieldname="signature_file", is_private=0)
		client.call(
			"frappe.client.attach_file",
			filename="x.pdf",
			filedata="JVBERi0=",
			doctype=doctype,
			docname=name,
			decode_base64=1,
			is_private=1,
		)
		client.call(
			"frappe.utils.file_manager.add_attachments",
			doctype=doctype,
			name=name,
			attachments=frappe.as_json([row.name for row in rows_of(world.loose)]),
		)
		if user:
			mine = own(user)
			client.call(
				"frappe.utils.file_manager.add_attachments",
				doctype=doctype,
				name=name,
				attachments=frappe.as_json([mine.name]),
			)
		picture = '<img src="data:image/png;base64,iVBORw0KGgo=">'
		client.call(
			"frappe.desk.form.utils.add_comment",
			reference_doctype=doctype,
			reference_name=name,
			content=picture,
			comment_email="x@rtc.test",
			comment_by="x",
		)
		assert attached(doctype, name) == before


def records(world) -> list[tuple[str, str]]:
	row = frappe.db.get_value("RTC Application Attachment", {"parent": world.sealed})
	return [
		("RTC Application", world.draft),
		("RTC Application", world.sealed),
		("RTC Application Attachment", row),
	]


def attached(doctype: str, name: str) -> list[str]:
	frappe.db.rollback()
	filters = {"attached_to_doctype": doctype, "attached_to_name": name}
	return sorted(frappe.get_all("File", filters, pluck="name"))


@pytest.mark.parametrize("user", (NOBODY, OTHER_APPLICANT, OFFICER))
def test_no_file_waits_for_a_record_to_come(user, clients, own, world):
	"""Numbers of records follow one another."""
	place = {"attached_to_doctype": "RTC Application", "attached_to_name": "RTC-APP-2026-99999"}
	client, mine = clients[user], own(user)
	client.post("/api/resource/File", **file_attacks.file_row(file_name="x.pdf", content="%PDF-", **place))
	send(client, "x.pdf", SECRET, doctype="RTC Application", docname="RTC-APP-2026-99999", is_private=1)
	client.call(
		"frappe.utils.file_manager.add_attachments",
		doctype="RTC Application",
		name="RTC-APP-2026-99999",
		attachments=frappe.as_json([mine.name]),
	)
	for strange in (["x"], {"name": "x"}, 5):
		answer = client.post(
			"/api/resource/File",
			**file_attacks.file_row(
				file_name="x.pdf", content="%PDF-", **{**place, "attached_to_name": strange}
			),
		)
		assert 400 <= answer.status_code < 500, answer.text
	for strange in ("§§§", "====", ["x"], {"a": 1}):
		answer = client.post(
			"/api/resource/File", **file_attacks.file_row(file_name="x.pdf", content=strange, decode=1)
		)
		assert 400 <= answer.status_code < 500, answer.text
	frappe.db.rollback()
	assert not frappe.db.exists("File", {"attached_to_name": ("like", "RTC-APP-2026-9999%")})


def test_what_is_packed_is_not_unpacked_by_others(clients, own, world):
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive:
		archive.writestr("dentro.txt", "riservato")
	row = own(OFFICER, "archivio.zip", out.getvalue())
	for user in (NOBODY, OTHER_APPLICANT, AUDITOR, MANAGER):
		clients[user].call("frappe.core.api.file.unzip_file", name=row.name)
		answer = clients[user].call("frappe.core.api.file.zip_files", files=frappe.as_json([row.name]))
		assert b"archivio" not in answer.content or answer.status_code != 200
	frappe.db.rollback()
	assert frappe.db.exists("File", row.name) and not frappe.db.exists("File", {"file_name": "dentro.txt"})


# -- lists


@pytest.mark.parametrize("user", WITH_ACCOUNT)
def test_files_are_listed_to_who_may_read_their_record(user, clients, world):
	fields = ["name", "owner", "is_private", "attached_to_doctype", "attached_to_name"]
	answer = clients[user].call(
		"frappe.client.get_list",
		doctype="File",
		fields=fields,
		limit_page_length=0,
		filters={"is_private": 1},
	)
	listed = [frappe._dict(row) for row in answer.json()["message"]]
	for row in listed:
		if row.attached_to_name and row.attached_to_doctype.startswith("RTC "):
			assert frappe.has_permission(row.attached_to_doctype, doc=row.attached_to_name, user=user)
		if not row.attached_to_doctype:
			assert row.owner == user
	named = {row.attached_to_name for row in listed}
	assert world.draft not in named and (world.sealed in named) == (user not in OUTSIDERS)


@pytest.mark.parametrize("user", (AUDITOR, EVALUATOR, MANAGER, NOBODY))
def test_an_export_of_another_is_not_listed(user, clients, world):
	"""Its address would do for who finds another hole; it holds all applications of the call."""
	export = frappe.get_doc({"doctype": "RTC Call Export", "call": world.call})
	export.update({"name": frappe.generate_hash(length=10), "state": "Done"})
	export.db_insert()
	frappe.db.sql("update `tabRTC Call Export` set owner = %s where name = %s", (OFFICER, export.name))
	with factories.acting(OFFICER):
		address = factories.upload("domande.zip", SECRET)
	place = {"attached_to_doctype": "RTC Call Export", "attached_to_name": export.name}
	frappe.db.set_value("File", {"file_url": address}, place)
	commit()
	listing = {"doctype": "File", "filters": {"file_url": address}, "fields": ["name"]}
	assert clients[OFFICER].call("frappe.client.get_list", **listing).json()["message"]
	assert not clients[user].call("frappe.client.get_list", **listing).json().get("message")
	assert is_closed(clients[user], address)
	remove([rows_of(address)[0].name])
	frappe.db.delete("RTC Call Export", {"name": export.name})
	commit()
