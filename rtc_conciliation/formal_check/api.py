"""Every whitelisted method of the formal check and its integrations. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.common.web.retry import retry_on_deadlock
from rtc_conciliation.formal_check import answer_form, checks


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def start_check(application: str) -> str:
	"""The button of the form: name of the check, made now where the application has none yet."""
	return checks.start_check(application)


@frappe.whitelist(methods=["GET"])
def get_reasons(application: str) -> str:
	"""What failed in the check, as the reasons of a refusal; "" where nothing did."""
	return checks.get_reasons(application)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def save_answer(request: str, modified: str, answers: dict | str) -> dict:
	"""Keeps the answers to come back to them; {"modified", "missing": names of rows without an answer}."""
	return answer_form.save_answer(request, modified, answers)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def send_answer(request: str, modified: str, answers: dict | str) -> dict:
	"""Keeps the answers and sends them, once; {"answered_on", "late"}. Raises UnansweredError."""
	return answer_form.send_answer(request, modified, answers)
