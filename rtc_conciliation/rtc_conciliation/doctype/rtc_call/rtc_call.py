import frappe
from frappe import _

from rtc_conciliation import rules
from rtc_conciliation.access import states
from rtc_conciliation.calls import defaults
from rtc_conciliation.common import clock
from rtc_conciliation.common.findings import refuse_report
from rtc_conciliation.common.inputs import disown_foreign_rows, require, validate_numbers
from rtc_conciliation.common.record import Record
from rtc_conciliation.rtc_conciliation.doctype.rtc_call import amendments


class ClosingTimeError(frappe.ValidationError):
	pass


class QuestionTimeError(frappe.ValidationError):
	pass


class RTCCall(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_amendment.rtc_call_amendment import (
			RTCCallAmendment,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_area.rtc_call_area import RTCCallArea
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_cost_cap.rtc_call_cost_cap import (
			RTCCallCostCap,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_criterion.rtc_call_criterion import (
			RTCCallCriterion,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_declaration.rtc_call_declaration import (
			RTCCallDeclaration,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_formal_check.rtc_call_formal_check import (
			RTCCallFormalCheck,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_recipient_category.rtc_call_recipient_category import (
			RTCCallRecipientCategory,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_required_document.rtc_call_required_document import (
			RTCCallRequiredDocument,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_reserve.rtc_call_reserve import RTCCallReserve
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_text_limit.rtc_call_text_limit import (
			RTCCallTextLimit,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_tie_break.rtc_call_tie_break import (
			RTCCallTieBreak,
		)

		acceptance_days: DF.Int
		act_date: DF.Date | None
		act_number: DF.Data | None
		amendments: DF.Table[RTCCallAmendment]
		areas: DF.Table[RTCCallArea]
		closing: DF.Datetime
		contact_email: DF.Data | None
		cost_caps: DF.Table[RTCCallCostCap]
		criteria: DF.Table[RTCCallCriterion]
		currency: DF.Link | None
		declarations: DF.Table[RTCCallDeclaration]
		description: DF.TextEditor | None
		draft_reminder_days: DF.Int
		draft_removal_days: DF.Int
		endowment: DF.Currency
		evaluation_method: DF.Literal["", "Mean", "Consensus"]
		filling_hours: DF.Int
		formal_checks: DF.Table[RTCCallFormalCheck]
		hide_applicants: DF.Check
		integration_days: DF.Int
		max_contribution: DF.Currency
		min_areas: DF.Int
		min_cofinancing_percent: DF.Percent
		min_partners: DF.Int
		min_reviews: DF.Int
		naming_series: DF.Literal["RTC-CALL-.YYYY.-.##"]
		one_application_per_lead: DF.Check
		opening: DF.Datetime
		partial_funding: DF.Check
		partner_commitment: DF.SmallText | None
		programme: DF.Link
		project_end: DF.Date
		project_start: DF.Date
		questions_until: DF.Datetime | None
		ranking: DF.Link | None
		recipient_categories: DF.Table[RTCCallRecipientCategory]
		required_documents: DF.Table[RTCCallRequiredDocument]
		requires_partner_confirmation: DF.Check
		reserves: DF.Table[RTCCallReserve]
		score_step: DF.Literal["", "0.25", "0.5", "1"]
		score_threshold: DF.Float
		spread_alert: DF.Float
		state_aid: DF.Check
		text_limits: DF.Table[RTCCallTextLimit]
		tie_breaks: DF.Table[RTCCallTieBreak]
		title: DF.Data
		workflow_state: DF.Link | None
	# end: auto-generated types

	def update(self, values):
		if self.get("__islocal") and self.get("__unsaved"):
			defaults.clear_values(self, values)
		return super().update(values)

	def insert(self, *args, **kwargs):
		# before core fills in zeros, which nobody could tell from those that were sent
		defaults.fill_call(self)
		return super().insert(*args, **kwargs)

	def before_validate(self):
		states.guard(self)
		disown_foreign_rows(self)
		validate_numbers(self)

	def validate(self):
		self.flags.amendments = amendments.guard(self)
		self.validate_steps()
		self.validate_questions_until()
		programme = frappe.get_cached_doc("RTC Programme", self.programme)
		refuse_report(rules.check_call(self.as_dict(), programme.as_dict()), self.meta, _("Correct the Call"))

	def on_update(self):
		if self.flags.amendments:
			amendments.send_amendments(self, self.flags.amendments)

	def on_trash(self):
		states.guard_delete(self)

	def validate_steps(self):
		if states.enters(self, "Published"):
			require(self, "act_number", _("Write the act that approves the call before you publish it."))
			require(self, "act_date", _("Write the date of the act before you publish the call."))
		if states.enters(self, "Closed") and clock.now() < frappe.utils.get_datetime(self.closing):
			frappe.throw(
				_("The call is open until {0}: it can be closed after that.").format(
					frappe.bold(self.get_formatted("closing"))
				),
				ClosingTimeError,
				title=_("Call Still Open"),
			)

	def validate_questions_until(self):
		if self.questions_until and frappe.utils.get_datetime(
			self.questions_until
		) > frappe.utils.get_datetime(self.closing):
			frappe.throw(
				_("Questions cannot be taken after the closing of the call: {0}.").format(
					frappe.bold(self.get_formatted("closing"))
				),
				QuestionTimeError,
				title=_("Check These Dates"),
			)
