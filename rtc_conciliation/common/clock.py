"""The clock of the calls: server time in Europe/Rome, whatever the site's time zone is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import frappe

ROME = ZoneInfo("Europe/Rome")


def now() -> datetime:
	"""This moment in Europe/Rome, to the second and without zone, as the records keep it."""
	chosen = getattr(frappe.local, "rtc_time", None)
	return chosen or datetime.now(ROME).replace(tzinfo=None, microsecond=0)


@contextmanager
def use_time(moment: datetime | None) -> Iterator[None]:
	"""Inside, the records believe that it is `moment`; None leaves the clock as it is.

	For the demo's past and for tests: this is the one place where time is set. System time, and with it creation and
	modification, stays true.
	"""
	before = getattr(frappe.local, "rtc_time", None)
	frappe.local.rtc_time = moment or before
	try:
		yield
	finally:
		frappe.local.rtc_time = before


def set_request_time() -> None:
	"""`before_request`: the moment at which the site began with this request."""
	frappe.local.rtc_arrived = datetime.now(ROME).replace(microsecond=0)


def request_time() -> datetime:
	"""When the running request reached the site, now outside of one; with its zone, as an hour may come twice.

	What a proxy or the browser says of it is not asked: anybody can write that.
	"""
	return getattr(frappe.local, "rtc_arrived", None) or now().replace(tzinfo=ROME)
