"""Who may sit in a panel, what its form shows of the evaluation, and what follows from a conflict."""

import frappe
from frappe import _
from frappe.utils import escape_html

from rtc_conciliation.access import duties
from rtc_conciliation.access.roles import EVALUATOR
from rtc_conciliation.documents import panel_progress
from rtc_conciliation.records import clock, conflict_links, notices
from rtc_conciliation.rules import Finding, RowRef
from rtc_conciliation.rules import panel as rules


def check_persons(panel, rows: list) -> list[Finding]:
	"""Who of `rows` cannot sit: without the role, or with a hand in an application of the call."""
	users = [row.user for row in rows if row.user]
	barred = {**in_applications(panel.call, users), **without_role(users)}
	return [
		rules.INVOLVED(
			RowRef(rules.MEMBERS, row.idx), field="user", person=row.person or row.user, why=barred[row.user]
		)
		for row in rows
		if row.user in barred
	]


def without_role(users: list[str]) -> dict[str, str]:
	among = {"name": ("in", users or [""]), "enabled": 1, "user_type": "System User"}
	known = set(frappe.get_all("User", among, pluck="name"))
	held = {"parent": ("in", users or [""]), "parenttype": "User", "role": EVALUATOR}
	known &= set(frappe.get_all("Has Role", held, pluck="parent"))
	why = _("has not the role {0}, which an administrator gives to a user of the desk").format(_(EVALUATOR))
	return {user: why for user in users if user not in known}


def in_applications(call: str, users: list[str]) -> dict[str, str]:
	"""User → what he did in a sent application of the call: wrote it, or checked it for the office."""
	filters = {"call": call, "docstatus": 1}
	rows = frappe.get_all(
		duties.APPLICATION, filters, ["name", "owner", "applicant", "sent_by"], limit_page_length=0
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
	if not panel.get_doc_before_save() or panel.workflow_state != duties.APPOINTED:
		return
	free: dict[str, list] = {}
	for row in frappe.get_all(
		duties.DECLARATION,
		{"panel": panel.name, "declaration": duties.NO_CONFLICT},
		["name", "evaluator", "application"],
		limit_page_length=0,
	):
		free.setdefault(row.evaluator, []).append(row)
	for user, rows in free.items():
		told = conflict_links.found(user, panel.name, [row.application for row in rows])
		for row in rows:
			if row.application in told:
				found_in_conflict(row.name, told[row.application])


def found_in_conflict(name: str, why: str) -> None:
	doc = frappe.get_doc(duties.DECLARATION, name)
	# the office finds it, whose roles write no declaration: the evaluator's own words stay, what was found is added
	doc.db_set({"declaration": duties.CONFLICT, "detected": why, "conflict_since": clock.now()})
	doc.add_comment("Info", _("Found in conflict: {0}").format(escape_html(why)))
	tell_conflict(doc)


def tell_conflict(declaration) -> None:
	"""The office hears of a conflict; what it undoes stands in the panel's history, for the next minutes."""
	review = frappe.db.get_value(
		duties.REVIEW,
		{
			"application": declaration.application,
			"evaluator": declaration.evaluator,
			"kind": "Individual",
			"workflow_state": duties.SUBMITTED,
		},
	)
	text = _("{0} has a conflict with {1}.").format(
		frappe.bold(escape_html(frappe.utils.get_fullname(declaration.evaluator))), declaration.application
	)
	if review:
		text += " " + _("The review {0}, submitted before, is not counted: tell it in the minutes.").format(
			review
		)
	frappe.get_doc(duties.PANEL, declaration.panel).add_comment("Info", text)
	notices.notify(duties.PANEL, declaration.panel, text)


def progress_html(panel) -> str:
	"""Where each application stands, of those that the reader may see; no mark that is not submitted."""
	return panel_progress.html(panel)
