from frappe import _

from rtc_conciliation.access import states
from rtc_conciliation.calls import questions
from rtc_conciliation.common import clock
from rtc_conciliation.common.inputs import require
from rtc_conciliation.common.record import Record

RECEIVED, ANSWERED, PUBLISHED, NOT_PUBLISHED = "Received", "Answered", "Published", "Not Published"
#: what only the steps write
OF_THE_STEPS = ("asked_on", "published_on")


class RTCCallQuestion(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.Text | None
		asked_on: DF.Datetime | None
		call: DF.Link
		channel: DF.Literal["Web", "E-mail", "PEC", "Telephone", "Meeting"]
		decision_reason: DF.SmallText | None
		email: DF.Data | None
		naming_series: DF.Literal["RTC-QST-.YYYY.-.#####"]
		prepared_by: DF.Link | None
		public_question: DF.Text | None
		published_on: DF.Datetime | None
		question: DF.Text
		subject: DF.Data
		workflow_state: DF.Link | None
	# end: auto-generated types

	def before_validate(self):
		states.guard(self)
		self.set_steps()

	def validate(self):
		if self.is_new():
			questions.validate_call(self.call)
		if states.enters(self, ANSWERED) or states.enters(self, PUBLISHED):
			require(self, "answer", _("Write the answer first."))
			require(self, "public_question", _("Write the question as it will be published."))
		if states.enters(self, NOT_PUBLISHED):
			require(self, "decision_reason", _("Write why it is not published."))

	def on_update(self):
		if states.enters(self, PUBLISHED):
			questions.tell_asker(self)

	def on_trash(self):
		states.guard_delete(self)

	def set_steps(self):
		before = self.get_doc_before_save()
		for fieldname in OF_THE_STEPS:
			self.set(fieldname, before.get(fieldname) if before else None)
		if not before:
			self.asked_on = clock.now()
		self.public_question = self.public_question or self.question
		if states.enters(self, PUBLISHED):
			self.published_on = clock.now()
