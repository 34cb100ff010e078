from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import flt

from rtc_conciliation import rules
from rtc_conciliation.access.conflict_links import get_usual_mail_providers
from rtc_conciliation.common.findings import refuse_report
from rtc_conciliation.common.inputs import disown_foreign_rows, validate_date_order, validate_numbers
from rtc_conciliation.common.record import Record
from rtc_conciliation.network import deliberation


class BudgetYearsError(frappe.ValidationError):
	pass


class ThresholdError(frappe.ValidationError):
	pass


class RTCProgramme(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

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
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_text_limit.rtc_call_text_limit import (
			RTCCallTextLimit,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_call_tie_break.rtc_call_tie_break import (
			RTCCallTieBreak,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_programme_budget_year.rtc_programme_budget_year import (
			RTCProgrammeBudgetYear,
		)

		acceptance_days: DF.Int
		appeal_text: DF.SmallText | None
		areas: DF.Table[RTCCallArea]
		ats_act: DF.Data | None
		ats_act_date: DF.Date | None
		ats_act_file: DF.Attach | None
		ats_act_url: DF.Data | None
		ats_name: DF.Data
		budget_years: DF.Table[RTCProgrammeBudgetYear]
		calls_deadline: DF.Date | None
		cost_caps: DF.Table[RTCCallCostCap]
		criteria: DF.Table[RTCCallCriterion]
		currency: DF.Link | None
		declarations: DF.Table[RTCCallDeclaration]
		description: DF.TextEditor | None
		end_date: DF.Date
		endowment: DF.Currency
		evaluation_method: DF.Literal["Mean", "Consensus"]
		formal_checks: DF.Table[RTCCallFormalCheck]
		hide_applicants: DF.Check
		integration_days: DF.Int
		ipa_code: DF.Data | None
		legal_basis: DF.Data
		mail_providers: DF.SmallText | None
		max_contribution: DF.Currency
		min_areas: DF.Int
		min_cofinancing_percent: DF.Percent
		min_partners: DF.Int
		min_reviews: DF.Int
		office: DF.Data | None
		office_email: DF.Data | None
		office_pec: DF.Data | None
		one_application_per_lead: DF.Check
		partial_funding: DF.Check
		partner_commitment: DF.SmallText | None
		plan_deadline: DF.Date | None
		plan_reminded: DF.Data | None
		plan_template: DF.Link | None
		privacy_notice_version: DF.Data | None
		procedure_officer: DF.Data | None
		project_end: DF.Date
		project_start: DF.Date
		province: DF.Data | None
		questions_days: DF.Int
		recipient_categories: DF.Table[RTCCallRecipientCategory]
		required_documents: DF.Table[RTCCallRequiredDocument]
		requires_partner_confirmation: DF.Check
		score_step: DF.Literal["0.25", "0.5", "1"]
		score_threshold: DF.Float
		spread_alert: DF.Float
		start_date: DF.Date
		state_aid: DF.Check
		status: DF.Literal["Planned", "Active", "Closed"]
		system_action_amount: DF.Currency
		text_limits: DF.Table[RTCCallTextLimit]
		tie_breaks: DF.Table[RTCCallTieBreak]
		title: DF.Data
		website: DF.Data | None
	# end: auto-generated types

	def before_validate(self):
		disown_foreign_rows(self)
		validate_numbers(self)
		self.mail_providers = self.mail_providers or get_usual_mail_providers()

	def validate(self):
		validate_date_order(self, ("start_date", "end_date"), ("project_start", "project_end"))
		self.validate_thresholds()
		self.validate_budget_years()
		refuse_report(
			rules.check_proposals(self.as_dict()), self.meta, _("Correct What Is Proposed to the Calls")
		)

	def before_save(self):
		deliberation.claim_act_file(self)

	def validate_thresholds(self):
		if not 0 < flt(self.min_cofinancing_percent) <= 100:
			frappe.throw(
				_("{0} must be more than 0 and not more than 100.").format(
					frappe.bold(_(self.meta.get_label("min_cofinancing_percent")))
				),
				ThresholdError,
			)

	def validate_budget_years(self):
		if not self.budget_years:
			return
		total = sum(Decimal(str(row.amount or 0)) for row in self.budget_years)
		endowment = Decimal(str(self.endowment or 0))
		if total != endowment:
			frappe.throw(
				_("The years of the budget add up to {0}, the endowment is {1}: they must be equal.").format(
					frappe.bold(frappe.format_value(float(total), "Currency")),
					frappe.bold(frappe.format_value(float(endowment), "Currency")),
				),
				BudgetYearsError,
				title=_("Check the Budget"),
			)
