"""Each file keeps the name that its sender gave it: in the form, on paper, in the folder of whoever downloads it."""

import unicodedata
from urllib.parse import unquote

import frappe
import pytest

from rtc_conciliation.applications import papers
from rtc_conciliation.common.files.addresses import PRIVATE
from tests.site import factories
from tests.site.applications.tools import APPLICATION, SAVE, fresh, settings_in, upload, words
from tests.site.factories import APPLICANT, OTHER_APPLICANT
from tests.site.http import Client
from tests.site.making import make_pdf

#: characters of a name that File keeps
LONGEST_NAME = 140
LONG = "Relazione " * 20
#: sent → kept
NAMES = {
	"Cofinanziamento 30%.pdf": "Cofinanziamento 30%.pdf",
	"Sconto 100%25.pdf": "Sconto 100%25.pdf",
	"Allegato #1.pdf": "Allegato #1.pdf",
	"perché?.pdf": "perché?.pdf",
	"L'accordo “firmato”.pdf": "L'accordo “firmato”.pdf",
	unicodedata.normalize("NFD", "Attività così.pdf"): "Attività così.pdf",
	f"{LONG}.pdf": f"{LONG[: LONGEST_NAME - 5]}….pdf",
}


@pytest.mark.parametrize("sent", NAMES, ids=lambda name: ascii(name)[1:25])
def test_a_file_keeps_its_name(sent, clients, records):
	client, kept = clients[APPLICANT], NAMES[sent]
	told = upload(client, sent, make_pdf(frappe.generate_hash(length=8).encode()))
	assert told.status_code == 200, told.text
	file = told.json()["message"]
	assert file["file_name"] == kept
	draft = fresh(APPLICATION, records.draft.name)
	rows = [{"name": row.name, "document": row.document, "file": row.file} for row in draft.attachments]
	rows.append({"key": frappe.generate_hash(length=12), "document": sent[:20], "file": file["file_url"]})
	values = {"name": draft.name, "modified": str(draft.modified), "attachments": rows}
	saved = client.call(SAVE, application=values)
	assert saved.status_code == 200, words(saved)
	page = settings_in(client.get(f"/domanda/{draft.name}/edit").text)
	assert page["files"][file["file_url"]] == kept
	draft = fresh(APPLICATION, draft.name)
	shown = papers.rtc_application_paper(draft)["attachments"]["rows"]
	assert kept in [row[2]["text"] for row in shown]
	found = client.get(frappe.utils.quoted(file["file_url"]))
	assert found.status_code == 200, file
	assert unquote(found.headers["Content-Disposition"]).endswith(f"''{kept}")


def test_equal_bytes_of_somebody_else_have_his_name_and_mine_has_mine(clients, records):
	content = make_pdf(b"le stesse")
	for user, name in ((OTHER_APPLICANT, "DURC Cooperativa Segreta.pdf"), (APPLICANT, "Mio DURC.pdf")):
		file = upload(clients[user], name, content).json()["message"]
		assert file["file_name"] == name
		found = clients[user].get(frappe.utils.quoted(file["file_url"]))
		assert unquote(found.headers["Content-Disposition"]).endswith(f"''{name}")


def test_rows_of_old_that_share_one_content_show_each_his_name(site, base_url, clients, records):
	"""Before each upload had a content of its own, core kept equal bytes once, with an address as they were named."""
	content = make_pdf(b"di una volta")
	first, second = (
		upload(clients[user], name, content).json()["message"]
		for user, name in ((OTHER_APPLICANT, "Segreto.pdf"), (APPLICANT, "Mio.pdf"))
	)
	frappe.db.set_value("File", {"file_url": second["file_url"]}, "file_url", first["file_url"])
	frappe.db.sql("commit")
	for user, name in ((OTHER_APPLICANT, "Segreto.pdf"), (APPLICANT, "Mio.pdf")):
		found = Client(base_url, user).get(frappe.utils.quoted(first["file_url"]))
		assert unquote(found.headers["Content-Disposition"]).endswith(f"''{name}"), user


def test_a_name_on_paper_is_the_senders(records):
	draft = factories.application("Draft")
	with factories.acting(APPLICANT):
		draft.attachments[0].file = factories.upload("Cofinanziamento 30%.pdf")
		draft.signature_file = factories.upload("Domanda #2.pdf")
		draft.save()
	assert draft.attachments[0].file.startswith(PRIVATE) and "%" not in draft.attachments[0].file
	paper = papers.rtc_application_paper(draft)
	assert paper["attachments"]["rows"][0][2]["text"] == "Cofinanziamento 30%.pdf"
	assert paper["signature"]["value"] == "Domanda #2.pdf"
