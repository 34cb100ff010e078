from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from rtc_conciliation import rules
from rtc_conciliation.records.findings import refuse
from rtc_conciliation.records.inputs import disown_foreign_rows, validate_date_order, validate_numbers
from rtc_conciliation.setup.templates import mail_providers


class BudgetYearsError(frappe.ValidationError):
	pass


class ThresholdError(frappe.ValidationError):
	pass


class RTCProgramme(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_programme_budget_year.rtc_programme_budget_year import (
			RTCProgrammeBudgetYear,
		)

		appeal_text: DF.SmallText | None
		ats_act: DF.Data | None
		ats_name: DF.Data
		budget_years: DF.Table[RTCProgrammeBudgetYear]
		calls_deadline: DF.Date | None
		currency: DF.Link | None
		description: DF.TextEditor | None
		end_date: DF.Date
		endowment: DF.Currency
		ipa_code: DF.Data | None
		legal_basis: DF.Data
		max_contribution: DF.Currency
		min_areas: DF.Int
		min_cofinancing_percent: DF.Percent
		min_partners: DF.Int
		office: DF.Data | None
		office_email: DF.Data | None
		office_pec: DF.Data | None
		plan_deadline: DF.Date | None
		plan_reminded: DF.Data | None
		plan_template: DF.Link | None
		privacy_notice_version: DF.Data | None
		procedure_officer: DF.Data | None
		project_end: DF.Date
		project_start: DF.Date
		province: DF.Data | None
		start_date: DF.Date
		status: DF.Literal["Planned", "Active", "Closed"]
		system_action_amount: DF.Currency
		title: DF.Data
		website: DF.Data | None
	# end: auto-generated types

	def before_validate(self):
		disown_foreign_rows(self)
		validate_numbers(self)
		self.mail_providers = self.mail_providers or mail_providers()

	def validate(self):
		validate_date_order(self, ("start_date", "end_date"), ("project_start", "project_end"))
		self.validate_thresholds()
		self.validate_budget_years()
		refuse(rules.check_proposals(self.as_dict()), self.meta, _("Mend What Is Proposed to the Calls"))

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
