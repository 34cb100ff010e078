"""Every whitelisted method of the formal check and its integrations. Who may call which: `access/methods.py`."""

import frappe

from rtc_conciliation.common.web.retry import retry_on_deadlock
from rtc_conciliation.formal_check import answer_form, check_answers, checks, decisions, integrations


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def start_check(application: str) -> str:
	"""The button of the form: name of the check; the step is taken, or the check made, where that was not done yet."""
	return checks.start_check(application)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def answer_checks(application: str, answers: dict | str) -> dict:
	"""Stores answers to single checks, and says how all of them are now; see `check_answers.answer_checks`."""
	return check_answers.answer_checks(application, answers)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def draft_request(application: str) -> str:
	"""Name of the draft of a request of integration, made now from what failed where there is none yet."""
	return integrations.draft_request(application)


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def decide(application: str, action: str, seen: str, reason: str = "") -> str:
	"""Declares the application admissible or not on the check that was seen; the state after it."""
	return decisions.decide(application, action, seen, reason)


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
