"""Who must not see an application although their role would let them: whoever evaluates it, and whoever is in conflict.

A person of the panel meets the applications of the call in their own desk only (`evaluation/reviewing.py`), once they have
declared that they have no conflict. What a role of the staff shows them besides ends where the panel begins:
* an application with which they declared a conflict, or is found in one, is closed to them for good;
* while they sit on the appointed panel, so is every application of the call that they have not yet declared free of
  conflict, and all of them where the call hides the applicants.

`visibility` asks here, and all that follows an application follows with it.
"""

import frappe

from rtc_conciliation.access.panel_assignments import (
	APPLICATION,
	APPOINTED,
	CONFLICT,
	DECLARATION,
	MEMBER,
	NO_CONFLICT,
	PANEL,
)
from rtc_conciliation.common import clock


def has_or_had_seat(user: str) -> bool:
	"""Asked first: whoever never had to do with a panel costs nobody a longer query."""
	return bool(
		frappe.db.exists(MEMBER, {"user": user}) or frappe.db.exists(DECLARATION, {"evaluator": user})
	)


def get_closed_sql(user: str) -> str:
	"""SELECT of the names of the applications that are closed to `user` whatever their roles are; "" for none."""
	if not has_or_had_seat(user):
		return ""
	who = frappe.db.escape(user, percent=False)
	today = frappe.db.escape(str(clock.now().date()))
	return (
		f"select `declared`.`application` from `tab{DECLARATION}` as `declared` "
		f"where `declared`.`evaluator` = {who} and `declared`.`declaration` = '{CONFLICT}' "
		f"union select `judged`.`name` from `tab{APPLICATION}` as `judged` "
		f"inner join `tab{PANEL}` as `panel` on `panel`.`call` = `judged`.`call` "
		f"inner join `tab{MEMBER}` as `seat` on `seat`.`parent` = `panel`.`name` "
		"inner join `tabRTC Call` as `of_call` on `of_call`.`name` = `judged`.`call` "
		f"where `panel`.`workflow_state` = '{APPOINTED}' and `seat`.`user` = {who} "
		f"and (`seat`.`to_date` is null or `seat`.`to_date` >= {today}) "
		"and (`of_call`.`hide_applicants` = 1 or not exists ("
		f"select 1 from `tab{DECLARATION}` as `free` where `free`.`application` = `judged`.`name` "
		f"and `free`.`evaluator` = {who} and `free`.`declaration` = '{NO_CONFLICT}'))"
	)


def get_open_condition(column: str, user: str) -> str:
	"""A condition on `column`, the name of an application; "" where nothing is closed to `user`."""
	closed = get_closed_sql(user)
	return closed and f"{column} not in ({closed})"


def is_closed(application: str, user: str) -> bool:
	"""The same of one application."""
	if not has_or_had_seat(user):
		return False
	declared = frappe.db.get_value(
		DECLARATION, {"application": application, "evaluator": user}, "declaration"
	)
	if declared == CONFLICT:
		return True
	call = frappe.db.get_value(APPLICATION, application, "call")
	if not call or not has_seat(call, user):
		return False
	return declared != NO_CONFLICT or bool(frappe.db.get_value("RTC Call", call, "hide_applicants"))


def has_seat(call: str, user: str) -> bool:
	"""Has `user` a seat in the appointed panel of `call` that has not ended?"""
	panel = frappe.db.get_value(PANEL, {"call": call, "workflow_state": APPOINTED})
	ends = panel and frappe.get_all(MEMBER, {"parent": panel, "user": user}, pluck="to_date")
	return any(not last or last >= clock.now().date() for last in ends or ())


def get_closed_calls_sql(user: str) -> str:
	"""SELECT of the names of the calls of which an application is closed to `user`; "" for none."""
	closed = get_closed_sql(user)
	return closed and (
		f"select `received`.`call` from `tab{APPLICATION}` as `received` where `received`.`name` in ({closed})"
	)


def has_closed(call: str, user: str) -> bool:
	"""Is any application of `call` closed to `user`? What tells of all of them is closed to them too."""
	closed = get_closed_sql(user)
	names = frappe.db.sql(closed, pluck=True) if closed else []
	return bool(names and frappe.db.exists(APPLICATION, {"call": call, "name": ("in", names)}))
