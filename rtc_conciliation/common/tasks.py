"""What waits for whom today: records in a state out of which the workflow lets the reader take a step, by their terms.

Each subject names the states that are work, in a table that hooks.py names (`rtc_tasks`), and functions that list work
that no state tells; who may take the step says the workflow itself. Read with the reader's own permissions, in a number
of queries that depends on the states alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.access import states
from rtc_conciliation.access.roles import AUDITOR, DIRECTOR, MANAGER, OFFICER
from rtc_conciliation.common import clock
from rtc_conciliation.common.italian import rtc_euro
from rtc_conciliation.common.papers.plain_values import to_day
from rtc_conciliation.rules.plain_text import as_typed

HOOK = "rtc_tasks"
LATE, TODAY, WEEK, OPEN, WAITING = "late", "today", "week", "open", "waiting"
GROUPS = (LATE, TODAY, WEEK, OPEN, WAITING)
#: for who decides nothing and watches over all: what others did lately
CHANGED = "changed"
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
	#: the field with the day from which it waits
	since: str = ""
	#: somebody outside is waited for, until the term
	waits: bool = False
	#: the DocType of the record with the same name in which the work is done, if it is another
	opens: str = ""
	#: what the button says, in English: what is done there
	button: str = "Open Record"
	#: a field with euro
	amount: str = ""
	#: address of its paper, without the record's name at the end
	paper: str = ""
	#: which records of the DocType who only watches is told of, where not all: one kind says it for all its states
	told: Callable[[], dict] | None = None
	#: who it concerns, where no step of the workflow says it
	roles: frozenset[str] = frozenset()


def list_tasks() -> dict[str, list[dict]]:
	"""Group → lines as `make_task` gives them, "due" as ISO or ""; the nearest term first, groups in order."""
	today = clock.now().date()
	groups: dict[str, list[dict]] = {group: [] for group in GROUPS}
	for kind in load_kinds():
		if not can_act(kind):
			continue
		for task in list_of_kind(kind):
			groups[choose_group(task["due"], today, kind.waits)].append(task)
	for list_more in load_lists():
		for task in list_more():
			groups[choose_group(task["due"], today, False)].append(task)
	for rows in groups.values():
		rows.sort(key=lambda task: (task["due"] or date.max, task["reason"], task["title"]))
	if only_watches():
		groups[CHANGED] = list_changed()
	return {group: [to_line(task) for task in rows] for group, rows in groups.items()}


def make_task(doctype: str, name: str, title: str, reason: str, due: date | None = None, **more) -> dict:
	"""One line. `reason` and `button` come translated; `route` of the desk where it is not the record's form.

	`since`: the day from which it waits or on which it was changed, as ISO or "".
	"""
	plain = {"button": _("Open Record"), "amount": "", "paper": "", "since": "", "route": []}
	known = {"doctype": doctype, "name": name, "title": as_typed(title), "reason": reason, "due": due}
	return {**plain, **known, **more}


def load_entries() -> list:
	return [entry for path in frappe.get_hooks(HOOK) for entry in frappe.get_attr(path)]


def load_kinds() -> list[TaskKind]:
	return [entry for entry in load_entries() if isinstance(entry, TaskKind)]


def load_lists() -> list[Callable[[], list[dict]]]:
	return [entry for entry in load_entries() if not isinstance(entry, TaskKind)]


def only_watches() -> bool:
	own = set(frappe.get_roles())
	return AUDITOR in own and not own & {OFFICER, MANAGER, DIRECTOR}


def list_changed() -> list[dict]:
	"""What of the records that are work was changed in the last days, the latest first."""
	since = clock.now() - SOON
	kinds: dict[str, TaskKind] = {}
	for kind in load_kinds():
		if kind.told or kind.doctype not in kinds:
			kinds[kind.doctype] = kind
	rows = [row for kind in kinds.values() for row in list_changed_of(kind, since)]
	latest = sorted(rows, key=lambda row: row[0], reverse=True)[:MOST]
	return [task for _at, task in latest]


def list_changed_of(kind: TaskKind, since) -> list[tuple]:
	"""[(when, line)]"""
	if not frappe.has_permission(kind.doctype, "read"):
		return []
	fields = sorted({"name", "modified", states.STATE, kind.title})
	rows = frappe.get_list(
		kind.doctype,
		filters={"modified": (">", since), **(kind.told() if kind.told else {})},
		fields=fields,
		order_by="modified desc",
		limit_page_length=MOST,
	)
	return [
		(
			row.modified,
			make_task(
				kind.doctype,
				row.name,
				row.get(kind.title) or row.name,
				f"{_(kind.doctype)}: {_(row.get(states.STATE) or '')}",
				since=to_day(row.modified),
			),
		)
		for row in rows
	]


def can_act(kind: TaskKind) -> bool:
	"""Has the reader a role that takes a step out of the state, or that the kind names?"""
	if kind.roles:
		return bool(kind.roles & set(frappe.get_roles()))
	steps = states.definition(kind.doctype).transitions
	roles = {step.allowed for step in steps if step.state == kind.state}
	return bool(roles & set(frappe.get_roles()))


def list_of_kind(kind: TaskKind) -> list[dict]:
	if not frappe.has_permission(kind.doctype, "read"):
		return []
	filters = {"workflow_state": kind.state, **(kind.filters() if kind.filters else {})}
	field = kind.due if isinstance(kind.due, str) else ""
	wanted = {"name", kind.title, *kind.fields, *filter(None, (field, kind.amount, kind.since))}
	rows = frappe.get_list(
		kind.doctype, filters=filters, fields=sorted(wanted), order_by="modified asc", limit_page_length=MOST
	)
	terms = kind.due(rows) if callable(kind.due) else {}
	return [to_task(kind, row, terms.get(row.name) or row.get(field or "")) for row in rows]


def to_task(kind: TaskKind, row, due) -> dict:
	return make_task(
		kind.opens or kind.doctype,
		row.name,
		row.get(kind.title) or row.name,
		_(kind.reason),
		getdate(due) if due else None,
		button=_(kind.button),
		amount=rtc_euro(row.get(kind.amount)) if row.get(kind.amount or "") else "",
		paper=kind.paper + quote(row.name) if kind.paper else "",
		since=to_day(row.get(kind.since or "")),
	)


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
