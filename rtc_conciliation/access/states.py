"""What each workflow state allows, enforced on the server.

Core shows a Workflow's `allow_edit` in the browser only, lets `submit()` and `cancel()` by REST skip the
transition table, and compares self-approval with `owner` alone. `guard` closes these ways in; controllers
call it first of all, before any setter changes the document.
"""

import json
from collections.abc import Container

import frappe
from frappe import _
from frappe.core.doctype.version.version import get_diff
from frappe.model.workflow import get_workflow_name, is_transition_condition_satisfied
from frappe.utils import cint, escape_html

from rtc_conciliation.access import preparers

STATE = "workflow_state"


class LockedStateError(frappe.PermissionError):
	"""The record cannot be edited by this user in the state it is in."""


class TransitionError(frappe.PermissionError):
	"""There is no such step from this state for this user."""


class SelfApprovalError(frappe.PermissionError):
	"""The one who prepared a record cannot approve it."""


def guard(doc, starts_in: str | None = None) -> None:
	"""Refuse what the workflow of `doc` does not allow to the session's user.

	`starts_in` is the state of a new record that a decision of its own brings there, and not a step. Raises
	LockedStateError, TransitionError or SelfApprovalError. Call it first in `before_validate`,
	`before_update_after_submit` and `before_cancel`.
	"""
	workflow = definition(doc.doctype)
	first = workflow.states[0]
	before = doc.get_doc_before_save()
	preparers.restore_names(doc, before)
	if before is None:
		doc.set(STATE, starts_in or doc.get(STATE) or first.state)
		if starts_in:
			return
		if doc.get(STATE) != first.state or cint(doc.docstatus) != cint(first.doc_status):
			refuse_step(doc, first.state)
		return
	now, then = doc.get(STATE), before.get(STATE) or first.state
	if now == then and cint(doc.docstatus) == cint(before.docstatus):
		guard_edit(doc, workflow, then)
		preparers.record_change(doc, before)
	else:
		guard_step(doc, before, workflow, then, now)


def enters(doc, state: str) -> bool:
	"""Is `doc` about to enter `state` with this save?"""
	return doc.get(STATE) == state and doc.has_value_changed(STATE)


def guard_delete(doc) -> None:
	"""Only a record that never left its first state can be deleted."""
	stored = frappe.db.get_value(doc.doctype, doc.name, STATE)
	first = definition(doc.doctype).states[0].state
	if stored and stored != first:
		frappe.throw(
			_("{0} is in the state {1}: only a record in the state {2} can be deleted.").format(
				bold_title(doc), frappe.bold(_(stored)), frappe.bold(_(first))
			),
			LockedStateError,
			title=_("Deletion Refused"),
		)


def guard_attachment(doctype: str, name: str) -> None:
	"""Files come to a record and go from it only where its state can be edited.

	A public form attaches its file to the record that it just made: its sender may never edit it again.
	"""
	state = frappe.db.get_value(doctype, name, STATE)
	workflow = definition(doctype)
	just_made = frappe.flags.in_web_form and state == workflow.states[0].state
	if state and not just_made:
		guard_edit(frappe.get_doc(doctype, name), workflow, state)


def guard_edit(doc, workflow, state: str) -> None:
	if not may_edit(workflow, state):
		frappe.throw(
			_(
				"{0} is in the state {1} and can no longer be changed by you. Reload the page to see it as it is; "
				"if it must be corrected, write to the office."
			).format(bold_title(doc), frappe.bold(_(state))),
			LockedStateError,
			title=_("Record Locked"),
		)


def guard_step(doc, before, workflow, then: str, now: str) -> None:
	steps = [row for row in workflow.transitions if row.state == then and row.next_state == now]
	steps = [row for row in steps if row.allowed in frappe.get_roles()]
	steps = [row for row in steps if is_transition_condition_satisfied(row, before)]
	target = next((row for row in workflow.states if row.state == now), None)
	if not steps or cint(doc.docstatus) != cint(target.doc_status):
		refuse_step(doc, then)
	if not may_edit(workflow, then) and other_changes(before, doc):
		guard_edit(doc, workflow, then)
	if not any(cint(row.allow_self_approval) for row in steps):
		require_other(before, now, doc)
	elif then == workflow.states[0].state:
		preparers.record_preparer(doc.doctype, doc.name)
		if doc.meta.has_field("prepared_by"):
			doc.prepared_by = frappe.session.user
	else:
		preparers.record_change(doc, before)


def require_other(before, state: str, doc=None) -> None:
	"""Refuse to who prepared the record, or writes it with this very step as `doc`, what another person must approve."""
	user = frappe.session.user
	writes = doc is not None and user != "Administrator" and preparers.changes_content(before, doc)
	if writes or preparers.is_preparer(before, user):
		frappe.throw(
			_("You prepared {0}: another person must take the step to {1}.").format(
				bold_title(before), frappe.bold(_(state))
			),
			SelfApprovalError,
			title=_("Self-Approval Refused"),
		)


def refuse_step(doc, state: str) -> None:
	frappe.throw(
		_("{0} is in the state {1}: this step is not open to you. Use the buttons under Actions.").format(
			bold_title(doc), frappe.bold(_(state))
		),
		TransitionError,
		title=_("Step Refused"),
	)


def bold_title(doc) -> str:
	return frappe.bold(escape_html(doc.get_title() or doc.name or _(doc.doctype)))


#: core wants a role for each state; where it is this one alone the record is sealed, to System Managers too
NOBODY = "System Manager"


def may_edit(workflow, state: str) -> bool:
	allowed = {row.allow_edit for row in workflow.states if row.state == state} - {NOBODY}
	return frappe.session.user == "Administrator" or bool(allowed & set(frappe.get_roles()))


def list_actions(doctype: str, state: str, offered: Container[str]) -> list[str]:
	"""Those of `offered` that a role of the session's user takes out of `state`."""
	roles = frappe.get_roles()
	steps = [
		step for step in definition(doctype).transitions if step.state == state and step.allowed in roles
	]
	return list(dict.fromkeys(step.action for step in steps if step.action in offered))


def other_changes(before, doc, besides: frozenset[str] = frozenset({STATE})) -> bool:
	"""Does `doc` differ from what is stored in anything but the fields in `besides`?"""
	diff = get_diff(before, doc)
	if not diff:
		return False
	changed = [row for row in diff.changed if row[0] not in besides and row[0] != "docstatus"]
	return bool(changed or diff.added or diff.removed or diff.row_changed)


def definition(doctype: str):
	"""The active workflow of `doctype`; the shipped one when an administrator switched it off.

	Without this a switched-off workflow would open every record to everyone who may write.
	"""
	name = get_workflow_name(doctype)
	return frappe.get_cached_doc("Workflow", name) if name else frappe.get_doc(shipped(doctype))


def shipped(doctype: str) -> dict:
	"""The workflow as this app ships it."""
	key = frappe.scrub(doctype)
	path = frappe.get_app_path("rtc_conciliation", "rtc_conciliation", "workflow", key, f"{key}.json")
	with open(path, encoding="utf-8") as file:
		return json.load(file)
