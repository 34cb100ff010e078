"""What the law and the call say about an application, as pure functions: no Frappe, no storage, no clock but
the one in `check`.

	report = check(application, call)          # everything that is wrong, at once
	report.ok, report.errors, report.totals
	for finding in report.findings: render(finding, translate=_)

Records are plain dicts with the field names of the DocTypes, child tables are lists of dicts. A value that
makes no sense is a finding, never an exception. docs/rules.md lists the rules.
"""

from dataclasses import replace
from datetime import datetime

from . import (
	agreement,
	areas,
	awards,
	bodies,
	budget,
	cofinancing,
	confirmation,
	declarations,
	documents,
	lead,
	limits,
	membership,
	partnership,
	period,
	recipients,
	tables,
	texts,
	unread,
	window,
)
from .bodies import check_body, check_meeting
from .call import check_call, check_proposals
from .case import Case
from .finding import ERROR, RULES, WARNING, Finding, RowRef, messages, templates
from .limits import MAX_ROWS
from .money import Totals, cost_totals, price, row_amount
from .panel import check_panel
from .plan import check_plan
from .render import italian_money, render
from .report import SCHEMA, Report
from .scoring import check_review
from .values import record

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
	"awards",
	"bodies",
	"check",
	"check_body",
	"check_call",
	"check_meeting",
	"check_panel",
	"check_plan",
	"check_proposals",
	"check_review",
	"confirmation",
	"italian_money",
	"membership",
	"messages",
	"render",
	"row_amount",
	"templates",
	"texts",
	"totals",
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
	return _totals(application, call, price(application))


def _totals(application, call, priced) -> Totals:
	return replace(
		cost_totals(priced),
		counting_partners=len(partnership.counting_codes(application)),
		counting_areas=len(areas.counting_areas(application, call)),
	)


def check(application: dict, call: dict, at: datetime | None = None) -> Report:
	"""Holds an application against its call and reports everything that is wrong.

	`at` is the moment of sending, now by default; without a zone it is Europe/Rome. A table with more rows
	than MAX_ROWS is the only thing reported until it is shorter. Never raises on the content of the records.
	"""
	priced = price(application)
	sums = _totals(application, call, priced)
	if too_long := tuple(limits.check(application)):
		return Report.of(too_long, sums)
	case = Case(record(application), record(call), priced, sums, at or window.now())
	found = list(tables.check(application))
	for rule in _RULES:
		found.extend(rule.check(case))
	found.extend(unread.check(case, found))
	return Report.of(found, sums)
