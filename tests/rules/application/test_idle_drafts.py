from datetime import datetime, timedelta

import pytest

from rtc_conciliation.rules.application import idle_drafts as rules
from rtc_conciliation.rules.application.idle_drafts import REMIND, REMOVE, WARN

OPENING, CLOSING = datetime(2026, 3, 1, 9), datetime(2026, 5, 1, 12)
DAY = timedelta(days=1)


def due(
	now: datetime, changed: datetime = OPENING, told: datetime | None = None, reminder=10, removal=60
) -> str:
	return rules.is_due(rules.Draft(changed, told), rules.Terms(OPENING, CLOSING, reminder, removal), now)


@pytest.mark.parametrize(
	("after", "expected"),
	[(9 * DAY, ""), (10 * DAY - timedelta(seconds=1), ""), (10 * DAY, REMIND), (30 * DAY, REMIND)],
)
def test_who_changes_nothing_for_so_many_days_is_reminded(after, expected):
	assert due(OPENING + after) == expected


def test_once_for_each_pause():
	told = OPENING + 10 * DAY
	assert due(OPENING + 40 * DAY, told=told) == ""
	assert due(OPENING + 40 * DAY, changed=OPENING + 20 * DAY, told=told) == REMIND


def test_not_before_the_opening_nor_in_the_last_day_nor_where_the_call_says_never():
	assert due(OPENING - DAY, changed=OPENING - 30 * DAY) == ""
	assert due(CLOSING - DAY / 2) == ""
	assert due(OPENING + 30 * DAY, reminder=0) == ""


def test_to_the_second():
	second = timedelta(seconds=1)
	assert due(OPENING - second, changed=OPENING - 30 * DAY) == ""
	assert due(OPENING, changed=OPENING - 30 * DAY) == REMIND
	assert due(CLOSING - DAY) == REMIND and due(CLOSING - DAY + second) == ""
	changed = OPENING + 10 * DAY
	assert due(OPENING + 40 * DAY, changed=changed, told=changed) == ""
	assert due(OPENING + 40 * DAY, changed=changed, told=changed - second) == REMIND
	assert due(CLOSING - second, removal=14) == "" and due(CLOSING, removal=14) == WARN
	assert due(CLOSING + 60 * DAY, told=CLOSING) == REMOVE
	assert due(CLOSING + 60 * DAY, told=CLOSING - second) == WARN
	assert due(CLOSING + 60 * DAY - second, told=CLOSING) == ""
	written = CLOSING + DAY
	assert due(written + 60 * DAY, changed=written, told=written) == REMOVE
	assert due(written + 60 * DAY, changed=written, told=written - second) == WARN
	assert (
		due(CLOSING + DAY, removal=1, told=CLOSING) == ""
		and due(CLOSING + 14 * DAY, removal=1, told=CLOSING) == REMOVE
	)


def test_a_draft_that_was_never_sent_is_warned_of_then_removed():
	planned = CLOSING + 60 * DAY
	assert due(planned - 15 * DAY) == ""
	assert due(planned - 14 * DAY) == WARN
	told = planned - 14 * DAY
	assert due(planned - DAY, told=told) == ""
	assert due(planned, told=told) == REMOVE


def test_the_reminder_of_before_is_no_warning():
	assert due(CLOSING + 90 * DAY, told=CLOSING - DAY) == WARN


def test_nobody_has_less_than_the_notice():
	late = CLOSING + 200 * DAY
	assert due(late) == WARN
	assert due(late + 13 * DAY, told=late) == ""
	assert due(late + 14 * DAY, told=late) == REMOVE


def test_who_writes_in_it_after_the_warning_is_warned_anew():
	warned = CLOSING + 46 * DAY
	assert due(CLOSING + 61 * DAY, changed=warned + DAY, told=warned) == ""
	assert due(warned + 48 * DAY, changed=warned + DAY, told=warned) == WARN


def test_drafts_stay_where_the_call_does_not_say_otherwise():
	assert due(CLOSING + 5000 * DAY, told=CLOSING + DAY, removal=0) == ""
