"""What the law and the call say about an application, as pure functions: no Frappe, no storage, no clock but
the one in `check`.

	report = check(application, call)          # everything that is wrong, at once
	report.ok, report.errors, report.totals
	for finding in report.findings: render(finding, translate=_)

Records are plain dicts with the field names of the DocTypes, child tables are lists of dicts. A value that
makes no sense is a finding, never an exception. docs/dev/rules.md lists the rules.
"""

from dataclasses import replace
from datetime import datetime

from rtc_conciliation.rules import limits, tables
from rtc_conciliation.rules.application import (
	agreement,
	areas,
	budget,
	cofinancing,
	confirmation,
	declarations,
	documents,
	lead,
	partnership,
	period,
	recipients,
	texts,
	unread_values,
	window,
)
from rtc_conciliation.rules.application.context import RuleContext
from rtc_conciliation.rules.award import codes
from rtc_conciliation.rules.call.check import check_call, check_proposals
from rtc_conciliation.rules.evaluation.panel import check_panel
from rtc_conciliation.rules.evaluation.scoring import check_review
from rtc_conciliation.rules.finding import ERROR, RULES, WARNING, Finding, RowRef, messages, templates
from rtc_conciliation.rules.limits import MAX_ROWS
from rtc_conciliation.rules.money import Totals, cost_totals, price_rows, row_amount
from rtc_conciliation.rules.network import bodies, membership
from rtc_conciliation.rules.network.bodies import check_body, check_meeting
from rtc_conciliation.rules.plan import check_plan
from rtc_conciliation.rules.project import final_account, grant, obstacles, payments, tranches
from rtc_conciliation.rules.render import italian_money, render
from rtc_conciliation.rules.report import SCHEMA, Report
from rtc_conciliation.rules.values import record

__all__ = [
	"ERROR",
	"MAX_ROWS",
	"RULES",
	"SCHEMA",
	"WARNING",
	"Finding",
	"Report",
	"RowRef",
	"Totals",
	"bodies",
	"check",
	"check_body",
	"check_call",
	"check_meeting",
	"check_panel",
	"check_plan",
	"check_proposals",
	"check_review",
	"codes",
	"confirmation",
	"final_account",
	"grant",
	"italian_money",
	"membership",
	"messages",
	"obstacles",
	"payments",
	"render",
	"row_amount",
	"templates",
	"texts",
	"totals",
	"tranches",
]

_RULES = (
	window,
	lead,
	partnership,
	confirmation,
	areas,
	period,
	recipients,
	cofinancing,
	budget,
	declarations,
	agreement,
	documents,
	texts,
)


def totals(application: dict, call: dict | None = None) -> Totals:
	"""Sums of the cost rows in euro, and how many bodies and areas count towards the minimum.

	Which areas count is said by the call; without it, by the flag on each action. Rows with values that are
	no valid amount are left out of the sums, and so is a table longer than MAX_ROWS.
	"""
	return _totals(application, call, price_rows(application))


def _totals(application, call, priced) -> Totals:
	return replace(
		cost_totals(priced),
		counting_partners=len(partnership.get_counting_codes(application)),
		counting_areas=len(areas.get_counting_areas(application, call)),
	)


def check(application: dict, call: dict, at: datetime | None = None) -> Report:
	"""Holds an application against its call and reports everything that is wrong.

	`at` is the moment of sending, now by default; without a zone it is Europe/Rome. A table with more rows
	than MAX_ROWS is the only thing reported until it is shorter. Never raises on the content of the records.
	"""
	priced = price_rows(application)
	sums = _totals(application, call, priced)
	if too_long := tuple(limits.check(application)):
		return Report.of(too_long, sums)
	context = RuleContext(record(application), record(call), priced, sums, at or window.now())
	found = list(tables.check(application))
	for rule in _RULES:
		found.extend(rule.check(context))
	found.extend(unread_values.check(context, found))
	return Report.of(found, sums)
