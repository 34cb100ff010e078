"""Formal checks are the office's own, but for those of an application that is closed to whoever asks (`conflicts`)."""

import frappe

from rtc_conciliation.access import conflicts

DOCTYPE = "RTC Formal Check"


def check_query(user: str | None = None) -> str:
	user = user or frappe.session.user
	return (
		"" if user == "Administrator" else conflicts.get_open_condition(f"`tab{DOCTYPE}`.`application`", user)
	)


def check_has_permission(doc, ptype: str = "read", user: str | None = None) -> bool:
	user = user or frappe.session.user
	if user == "Administrator" or isinstance(doc, str) or not doc.application:
		return True
	return not conflicts.is_closed(doc.application, user)
