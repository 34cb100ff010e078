"""A daily job: who has not answered is reminded three days before the term; the office hears when it is over."""

from datetime import timedelta

import frappe
from frappe import _

from rtc_conciliation.records import clock, integrations
from rtc_conciliation.records.notices import notify

DAYS_BEFORE = 3


def remind() -> None:
	now = clock.now()
	soon = [["due_on", ">=", now], ["due_on", "<=", now + timedelta(days=DAYS_BEFORE)]]
	for doc in sent([*soon, ["reminded_on", "is", "not set"]]):
		integrations.tell_applicant(doc, "reminded")
		mark(doc, "reminded_on")
	for doc in sent([["due_on", "<", now], ["expiry_told_on", "is", "not set"]]):
		notify(
			integrations.DOCTYPE,
			doc.name,
			_("No answer by the term: {0}").format(
				frappe.bold(frappe.utils.escape_html(doc.application_title or ""))
			),
		)
		mark(doc, "expiry_told_on")


def sent(filters: list):
	names = frappe.get_all(
		integrations.DOCTYPE,
		filters=[["workflow_state", "=", "Sent"], *filters],
		pluck="name",
		order_by="due_on asc",
	)
	for name in names:
		yield frappe.get_doc(integrations.DOCTYPE, name)


def mark(doc, fieldname: str) -> None:
	# Not by saving: a job writes no answer, and whoever fills one in meanwhile shall not lose it.
	doc.db_set(fieldname, clock.now(), update_modified=False)
