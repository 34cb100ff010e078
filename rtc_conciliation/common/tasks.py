"""What waits for whom today: records in a state out of which the workflow lets the reader take a step, by their terms.

Each subject names the states that are work, in a table that hooks.py names (`rtc_tasks`); who may take the step says the
workflow itself. Read with the reader's own permissions, in a number of queries that depends on the states alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.access import states
from rtc_conciliation.common import clock
from rtc_conciliation.rules.plain_text import as_typed

HOOK = "rtc_tasks"
LATE, TODAY, WEEK, OPEN, WAITING = "late", "today", "week", "open", "waiting"
GROUPS = (LATE, TODAY, WEEK, OPEN, WAITING)
SOON = timedelta(days=7)
#: lines of one kind; the list shows them all
MOST = 25


@dataclass(frozen=True)
class TaskKind:
	"""Records of `doctype` in `state` are work; `reason` is its sentence, in English."""

	doctype: str
	state: str
	reason: str
	#: the field with the term, or what gives {name: date} of rows with `fields`
	due: str | Callable[[list], dict] = ""
	fields: tuple[str, ...] = ()
	title: str = "title"
	#: further filters of the list, made when it is asked
	filters: Callable[[], dict] | None = None
	#: somebody outside is waited for, until the term
	waits: bool = False
	#: the DocType of the record with the same name in which the work is done, if it is another
	opens: str = ""


def list_tasks() -> dict[str, list[dict]]:
	"""Group → [{"doctype", "name", "title", "reason", "due" (ISO or "")}], the nearest term first; groups in order."""
	today = clock.now().date()
	groups: dict[str, list[dict]] = {group: [] for group in GROUPS}
	for kind in load_kinds():
		if not can_act(kind):
			continue
		for task in list_of_kind(kind):
			groups[choose_group(task["due"], today, kind.waits)].append(task)
	for rows in groups.values():
		rows.sort(key=lambda task: (task["due"] or date.max, task["reason"], task["title"]))
	return {group: [to_line(task) for task in rows] for group, rows in groups.items()}


def load_kinds() -> list[TaskKind]:
	return [kind for path in frappe.get_hooks(HOOK) for kind in frappe.get_attr(path)]


def can_act(kind: TaskKind) -> bool:
	"""Has the reader a role that takes a step out of the state?"""
	steps = states.definition(kind.doctype).transitions
	roles = {step.allowed for step in steps if step.state == kind.state}
	return bool(roles & set(frappe.get_roles()))


def list_of_kind(kind: TaskKind) -> list[dict]:
	if not frappe.has_permission(kind.doctype, "read"):
		return []
	filters = {"workflow_state": kind.state, **(kind.filters() if kind.filters else {})}
	field = kind.due if isinstance(kind.due, str) else ""
	wanted = {"name", kind.title, *kind.fields, *([field] if field else [])}
	rows = frappe.get_list(
		kind.doctype, filters=filters, fields=sorted(wanted), order_by="modified asc", limit_page_length=MOST
	)
	terms = kind.due(rows) if callable(kind.due) else {}
	return [
		{
			"doctype": kind.opens or kind.doctype,
			"name": row.name,
			"title": as_typed(row.get(kind.title) or row.name),
			"reason": _(kind.reason),
			"due": getdate(row.get(field)) if field and row.get(field) else terms.get(row.name),
		}
		for row in rows
	]


def choose_group(due: date | None, today: date, waits: bool) -> str:
	"""Where a task stands; who is waited for is late only once the term has passed."""
	if due and due < today:
		return LATE
	if waits:
		return WAITING
	if not due:
		return OPEN
	return TODAY if due == today else WEEK if due <= today + SOON else OPEN


def to_line(task: dict) -> dict:
	return {**task, "due": task["due"].isoformat() if task["due"] else ""}
