"""What a member of the panel does from their desk: sees what is theirs, declares, opens a review."""

import json

import frappe
from frappe import _

from rtc_conciliation.access import conflict_links, panel_assignments
from rtc_conciliation.access.fields import allow
from rtc_conciliation.common import locks
from rtc_conciliation.common.inputs import require
from rtc_conciliation.evaluation import scores as evaluation
from rtc_conciliation.rules.evaluation import scoring
from rtc_conciliation.rules.values import to_key


class NothingAskedError(frappe.PermissionError):
	pass


class UnknownChoiceError(frappe.ValidationError):
	pass


def get_desk() -> dict:
	"""What the session's user has to do in the panels they sit in, and how far those are that they may follow.

	{"calls": [as `describe_call` gives them], "panels": [{"name", "title", "applications", "complete", "flagged"}]}.
	"""
	frappe.has_permission(panel_assignments.DECLARATION, "read", throw=True)
	return {
		"calls": [describe_call(call) for call in list_calls(frappe.session.user)],
		"panels": list_followed(),
	}


def list_calls(user: str) -> list[str]:
	"""The calls in whose appointed panel `user` has a seat, the newest first."""
	filters = {
		"name": ("in", panel_assignments.get_panels(user) or [""]),
		"workflow_state": panel_assignments.APPOINTED,
	}
	return frappe.get_all(panel_assignments.PANEL, filters, pluck="call", order_by="act_date desc, name desc")


def describe_call(name: str) -> dict:
	"""{"call", "title", "hidden", "to_declare": [...], "bodies": [...], "rows": [...], "over"} for the session's user.

	`to_declare`: [{"application", "title", "bodies"}]; where the call hides the applicants it has neither title nor
	bodies, and `bodies` are the names of all bodies in no order that tells which application is whose. `rows`:
	[{"application", "title", "review", "state", "total", "given", "marks", "consensus"}]. `over`: how many they have submitted
	of applications that are not under evaluation any more.
	"""
	user, found, call = (
		frappe.session.user,
		panel_assignments.get_evaluation(name),
		frappe.get_cached_doc("RTC Call", name),
	)
	asked = [one for one in found.applications if found.is_asked(one, user)]
	mine = [one for one in found.applications if found.may_read(one, user)]
	hidden = bool(call.hide_applicants)
	bodies = get_bodies(asked)
	titles = {} if hidden else get_titles([*asked, *mine])
	given = count_marks(
		[row.name for one in mine for row in found.reviews.get(one, ()) if row.evaluator == user]
	)
	return {
		"call": name,
		"title": call.title,
		"hidden": hidden,
		"office": next((seat.office for seat in found.seats if seat.user == user), ""),
		"to_declare": [
			{"application": one, "title": titles.get(one, ""), "bodies": [] if hidden else bodies[one]}
			for one in asked
		],
		"bodies": join_bodies(bodies) if hidden else [],
		"rows": [make_row(found, one, titles, given, call) for one in mine],
		"over": list_submitted(found, user),
		"marks": sum(row.kind != scoring.COMPUTED for row in call.criteria),
		"most": sum(row.max_score for row in call.criteria),
	}


def list_submitted(found: panel_assignments.Evaluation, user: str) -> int:
	rows = [row for name, many in found.reviews.items() if name not in found.applications for row in many]
	return sum(row.evaluator == user and row.workflow_state == panel_assignments.SUBMITTED for row in rows)


def make_row(found: panel_assignments.Evaluation, application: str, titles: dict, given: dict, call) -> dict:
	user = frappe.session.user
	own = next((row for row in found.individual(application) if row.evaluator == user), None)
	agreed = found.consensus(application)
	writes = call.evaluation_method == scoring.CONSENSUS and found.writer(application) == user
	return {
		"application": application,
		"title": titles.get(application, ""),
		"review": own and own.name,
		"state": own.workflow_state if own else "",
		"total": own.total if own else 0,
		"given": given.get(own.name, 0) if own else 0,
		"writes": writes,
		"consensus": agreed.name if agreed and agreed.evaluator == user else None,
		"consensus_state": agreed.workflow_state if agreed and writes else "",
	}


