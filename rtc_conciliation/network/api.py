"""Every whitelisted method of the network: adhesions, composition, successions. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.common.files import signatures
from rtc_conciliation.common.rate_limits import limited, limited_success
from rtc_conciliation.common.web.retry import retry_on_deadlock
from rtc_conciliation.network import (
	adhesion_confirmation,
	adhesion_form,
	adhesion_screen,
	calendar,
	composition,
	earlier_members,
	mergers,
	paper_form,
	successions,
)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("attempts at an adhesion", 200, 60 * 60)
@limited_success("adhesion", 10)
@limited_success("adhesion of the day", 200, 24 * 60 * 60)
def send_adhesion(adhesion: dict | str, altcha: str = "", nickname: str = "") -> dict:
	"""Take an adhesion from the public form; open to all, so nothing is done before robots are refused."""
	return adhesion_form.send_adhesion(adhesion, altcha, nickname)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("printed adhesion", 30, 10 * 60)
def print_form(adhesion: dict | str) -> None:
	"""The adhesion form as PDF with what was typed; open to all, keeps nothing."""
	paper_form.print_form(adhesion)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@limited("signed form", 30, 10 * 60)
def check_form(adhesion: dict | str) -> dict:
	"""Who signed the form in the request, and whether it is whole; open to all, keeps nothing."""
	return paper_form.check_form(adhesion)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def send_confirmation_again(member: str) -> None:
	"""The button of the form, for a mail that was lost or a link that expired."""
	adhesion_confirmation.send_again(member)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def take_step(member: str, action: str, seen: str, values: dict | str = "{}") -> str:
	"""Starts the review of an adhesion, admits or rejects it, as it was seen; the state after it."""
	return adhesion_screen.take_step(member, action, seen, values)


@frappe.whitelist(methods=["GET"])
def get_composition(programme: str, on_date: str | None = None) -> dict:
	"""The composition of the network of `programme` at `on_date` (ISO; today by default), for the staff."""
	return composition.get_composition(programme, on_date)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def confirm_earlier_members(
	from_programme: str, to_programme: str, act_number: str, act_date: str, valid_from: str | None = None
) -> dict:
	"""Admit to `to_programme` whoever belonged to `from_programme` on its last day; RTC Manager only."""
	return earlier_members.confirm_members(from_programme, to_programme, act_number, act_date, valid_from)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def record_succession(source: str, successor: str, succeeded_on: str, act_number: str, act_date: str) -> dict:
	"""`successor` stands in the place of `source` from `succeeded_on` on; RTC Manager only."""
	return successions.record_succession(source, successor, succeeded_on, act_number, act_date)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def check_signature(member: str) -> str:
	"""The button of the form: check now, return the state found."""
	return signatures.check_signature(member)


@frappe.whitelist(methods=["GET"])
def get_meetings(start: str, end: str, filters: str | list | None = None) -> list[dict]:
	"""The meetings between two moments, for the calendar view: those that the reader may see."""
	return calendar.list_meetings(start, end, filters)


@frappe.whitelist(methods=["GET"])
def preview_merge(source: str, target: str) -> dict:
	"""What a merge of `source` into `target` moves: {"source", "target", "moves": [{"label", "count"}]}."""
	return mergers.preview_merge(source, target)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def merge_organisations(source: str, target: str) -> str:
	"""Moves every link from `source` to `target` and deletes `source`; the name of what remains."""
	return mergers.merge_organisations(source, target)
