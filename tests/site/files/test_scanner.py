"""The virus scanner: what is asked of clamd, and what happens to files while it answers, does not, or finds something."""

import shutil
import socket

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from rtc_conciliation.common.files import private_files, scanner, scans, uploads
from tests.site import factories
from tests.site.clamd import FakeClamd, real_clamd
from tests.site.factories import APPLICANT, OFFICER

NOBODY = "127.0.0.1:9"
VIRUS = factories.PDF + uploads.TEST_VIRUS


def test_clean_and_infected():
	with FakeClamd() as clamd:
		assert scanner.scan(clamd.address, b"") == scanner.Verdict("Clean")
		assert scanner.scan(clamd.address, b"x" * 300_000) == scanner.Verdict("Clean"), "in several pieces"
		assert scanner.scan(clamd.address, VIRUS) == scanner.Verdict("Infected", "Eicar-Test-Signature")


@pytest.mark.parametrize(
	"behaviour, said",
	[
		({"answer": b"stream: Can't allocate memory ERROR\0"}, "ERROR"),
		({"answer": b"stream: OK"}, "cut off"),
		({"answer": b""}, "cut off"),
		({"answer": b"\0"}, "nothing"),
		({"answer": b"OK, " * 5000 + b"\0"}, "cut off"),
		({"delay": 2}, "timed out"),
		({"limit": 100_000}, "size limit exceeded"),
	],
	ids=["error", "half", "none", "empty", "long", "slow", "over limit"],
)
def test_no_verdict_is_never_clean(behaviour, said):
	with FakeClamd(**behaviour) as clamd, pytest.raises(scanner.ScannerError, match=said):
		scanner.scan(clamd.address, b"x" * 4_000_000, seconds=0.6)


@pytest.mark.parametrize("address", [NOBODY, "/nowhere/clamd.sock", "clamd", "host:port", "[::1]:9", ""])
def test_out_of_reach(address):
	with pytest.raises(scanner.ScannerError):
		scanner.scan(address, b"x", seconds=1)


def test_one_that_takes_nothing_in_does_not_hold_anybody():
	with (
		socket.create_server(("127.0.0.1", 0)) as deaf,
		pytest.raises(scanner.ScannerError, match="timed out"),
	):
		scanner.scan("127.0.0.1:{}".format(deaf.getsockname()[1]), b"x" * 20_000_000, seconds=0.3)


def test_the_real_clamd_finds_what_its_signature_says(tmp_path):
	if not shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin"):
		pytest.skip("no clamd: the package clamav-daemon could not be installed on this machine")
	with real_clamd(tmp_path) as address:
		assert scanner.scan(address, factories.PDF) == scanner.Verdict("Clean")
		found = scanner.scan(address, uploads.TEST_VIRUS)
		assert found.state == "Infected" and found.virus.startswith("Prova.Eicar")
		with pytest.raises(scanner.ScannerError, match="size limit"):
			scanner.scan(address, b"x" * 3_000_000)


# -- on the site


@pytest.fixture
def using(monkeypatch):
	"""`using(address)`: the site's scanner is there, from now on; None: it has none."""

	def use(address: str | None) -> None:
		monkeypatch.setitem(frappe.local.conf, scans.ADDRESS, address)
		monkeypatch.setitem(frappe.local.conf, scans.SECONDS, 1)
		frappe.flags.pop("rtc_verdicts", None)  # a request of its own

	yield use
	frappe.flags.pop("rtc_verdicts", None)


def state_of(url: str) -> str | None:
	return frappe.db.get_value(scans.DOCTYPE, {"file_url": url}, "state")


def upload_unscanned(using, content: bytes = factories.PDF):
	"""A draft with a file that came while the scanner was out of reach."""
	using(NOBODY)
	with factories.acting(APPLICANT):
		url = factories.upload("accordo.pdf", content)
	doc = factories.application(attachments=[{"document": "Accordo di partenariato", "file": url}])
	assert state_of(url) == "Waiting"
	return doc, url


def test_without_a_scanner_nothing_is_noted():
	doc = factories.application("Submitted")
	assert state_of(doc.attachments[0].file) is None and not scans.is_closed(doc.attachments[0].file)
	scans.scan_waiting()


def test_a_virus_is_refused_whatever_way_it_comes(using, as_user):
	with FakeClamd() as clamd:
		using(clamd.address)
		with pytest.raises(scans.VirusError, match="Eicar"):
			scans.refuse_infected("x.pdf", VIRUS)
		draft = factories.application()
		assert state_of(draft.attachments[0].file) == "Clean"
		attached = {"attached_to_doctype": draft.doctype, "attached_to_name": draft.name}
		file = {"doctype": "File", "file_name": "x.pdf", "content": VIRUS, "is_private": 1}
		with as_user(APPLICANT), pytest.raises(scans.VirusError):
			frappe.get_doc({**file, **attached}).insert()
		with as_user(APPLICANT):
			loose = frappe.get_doc({**file, "content": VIRUS + b"2"}).insert().file_url
			with pytest.raises(scans.VirusError):
				draft.append("attachments", {"document": "Altro", "file": loose})
				draft.save()


