"""What takes longer than a request: a real worker approves a ranking and makes an export, and tells how it ended."""

import io
import time
import zipfile

import frappe
import pytest
from openpyxl import load_workbook

from devsite.testing import working
from rtc_conciliation.access import states
from rtc_conciliation.awards import approval, approval_job, compute
from rtc_conciliation.calls import exports
from rtc_conciliation.common import jobs
from tests.site import evaluated, factories
from tests.site.factories import APPLICANT, DIRECTOR, MANAGER, OFFICER, acting
from tests.site.http import Client, committed_rows

APPROVE, PROGRESS = (
	f"rtc_conciliation.awards.api.{name}" for name in ("approve_ranking", "get_approval_progress")
)


@pytest.fixture
def forgotten():
	"""How far an approval is stands in Redis, which is not rolled back."""
	yield
	frappe.cache.delete_keys("rtc_job")


def with_act(call: str):
	doc = evaluated.proposed(call)
	with acting(DIRECTOR):
		doc = frappe.get_doc(doc.doctype, doc.name)
		return doc.update({"act_number": "44/2026", "act_date": "2026-04-10"}).save()


@pytest.fixture
def proposed(forgotten):
	call = evaluated.closed_call()
	evaluated.evaluate(call, [{}, {}, {"marks": [(20, 20)] * 3}])
	return with_act(call)


def test_a_worker_approves_and_exports(site, base_url, monkeypatch, forgotten):
	monkeypatch.undo()  # what server and worker shall see must be committed
	with committed_rows():
		call = evaluated.closed_call("LUNGA")
		names = evaluated.evaluate(call, [{}, {}, {"marks": [(20, 20)] * 3}])
		doc = with_act(call)
		frappe.db.commit()
		director, officer = Client(base_url, DIRECTOR), Client(base_url, OFFICER)
		with working():
			assert director.call(APPROVE, ranking=doc.name).status_code == 200
			made = officer.post("/api/resource/RTC Call Export", call=call, with_files=0).json()["data"][
				"name"
			]
			assert ended(director, PROGRESS, ranking=doc.name) == {
				"state": "Done",
				"message": "",
				"taken": True,
			}
			assert (
				ended(officer, "rtc_conciliation.calls.api.get_export_progress", export=made)["state"]
				== "Done"
			)
			assert heard(doc.name, made) == sorted([DIRECTOR, OFFICER])
		frappe.db.rollback()
		doc.reload()
		assert (doc.workflow_state, doc.approved_by) == ("Approved", DIRECTOR) and doc.digest and doc.pdf_file
		assert evaluated.states_of(names) == ["Funded", "Funded", "Below Threshold"]
		assert frappe.db.count("RTC Transparency Entry", {"ranking": doc.name}) == 2
		address = frappe.db.get_value(exports.DOCTYPE, made, "file")
		assert Client(base_url, MANAGER).get(address).status_code == 403
		with zipfile.ZipFile(io.BytesIO(officer.get(address).content)) as archive:
			sheet = load_workbook(io.BytesIO(archive.read("domande.xlsx")))["Domande"]
		assert sheet.max_row == len(names) + 1
		for name in frappe.get_all("File", {"attached_to_name": ("in", (doc.name, made))}, pluck="name"):
			frappe.delete_doc("File", name, force=True)


def heard(*names: str) -> list[str]:
	"""Who got a notification of each of these; core writes them in jobs of their own."""
	deadline, told = time.monotonic() + 20, []
	while len(told) < len(names) and time.monotonic() < deadline:
		time.sleep(0.2)
		frappe.db.rollback()
		told = frappe.get_all("Notification Log", {"document_name": ("in", names)}, pluck="for_user")
	return sorted(told)


def ended(client, method: str, **of) -> dict:
	deadline = time.monotonic() + 60
	while time.monotonic() < deadline:
		at = client.get(f"/api/method/{method}", **of).json()["message"]
		if at["state"] in ("Done", "Failed"):
			return at
		time.sleep(0.2)
	raise AssertionError(f"not ended: {at}")


def test_what_forbids_it_is_refused_at_once(proposed):
	with acting(DIRECTOR):
		doc = frappe.get_doc(proposed.doctype, proposed.name)
		doc.update({"act_number": None}).save()
		with pytest.raises(frappe.ValidationError, match="atto"):
			approval_job.approve_ranking(doc.name)
		assert approval_job.get_state(doc.name)["state"] == ""
	for user, error in (
		(OFFICER, states.TransitionError),
		(MANAGER, states.TransitionError),
		(APPLICANT, frappe.PermissionError),
		("Guest", frappe.PermissionError),
	):
		with acting(user), pytest.raises(error):
			approval_job.approve_ranking(doc.name)
	with acting(APPLICANT), pytest.raises(frappe.PermissionError):
		approval_job.get_progress(doc.name)


def test_one_at_a_time(proposed, monkeypatch):
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **options: asked.append((method, options)))
	with acting(DIRECTOR):
		approval_job.approve_ranking(proposed.name)
		with pytest.raises(approval_job.UnderWayError):
			approval_job.approve_ranking(proposed.name)
	((method, _options),) = asked
	assert frappe.get_attr(method) is approval_job.run


@pytest.mark.parametrize(
	("error", "said"),
	[(compute.ChangedError("È <b>cambiata</b>"), "È cambiata"), (RuntimeError("x"), "Error Log")],
)
def test_a_failure_changes_nothing(proposed, monkeypatch, error, said):
	def fail(doc, row):
		raise error

	undone = []
	with monkeypatch.context() as patched, acting(DIRECTOR):
		patched.setattr(approval, "decide_application", fail)
		patched.setattr(frappe.db, "rollback", lambda **options: undone.append(options))
		approval_job.run(proposed.name)
	assert undone == [{}], "the whole transaction"
	at = approval_job.get_state(proposed.name)
	assert at["state"] == "Failed" and (said in at["message"] or "registro degli errori" in at["message"])
	assert bool(frappe.db.exists("Error Log", {"method": ("like", f"%{proposed.name}%")})) is isinstance(
		error, RuntimeError
	)


def test_no_worker_is_told(proposed, monkeypatch):
	monkeypatch.setattr(jobs, "get_workers", lambda queue: [])
	with acting(DIRECTOR):
		assert approval_job.get_progress(proposed.name) == {"state": "", "message": "", "taken": False}
