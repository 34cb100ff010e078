"""The export of all applications of a call: asked for in the desk, made by a background job, kept for a week.

It holds what strangers wrote and attached, so it belongs to who asked: nobody else reads the record or its file.
"""

import hashlib
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import add_days, add_to_date, escape_html, get_files_path

from rtc_conciliation.common import clock, jobs, locks, notices
from rtc_conciliation.common.jobs import DONE, FAILED, QUEUED, RUNNING

DOCTYPE = "RTC Call Export"
WRITTEN_BY_THE_JOB = ("file", "finished_on", "applications", "files", "left_out", "message")
DAYS_KEPT = 7
#: a job that has not ended by then never will
HOURS = 2
SECONDS = HOURS * 3600
PIECE = 1024 * 1024


class ExportError(frappe.ValidationError):
	pass


def validate(doc) -> None:
	"""Who may export applications may export those of a call that they see, one at a time."""
	frappe.has_permission("RTC Application", "export", throw=True)
	frappe.has_permission("RTC Call", "read", doc=doc.call, throw=True)
	locks.take_turn(DOCTYPE)
	waiting = frappe.db.get_value(
		DOCTYPE,
		{
			"call": doc.call,
			"owner": frappe.session.user,
			"state": QUEUED,
			"creation": (">", add_to_date(None, hours=-HOURS)),
		},
		for_update=True,
	)
	if waiting:
		frappe.throw(
			_("An export of this call that you asked for is not finished yet. Wait for it, or delete it."),
			ExportError,
			title=_("Export Under Way"),
		)


def refuse_change() -> None:
	frappe.throw(
		_("An export is not changed: ask for another one."), ExportError, title=_("Export Not Changed")
	)


def start_later(doc) -> None:
	set_state(doc.name, QUEUED, 0)
	frappe.enqueue(
		"rtc_conciliation.calls.exports.run",
		queue="long",
		timeout=SECONDS,
		enqueue_after_commit=True,
		export=doc.name,
	)


def get_progress(export: str) -> dict:
	"""{"state", "progress", "taken"} of an export of one's own, also where the site has no live connection.

	`taken` is False where no worker would begin it."""
	doc = frappe.get_doc(DOCTYPE, export)
	doc.check_permission("read")
	return {
		"state": doc.state,
		"progress": doc.progress,
		**jobs.get_progress(DOCTYPE, export),
		"taken": jobs.is_taken(),
	}


def run(export: str) -> None:
	"""The job, as the user who asked: what they may not read is not in it."""
	from rtc_conciliation.calls import export_files

	doc = frappe.get_doc(DOCTYPE, export)
	target = Path(get_files_path(f"rtc-export-{doc.name}.zip", is_private=1))
	frappe.db.savepoint("export")
	try:
		made = export_files.write(
			doc.call, target, bool(doc.with_files), lambda percent: set_state(doc.name, RUNNING, percent)
		)
		values = {**made, "file": keep_file(doc, target), "state": DONE, "progress": 100, "message": None}
	except Exception:  # noqa: BLE001 (the state says it, whatever it was)
		frappe.db.rollback(save_point="export")
		target.unlink(missing_ok=True)
		frappe.log_error(title=f"{DOCTYPE} {doc.name} failed")
		values = {
			"state": FAILED,
			"message": _("It failed; the error is in the Error Log. Ask for it again."),
		}
	# Not by saving: nobody changes an export, its job reports how it ended.
	doc.db_set({**values, "finished_on": clock.now()})
	set_state(doc.name, values["state"], 100)
	notify(doc, values["state"])


def keep_file(doc, target: Path) -> str:
	"""The private file of who asked; its address."""
	digest = hashlib.md5(usedforsecurity=False)  # as core names contents
	with target.open("rb") as content:
		while piece := content.read(PIECE):
			digest.update(piece)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": target.name,
			"file_url": f"/private/files/{target.name}",
			"is_private": 1,
			"folder": "Home/Attachments",
			"attached_to_doctype": DOCTYPE,
			"attached_to_name": doc.name,
			"attached_to_field": "file",
			"file_size": target.stat().st_size,
			"content_hash": digest.hexdigest(),
			"owner": doc.owner,
		}
	)
	file.set_new_name()
	file.db_insert()  # core's insert would read the whole archive into memory
	return file.file_url


def notify(doc, state: str) -> None:
	said = _("Export ready: {0}") if state == DONE else _("Export failed: {0}")
	title = frappe.bold(escape_html(frappe.get_cached_value("RTC Call", doc.call, "title")))
	notices.notify_users([doc.owner], DOCTYPE, doc.name, said.format(title))


def set_state(export: str, state: str, percent: int) -> None:
	"""To the form by the live connection, and to the cache for who has none."""
	jobs.set_progress(DOCTYPE, export, state, SECONDS, progress=percent)
	frappe.publish_progress(percent, title=_("Export"), doctype=DOCTYPE, docname=export)


# -- the end


def clear_old() -> None:
	"""Daily: exports go after a week, with their files."""
	before = add_days(clock.now().date(), -DAYS_KEPT)
	for name in frappe.get_all(DOCTYPE, {"creation": ("<", before)}, pluck="name"):
		frappe.delete_doc(DOCTYPE, name, force=True)