def get_bodies(applications: list[str]) -> dict[str, list[str]]:
	"""Application → names of its lead and partners, the lead first; all that is read before a declaration."""
	found: dict[str, list[str]] = {name: [] for name in applications}
	rows = frappe.get_all(
		"RTC Application Partner",
		{"parent": ("in", applications or [""]), "parenttype": panel_assignments.APPLICATION},
		["parent", "organisation_name", "role"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	for row in sorted(rows, key=lambda row: row.role != "Lead"):
		found[row.parent].append(row.organisation_name or "")
	return found


def join_bodies(bodies: dict[str, list[str]]) -> list[str]:
	names = {to_key(name): name for many in bodies.values() for name in many if name}
	return sorted(names.values(), key=to_key)


def get_titles(applications: list[str]) -> dict[str, str]:
	filters = {"name": ("in", applications or [""])}
	return dict(frappe.get_all(panel_assignments.APPLICATION, filters, ["name", "title"], as_list=True))


def count_marks(reviews: list[str]) -> dict[str, int]:
	"""Review → marks given by hand so far."""
	rows = frappe.get_all(
		evaluation.SCORE,
		{"parent": ("in", reviews or [""]), "kind": ("!=", scoring.COMPUTED), "score": ("is", "set")},
		["parent"],
		limit_page_length=0,
	)
	found: dict[str, int] = {}
	for row in rows:
		found[row.parent] = found.get(row.parent, 0) + 1
	return found


def list_followed() -> list[dict]:
	"""How far the appointed panels are, for the office; a member does not follow their own this way."""
	if not frappe.has_permission(panel_assignments.PANEL, "read"):
		return []
	rows = frappe.get_list(
		panel_assignments.PANEL,
		{"workflow_state": panel_assignments.APPOINTED},
		["name", "call", "call_title"],
		order_by="act_date desc",
	)
	own = set(list_calls(frappe.session.user))
	return [get_progress(row) for row in rows if row.call not in own]


def get_progress(panel) -> dict:
	scores = evaluation.get_final_scores(panel.call).values()
	return {
		"name": panel.name,
		"title": panel.call_title,
		"applications": len(scores),
		"complete": sum(row["complete"] for row in scores),
		"flagged": sum(row["flagged"] for row in scores),
	}


def declare(call: str, conflicts: str = "[]", reason: str = "") -> dict:
	"""The declarations of the session's user on every application of `call` that waits for theirs.

	`conflicts`: JSON list of the applications with which they have a conflict, of the bodies where the call hides the
	applicants; with all others they declare to have none. Gives {"free", "conflicts", "found"}: how many they may read, how
	many they declared in conflict, how many the records tell besides.
	"""
	frappe.has_permission(panel_assignments.DECLARATION, "create", throw=True)
	locks.hold("RTC Call", call)
	found = panel_assignments.get_evaluation(call)
	asked = [one for one in found.applications if found.is_asked(one, frappe.session.user)]
	if not asked:
		frappe.throw(
			_("No declaration of yours is asked for in this call."),
			NothingAskedError,
			title=_("Declaration Refused"),
		)
	closed = choose_applications(
		asked, parse_list(conflicts), bool(frappe.get_cached_value("RTC Call", call, "hide_applicants"))
	)
	links = conflict_links.find_links(frappe.session.user, found.panel, asked)
	for application in asked:
		doc = frappe.get_doc({"doctype": panel_assignments.DECLARATION, "application": application})
		doc.declaration = (
			panel_assignments.CONFLICT if application in closed else panel_assignments.NO_CONFLICT
		)
		doc.reason = reason if application in closed else None
		doc.flags.update({"evaluation": found, "links": links})
		doc.insert()
	shut = closed | set(links)
	return {"free": len(asked) - len(shut), "conflicts": len(closed), "found": len(shut - closed)}


def parse_list(text: str) -> set[str]:
	try:
		found = json.loads(text or "[]")
	except (ValueError, RecursionError):
		found = None
	if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
		frappe.throw(_("The choices could not be read. Reload the page."), UnknownChoiceError)
	return set(found)


def choose_applications(asked: list[str], given: set[str], hidden: bool) -> set[str]:
	"""The applications among `asked` that `given` names, by body where names are hidden; refuses what names none."""
	by_choice: dict[str, set[str]] = {}
	for application, names in get_bodies(asked).items() if hidden else ((one, [one]) for one in asked):
		for name in names:
			by_choice.setdefault(to_key(name), set()).add(application)
	if unknown := [one for one in given if to_key(one) not in by_choice]:
		frappe.throw(
			_("{0} is not among what you are asked about. Reload the page.").format(
				frappe.bold(frappe.utils.escape_html(unknown[0][:140]))
			),
			UnknownChoiceError,
			title=_("Declaration Refused"),
		)
	return set().union(*(by_choice[to_key(one)] for one in given))


def declare_conflict(application: str, reason: str = "") -> None:
	"""Who finds a conflict after they declared none: the application is closed to them from here on."""
	name = frappe.db.get_value(
		panel_assignments.DECLARATION, {"application": application, "evaluator": frappe.session.user}
	)
	doc = (
		frappe.get_doc(panel_assignments.DECLARATION, name)
		if name
		else frappe.new_doc(panel_assignments.DECLARATION)
	)
	doc.check_permission("write")
	doc.update({"application": application, "declaration": panel_assignments.CONFLICT, "reason": reason})
	require(doc, "reason", _("Write in a few words what the conflict is."))
	doc.save()


def begin_review(application: str, kind: str = scoring.INDIVIDUAL) -> str:
	"""Name of the user's review of an application, made now where there is none; twice at once gives the same one."""
	frappe.has_permission(panel_assignments.REVIEW, "create", throw=True)
	if name := get_own_review(application, kind):
		return name
	frappe.db.savepoint("begin_review")
	try:
		return (
			frappe.get_doc({"doctype": panel_assignments.REVIEW, "application": application, "kind": kind})
			.insert()
			.name
		)
	except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
		frappe.db.rollback(save_point="begin_review")
		frappe.clear_last_message()
		# a locking read: what another request has just committed is not in the snapshot of this one
		return get_own_review(application, kind, for_update=True)


def get_own_review(application: str, kind: str, for_update: bool = False) -> str | None:
	filters = {"application": application, "kind": kind, "evaluator": frappe.session.user}
	return frappe.db.get_value(panel_assignments.REVIEW, filters, for_update=for_update)


def reopen_review(review: str, reason: str = "", sitting: str = "") -> None:
	"""A submitted review goes back to its author: by the manager, with the reason and the sitting that decided so."""
	doc = frappe.get_doc(panel_assignments.REVIEW, review)
	doc.check_permission("write")
	doc.update({"reopen_reason": reason, "reopen_sitting": sitting or None, "workflow_state": "Draft"})
	allow(doc, "reopen_reason", "reopen_sitting")
	doc.save()


def count_waiting(filters: str | None = None) -> dict:
	"""For the number card, which core asks by POST: applications that the reader has to declare on or to review."""
	frappe.has_permission(panel_assignments.REVIEW, "read", throw=True)
	calls = [describe_call(call) for call in list_calls(frappe.session.user)]
	count = sum(
		len(call["to_declare"]) + sum(row["state"] != panel_assignments.SUBMITTED for row in call["rows"])
		for call in calls
	)
	return {"value": count, "fieldtype": "Int", "route": ["rtc-evaluation"]}
