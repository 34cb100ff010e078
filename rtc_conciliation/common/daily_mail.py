"""A mail of what waits, on every working day, to those who asked for it and have something to do."""

import frappe
from frappe import _

from rtc_conciliation.access.roles import DESK_ROLES
from rtc_conciliation.common import ats, clock, mails, tasks
from rtc_conciliation.common.italian import rtc_day, use_italian

KEY = "rtc_daily_mail"
#: what others are waited for is told beside work of one's own, never alone
WORK = (tasks.LATE, tasks.TODAY, tasks.WEEK, tasks.OPEN)
TITLES = {
	tasks.LATE: "Overdue",
	tasks.TODAY: "Today",
	tasks.WEEK: "In the next seven days",
	tasks.OPEN: "To do",
	tasks.WAITING: "Waiting for others",
}


def is_wanted(user: str) -> bool:
	return frappe.defaults.get_user_default(KEY, user) == "1"


def set_wanted(user: str, wanted: int) -> None:
	frappe.defaults.set_user_default(KEY, "1" if wanted else "0", user)


def send_all() -> None:
	"""Early on working days; one that fails keeps no other from theirs."""
	for user in list_readers():
		frappe.db.savepoint("daily_mail")
		try:
			send(user)
		except Exception:  # noqa: BLE001 (one that fails stops no other)
			frappe.db.rollback(save_point="daily_mail")
			frappe.log_error(title=f"Daily mail of {user} could not be made")


def list_readers() -> list[str]:
	"""Who asked for it, still works in the office and may log in."""
	asked = frappe.get_all(
		"DefaultValue", filters={"defkey": KEY, "defvalue": "1"}, pluck="parent", distinct=True
	)
	enabled = frappe.get_all("User", filters={"name": ("in", asked or [""]), "enabled": 1}, pluck="name")
	return sorted(user for user in enabled if DESK_ROLES & set(frappe.get_roles(user)))


def send(user: str) -> bool:
	"""Queues the mail of `user`; False where nothing waits or no account sends."""
	groups = list_as(user)
	if not any(groups[group] for group in WORK):
		return False
	count = sum(len(groups[group]) for group in WORK)
	with use_italian():
		parts = [(_(TITLES[group]), groups[group]) for group in TITLES if groups[group]]
		return mails.send(
			[frappe.db.get_value("User", user, "email")],
			_("{0}: what waits for you ({1})").format(rtc_day(clock.now()), count),
			template="rtc_daily",
			args={
				"parts": parts,
				"ats": ats.get_name(),
				"address": frappe.utils.get_url("/app/rtc-today"),
				"day": rtc_day,
				"link": frappe.utils.get_url_to_form,
			},
		)


def list_as(user: str) -> dict:
	"""What `user` would read in Today, with the permissions of that user and in Italian."""
	before = frappe.session.user
	frappe.set_user(user)
	try:
		with use_italian():
			return tasks.list_tasks()
	finally:
		frappe.set_user(before)
