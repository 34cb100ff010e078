"""The days on which a term does not end: Saturdays, Sundays and the national holidays of Italy.

L. 260/1949 art. 2 as it stands: L. 54/1977 took days away, D.P.R. 792/1985 gave the Epiphany back, L. 336/2000 the
2nd of June, L. 151/2025 the 4th of October from 2026 on. The feast of a town's patron is none of them.
"""

from datetime import date, timedelta

from dateutil.easter import easter

#: (month, day)
FIXED = frozenset(
	{(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (10, 4), (11, 1), (12, 8), (12, 25), (12, 26)}
)
_SATURDAY = 5


def is_free(day: date) -> bool:
	"""
	>>> is_free(date(2027, 3, 29)), is_free(date(2027, 3, 30))
	(True, False)
	"""
	easter_monday = easter(day.year) + timedelta(days=1)
	return day.weekday() >= _SATURDAY or (day.month, day.day) in FIXED or day == easter_monday


def get_next_working_day(day: date) -> date:
	"""`day` itself, or the first day after it that is not free."""
	while is_free(day):
		day += timedelta(days=1)
	return day
