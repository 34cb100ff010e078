"""The export of a call's applications: complete, safe to unpack and to open, of who asked for it alone."""

import io
import zipfile
from decimal import Decimal

import frappe
import pytest
from openpyxl import load_workbook

from rtc_conciliation.calls import export_files, exports
from rtc_conciliation.common import clock
from tests.site.awards.ranked_call import FORMULA
from tests.site.factories import (
	APPLICANT,
	AUDITOR,
	DIRECTOR,
	EVALUATOR,
	MANAGER,
	OFFICER,
	SECOND_OFFICER,
	acting,
)

DOCTYPE = exports.DOCTYPE


@pytest.fixture
def made(ranked_call, monkeypatch):
	"""An export as its job makes it; the job itself, and not the queue, is under test."""
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **kwargs: asked.append((method, kwargs)))
	url = frappe.db.get_value("RTC Application Attachment", {"parent": ranked_call.person}, "file")
	scan = {
		"doctype": "RTC File Scan",
		"file_name": "x",
		"file_url": url,
		"state": "Infected",
		"sha256": "0" * 64,
	}
	frappe.get_doc(scan).db_insert()
	frappe.db.set_value(
		"File", {"file_url": file_of(ranked_call.body)}, "file_name", "..è un «file» con=nomi.pdf"
	)
	with acting(OFFICER):
		doc = frappe.get_doc({"doctype": DOCTYPE, "call": ranked_call.call}).insert()
		((method, options),) = asked
		assert options["enqueue_after_commit"] and options["queue"] == "long"
		with pytest.raises(exports.ExportError):
			frappe.get_doc({"doctype": DOCTYPE, "call": ranked_call.call}).insert()
		frappe.get_attr(method)(options["export"])
	doc.reload()
	assert doc.state == "Done", frappe.get_last_doc("Error Log").error
	yield doc
	frappe.delete_doc("File", frappe.db.get_value("File", {"attached_to_name": doc.name}), force=True)


def file_of(application: str) -> str:
	return frappe.db.get_value("RTC Application Attachment", {"parent": application}, "file")


def opened(doc) -> zipfile.ZipFile:
	file = frappe.get_last_doc("File", {"attached_to_doctype": DOCTYPE, "attached_to_name": doc.name})
	assert file.is_private and file.owner == OFFICER and file.file_url == doc.file
	with open(file.get_full_path(), "rb") as content:
		return zipfile.ZipFile(io.BytesIO(content.read()))


def test_what_is_in_it(made, ranked_call):
	assert (made.state, made.applications, made.files, made.left_out) == ("Done", 5, 4, 1)
	archive = opened(made)
	assert archive.testzip() is None
	names = archive.namelist()
	assert len(names) == len(set(names)) == 6
	for name in names:
		assert (
			not name.startswith("/") and ".." not in name.split("/") and "\\" not in name and "=" not in name
		)
	assert f"{ranked_call.body}/01 è un _file_ con_nomi.pdf" in names
	book = load_workbook(io.BytesIO(archive.read("domande.xlsx")))
	sheet = book["Domande"]
	heads = [cell.value for cell in sheet[1]]
	rows = {
		row[0]: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)
	}
	assert set(rows) == {ranked_call[key] for key in ("body", "person", "waiting", "below", "refused")}
	person = rows[ranked_call.person]
	assert person["Titolo del progetto"] == f"'{FORMULA}", "a text, and as it was typed"
	assert Decimal(str(person["Contributo concesso"])) == 70000 and person["Stato"] == "Finanziata"
	assert not {"Content as Sent", "Findings Data"} & set(heads)
	costs = list(book["Costi"].iter_rows(min_row=2, values_only=True))
	assert len(costs) == 10 and {row[0] for row in costs} == set(rows)
	assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
	left = list(
		load_workbook(io.BytesIO(archive.read("file-esclusi.xlsx"))).active.iter_rows(
			min_row=2, values_only=True
		)
	)
	assert [row[0] for row in left] == [ranked_call.person]


def test_it_is_of_who_asked(made, ranked_call):
	for user in (SECOND_OFFICER, MANAGER, DIRECTOR, AUDITOR, EVALUATOR, APPLICANT):
		with acting(user):
			assert not frappe.get_doc(DOCTYPE, made.name).has_permission("read"), user
			assert made.name not in (
				frappe.get_list(DOCTYPE, pluck="name") if user not in (EVALUATOR, APPLICANT) else ()
			)
			assert not frappe.get_last_doc("File", {"attached_to_name": made.name}).has_permission("read"), (
				user
			)
			with pytest.raises(frappe.PermissionError):
				exports.get_progress(made.name)
	with acting(OFFICER):
		told = exports.get_progress(made.name)
		assert (told["state"], told["progress"]) == ("Done", 100)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(DOCTYPE, made.name).update({"message": "x"}).save()
	with pytest.raises(exports.ExportError):
		frappe.get_doc(DOCTYPE, made.name).update({"message": "x"}).save()


def test_who_may_ask(ranked_call, monkeypatch):
	monkeypatch.setattr(frappe, "enqueue", lambda *args, **kwargs: None)
	for user in (EVALUATOR, APPLICANT):
		with acting(user), pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": DOCTYPE, "call": ranked_call.call}).insert()
	with acting(AUDITOR):
		doc = frappe.get_doc(
			{"doctype": DOCTYPE, "call": ranked_call.call, "state": "Done", "file": "/files/x"}
		).insert()
	assert doc.state == "Queued" and not doc.file


def test_a_failure_is_told_and_leaves_nothing(ranked_call, monkeypatch):
	monkeypatch.setattr(frappe, "enqueue", lambda *args, **kwargs: None)
	monkeypatch.setattr(export_files, "add_files", lambda archive, name: 1 / 0)
	with acting(OFFICER):
		doc = frappe.get_doc({"doctype": DOCTYPE, "call": ranked_call.call}).insert()
		exports.run(doc.name)
	doc.reload()
	assert doc.state == "Failed" and doc.message and not doc.file
	assert not frappe.db.exists("File", {"attached_to_name": doc.name})


def test_old_ones_go_with_their_file(made):
	path = frappe.get_last_doc("File", {"attached_to_name": made.name}).get_full_path()
	exports.clear_old()
	assert frappe.db.exists(DOCTYPE, made.name)
	frappe.db.set_value(DOCTYPE, made.name, "creation", frappe.utils.add_days(clock.now(), -8))
	exports.clear_old()
	assert not frappe.db.exists(DOCTYPE, made.name)
	assert not frappe.db.exists("File", {"file_url": made.file}), path


@pytest.mark.parametrize(
	"name, expected",
	[
		("../../etc/passwd", "passwd"),
		("C:\\temp\\a.pdf", "a.pdf"),
		("è il <b>nome.pdf", "è il _b_nome.pdf"),
		("...", "file"),
		("=1+1.pdf", "_1_1.pdf"),
		("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
		("senza", "senza"),
	],
)
def test_names_that_are_safe(name, expected):
	assert export_files.safe(name) == expected
