"""Who may sit in a panel, what its form shows of the evaluation, and what follows from a conflict."""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access import conflict_links, panel_assignments
from rtc_conciliation.access.roles import EVALUATOR
from rtc_conciliation.common import clock, notices
from rtc_conciliation.evaluation import panel_progress
from rtc_conciliation.rules import Finding, RowRef
from rtc_conciliation.rules.evaluation import panel as rules


def check_persons(panel, rows: list) -> list[Finding]:
	"""Who of `rows` cannot sit: without the role, or with a hand in an application of the call."""
	users = [row.user for row in rows if row.user]
	barred = {**list_involved(panel.call, users), **list_without_role(users)}
	return [
		rules.INVOLVED(
			RowRef(rules.MEMBERS, row.idx), field="user", person=row.person or row.user, why=barred[row.user]
		)
		for row in rows
		if row.user in barred
	]


def list_without_role(users: list[str]) -> dict[str, str]:
	among = {"name": ("in", users or [""]), "enabled": 1, "user_type": "System User"}
	known = set(frappe.get_all("User", among, pluck="name"))
	held = {"parent": ("in", users or [""]), "parenttype": "User", "role": EVALUATOR}
	known &= set(frappe.get_all("Has Role", held, pluck="parent"))
	why = _("has not the role {0}, which an administrator gives to a user of the desk").format(_(EVALUATOR))
	return {user: why for user in users if user not in known}


def list_involved(call: str, users: list[str]) -> dict[str, str]:
	"""User → what they did in a sent application of the call: wrote it, or checked it for the office."""
	filters = {"call": call, "docstatus": 1}
	rows = frappe.get_all(
		panel_assignments.APPLICATION, filters, ["name", "owner", "applicant", "sent_by"], limit_page_length=0
	)
	names = [row.name for row in rows] or [""]
	wrote = {person for row in rows for person in (row.owner, row.applicant, row.sent_by)}
	wrote |= set(
		frappe.get_all(
			"RTC Application Colleague",
			{"application": ("in", names), "accepted_on": ("is", "set"), "user": ("in", users or [""])},
			pluck="user",
		)
	)
	checked = set(
		frappe.get_all(
			"RTC Formal Check Item",
			{"parent": ("in", names), "answered_by": ("in", users or [""])},
			pluck="answered_by",
			distinct=True,
		)
	)
	return {
		**{user: _("answered the formal check of an application") for user in users if user in checked},
		**{user: _("wrote or sent an application of this call") for user in users if user in wrote},
	}


def look_for_links(panel) -> None:
	"""After a change of the seats: who declared no conflict and is now found in one is shut out from here on."""
	if not panel.get_doc_before_save() or panel.workflow_state != panel_assignments.APPOINTED:
		return
	free: dict[str, list] = {}
	for row in frappe.get_all(
		panel_assignments.DECLARATION,
		{"panel": panel.name, "declaration": panel_assignments.NO_CONFLICT},
		["name", "evaluator", "application"],
		limit_page_length=0,
	):
		free.setdefault(row.evaluator, []).append(row)
	for user, rows in free.items():
		told = conflict_links.find_links(user, panel.name, [row.application for row in rows])
		for row in rows:
			if row.application in told:
				record_found_conflict(row.name, told[row.application])


def record_found_conflict(name: str, why: str) -> None:
	doc = frappe.get_doc(panel_assignments.DECLARATION, name)
	# the office finds it, whose roles write no declaration: the evaluator's own words stay, what was found is added
	doc.db_set({"declaration": panel_assignments.CONFLICT, "detected": why, "conflict_since": clock.now()})
	doc.add_comment("Info", _("Found in conflict: {0}").format(escape_html(why)))
	notify_of_conflict(doc)


def notify_of_conflict(declaration) -> None:
	"""The office hears of a conflict; what it undoes stands in the panel's history, for the next minutes."""
	review = frappe.db.get_value(
		panel_assignments.REVIEW,
		{
			"application": declaration.application,
			"evaluator": declaration.evaluator,
			"kind": "Individual",
			"workflow_state": panel_assignments.SUBMITTED,
		},
	)
	text = _("{0} has a conflict with {1}.").format(
		frappe.bold(escape_html(frappe.utils.get_fullname(declaration.evaluator))), declaration.application
	)
	if review:
		text += " " + _("The review {0}, submitted before, is not counted: tell it in the minutes.").format(
			review
		)
	frappe.get_doc(panel_assignments.PANEL, declaration.panel).add_comment("Info", text)
	notices.notify(panel_assignments.PANEL, declaration.panel, text)


def render_progress(panel) -> str:
	"""Where each application stands, of those that the reader may see; no mark that is not submitted."""
	return panel_progress.render_progress(panel)
