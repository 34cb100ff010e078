"""The life of a membership: what its steps make, and that each day has the status that its history gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtc_conciliation.rules.network import membership
from rtc_conciliation.rules.network.membership import ADMITTED, ENDED, LEFT, NEXT, SUSPENDED, WITHDRAWN, Step

FIRST = date(2026, 5, 6)
DAYS = 60


def day(number: int) -> date:
	return FIRST + timedelta(days=number)


def test_a_whole_life():
	steps = [
		Step(ADMITTED, day(0)),
		Step(SUSPENDED, day(10)),
		Step(ADMITTED, day(20)),
		Step(WITHDRAWN, day(30)),
	]
	periods, found = membership.replay(steps)
	assert not found
	assert [(p.status, p.start, p.end) for p in periods] == [
		(ADMITTED, day(0), day(9)),
		(SUSPENDED, day(10), day(19)),
		(ADMITTED, day(20), day(29)),
		(WITHDRAWN, day(30), None),
	]
	assert [membership.is_member(periods, day(n)) for n in (-1, 0, 9, 10, 19, 20, 29, 30)] == [
		False, True, True, False, False, True, True, False,
	]  # fmt: skip


@pytest.mark.parametrize(
	("before", "step", "code"),
	[
		([], Step(SUSPENDED, day(0)), "membership.not_next"),
		([], Step(ADMITTED, None), "membership.no_day"),
		([Step(ADMITTED, day(5))], Step(SUSPENDED, day(5)), "membership.too_early"),
		([Step(ADMITTED, day(5))], Step(ENDED, day(4)), "membership.too_early"),
		([Step(ADMITTED, day(5))], Step(ADMITTED, day(6)), "membership.not_next"),
		([Step(ADMITTED, day(5)), Step(ENDED, day(6))], Step(ADMITTED, day(9)), "membership.not_next"),
	],
)
def test_a_step_that_cannot_be_taken_changes_nothing(before, step, code):
	periods, _found = membership.replay(before)
	after, finding = membership.take_step(periods, step)
	assert (after, finding.code) == (periods, code)


def test_what_a_refused_step_is_told_with():
	periods, _found = membership.replay([Step(ADMITTED, day(5))])
	(_periods, early), (_same, not_next) = (
		membership.take_step(periods, Step(SUSPENDED, day(5))),
		membership.take_step((), Step(ENDED, day(5))),
	)
	assert early.args == {"day": day(5), "before": day(5)}
	assert not_next.args == {"before": "-", "after": ENDED}
	_periods, found = membership.replay([Step(ENDED, day(0)), Step(ADMITTED, day(1)), Step(ADMITTED, day(2))])
	assert [finding.code for finding in found] == ["membership.not_next"] * 2


steps = st.lists(
	st.builds(
		Step,
		st.sampled_from([ADMITTED, SUSPENDED, WITHDRAWN, ENDED]),
		st.none() | st.integers(-3, DAYS).map(day),
	),
	max_size=12,
)


def told_day_by_day(history) -> dict[date, str | None]:
	"""What a clerk would write in a diary: each accepted step rules from its day on, until the next one."""
	taken = []
	for step in history:
		last = taken[-1] if taken else None
		follows = step.status in NEXT[last.status if last else None]
		if follows and step.start and (last is None or step.start > last.start):
			taken.append(step)
	diary = {}
	for number in range(-5, DAYS + 5):
		ruling = [step for step in taken if step.start <= day(number)]
		diary[day(number)] = ruling[-1].status if ruling else None
	return diary


@settings(max_examples=200, deadline=None)
@given(steps)
def test_the_composition_at_any_date_is_what_the_history_gives(history):
	periods, _found = membership.replay(history)
	for on, status in told_day_by_day(history).items():
		assert membership.status_on(periods, on) == status
		assert membership.is_member(periods, on) == (status == ADMITTED)
	assert sum(period.end is None for period in periods) == bool(periods)
	assert not periods or all(p.status not in LEFT for p in periods[:-1])
