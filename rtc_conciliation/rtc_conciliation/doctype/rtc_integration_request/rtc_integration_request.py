import frappe
from frappe import _
from frappe.utils import cint, escape_html, get_datetime

from rtc_conciliation.access import states
from rtc_conciliation.access.roles import MANAGER, is_staff
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.files.records import claim_files
from rtc_conciliation.common.inputs import disown_foreign_rows, require, validate_row_counts
from rtc_conciliation.common.papers import canonical
from rtc_conciliation.common.record import Record
from rtc_conciliation.formal_check import integration_answers, integrations
from rtc_conciliation.rules.formal_check import integration as rules

DRAFT, SENT, ANSWERED, CLOSED, CANCELLED = "Draft", "Sent", "Answered", "Closed", "Cancelled"
MOST_ITEMS = 50
ANSWER = ("answer_text", "answer_file")
#: what only the steps write
OF_THE_STEPS = (
	"sent_on requested_by prepared_by answered_by late answer_digest reminded_on expiry_notified_on".split()
)
#: what the office writes after the sending, by state
OF_THE_OFFICE = {
	SENT: ("due_on", "protocol_number", "protocol_date", "answered_on", "outcome", "decision_reason"),
	ANSWERED: ("protocol_number", "protocol_date", "outcome", "decision_reason"),
}


class TermError(frappe.ValidationError):
	pass


class UnansweredError(frappe.ValidationError):
	"""Something that was asked has no answer yet."""


class NotUnderCheckError(frappe.ValidationError):
	"""The application is in a state in which nothing is asked."""


