"""One paper, once: written down with its step, one file, given out again as it is; what attackers and the hurried get."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import frappe
import pytest

from rtc_conciliation.common import clock
from rtc_conciliation.common.papers import issued, print_pdf, versions
from rtc_conciliation.rtc_conciliation.doctype.rtc_paper.rtc_paper import IssuedPaperError
from tests.site import factories
from tests.site.factories import ADMIN, APPLICANT, AUDITOR, MANAGER, OFFICER, OTHER_APPLICANT, acting
from tests.site.http import DOWNLOAD, Client, download
from tests.site.printing import issued_rows, printed, words

PAPER, FILE = "RTC Paper", "File"
CERTIFICATE = "RTC Adhesion Certificate"
ADMISSIBLE, RECEIPT = "RTC Admissibility Letter", "RTC Application Receipt"


def test_a_step_writes_its_paper_down_and_a_job_makes_the_file():
	doc = factories.member("Admitted")
	[row] = issued_rows(doc, CERTIFICATE)
	assert not row.file and "Associazione Aderente" in row.body
	assert abs((row.issued_on - clock.now()).total_seconds()) < 60
	issued.make_waiting()
	[row] = issued_rows(doc, CERTIFICATE)
	file = frappe.get_doc(FILE, row.file)
	assert (file.is_private, file.attached_to_doctype, file.attached_to_name) == (1, "RTC Member", doc.name)
	assert file.file_name == f"{doc.name}-attestato-di-adesione.pdf"
	assert print_pdf.get_pdf(doc, CERTIFICATE) == Path(file.get_full_path()).read_bytes()


def test_what_was_issued_does_not_follow_the_record():
	doc = factories.member("Admitted")
	before = print_pdf.get_pdf(doc, CERTIFICATE)
	view = printed(doc, CERTIFICATE)
	frappe.db.set_value(
		"RTC Member", doc.name, {"organisation_name": "Un altro nome", "act_number": "9/2030"}
	)
	frappe.db.set_value("RTC Programme", doc.programme, "ats_name", "Un'altra ATS")
	doc.reload()
	assert print_pdf.get_pdf(doc, CERTIFICATE) == before and printed(doc, CERTIFICATE) == view
	assert len(issued_rows(doc, CERTIFICATE)) == 1


def test_a_paper_of_before_is_made_when_it_is_asked_for_and_dated_with_its_step():
	doc = factories.application("Admissible")
	decided = "2026-09-03 10:11:12"
	frappe.db.delete(PAPER, {"record": doc.name})
	frappe.db.delete("RTC Kept Names", {"record": doc.name})
	frappe.db.set_value("RTC Formal Check", doc.name, "decided_on", decided)
	text = words(printed(doc, ADMISSIBLE))
	[row] = issued_rows(doc, ADMISSIBLE)
	assert str(row.issued_on) == decided and "emesso il 03/09/2026" in text


def test_a_paper_asked_for_before_its_step_is_refused_and_says_why():
	doc = factories.application("Submitted")
	for kind in (ADMISSIBLE, "RTC Non-Admissibility Letter", "RTC Outcome Letter"):
		with acting(APPLICANT), pytest.raises(issued.NotYetError):
			print_pdf.get_pdf(doc, kind)
		with pytest.raises(issued.NotYetError):
			printed(doc, kind)
		assert not issued_rows(doc, kind)
	with pytest.raises(issued.NotYetError, match="stato <strong>Inviata"):
		printed(doc, ADMISSIBLE)


def test_a_mail_from_the_desk_carries_the_paper_that_was_issued():
	doc = factories.member("Admitted")
	asked = {
		"print_format_attachment": 1,
		"doctype": doc.doctype,
		"name": doc.name,
		"print_format": CERTIFICATE,
	}
	other = {"file_url": "/private/files/x.pdf"}
	queue = frappe._dict(attachments=json.dumps([asked, other]))
	issued.guard_mail(queue)
	[row] = issued_rows(doc, CERTIFICATE)
	assert row.file and json.loads(queue.attachments) == [{"fid": row.file}, other]


def test_a_new_version_has_its_reason_and_both_are_kept():
	doc = factories.member("Admitted")
	first = print_pdf.get_pdf(doc, CERTIFICATE)
	frappe.db.set_value("RTC Member", doc.name, "organisation_name", "Nome corretto")
	with acting(OFFICER), pytest.raises(frappe.PermissionError):
		versions.reissue_paper(doc.doctype, doc.name, CERTIFICATE, "Nome errato")
	with acting(MANAGER):
		with pytest.raises(versions.NoReasonError):
			versions.reissue_paper(doc.doctype, doc.name, CERTIFICATE, "  ")
		with pytest.raises(frappe.PermissionError):
			versions.reissue_paper("RTC Plan", "x", "RTC Plan", "Perché sì")
		assert versions.reissue_paper(doc.doctype, doc.name, CERTIFICATE, "Nome <errato>") == 2
	second = print_pdf.get_pdf(doc, CERTIFICATE)
	old, new = issued_rows(doc, CERTIFICATE)
	assert second != first and old.issued_on == new.issued_on and old.step == new.step
	assert "Nome corretto" in new.body and "Nome &lt;errato&gt;" in new.body and "versione 2" in new.body
	assert Path(frappe.get_doc(FILE, old.file).get_full_path()).read_bytes() == first
	assert not issued.find_for_everybody(code=old.code)["newest"]
	assert issued.find_for_everybody(code=new.code)["newest"]
	with acting(AUDITOR):
		listed = versions.list_papers(doc.doctype, doc.name)
	assert [one["version"] for one in listed["papers"]] == [2, 1] and not listed["may_reissue"]
	assert all(one["file"] for one in listed["papers"])


def test_nobody_writes_or_deletes_a_row_or_puts_another_file_in_its_place():
	doc = factories.member("Admitted")
	print_pdf.get_pdf(doc, CERTIFICATE)
	[row] = issued_rows(doc, CERTIFICATE)
	paper, file = frappe.get_doc(PAPER, row.name), frappe.get_doc(FILE, row.file)
	for act in (paper.save, paper.delete):
		with pytest.raises(IssuedPaperError):
			act()
	for user in (OFFICER, MANAGER, ADMIN):
		with acting(user):
			assert file.has_permission("read")
			assert not file.has_permission("write") and not file.has_permission("delete")
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc(FILE, row.file).delete()
	with acting(APPLICANT):
		assert not file.has_permission("read")
	path = Path(file.get_full_path())
	path.write_bytes(path.read_bytes() + b"%")
	with pytest.raises(issued.ChangedPaperError):
		print_pdf.get_pdf(doc, CERTIFICATE)


# -- over HTTP; these rows are committed


def test_two_who_ask_at_once_get_one_paper(base_url, with_papers):
	clients = [Client(base_url, user) for user in (APPLICANT, OFFICER, MANAGER)]
	with ThreadPoolExecutor(3) as pool:
		answers = list(pool.map(lambda client: download(client, with_papers.sent, RECEIPT), clients))
	assert [answer.status_code for answer in answers] == [200] * 3, [answer.text[:300] for answer in answers]
	assert len({answer.content for answer in answers}) == 1
	frappe.db.rollback()
	[row] = issued_rows(with_papers.sent, RECEIPT)
	files = frappe.get_all(
		FILE, {"attached_to_name": with_papers.sent.name, "file_name": ("like", "%ricevuta%")}
	)
	assert len(files) == 1 and row.file == files[0].name
	more = {"letterhead": "Altra", "no_letterhead": "1", "doc": "{}"}
	again = clients[0].get(
		DOWNLOAD, doctype=with_papers.sent.doctype, name=with_papers.sent.name, format=RECEIPT, **more
	)
	assert again.content == answers[0].content, "what a request sends along changes nothing"
	for user in (OTHER_APPLICANT, None):
		assert download(Client(base_url, user), with_papers.sent, RECEIPT).status_code in (401, 403)


def test_the_download_says_why_there_is_no_paper_yet(base_url, with_papers):
	answer = download(Client(base_url, APPLICANT), with_papers.sent, ADMISSIBLE)
	assert answer.status_code == 417 and "nello stato" in answer.text
	person = Client(base_url, APPLICANT)
	person.session.headers["Accept"] = "text/html"
	sent_on = download(person, with_papers.sent, ADMISSIBLE)
	assert sent_on.status_code in (301, 302)
	page = person.get(sent_on.headers["Location"].removeprefix(base_url))
	assert page.status_code == 417 and page.headers["Content-Type"].startswith("text/html")
	assert "Il documento non c" in page.text and "nello stato" in page.text, page.text[:300]
	assert "Qualcosa non ha funzionato" not in page.text and "exception" not in page.text


def test_the_file_of_a_paper_stays_through_every_way_of_files(base_url, with_papers):
	doc = with_papers.admissible
	manager = Client(base_url, MANAGER)
	kept = download(manager, doc, ADMISSIBLE).content
	frappe.db.rollback()
	[row] = issued_rows(doc, ADMISSIBLE)
	address = frappe.db.get_value(FILE, row.file, "file_url")
	values = {"doctype": FILE, "name": row.file, "fieldname": "file_url", "value": "/files/altro.pdf"}
	tries = (
		manager.post("/api/method/frappe.client.delete", doctype=FILE, name=row.file),
		manager.post("/api/method/frappe.client.set_value", **values),
		manager.post(
			"/api/method/frappe.desk.form.utils.remove_attach", fid=row.file, dt=doc.doctype, dn=doc.name
		),
		manager.post("/api/method/frappe.client.delete", doctype=PAPER, name=row.name),
	)
	assert all(answer.status_code >= 400 for answer in tries), [answer.status_code for answer in tries]
	frappe.db.rollback()
	assert frappe.db.get_value(FILE, row.file, "file_url") == address
	assert download(manager, doc, ADMISSIBLE).content == kept
	assert Client(base_url, APPLICANT).get(address).content == kept
	assert Client(base_url, OTHER_APPLICANT).get(address).status_code == 403
	assert Client(base_url).get(address).status_code in (401, 403)


def test_a_request_opens_no_paper_of_another_record(base_url, with_papers):
	"""Listed, made anew or shown before its step: each asks for the record that is named, and for nothing sent along."""
	doc, sent = with_papers.admissible, with_papers.sent
	listed, again = (
		f"/api/method/rtc_conciliation.common.api.{name}" for name in ("list_papers", "reissue_paper")
	)
	named = {"doctype": doc.doctype, "name": doc.name}
	for user in (OTHER_APPLICANT, None):
		assert Client(base_url, user).get(listed, **named).status_code in (401, 403)
	for user in (APPLICANT, OFFICER, AUDITOR, ADMIN):
		answer = Client(base_url, user).post(again, **named, kind=ADMISSIBLE, reason="Prova")
		assert answer.status_code == 403, (user, answer.text[:200])
	manager = Client(base_url, MANAGER)
	wrong = {"kind": CERTIFICATE, "reason": "Prova"}  # of another DocType
	assert manager.post(again, **named, **wrong).status_code == 403
	assert manager.post(again, doctype="User", name=MANAGER, **wrong).status_code == 403
	early = manager.post(again, doctype=sent.doctype, name=sent.name, kind=ADMISSIBLE, reason="Prova")
	assert early.status_code == 417 and "nello stato" in early.text
	forged = json.dumps(
		{**named, "name": sent.name, "flags": {"written_down": 1}, "workflow_state": "Admissible"}
	)
	view = Client(base_url, APPLICANT).get(
		"/printview", doctype=sent.doctype, name=sent.name, format=ADMISSIBLE, doc=forged
	)
	assert "è ammissibile" not in view.text and "emesso il" not in view.text
	frappe.db.rollback()
	assert not issued_rows(sent, ADMISSIBLE) and len(issued_rows(doc, ADMISSIBLE)) == 1


def test_two_who_make_it_anew_at_once_make_one_version(base_url, with_papers):
	doc = with_papers.admissible
	args = {"doctype": doc.doctype, "name": doc.name, "kind": ADMISSIBLE}
	address = "/api/method/rtc_conciliation.common.api.reissue_paper"
	client = Client(base_url, MANAGER)
	headers = client.csrf()

	def ask(number: int):
		sent = {**args, "reason": f"Motivo {number}"}
		return client.session.post(base_url + address, json=sent, headers=headers, timeout=60)

	with ThreadPoolExecutor(3) as pool:
		answers = list(pool.map(ask, range(3)))
	assert [answer.status_code for answer in answers] == [200] * 3, [answer.text[:300] for answer in answers]
	frappe.db.rollback()
	versions_now = [row.paper_version for row in issued_rows(doc, ADMISSIBLE)]
	assert versions_now == list(range(1, len(versions_now) + 1)), "no version twice, none left out"
	assert max(answer.json()["message"] for answer in answers) == versions_now[-1]
