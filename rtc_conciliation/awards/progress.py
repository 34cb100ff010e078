"""The ranking, the contribution and the first day of the projects in the timeline of an application."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, quoted

from rtc_conciliation.access.rankings import PUBLISHED
from rtc_conciliation.awards.mails import RANKING, ROUTE
from rtc_conciliation.common import applicant_steps
from rtc_conciliation.common.italian import rtc_euro
from rtc_conciliation.rules.application import progress as rules


def list_award(applications: list, now: datetime) -> dict[str, list[dict]]:
	rankings = get_rankings(applications)
	return {row.name: list_steps(row, rankings.get(row.ranking), now) for row in applications}


def list_steps(row, ranking, now: datetime) -> list[dict]:
	case, answer = applicant_steps.get_case(row), row.acceptance_state or ""
	start = frappe.get_cached_value("RTC Call", row.call, "project_start")
	due = row.acceptance_due and getdate(row.acceptance_due)
	approved = ranking and ranking.approved_on and get_datetime(ranking.approved_on)
	answered = row.accepted_on and get_datetime(row.accepted_on)
	return [
		*(word_ranking(step, row, ranking) for step in rules.follow_ranking(case, approved, now)),
		*(word_award(step, row) for step in rules.follow_award(case, answer, due, answered, now)),
		*map(word_start, rules.follow_projects(case, answer, start and getdate(start), now)),
	]


def get_rankings(applications: list) -> dict:
	"""Of those that decided one of `applications`, which its applicant is told by its letter; one query."""
	names = sorted({row.ranking for row in applications if row.ranking})
	if not names:
		return {}
	rows = frappe.get_all(
		RANKING,
		filters={"name": ("in", names), "docstatus": 1},
		fields=["name", "approved_on", "workflow_state"],
	)
	return {row.name: row for row in rows}


def word_ranking(step: rules.Step, row, ranking) -> dict:
	if step.status != rules.DONE:
		note = _(
			"The outcome is mailed to the PEC of the application; the ranking is published on this site."
		)
		return applicant_steps.describe(step, _("Ranking"), note)
	published = ranking and ranking.workflow_state == PUBLISHED
	address = f"/graduatorie/{quoted(ranking.name)}" if published else ""
	return applicant_steps.describe(step, _("Ranking"), _(row.workflow_state), address)


def word_award(step: rules.Step, row) -> dict:
	titles = {
		"accepted": _("Contribution accepted"),
		"renounced": _("Contribution renounced"),
		"overdue": _("Term to accept the contribution over"),
		"to accept": _("Accept or renounce the contribution"),
		"award": _("Acceptance of the contribution, if the project is funded"),
	}
	notes = {"award": "", "overdue": _("Write to the office by PEC.")}
	address = "" if step.what == "award" else f"/{ROUTE}/{quoted(row.name)}"
	note = notes.get(step.what, rtc_euro(row.granted_amount))
	return applicant_steps.describe(step, titles[step.what], note, address)


def word_start(step: rules.Step) -> dict:
	title = _("The projects of the call begin")
	return applicant_steps.describe(step, title, when=applicant_steps.write(step.by))


APPLICANT_STEPS = {"award": list_award}
