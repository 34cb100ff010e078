"""How far an application is: what happened, what goes on now, what comes next, and by when.

Each function tells the steps that one subject knows, from the state, the dates of the call and those of the records;
whoever asks puts words to them. Nothing is told that its applicant was not told already: no mark, no name of who
evaluates, no outcome that is not approved.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

DONE, NOW, NEXT, STOPPED = "done", "now", "next", "stopped"

DRAFT, SUBMITTED, WITHDRAWN = "Draft", "Submitted", "Withdrawn"
UNDER_CHECK = ("Under Formal Check", "Integration Requested")
NOT_ADMISSIBLE = "Not Admissible"
UNDER_EVALUATION, FUNDED = "Under Evaluation", "Funded"
DECIDED = (FUNDED, "Eligible Not Funded", "Below Threshold")
PAST_CHECK = ("Admissible", UNDER_EVALUATION, *DECIDED)
#: art. 10-bis L. 241/1990
DAYS_TO_OBSERVE = 10


class Step(NamedTuple):
	"""`on`: when it happened; `by`: its term, or the day on which it comes; `mine`: it waits for the applicant."""

	what: str
	status: str
	on: date | datetime | None = None
	by: date | datetime | None = None
	mine: bool = False


class Application(NamedTuple):
	"""What all of them ask of an application; `is_taken`: its call is published, so that it can be sent until the closing."""

	state: str
	opening: datetime
	closing: datetime
	is_taken: bool
	sent_on: datetime | None = None
	changed: datetime | None = None


def goes_on(case: Application, now: datetime) -> bool:
	"""Can what follows the sending still come to it?"""
	if case.state == DRAFT:
		return case.is_taken and now < case.closing
	return case.state not in (WITHDRAWN, NOT_ADMISSIBLE)


def follow_sending(case: Application, now: datetime) -> list[Step]:
	if case.state == DRAFT:
		return [follow_draft(case, now)]
	steps = [Step("sent", DONE, on=case.sent_on)]
	if case.state == WITHDRAWN:
		return [*steps, Step("withdrawn", STOPPED, on=case.changed)]
	if case.state == SUBMITTED and now < case.closing:
		steps.append(Step("closing", NEXT, by=case.closing))
	return steps


def follow_draft(case: Application, now: datetime) -> Step:
	if not goes_on(case, now):
		return Step("never sent", STOPPED)
	if now < case.opening:
		return Step("too early", NOW, by=case.opening)
	return Step("to send", NOW, by=case.closing, mine=True)


def follow_check(case: Application, decided_on: datetime | None, now: datetime) -> list[Step]:
	if case.state == NOT_ADMISSIBLE or case.state in PAST_CHECK:
		return [Step("check", DONE, on=decided_on)]
	if not goes_on(case, now):
		return []
	begins = case.state in UNDER_CHECK or (case.state == SUBMITTED and now >= case.closing)
	return [Step("check", NOW if begins else NEXT)]


def follow_request(
	state: str, sent_on: datetime, due_on: datetime, answered_on: datetime | None
) -> Step | None:
	"""A request of integration; None for one that its applicant has nothing to do with."""
	if answered_on:
		return Step("answered", DONE, on=answered_on)
	if state == "Sent":
		return Step("asked", NOW, on=sent_on, by=due_on, mine=True)
	return None


def follow_notice(case: Application, sent_on: date | None, now: datetime) -> list[Step]:
	"""The notice of the reasons that stand against admission, from the day on which it was sent."""
	if not sent_on or sent_on > now.date() or case.state not in (*UNDER_CHECK, NOT_ADMISSIBLE):
		return []
	until = sent_on + timedelta(days=DAYS_TO_OBSERVE)
	if case.state in UNDER_CHECK and now.date() <= until:
		return [Step("notice", NOW, on=sent_on, by=until, mine=True)]
	return [Step("notice", DONE, on=sent_on)]


def follow_evaluation(case: Application, now: datetime) -> list[Step]:
	if case.state in DECIDED:
		return [Step("evaluation", DONE)]
	if case.state == UNDER_EVALUATION:
		return [Step("evaluation", NOW)]
	return [Step("evaluation", NEXT)] if goes_on(case, now) else []


def follow_ranking(case: Application, approved_on: datetime | None, now: datetime) -> list[Step]:
	if case.state in DECIDED:
		return [Step("ranking", DONE, on=approved_on)]
	return [Step("ranking", NEXT)] if goes_on(case, now) else []


def follow_award(
	case: Application, answer: str, due: date | None, answered_on: datetime | None, now: datetime
) -> list[Step]:
	"""`answer`: what the awardee said of the contribution, as the record has it."""
	if answer == "Accepted":
		return [Step("accepted", DONE, on=answered_on)]
	if answer == "Renounced":
		return [Step("renounced", STOPPED, on=answered_on)]
	if answer == "Awaited" and due and now.date() > due:
		return [Step("overdue", STOPPED, by=due)]
	if answer == "Awaited":
		return [Step("to accept", NOW, by=due, mine=True)]
	comes = case.state not in DECIDED and goes_on(case, now)
	return [Step("award", NEXT)] if comes else []


def follow_projects(case: Application, answer: str, start: date | None, now: datetime) -> list[Step]:
	"""The first day of the projects, for those that may still become one."""
	lost = answer == "Renounced" or (case.state in DECIDED and case.state != FUNDED)
	if lost or not start or start <= now.date() or not goes_on(case, now):
		return []
	return [Step("start", NEXT, by=start)]


def get_urgency(steps: list) -> int:
	"""For a list that begins with what its reader has to do: 0 something is asked, 1 a draft to be sent, 2 nothing.

	`steps`: mappings with `what` and `mine`."""
	mine = [step["what"] for step in steps if step["mine"]]
	if any(what != "to send" for what in mine):
		return 0
	return 1 if mine else 2
