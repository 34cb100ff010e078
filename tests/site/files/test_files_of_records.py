"""Files at records of others and in lists: nothing is added, nothing unpacked, nothing listed that is not to be read."""

import io
import zipfile

import frappe
import pytest

from tests.site import factories, file_attacks
from tests.site.factories import APPLICANT, AUDITOR, EVALUATOR, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.file_attacks import (
	EVERYBODY,
	NOBODY,
	OUTSIDERS,
	SECRET,
	commit,
	is_closed,
	remove,
	rows_of,
	send,
)
from tests.site.http import committed_rows

WITH_ACCOUNT = tuple(user for user in EVERYBODY if user)


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


# -- what is sealed takes nothing


@pytest.mark.parametrize("user", EVERYBODY)
def test_nothing_is_added_to_records_of_others(user, clients, own, private_records):
	client = clients[user]
	for doctype, name in records(private_records):
		if (user, name) == (MANAGER, private_records.sealed):
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
			attachments=frappe.as_json([row.name for row in rows_of(private_records.loose)]),
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


def records(private_records) -> list[tuple[str, str]]:
	row = frappe.db.get_value("RTC Application Attachment", {"parent": private_records.sealed})
	return [
		("RTC Application", private_records.draft),
		("RTC Application", private_records.sealed),
		("RTC Application Attachment", row),
	]


def attached(doctype: str, name: str) -> list[str]:
	frappe.db.rollback()
	filters = {"attached_to_doctype": doctype, "attached_to_name": name}
	return sorted(frappe.get_all("File", filters, pluck="name"))


@pytest.mark.parametrize("user", (NOBODY, OTHER_APPLICANT, OFFICER))
def test_no_file_waits_for_a_record_to_come(user, clients, own, private_records):
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


def test_what_is_packed_is_not_unpacked_by_others(clients, own, private_records):
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
def test_files_are_listed_to_who_may_read_their_record(user, clients, private_records):
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
	assert private_records.draft not in named and (private_records.sealed in named) == (user not in OUTSIDERS)


@pytest.mark.parametrize("user", (AUDITOR, EVALUATOR, MANAGER, NOBODY))
def test_an_export_of_another_is_not_listed(user, clients, private_records):
	"""Its address would do for who finds another hole; it holds all applications of the call."""
	export = frappe.get_doc({"doctype": "RTC Call Export", "call": private_records.call})
	export.update({"name": frappe.generate_hash(length=10), "state": "Done"})
	export.db_insert()
	frappe.db.sql("update `tabRTC Call Export` set owner = %s where name = %s", (OFFICER, export.name))
	with factories.acting(OFFICER):
		address = factories.upload("domande.pdf", SECRET)
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
