"""Records with files of others, and the ways by which people would come at them: client, row → answer."""

import contextlib
import json

import frappe

from tests.site import evaluating, factories, making
from tests.site.evaluating import seat
from tests.site.factories import APPLICANT, AUDITOR, EVALUATOR, MANAGER, OFFICER, OTHER_APPLICANT
from tests.site.http import Client

#: an account without any role
NOBODY = "nessuno@rtc.test"
SECRET = making.make_pdf(b"Contenuto riservato")
#: guest, no role, foreign applicant, evaluator with a conflict, auditor, officer, manager
EVERYBODY = (None, NOBODY, OTHER_APPLICANT, EVALUATOR, AUDITOR, OFFICER, MANAGER)
#: the same, for the ways that are like another
SOME = (NOBODY, OFFICER)
#: those who may read nothing of the sealed application
OUTSIDERS = (None, NOBODY, OTHER_APPLICANT, EVALUATOR)


def make_records():
	"""A draft and an application under evaluation of APPLICANT with a file each, and a file that waits."""
	factories.make_user(NOBODY, "Website User", [])
	call = factories.call(title="Manifestazione con file", criteria=evaluating.GRID)
	with factories.acting(APPLICANT):
		loose = factories.upload("sciolto.pdf", SECRET)
	draft = factories.application("Draft", call=call.name)
	sealed = factories.application("Under Evaluation", call=call.name)
	evaluating.panel(call=call.name, members=[seat(EVALUATOR, office="Chair"), *evaluating.members()[1:]])
	evaluating.declare(EVALUATOR, call.name, sealed.name)
	frappe.db.commit()
	return frappe._dict(
		call=call.name,
		draft=draft.name,
		sealed=sealed.name,
		loose=loose,
		of_draft=draft.attachments[0].file,
		of_sealed=sealed.attachments[0].file,
	)


def make_clients(base_url: str) -> dict:
	return {user: Client(base_url, user) for user in (*EVERYBODY, APPLICANT, factories.ADMIN)}


def commit() -> None:
	"""For the server to see; in a test `frappe.db.commit` does nothing."""
	type(frappe.local.db).commit(frappe.local.db)


def remove(names) -> None:
	frappe.db.rollback()
	for name in names:
		if frappe.db.exists("File", name):
			frappe.delete_doc("File", name, force=True)
	commit()


def send(client, name: str, content: bytes, **data):
	"""Core's own upload, as the desk sends it."""
	return client.session.post(
		f"{client.base_url}/api/method/upload_file",
		files={"file": (name, content)},
		data=data,
		headers=client.csrf(),
		timeout=60,
	)


@contextlib.contextmanager
def uploads(clients: dict):
	"""`make(user, name, content, **values)`: a private upload of theirs, by core's REST; its row. They go at the end."""
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


def rows_of(address: str) -> list[dict]:
	"""What the site has about an address, as it is committed."""
	frappe.db.rollback()
	fields = ["name", "owner", "file_url", "file_name", "is_private", "content_hash"]
	fields += ["attached_to_doctype", "attached_to_name", "attached_to_field"]
	return frappe.get_all("File", {"file_url": address}, fields, order_by="name")


def content_at(address: str) -> bytes:
	folder = "private" if address.startswith("/private/") else "public"
	with open(frappe.get_site_path(folder, "files", address.rsplit("/", 1)[-1]), "rb") as file:
		return file.read()


def file_row(**values) -> dict:
	return {"doctype": "File", "is_private": 1, **values}


def save(client, doc: dict):
	return client.call("frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Save")


def new(values: dict) -> dict:
	return {**values, "__islocal": 1, "name": "new-file-1"}


#: how a row is made at an address
NAMING = {
	"resource": lambda c, url: c.post("/api/resource/File", **file_row(file_url=url)),
	"insert": lambda c, url: c.call("frappe.client.insert", doc=file_row(file_url=url)),
	"insert_many": lambda c, url: c.call("frappe.client.insert_many", docs=[file_row(file_url=url)]),
	"savedocs": lambda c, url: save(c, new(file_row(file_url=url))),
	"upload_file": lambda c, url: c.call("upload_file", file_url=url, is_private=1),
	"uploadfile": lambda c, url: c.call("uploadfile", from_form=1, file_url=url, is_private=1),
	"public": lambda c, url: c.post("/api/resource/File", doctype="File", file_url=url, is_private=0),
	"folder": lambda c, url: c.post(
		"/api/resource/File", doctype="File", is_folder=1, file_url=url, file_name="x", folder="Home"
	),
	"coded": lambda c, url: c.post("/api/resource/File", **file_row(file_url=url.replace("s/", "s%2f", 1))),
	"whole": lambda c, url: c.post("/api/resource/File", **file_row(file_url=c.base_url + url)),
	"name only": lambda c, url: c.post("/api/resource/File", **file_row(file_name=url.rsplit("/", 1)[-1])),
	"with content": lambda c, url: c.post(
		"/api/resource/File", **file_row(file_name="x.pdf", file_url=url, content=SECRET.decode())
	),
	"library": lambda c, url: c.call(
		"upload_file", library_file_name=rows_of(url)[0].name, file_name="x.pdf", is_private=1
	),
	"portrait": lambda c, url: c.call(
		"frappe.client.set_value",
		doctype="User",
		name=c.get("/api/method/frappe.auth.get_logged_user").json().get("message") or "Guest",
		fieldname="user_image",
		value=url,
	),
}

#: how the stored row `name` is changed
CHANGING = {
	"resource": lambda c, name, values: c.put(f"/api/resource/File/{name}", **values),
	"set_value": lambda c, name, values: c.call(
		"frappe.client.set_value", doctype="File", name=name, fieldname=values
	),
	"bulk_update": lambda c, name, values: c.call(
		"frappe.client.bulk_update", docs=json.dumps([{"doctype": "File", "docname": name, **values}])
	),
	"save": lambda c, name, values: c.call("frappe.client.save", doc=stored(name, values)),
	"savedocs": lambda c, name, values: save(c, stored(name, values)),
}


def stored(name: str, values: dict) -> dict:
	frappe.db.rollback()
	return json.loads(frappe.as_json({**frappe.get_doc("File", name).as_dict(), **values}))
