import frappe
from frappe import _
from frappe.utils import cint, flt

from rtc_conciliation.access import states
from rtc_conciliation.access.fields import allow
from rtc_conciliation.awards import approval as ranking_approval
from rtc_conciliation.awards import approval_job
from rtc_conciliation.awards import compute as ranking
from rtc_conciliation.awards import decision_page as document
from rtc_conciliation.common import clock
from rtc_conciliation.common.inputs import disown_foreign_rows, validate_numbers, validate_row_counts
from rtc_conciliation.common.italian import use_italian
from rtc_conciliation.common.record import Record

PROPOSED, APPROVED, PUBLISHED = "Proposed", "Approved", "Published"
#: what only the server writes, until the approval does
FROZEN = ("approved_on", "approved_by", "published_on", "snapshot", "digest", "pdf_file", "pdf_digest")
MAX_ROWS = {"entries": 5000}


class PotError(frappe.ValidationError):
	"""The pot of a ranking is no amount from zero up."""


class KindError(frappe.ValidationError):
	"""A scrolling goes on from a ranking of the same call, and a ranking from none."""


class RTCRanking(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_ranking_entry.rtc_ranking_entry import (
			RTCRankingEntry,
		)

		act_date: DF.Date | None
		act_number: DF.Data | None
		amended_from: DF.Link | None
		approved_by: DF.Link | None
		approved_on: DF.Datetime | None
		call: DF.Link
		computed_on: DF.Datetime | None
		currency: DF.Link | None
		digest: DF.Data | None
		entries: DF.Table[RTCRankingEntry]
		held: DF.Currency
		kind: DF.Literal["Ranking", "Scrolling"]
		naming_series: DF.Literal["RTC-RANK-.YYYY.-.###"]
		pdf_digest: DF.Data | None
		pdf_file: DF.Attach | None
		pot: DF.Currency
		prepared_by: DF.Link | None
		previous_ranking: DF.Link | None
		programme: DF.Link | None
		published_on: DF.Datetime | None
		snapshot: DF.JSON | None
		title: DF.Data | None
		workflow_state: DF.Link | None
	# end: auto-generated types

	def save(self, *args, **kwargs):
		# core would lock a ranking for good once one of its applications is withdrawn; its links are the server's own
		self.flags.ignore_links = not self.is_new()
		return super().save(*args, **kwargs)

	def onload(self):
		self.set_onload("decision_html", document.render_preview(self))
		approval = {"many": approval_job.MANY, **approval_job.get_state(self.name)}
		self.set_onload("approval", {} if self.docstatus else approval)

	def before_insert(self):
		self.set_kind()
		self.programme = frappe.db.get_value("RTC Call", self.call, "programme")
		self.entries = []
		self.set_pot()

	def before_validate(self):
		states.guard(self)
		validate_row_counts(self, MAX_ROWS)
		disown_foreign_rows(self)
		validate_numbers(self)
		if not self.title:
			title = frappe.db.get_value("RTC Call", self.call, "title")
			with use_italian():  # it is published as it is stored
				self.title = _("Ranking of {0}").format(title)[:140]
		if not self.docstatus:  # only the approval writes these
			self.update(dict.fromkeys(FROZEN))
			self.keep_computed()

	def validate(self):
		if flt(self.pot) < 0:
			frappe.throw(
				_("The available funds cannot be below zero."), PotError, title=_("Check the Available Funds")
			)
		if states.enters(self, PROPOSED):
			ranking_approval.validate_proposal(self)

	def before_submit(self):
		ranking_approval.approve(self)

	def on_submit(self):
		ranking_approval.apply_outcomes(self)

	def before_update_after_submit(self):
		states.guard(self)
		if states.enters(self, PUBLISHED):
			self.published_on = clock.now()

	def before_cancel(self):
		states.guard(self)

	def on_trash(self):
		states.guard_delete(self)

	def set_kind(self):
		"""A ranking goes on from none, a scrolling from an approved one of its call."""
		if self.kind != ranking.SCROLLING:
			self.kind, self.previous_ranking = "Ranking", None
			return
		fields = ("call", "docstatus")
		before = frappe.db.get_value(self.doctype, self.previous_ranking or "", fields, as_dict=True)
		if not before or before.call != self.call or before.docstatus != 1:
			frappe.throw(
				_(
					"An award from the reserve list goes on from an approved ranking of the same call: open that one and press {0}."
				).format(frappe.bold(_("Scroll"))),
				KindError,
				title=_("Previous Ranking"),
			)

	def set_pot(self):
		if self.get("pot") not in (None, ""):
			return
		if self.kind == ranking.SCROLLING:
			self.pot = float(ranking.get_returned_total(frappe.get_doc(self.doctype, self.previous_ranking)))
		else:
			self.pot = frappe.db.get_value("RTC Call", self.call, "endowment")

	def keep_computed(self):
		"""The entries are computed: of them only the answer of a lead comes from outside."""
		if self.flags.computing:
			return
		before = self.get_doc_before_save()
		if not before:
			self.computed_on, self.held = None, 0.0
			return
		given = {row.application: row.partial_accepted or "" for row in self.entries}
		self.computed_on, self.held, self.kind = before.computed_on, before.held, before.kind
		self.previous_ranking, self.programme = before.previous_ranking, before.programme
		if before.workflow_state != "Draft":  # what was proposed is what is approved
			self.pot, self.title = before.pot, before.title
			self.set("entries", before.entries)
			return
		answered = False
		self.set("entries", before.entries)
		for row in self.entries:
			answer = given.get(row.application, "") if row.offered else ""
			answered = answered or answer != (row.partial_accepted or "")
			row.partial_accepted = answer
		if self.entries and (answered or flt(self.pot) != flt(before.pot)):
			ranking.allocate_again(self)

	@frappe.whitelist(methods=["POST"])
	def compute(self) -> list[str]:
		"""Make the entries from the reviews and the available funds; titles of those whose marks are far apart."""
		self.check_permission("write")
		ranking.compute(self)
		self.flags.computing = True
		allow(self)
		try:
			self.save()
		finally:
			self.flags.update({"computing": False, "by_the_app": None})
		return [row.application_title for row in self.entries if cint(row.flagged)]

	@frappe.whitelist(methods=["POST"])
	def make_scrolling(self) -> str:
		"""A new draft that goes on from this ranking with the money that came back; its name."""
		self.check_permission("read")
		doc = frappe.new_doc(self.doctype)
		with use_italian():
			title = _("Award from the reserve list of {0}").format(self.title)
		doc.update(
			{
				"title": title,
				"call": self.call,
				"kind": ranking.SCROLLING,
				"previous_ranking": self.name,
			}
		)
		allow(doc, "kind", "previous_ranking")
		doc.insert()
		doc.compute()
		return doc.name
