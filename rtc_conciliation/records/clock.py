"""The clock of the calls: server time in Europe/Rome, whatever the site's time zone is."""

from datetime import datetime
from zoneinfo import ZoneInfo

import frappe

ROME = ZoneInfo("Europe/Rome")


def now() -> datetime:
	"""This moment in Europe/Rome, to the second and without zone, as the records keep it."""
	return datetime.now(ROME).replace(tzinfo=None, microsecond=0)


def arrive() -> None:
	"""`before_request`: the moment at which the site began with this request."""
	frappe.local.rtc_arrived = datetime.now(ROME).replace(microsecond=0)


def arrived() -> datetime:
	"""When the running request reached the site, now outside of one; with its zone, as an hour may come twice.

	What a proxy or the browser says of it is not asked: anybody can write that.
	"""
	return getattr(frappe.local, "rtc_arrived", None) or now().replace(tzinfo=ROME)
