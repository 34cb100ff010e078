"""A daily job: who has not answered is reminded three days before the term; the office hears when it is over."""

from datetime import timedelta

import frappe
from frappe import _

from rtc_conciliation.common import clock
from rtc_conciliation.common.notices import notify
from rtc_conciliation.formal_check import integrations

DAYS_BEFORE = 3


def remind() -> None:
	now = clock.now()
	soon = [["due_on", ">=", now], ["due_on", "<=", now + timedelta(days=DAYS_BEFORE)]]
	for doc in list_sent([*soon, ["reminded_on", "is", "not set"]]):
		integrations.tell_applicant(doc, "reminded")
		mark_reminded(doc, "reminded_on")
	for doc in list_sent([["due_on", "<", now], ["expiry_notified_on", "is", "not set"]]):
		notify(
			integrations.DOCTYPE,
			doc.name,
			_("No answer by the term: {0}").format(
				frappe.bold(frappe.utils.escape_html(doc.application_title or ""))
			),
		)
		mark_reminded(doc, "expiry_notified_on")


def list_sent(filters: list):
	names = frappe.get_all(
		integrations.DOCTYPE,
		filters=[["workflow_state", "=", "Sent"], *filters],
		pluck="name",
		order_by="due_on asc",
	)
	for name in names:
		yield frappe.get_doc(integrations.DOCTYPE, name)


def mark_reminded(doc, fieldname: str) -> None:
	# Not by saving: a job writes no answer, and whoever fills one in meanwhile shall not lose it.
	doc.db_set(fieldname, clock.now(), update_modified=False)
