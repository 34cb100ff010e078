import json

import frappe
from frappe import _
from frappe.utils import escape_html, get_link_to_form

from rtc_conciliation.access import states
from rtc_conciliation.access.fields import allow
from rtc_conciliation.common import findings, locks
from rtc_conciliation.common.files.records import claim_files
from rtc_conciliation.common.inputs import disown_foreign_rows, require, validate_row_counts
from rtc_conciliation.common.papers import canonical
from rtc_conciliation.common.record import Record
from rtc_conciliation.plan import assemble, pdf
from rtc_conciliation.plan.deadline import SENT_STATES
from rtc_conciliation.plan.template import get_sections_of_programme
from rtc_conciliation.rules import check_plan

MAX_ROWS = {"sections": 100, "community_members": 300}


class PlanVersionError(frappe.ValidationError):
	pass


class RTCPlan(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_plan_community_member.rtc_plan_community_member import (
			RTCPlanCommunityMember,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_plan_section.rtc_plan_section import RTCPlanSection

		act_date: DF.Date | None
		act_number: DF.Data | None
		amended_from: DF.Link | None
		community_members: DF.Table[RTCPlanCommunityMember]
		community_outcome: DF.TextEditor | None
		digest: DF.Data | None
		naming_series: DF.Literal["RTC-PLAN-.YYYY.-.##"]
		observations: DF.SmallText | None
		pdf_digest: DF.Data | None
		pdf_file: DF.Attach | None
		pec_receipt: DF.Attach | None
		plan_version: DF.Int
		prepared_by: DF.Link | None
		previous_version: DF.Link | None
		programme: DF.Link
		protocol_date: DF.Date | None
		protocol_number: DF.Data | None
		reference_date: DF.Date
		sections: DF.Table[RTCPlanSection]
		snapshot: DF.JSON | None
		title: DF.Data
		workflow_state: DF.Link | None
	# end: auto-generated types

	def onload(self):
		data = None if self.is_new() else assemble.assemble_document(self)
		self.set_onload("preview_html", assemble.render_preview(self, data))
		if data and not self.docstatus:
			self.set_onload("completeness_html", assemble.render_completeness(check_plan(data), self.meta))

	def before_insert(self):
		self.validate_line()
		if not self.sections:
			self.extend("sections", get_sections_of_programme(self.programme))

	def before_validate(self):
		states.guard(self)
		disown_foreign_rows(self)
		validate_row_counts(self, MAX_ROWS)
		if not self.docstatus:  # only the approval writes these
			self.update(dict.fromkeys(("snapshot", "digest", "pdf_file", "pdf_digest")))

	def before_submit(self):
		require(self, "act_number", _("Write the act of the ATS before you approve the Plan."))
		require(self, "act_date", _("Write the date of the act before you approve the Plan."))
		self.freeze()

	def before_update_after_submit(self):
		states.guard(self)
		if self.has_value_changed("pec_receipt"):
			claim_files(self)
		if states.enters(self, "Sent"):
			require(self, "protocol_number", _("Write the protocol number of the PEC to the Region."))
			require(self, "protocol_date", _("Write the date on which the Plan was sent."))
			require(self, "pec_receipt", _("Attach the delivery receipt of the PEC to the Region."))
		if states.enters(self, "With Observations"):
			require(self, "observations", _("Write what the Region observed."))

	def before_cancel(self):
		states.guard(self)

	def validate_line(self):
		"""One line of versions for a programme: its first Plan begins it, each later one goes on from the one before.

		The programme's row is held, so that of two that begin at once the second sees the first.
		"""
		locks.hold("RTC Programme", self.programme)
		if self.previous_version:
			before = frappe.db.get_value(
				"RTC Plan", self.previous_version, ("programme", states.STATE), as_dict=True, for_update=True
			)
			if not before or before.programme != self.programme or before[states.STATE] not in SENT_STATES:
				refuse_unsent()
		filters = {"programme": self.programme, "docstatus": ("<", 2)}
		if self.previous_version:
			filters["previous_version"] = self.previous_version
		other = frappe.db.get_value(
			"RTC Plan",
			filters,
			("name", "title"),
			order_by="plan_version desc",
			as_dict=True,
			for_update=True,
		)
		if other:
			frappe.throw(
				_(
					"{0} ({1}) is there already for this programme. Go on with it; once it was sent to the Region, "
					"begin the next one by {2}."
				).format(
					get_link_to_form("RTC Plan", other.name, escape_html(other.title)),
					other.name,
					frappe.bold(_("New Version")),
				),
				PlanVersionError,
				title=_("Plan Already There"),
			)

	def on_trash(self):
		states.guard_delete(self)

	def freeze(self):
		"""Keep what the Plan shows on the day of approval, as data and as PDF: later changes do not reach it.

		Raises RulesError with all that is missing.
		"""
		data = assemble.assemble_draft(self)
		findings.refuse_report(check_plan(data), self.meta, _("Incomplete Plan"))
		self.snapshot = json.dumps(
			assemble.drop_empty_sections(data), ensure_ascii=False, sort_keys=True, default=str
		)
		self.digest = canonical.digest(json.loads(self.snapshot))
		if pdf.is_long(data):
			pdf.enqueue(self.name)
		else:
			self.update(pdf.keep_pdf(self))

	@frappe.whitelist(methods=["POST"])
	def make_new_version(self) -> str:
		"""A new draft that goes on from this Plan; its name."""
		self.check_permission("create")
		if self.get(states.STATE) not in SENT_STATES:
			refuse_unsent()
		draft = frappe.copy_doc(self, ignore_no_copy=False)
		draft.update({"docstatus": 0, "previous_version": self.name, "plan_version": self.plan_version + 1})
		draft.reference_date = frappe.utils.today()
		allow(draft, "previous_version", "plan_version")
		return draft.insert().name


def refuse_unsent():
	frappe.throw(
		_("A new version starts from a Plan that was sent to the Region."),
		PlanVersionError,
		title=_("Plan Not Sent"),
	)
