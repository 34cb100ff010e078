"""Demo data: a network, two calls, their applications and the Plan, made as the users would make them.

	bench --site <site> execute rtc_conciliation.setup.demo.load

docs/dev/demo.md tells what is in it.
"""

import frappe
from frappe import _

from rtc_conciliation.common import clock
from rtc_conciliation.setup.demo import calls, meetings, network, people, plans
from rtc_conciliation.setup.demo.acting import acting, undisturbed
from rtc_conciliation.setup.demo.calendar import Calendar
from rtc_conciliation.setup.demo.data.programme import PROGRAMME, SETTINGS, SHIFTED, TITLE
from rtc_conciliation.setup.demo.data.users import MANAGER


class DemoRefusedError(SystemExit):
	"""Ends `bench execute` with one sentence: it would show any other exception as two tracebacks."""


def load() -> str:
	"""Fill an empty site; a site that has the demo already stays as it is. Returns what was done.

	Raises DemoRefusedError on a site with programmes of its own.
	"""
	with undisturbed():
		if has_demo():
			return _("The demo data are already there: nothing was changed.")
		refuse_real_data()
		calendar = Calendar(clock.now().date())
		people.make_users()
		people.open_to_all()
		write_settings()
		programme = make_programme(calendar)
		network.make_members(programme, calendar)
		meetings.make_bodies(programme, calendar)
		calls.make_first(programme)
		plans.make_sent(programme)
		calls.make_second(programme, calendar)
		plans.make_next(programme)
		return told(calendar)


def logins() -> list[tuple[str, str, str]]:
	"""(user, password, what for) of everybody in the demo."""
	return people.logins()


def has_demo() -> bool:
	return bool(frappe.db.exists("RTC Programme", {"title": TITLE, "owner": MANAGER}))


def refuse_real_data() -> None:
	found = frappe.db.get_value("RTC Programme", {}, "title")
	if found:
		raise DemoRefusedError(
			_("Demo data refused: this site already has the programme “{0}”. Use an empty site.").format(
				found
			)
		)


def write_settings() -> None:
	with acting(MANAGER):
		frappe.get_doc("RTC Settings").update(SETTINGS).save()


def make_programme(calendar: Calendar) -> str:
	values = {**PROGRAMME, **calendar.programme_changes}
	if calendar.shifted:
		values["description"] += SHIFTED
	with acting(MANAGER):
		return frappe.get_doc({"doctype": "RTC Programme", **values}).insert().name


def told(calendar: Calendar) -> str:
	message = _(
		"Demo data loaded: {members} adhesions, {calls} calls, {applications} applications, {plans} Plans."
	)
	if calendar.shifted:
		message = _("The dates of the programme were moved so that a call is open today.") + " " + message
	counts = {
		"members": frappe.db.count("RTC Member"),
		"calls": frappe.db.count("RTC Call"),
		"applications": frappe.db.count("RTC Application"),
		"plans": frappe.db.count("RTC Plan"),
	}
	return message.format(**counts)
