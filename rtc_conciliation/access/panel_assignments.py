"""Who reviews what in a call: the seats of its panel, what their holders declared, what they have submitted.

Read from the database in a number of queries that does not depend on how many applications there are.
"""

from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe.utils import getdate

from rtc_conciliation.common import clock
from rtc_conciliation.rules.evaluation import panel as rules
from rtc_conciliation.rules.evaluation import scoring

APPLICATION, PANEL, MEMBER = "RTC Application", "RTC Panel", "RTC Panel Member"
DECLARATION, REVIEW = "RTC Conflict Declaration", "RTC Review"
APPOINTED = "Appointed"
UNDER_EVALUATION = "Under Evaluation"
SUBMITTED = "Submitted"
NO_CONFLICT, CONFLICT = "No Conflict", "Conflict"


@dataclass
class Evaluation:
	"""What is known of the evaluation of a call, on the day `on`."""

	call: str
	panel: str | None
	seats: list[rules.Seat]
	on: date
	#: the applications under evaluation, in the order of their names
	applications: list[str]
	#: application → {user: No Conflict or Conflict}
	declared: dict[str, dict[str, str]] = field(default_factory=dict)
	#: application → its reviews, rows of REVIEW_FIELDS in the order in which they were begun
	reviews: dict[str, list] = field(default_factory=dict)

	def shut_out(self, application: str) -> set[str]:
		return {user for user, said in self.declared.get(application, {}).items() if said == CONFLICT}

	def declaration(self, application: str, user: str) -> str | None:
		return self.declared.get(application, {}).get(user)

	def individual(self, application: str) -> list:
		return [row for row in self.reviews.get(application, ()) if row.kind == scoring.INDIVIDUAL]

	def consensus(self, application: str):
		return next((row for row in self.reviews.get(application, ()) if row.kind == scoring.CONSENSUS), None)

	def duty(self, application: str) -> rules.Duty:
		submitted = {
			row.evaluator: getdate(row.submitted_on)
			for row in self.individual(application)
			if row.workflow_state == SUBMITTED
		}
		return rules.get_duty(self.seats, self.on, self.shut_out(application), submitted)

	def writer(self, application: str) -> str | None:
		"""Who writes the consensus review, None while an individual one is waited for."""
		duty = self.duty(application)
		return (
			None if duty.waited or not duty.counted else rules.get_writer(self.seats, self.on, duty.counted)
		)

	def is_asked(self, application: str, user: str) -> bool:
		"""Does `application` wait for a declaration of `user`, before they may read it?"""
		asked = application in self.applications and user in self.duty(application).reviewers
		return asked and not self.declaration(application, user)

	def may_read(self, application: str, user: str) -> bool:
		"""Is `application` one that `user` reviews, and have they declared that they have no conflict?"""
		return (
			application in self.applications
			and self.declaration(application, user) == NO_CONFLICT
			and any(seat.user == user and seat.held_on(self.on) for seat in self.seats)
			and user in self.duty(application).reviewers
		)


REVIEW_FIELDS = ["name", "application", "evaluator", "kind", "workflow_state", "submitted_on", "total"]


def get_evaluation(call: str, application: str | None = None) -> Evaluation:
	"""The evaluation of a call, or only what concerns one of its applications."""
	panel = frappe.db.get_value(PANEL, {"call": call}, ("name", "workflow_state"), as_dict=True)
	one = {"application": application} if application else {}
	filters = {"call": call, "workflow_state": UNDER_EVALUATION, "docstatus": 1}
	found = Evaluation(
		call=call,
		panel=panel.name if panel else None,
		seats=get_seats(panel.name) if panel and panel.workflow_state == APPOINTED else [],
		on=clock.now().date(),
		applications=frappe.get_all(
			APPLICATION,
			{**filters, "name": application} if application else filters,
			pluck="name",
			order_by="name asc",
			limit_page_length=0,
		),
	)
	for row in frappe.get_all(
		DECLARATION,
		{"call": call, **one},
		["application", "evaluator", "declaration"],
		limit_page_length=0,
	):
		found.declared.setdefault(row.application, {})[row.evaluator] = row.declaration
	for row in frappe.get_all(
		REVIEW, {"call": call, **one}, REVIEW_FIELDS, order_by="creation asc, name asc", limit_page_length=0
	):
		found.reviews.setdefault(row.application, []).append(row)
	return found


def get_seats(panel: str) -> list[rules.Seat]:
	rows = frappe.get_all(
		MEMBER,
		{"parent": panel, "parenttype": PANEL},
		["idx", "user", "person", "office", "from_date", "to_date"],
		order_by="idx asc",
		limit_page_length=0,
	)
	return rules.get_seats({"members": rows})


def get_evaluation_of_application(application: str) -> Evaluation | None:
	call = frappe.db.get_value(APPLICATION, application, "call")
	return get_evaluation(call, application) if call else None


def get_panels(user: str) -> list[str]:
	"""Names of the panels that `user` has or had a seat in."""
	return frappe.get_all(
		MEMBER, {"user": user, "parenttype": PANEL}, pluck="parent", distinct=True, limit_page_length=0
	)
