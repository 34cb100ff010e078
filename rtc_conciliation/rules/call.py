"""A call in itself: what `check` needs from it is there, goes together and stays inside the programme."""

from . import call_dates, call_ranking, call_tables, call_thresholds
from .report import Report
from .tables import rows
from .values import record


def check_call(call: dict, programme: dict) -> Report:
	"""Everything that is wrong with a call, as dicts of RTC Call and of the RTC Programme it belongs to.

	The call opens before it closes, inside the programme, and the projects lie inside those of the programme;
	at least one partner; no more areas asked for than count; co-financing from 1 to 100 %; an endowment within
	that of the programme; no name twice in a table; criteria that make 100 points; precedence by what exists; reserves within the
	endowment. Never raises on the content.
	"""
	call, programme = record(call), record(programme)
	found = [*call_dates.check(call, programme), *call_thresholds.check(call, programme)]
	return Report.of([*found, *call_tables.check(call), *call_ranking.check(call)])


def check_proposals(programme: dict) -> Report:
	"""What is wrong with the tables and scores that a programme proposes to its calls; empty ones are not.

	They have the names that they have in a call. Precedence is held against the grid of the programme, if it has one.
	"""
	programme = record(programme)
	found = list(call_tables.check(programme))
	if rows(programme, "criteria"):
		found += call_ranking.check(programme)
	return Report.of(found)
