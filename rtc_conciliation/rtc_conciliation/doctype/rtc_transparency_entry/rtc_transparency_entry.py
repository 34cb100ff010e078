import frappe
from frappe import _

from rtc_conciliation.access import states
from rtc_conciliation.awards import register
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.inputs import require, validate_lengths, validate_numbers
from rtc_conciliation.common.record import Record

#: what people may mend before it is published; the rest comes from the award
BY_HAND = frozenset(
	{"project_title", "legal_basis", "selection", "office", "procedure_officer", "correction_reason"}
)


class RegisterError(frappe.PermissionError):
	"""Rows of the register come from an award, and none is deleted."""


class RTCTransparencyEntry(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		act_date: DF.Date | None
		act_number: DF.Data | None
		amount: DF.Currency
		application: DF.Link
		beneficiary: DF.Data | None
		call: DF.Link | None
		cor: DF.Data | None
		corrected_on: DF.Datetime | None
		correction_reason: DF.SmallText | None
		corrects: DF.Link | None
		cup: DF.Data | None
		currency: DF.Link | None
		is_person: DF.Check
		legal_basis: DF.SmallText | None
		naming_series: DF.Literal["RTC-TRA-.YYYY.-.#####"]
		office: DF.Data | None
		paid_amount: DF.Currency
		paid_on: DF.Date | None
		prepared_by: DF.Link | None
		procedure_officer: DF.Data | None
		programme: DF.Link | None
		project_title: DF.Data | None
		public_beneficiary: DF.Data | None
		public_tax_code: DF.Data | None
		published_by: DF.Link | None
		published_on: DF.Datetime | None
		ranking: DF.Link | None
		row_version: DF.Int
		selection: DF.SmallText | None
		tax_code: DF.Data | None
		workflow_state: DF.Link | None
		year: DF.Int

	# end: auto-generated types
	def hold_others(self):
		# its versions are corrected and published one after the other
		locks.hold("RTC Application", self.stored("application"))

	def before_validate(self):
		states.guard(self)
		validate_numbers(self)
		validate_lengths(self)
		self.keep_what_the_award_wrote()
		if states.enters(self, register.PUBLISHED):
			self.published_on, self.published_by = clock.now(), frappe.session.user
		if states.enters(self, register.CORRECTED):
			self.corrected_on = clock.now()

	def validate(self):
		if states.enters(self, register.PUBLISHED):
			self.validate_complete()
		if states.enters(self, register.CORRECTED) and not self.is_corrected():
			refuse(_("A row is corrected by publishing its new version: use the button “Correct”."))

	def on_update(self):
		if states.enters(self, register.PUBLISHED):
			register.take_place_of(self)

	def on_trash(self):
		refuse(_("A row of the register is never deleted: what was wrong is corrected by a new version."))

	def keep_what_the_award_wrote(self):
		if self.flags.by_the_app:
			return
		before = self.get_doc_before_save()
		if not before:
			refuse(_("The rows of the register are made by the act that approves a ranking."))
		for df in self.meta.fields:
			if df.fieldname not in BY_HAND and df.fieldname != states.STATE:
				self.set(df.fieldname, before.get(df.fieldname))

	def validate_complete(self):
		for fieldname in (
			"project_title",
			"legal_basis",
			"selection",
			"office",
			"act_number",
			"act_date",
			"cup",
		):
			require(self, fieldname, _("The register cannot be published without it."))
		if frappe.db.get_value("RTC Ranking", self.ranking, "workflow_state") != "Published":
			refuse(_("Publish the ranking {0} first: the row links to its project.").format(self.ranking))
		if self.corrects:
			require(self, "correction_reason", _("Write the reason of the correction: it is published."))

	def is_corrected(self) -> bool:
		newer = {"corrects": self.name, "workflow_state": register.PUBLISHED}
		return bool(frappe.db.exists(self.doctype, newer))


def refuse(message: str) -> None:
	frappe.throw(message, RegisterError, title=_("Transparency Register"))
