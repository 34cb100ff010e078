"""The approval of a long ranking as a background job, in one transaction still: all of it happens or nothing.

Every application is saved with all its checks and the PDF is made: with some hundreds that is more than a request has.
"""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow, get_transitions
from frappe.utils import escape_html, strip_html

from rtc_conciliation.access import states
from rtc_conciliation.awards import approval
from rtc_conciliation.awards.compute import DOCTYPE
from rtc_conciliation.common import jobs, notices
from rtc_conciliation.common.jobs import DONE, FAILED, QUEUED, RUNNING, UNDER_WAY

APPROVE, APPROVED = "Approve", "Approved"
#: entries from which the desk approves in the background
MANY = 40
SECONDS = 1800
#: what the job may meet that the Director can mend
REFUSALS = (frappe.ValidationError, frappe.PermissionError)


class UnderWayError(frappe.ValidationError):
	"""The ranking is being approved already."""


def approve_ranking(ranking: str) -> None:
	"""Approve a proposed ranking in the background, as who asks; what forbids it is refused at once."""
	doc = frappe.get_doc(DOCTYPE, ranking)
	doc.check_permission("read")
	if not any(row.action == APPROVE for row in get_transitions(doc)):
		states.refuse_step(doc, doc.get(states.STATE))
	states.require_other(doc, APPROVED)
	if get_state(doc.name)["state"] in UNDER_WAY:
		frappe.throw(
			_("The ranking is being approved already: wait for the end."),
			UnderWayError,
			title=_("Approval Under Way"),
		)
	approval.require_ready(doc)
	set_state(doc.name, QUEUED)
	# at once: nothing is written here, and core commits no request that writes nothing
	frappe.enqueue(
		"rtc_conciliation.awards.approval_job.run", queue="long", timeout=SECONDS, ranking=doc.name
	)


def run(ranking: str) -> None:
	"""The job, with the permissions of who asked for it."""
	set_state(ranking, RUNNING)
	try:
		apply_workflow(frappe.get_doc(DOCTYPE, ranking), APPROVE)
	except Exception as error:  # noqa: BLE001 (the state says it, whatever it was)
		frappe.db.rollback()  # all of it, and with it the mails that would have followed
		refused = isinstance(error, REFUSALS)
		if not refused:
			frappe.log_error(title=f"{DOCTYPE} {ranking}: approval failed")
		said = strip_html(str(error)) if refused else _("The error is in the Error Log.")
		set_state(ranking, FAILED, said)
		notify(ranking, _("Not approved, nothing has changed: {0}"))
		return
	frappe.db.after_commit.add(lambda: set_state(ranking, DONE))
	notify(ranking, _("Ranking approved: {0}"))


def notify(ranking: str, text: str) -> None:
	title = frappe.bold(escape_html(frappe.db.get_value(DOCTYPE, ranking, "title") or ranking))
	notices.notify_users([frappe.session.user], DOCTYPE, ranking, text.format(title))


def get_progress(ranking: str) -> dict:
	"""{"state", "message", "taken"}: how far the approval is; `taken` False where no worker would begin it."""
	frappe.get_doc(DOCTYPE, ranking).check_permission("read")
	return {**get_state(ranking), "taken": jobs.is_taken()}


def get_state(ranking: str) -> dict:
	"""{"state", "message"}; the state is "" where nobody asked."""
	return jobs.get_progress(DOCTYPE, ranking) or {"state": "", "message": ""}


def set_state(ranking: str, state: str, message: str = "") -> None:
	jobs.set_progress(DOCTYPE, ranking, state, SECONDS, message=message)