class RTCIntegrationRequest(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_integration_item.rtc_integration_item import (
			RTCIntegrationItem,
		)

		answer_digest: DF.Data | None
		answered_by: DF.Link | None
		answered_on: DF.Datetime | None
		application: DF.Link
		application_title: DF.Data | None
		call: DF.Link | None
		decision_reason: DF.SmallText | None
		due_on: DF.Datetime | None
		expiry_notified_on: DF.Datetime | None
		first_due_on: DF.Datetime | None
		introduction: DF.SmallText | None
		items: DF.Table[RTCIntegrationItem]
		late: DF.Check
		lead_name: DF.Data | None
		naming_series: DF.Literal["RTC-INT-.YYYY.-.#####"]
		outcome: DF.Literal["", "Complete", "Incomplete", "Not Answered"]
		prepared_by: DF.Link | None
		protocol_date: DF.Date | None
		protocol_number: DF.Data | None
		reminded_on: DF.Datetime | None
		requested_by: DF.Link | None
		sent_on: DF.Datetime | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	def onload(self):
		self.set_onload("answers_html", integration_answers.render_answers(self))

	def before_insert(self):
		locks.hold("RTC Application", self.application)

	def before_validate(self):
		states.guard(self)
		validate_row_counts(self, {"items": MOST_ITEMS})
		disown_foreign_rows(self)
		self.keep_what_others_write()
		self.set_term()

	def validate(self):
		self.validate_application()
		self.validate_term()
		self.validate_steps()

	def before_save(self):
		claim_files(self)
		self.set_steps()

	def on_update(self):
		integrations.after_step(self)

	def on_trash(self):
		states.guard_delete(self)

	def hold_others(self):
		"""Its steps move the application, which waits as long as one of its requests is open: one after the other."""
		locks.hold("RTC Application", self.stored("application"))

	def step_to(self, state: str) -> bool:
		return states.enters(self, state)

	def keep_what_others_write(self):
		"""The office asks, the applicant answers, the steps date: none writes what is another's."""
		before = self.get_doc_before_save()
		state = before.workflow_state if before else DRAFT
		staff = is_office(frappe.session.user)
		for fieldname in OF_THE_STEPS:
			self.set(fieldname, before.get(fieldname) if before else None)
		if not before:
			self.prepared_by = frappe.session.user
		if state == DRAFT:
			for fieldname in ("answered_on", "outcome", "decision_reason"):
				self.set(fieldname, None)
			for row in self.items:
				row.update(dict.fromkeys(ANSWER))
			return
		free = OF_THE_OFFICE.get(state, ()) if staff else ()
		for df in self.meta.fields:
			if df.fieldtype not in (*canonical.NOT_CONTENT, "Table") and df.fieldname not in (
				*free,
				states.STATE,
			):
				self.set(df.fieldname, before.get(df.fieldname))
		answers = {row.name: {field: row.get(field) for field in ANSWER} for row in self.items}
		self.set("items", [row.as_dict() for row in before.items])
		if state == SENT:
			for row in self.items:
				row.update(answers.get(row.name, {}))

	def set_term(self):
		for fieldname in ("due_on", "answered_on"):  # a text would always differ from what is stored
			# parts of a second too: from what the desk shows the record then seems unsaved
			if self.get(fieldname):
				self.set(fieldname, get_datetime(self.get(fieldname)).replace(microsecond=0))
		if self.step_to(SENT) and not self.due_on:
			self.due_on = rules.get_term(clock.now(), integrations.get_usual_days(self.application))

	def set_steps(self):
		now, user = clock.now(), frappe.session.user
		if self.step_to(SENT):
			self.sent_on, self.requested_by = now, user
			self.first_due_on = self.due_on
		if self.step_to(ANSWERED):
			recorded = self.answered_on if is_office(user) else None  # a paper answer has its own time
			self.answered_on = recorded or now
			self.answered_by = user
			self.late = cint(rules.is_late(get_datetime(self.answered_on), get_datetime(self.due_on)))
			self.answer_digest = self.content_digest()
		if self.workflow_state == SENT and self.has_value_changed("due_on"):
			self.reminded_on = self.expiry_notified_on = None

	def content_digest(self) -> str:
		"""SHA-256 of the answer: what was asked and what was answered."""
		rows = [canonical.content(row) for row in self.items]
		return canonical.digest({"name": self.name, "application": self.application, "items": rows})

	def validate_application(self):
		"""Asked of an application that is under formal check; later nothing new is asked."""
		if not (self.is_new() or self.step_to(SENT)):
			return
		state = locks.hold("RTC Application", self.application, states.STATE)
		if state not in integrations.ASKED_IN:
			frappe.throw(
				_(
					"The application {0} is in the state {1}: an integration is asked during the formal check."
				).format(frappe.bold(escape_html(self.application or "")), frappe.bold(_(state or ""))),
				NotUnderCheckError,
				title=_("Not under Formal Check"),
			)

	def validate_term(self):
		if not self.due_on or not self.has_value_changed("due_on"):
			return
		before = self.get_doc_before_save()
		if before and before.workflow_state == SENT:
			self.validate_extension(before)
		elif get_datetime(self.due_on) <= clock.now():
			refuse_term(
				_("The term {0} is over already. Write a later one.").format(self.get_bold_value("due_on"))
			)

	def validate_extension(self, before):
		if frappe.session.user != "Administrator" and MANAGER not in frappe.get_roles():
			frappe.throw(
				_("Only the {0} puts off a term that was told.").format(frappe.bold(_(MANAGER))),
				frappe.PermissionError,
				title=_("Not Permitted"),
			)
		if not self.due_on or get_datetime(self.due_on) < get_datetime(before.due_on):
			refuse_term(
				_("The term can only be put off: {0} was told to the applicant.").format(
					frappe.bold(before.get_formatted("due_on"))
				)
			)

	def validate_steps(self):
		if self.step_to(ANSWERED):
			self.validate_answers()
		if self.step_to(CANCELLED):
			require(self, "decision_reason", _("Write why the request is cancelled: the applicant reads it."))
		if self.step_to(CLOSED):
			require(self, "outcome", _("Say what came of the request before you close it."))
			if not self.answered_on and get_datetime(self.due_on) > clock.now():
				refuse_term(
					_(
						"The applicant can answer until {0}: close the request after that, or cancel it."
					).format(self.get_bold_value("due_on"))
				)

	def validate_answers(self):
		missing = rules.list_unanswered(row.as_dict() for row in self.items)
		if missing:
			lines = [
				_("{0}. {1}: no answer yet.").format(row.idx, frappe.bold(escape_html(row.what)))
				for row in missing
			]
			frappe.throw(lines, UnansweredError, title=_("Answers Missing"), as_list=True)
		if self.answered_on and get_datetime(self.answered_on) > clock.now():
			refuse_term(
				_("The answer cannot have come on {0}, which is still to come.").format(
					self.get_bold_value("answered_on")
				)
			)
		if self.answered_on and get_datetime(self.answered_on) < get_datetime(self.sent_on):
			refuse_term(
				_("The answer cannot have come on {0}, before the request was sent.").format(
					self.get_bold_value("answered_on")
				)
			)

	def get_bold_value(self, fieldname: str) -> str:
		return frappe.bold(self.get_formatted(fieldname))


def is_office(user: str) -> bool:
	return user == "Administrator" or is_staff(user)


def refuse_term(message: str) -> None:
	frappe.throw(message, TermError, title=_("Check the Term"))
