"""The clock of the calls: server time in Europe/Rome, whatever the site's time zone is."""

from datetime import datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


def now() -> datetime:
	"""This moment in Europe/Rome, to the second and without zone, as the records keep it."""
	return datetime.now(ROME).replace(tzinfo=None, microsecond=0)