def test_what_was_not_scanned_is_closed_to_all_but_holds_up_no_sending(using, as_user):
	doc, url = upload_unscanned(using)
	for user in (APPLICANT, OFFICER, "Administrator"):
		with as_user(user), pytest.raises(scans.QuarantineError):
			scans.refuse_closed(url)
	fid = frappe.db.get_value("File", {"file_url": url})
	for attachment in ({"fid": fid}, {"file_url": url}):
		mail = frappe.new_doc("Email Queue").update({"attachments": frappe.as_json([attachment])})
		with pytest.raises(scans.QuarantineError):
			scans.guard_mail(mail)
	with as_user(APPLICANT):
		assert apply_workflow(doc, "Send").docstatus == 1
	assert scans.is_closed(url), "sent, and closed as before"
	scans.scan_waiting()
	assert state_of(url) == "Waiting", "out of reach as before"
	with FakeClamd() as clamd:
		using(clamd.address)
		scans.scan_waiting()
		assert state_of(url) == "Clean" and not scans.is_closed(url)
		scans.scan_waiting()
		assert clamd.asked == 1, "what is clean is not asked again"


def test_files_older_than_the_scanner_are_scanned_before_sending(using, as_user):
	with as_user(APPLICANT):
		url = factories.upload("accordo.pdf", VIRUS)
	sick = factories.application(attachments=[{"document": "Accordo di partenariato", "file": url}])
	sound = factories.application()
	with FakeClamd() as clamd:
		using(clamd.address)
		with as_user(APPLICANT), pytest.raises(scans.VirusError):
			apply_workflow(sick, "Send")
		with as_user(APPLICANT):
			assert apply_workflow(sound, "Send").docstatus == 1
	assert state_of(sound.attachments[0].file) == "Clean"


def test_a_virus_found_after_the_sending_leaves_what_was_sent_as_it_was(using, as_user):
	doc, url = upload_unscanned(using, VIRUS)
	with as_user(APPLICANT):
		sent = apply_workflow(doc, "Send")
	with FakeClamd() as clamd:
		using(clamd.address)
		scans.scan_waiting()
	assert not frappe.db.exists("File", {"file_url": url}) and scans.is_closed(url)
	doc.reload()
	assert (doc.attachments[0].file, doc.digest) == (url, sent.digest)
	assert frappe.db.exists("Comment", {"reference_name": doc.name, "content": ("like", "%virus%")})


def test_a_file_known_to_carry_a_virus_is_not_sent(using, as_user):
	doc, url = upload_unscanned(using)
	frappe.db.set_value(scans.DOCTYPE, {"file_url": url}, "state", "Infected")
	with as_user(APPLICANT), pytest.raises(scans.VirusError, match="accordo"):
		apply_workflow(doc, "Send")


def test_a_virus_found_later_is_taken_away_and_its_uploader_told(using):
	doc, url = upload_unscanned(using, VIRUS)
	with FakeClamd() as clamd:
		using(clamd.address)
		scans.scan_waiting()
	assert state_of(url) == "Infected" and not frappe.db.exists("File", {"file_url": url})
	doc.reload()
	assert not doc.attachments[0].file
	assert frappe.db.exists("Comment", {"reference_name": doc.name, "content": ("like", "%virus%")})
	[mail] = frappe.get_all("Email Queue Recipient", {"recipient": APPLICANT}, pluck="parent", limit=1)
	assert "accordo" in frappe.get_doc("Email Queue", mail).message
	using(None)
	assert scans.is_closed(url), "also where the scanner is switched off afterwards"


def test_a_file_that_went_meanwhile_is_forgotten(using):
	_doc, url = upload_unscanned(using)
	frappe.db.delete("File", {"file_url": url})
	scans.scan_waiting()
	assert state_of(url) is None


def test_the_row_goes_with_its_file(using, as_user):
	using(NOBODY)
	with as_user(APPLICANT):
		url = factories.upload("di troppo.pdf")
		scans.scan_file(frappe.get_doc("File", {"file_url": url}))
		assert state_of(url) == "Waiting"
		frappe.delete_doc("File", frappe.db.get_value("File", {"file_url": url}))
	assert state_of(url) is None


def test_the_adhesion_s_form_waits_too(using):
	using(NOBODY)
	member = factories.member()
	file = {"doctype": "File", "file_name": "m.pdf", "content": factories.PDF + b"m", "is_private": 1}
	attached = {"attached_to_doctype": member.doctype, "attached_to_name": member.name}
	form = frappe.get_doc({**file, **attached, "attached_to_field": "adhesion_form"}).insert()
	assert scans.is_closed(form.file_url)


def test_a_file_of_another_app_is_left_alone(using):
	using(NOBODY)
	note = frappe.get_doc({"doctype": "Note", "title": "Nota"}).insert()
	attached = {"attached_to_doctype": "Note", "attached_to_name": note.name}
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "n.pdf", "content": factories.PDF, "is_private": 1, **attached}
	).insert()
	assert state_of(file.file_url) is None
