import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.access import panel_assignments, reviews, states
from rtc_conciliation.common import clock, findings, locks
from rtc_conciliation.common.inputs import (
	disown_foreign_rows,
	require,
	validate_lengths,
	validate_row_counts,
)
from rtc_conciliation.common.record import Record
from rtc_conciliation.evaluation import score_rows
from rtc_conciliation.rules import check_review
from rtc_conciliation.rules.evaluation import scoring

MOST_ROWS = 100
#: what nobody writes from outside
OF_SERVER = (
	"application",
	"call",
	"evaluator",
	"kind",
	"review_key",
	"submitted_on",
	"reopened_on",
	"reopened_by",
)
REOPENING = ("reopen_reason", "reopen_sitting")


class NotTheReviewerError(frappe.PermissionError):
	"""This person does not review this application, or not yet, or no longer."""


class ReviewLockedError(frappe.PermissionError):
	"""A submitted review stays as it is until it is reopened."""


class ReopeningError(frappe.ValidationError):
	pass


class RTCReview(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_review_score.rtc_review_score import (
			RTCReviewScore,
		)

		application: DF.Link
		call: DF.Link | None
		evaluator: DF.Link | None
		kind: DF.Literal["Individual", "Consensus"]
		remark: DF.SmallText | None
		reopen_reason: DF.SmallText | None
		reopen_sitting: DF.Date | None
		reopened_by: DF.Link | None
		reopened_on: DF.Datetime | None
		review_key: DF.Data | None
		scores: DF.Table[RTCReviewScore]
		submitted_on: DF.Datetime | None
		total: DF.Float
		workflow_state: DF.Link | None
	# end: auto-generated types

	def onload(self):
		self.set_onload("reading", score_rows.get_form_data(self))

	def before_insert(self):
		self.hold_evaluation(self.application)

	def before_validate(self):
		states.guard(self)
		validate_row_counts(self, {"scores": MOST_ROWS})
		self.set_who()
		disown_foreign_rows(self)
		self.validate_open()
		self.set_scores()
		validate_lengths(self)

	def validate(self):
		submitting = states.enters(self, panel_assignments.SUBMITTED)
		report = check_review(self.as_dict(), score_rows.get_step(self.call), submitting)
		findings.refuse_report(report, self.meta, _("Check the Marks"))
		for row in self.scores:
			value = scoring.read(row.score)
			row.score = "" if value is None else scoring.format_mark(value)
		self.total = float(scoring.sum_marks(scoring.read(row.score) or 0 for row in self.scores))

	def before_save(self):
		if states.enters(self, panel_assignments.SUBMITTED):
			self.submitted_on = clock.now()
			self.update(dict.fromkeys((*REOPENING, "reopened_on", "reopened_by")))

	def on_update(self):
		if self.reopened_on and self.has_value_changed("reopened_on"):
			score_rows.tell_reopening(self)

	def on_trash(self):
		states.guard_delete(self)

	def hold_others(self):
		self.hold_evaluation(self.stored("application"))

	def hold_evaluation(self, application):
		"""The ranking of the call is not approved while its reviews change, and nothing changes once it is."""
		locks.hold("RTC Call", frappe.db.get_value(panel_assignments.APPLICATION, application, "call"))
		locks.hold(panel_assignments.APPLICATION, application)

	def set_who(self):
		"""Who reviews comes from the server; one review for each person, application and kind."""
		if before := self.get_doc_before_save():
			self.update({name: before.get(name) for name in OF_SERVER})
			return
		self.evaluator, self.kind = frappe.session.user, self.kind or scoring.INDIVIDUAL
		self.call = frappe.db.get_value(panel_assignments.APPLICATION, self.application, "call")
		who = "" if self.kind == scoring.CONSENSUS else f"|{self.evaluator}"
		self.review_key = f"{self.application}|{self.kind}{who}"
		self.update(dict.fromkeys(("submitted_on", *REOPENING, "reopened_on", "reopened_by")))

	def validate_open(self):
		"""Before anything of the review changes: is it its author's turn, or that of who reopens it?"""
		before = self.get_doc_before_save()
		if before and before.get(states.STATE) == panel_assignments.SUBMITTED:
			self.validate_reopening(before)
		elif not (
			self.is_under_evaluation() and reviews.may_review(self.application, self.evaluator, self.kind)
		):
			frappe.throw(
				_("{0} is not yours to review, or no longer: ask the office.").format(
					frappe.bold(frappe.utils.escape_html(self.application or ""))
				),
				NotTheReviewerError,
				title=_("Review Refused"),
			)

	def validate_reopening(self, before):
		"""A submitted review changes only by being reopened, with the reason and the sitting that decided it."""
		allowed = frozenset({states.STATE, *REOPENING})
		if self.get(states.STATE) == panel_assignments.SUBMITTED or states.other_changes(
			before, self, allowed
		):
			frappe.throw(
				_(
					"This review was submitted: it stays as it is. The RTC Manager can reopen it, with the session that decided so."
				),
				ReviewLockedError,
				title=_("Review Submitted"),
			)
		require(self, "reopen_reason", _("Write why the review is reopened."))
		require(self, "reopen_sitting", _("Write the day of the session that decided so."))
		if not self.is_under_evaluation():
			frappe.throw(
				_("The application is in the state {0}: its reviews are not reopened any more.").format(
					frappe.bold(_(self.application_state() or ""))
				),
				ReopeningError,
				title=_("Reopening Refused"),
			)
		if getdate(self.reopen_sitting) not in score_rows.list_sessions(self.call):
			frappe.throw(
				_("The panel has no session of {0}: write it in the panel first.").format(
					frappe.bold(self.get_formatted("reopen_sitting"))
				),
				ReopeningError,
				title=_("Session Not Found"),
			)
		self.reopened_on, self.reopened_by = clock.now(), frappe.session.user

	def is_under_evaluation(self) -> bool:
		return self.application_state() == panel_assignments.UNDER_EVALUATION

	def application_state(self) -> str | None:
		return locks.hold(panel_assignments.APPLICATION, self.application, states.STATE)

	def set_scores(self):
		"""The grid is the call's as it was when the review was begun; only mark and note come from outside."""
		before = self.get_doc_before_save()
		given = {row.criterion: row for row in self.scores}
		grid = before.scores if before else score_rows.get_grid(self.call)
		computed = score_rows.compute_marks(self.application, self.call, grid)
		rows = []
		for row in grid:
			mine = given.get(row.get("criterion"))
			score = computed.get(row.get("criterion"), mine.score if mine else None)
			rows.append({**score_rows.keep_row(row), "score": score, "note": mine.note if mine else None})
		self.set("scores", [])
		for row in rows:
			self.append("scores", row)
