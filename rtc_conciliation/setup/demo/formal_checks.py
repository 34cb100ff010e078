"""The formal check of an application: what the officer answered, and what was asked of the applicant."""

import frappe
from frappe.model.document import Document

from rtc_conciliation.formal_check.checks import DOCTYPE
from rtc_conciliation.setup.demo.acting import acting, make, step
from rtc_conciliation.setup.demo.data.users import MANAGER, OFFICER


def answer(application: Document, failed: dict[str, str], at) -> None:
	"""Every check passed but those in `failed`: name of the check → what is wrong."""
	with acting(OFFICER, at):
		check = frappe.get_doc(DOCTYPE, application.name)
		for row in check.items:
			note = failed.get(row.item)
			row.update({"answer": "Failed" if note else "Passed", "note": note})
		check.save()


def ask(application: Document, items: list[dict], at) -> Document:
	"""A request of integration, written by the officer and sent by the manager."""
	values = {"application": application.name, "items": items}
	return step(make("RTC Integration Request", values, OFFICER, at), "Send Request", MANAGER, at)
