"""How far an application is, at each of its states."""

from datetime import date, datetime, timedelta

import pytest

from rtc_conciliation.rules.application import progress as rules
from rtc_conciliation.rules.application.progress import DONE, NEXT, NOW, STOPPED

OPENING, CLOSING = datetime(2026, 5, 1, 12), datetime(2026, 6, 1, 12)
BEFORE, WITHIN, AFTER = OPENING - timedelta(days=1), CLOSING - timedelta(days=1), CLOSING + timedelta(days=30)
SENT = CLOSING - timedelta(days=2)
START = date(2027, 1, 1)


def case(state: str, **values) -> rules.Application:
	return rules.Application(
		**{
			"state": state,
			"opening": OPENING,
			"closing": CLOSING,
			"is_taken": True,
			"sent_on": None if state == "Draft" else SENT,
			"changed": SENT,
			**values,
		}
	)


def walk(one: rules.Application, now: datetime, answer: str = "", due: date | None = None) -> list:
	"""Every step of `one`, as (what, status)."""
	steps = [
		*rules.follow_sending(one, now),
		*rules.follow_check(one, None, now),
		*rules.follow_evaluation(one, now),
		*rules.follow_ranking(one, None, now),
		*rules.follow_award(one, answer, due, None, now),
		*rules.follow_projects(one, answer, START, now),
	]
	return [(step.what, step.status) for step in steps]


COMING = [("evaluation", NEXT), ("ranking", NEXT), ("award", NEXT), ("start", NEXT)]


@pytest.mark.parametrize(
	("one", "now", "expected"),
	[
		(case("Draft"), BEFORE, [("too early", NOW), ("check", NEXT), *COMING]),
		(case("Draft"), WITHIN, [("to send", NOW), ("check", NEXT), *COMING]),
		(case("Draft"), CLOSING, [("never sent", STOPPED)]),
		(case("Draft", is_taken=False), WITHIN, [("never sent", STOPPED)]),
		(case("Submitted"), WITHIN, [("sent", DONE), ("closing", NEXT), ("check", NEXT), *COMING]),
		(case("Submitted"), AFTER, [("sent", DONE), ("check", NOW), *COMING]),
		(case("Withdrawn"), AFTER, [("sent", DONE), ("withdrawn", STOPPED)]),
		(case("Under Formal Check"), AFTER, [("sent", DONE), ("check", NOW), *COMING]),
		(case("Integration Requested"), AFTER, [("sent", DONE), ("check", NOW), *COMING]),
		(case("Not Admissible"), AFTER, [("sent", DONE), ("check", DONE)]),
		(case("Admissible"), AFTER, [("sent", DONE), ("check", DONE), *COMING]),
		(
			case("Under Evaluation"),
			AFTER,
			[("sent", DONE), ("check", DONE), ("evaluation", NOW), *COMING[1:]],
		),
		(
			case("Below Threshold"),
			AFTER,
			[("sent", DONE), ("check", DONE), ("evaluation", DONE), ("ranking", DONE)],
		),
		(
			case("Eligible Not Funded"),
			AFTER,
			[("sent", DONE), ("check", DONE), ("evaluation", DONE), ("ranking", DONE)],
		),
	],
)
def test_what_happened_and_what_comes(one, now, expected):
	assert walk(one, now) == expected


@pytest.mark.parametrize(
	("answer", "due", "expected"),
	[
		("Awaited", AFTER.date(), [("to accept", NOW), ("start", NEXT)]),
		("Awaited", AFTER.date() - timedelta(days=1), [("overdue", STOPPED), ("start", NEXT)]),
		("Accepted", None, [("accepted", DONE), ("start", NEXT)]),
		("Renounced", None, [("renounced", STOPPED)]),
	],
)
def test_a_funded_project_waits_for_its_answer(answer, due, expected):
	assert walk(case("Funded"), AFTER, answer, due)[4:] == expected


def test_what_waits_for_the_applicant():
	asked = rules.follow_request("Sent", SENT, AFTER, None)
	assert (asked.mine, asked.by) == (True, AFTER)
	assert rules.follow_request("Answered", SENT, AFTER, WITHIN) == rules.Step("answered", DONE, on=WITHIN)
	assert rules.follow_request("Cancelled", SENT, AFTER, None) is None
	assert rules.follow_request("Draft", SENT, AFTER, None) is None, "nobody was asked yet"


@pytest.mark.parametrize(
	("state", "days", "expected"),
	[
		("Under Formal Check", 0, [("notice", NOW)]),
		("Under Formal Check", 10, [("notice", NOW)]),
		("Under Formal Check", 11, [("notice", DONE)]),
		("Under Formal Check", -1, []),  # written already, told on that day
		("Not Admissible", 5, [("notice", DONE)]),
		("Admissible", 5, []),
	],
)
def test_the_notice_before_a_refusal(state, days, expected):
	found = rules.follow_notice(case(state), AFTER.date() - timedelta(days=days), AFTER)
	assert [(step.what, step.status) for step in found] == expected
	assert rules.follow_notice(case(state), None, AFTER) == []


def test_a_list_begins_with_what_is_asked():
	def steps(**what):
		return [{"what": name.replace("_", " "), "mine": mine} for name, mine in what.items()]

	assert rules.get_urgency(steps(sent=False, asked=True)) == 0
	assert rules.get_urgency(steps(to_send=True)) == 1
	assert rules.get_urgency(steps(sent=False, check=False)) == 2
