"""A call in itself: what `check` needs from it is there, goes together and stays inside the programme."""

from collections.abc import Mapping

from rtc_conciliation.rules.call import dates, precedence, tables, thresholds
from rtc_conciliation.rules.report import Report
from rtc_conciliation.rules.tables import get_rows
from rtc_conciliation.rules.values import record


def check_call(call: Mapping, programme: Mapping) -> Report:
	"""Everything that is wrong with a call, as dicts of RTC Call and of the RTC Programme it belongs to.

	The call opens before it closes, inside the programme, and the projects lie inside those of the programme;
	at least one partner; no more areas asked for than count; co-financing from 1 to 100 %; an endowment within
	that of the programme; no name twice in a table; criteria that make 100 points; precedence by what exists; reserves within the
	endowment. Never raises on the content.
	"""
	call, programme = record(call), record(programme)
	found = [*dates.check(call, programme), *thresholds.check(call, programme)]
	return Report.of([*found, *tables.check(call), *precedence.check(call)])


def check_proposals(programme: Mapping) -> Report:
	"""What is wrong with the tables and scores that a programme proposes to its calls; empty ones are not.

	They have the names that they have in a call. Precedence is held against the grid of the programme, if it has one.
	"""
	programme = record(programme)
	found = list(tables.check(programme))
	if get_rows(programme, "criteria"):
		found += precedence.check(programme)
	return Report.of(found)
