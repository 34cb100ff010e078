import frappe
from frappe import _
from frappe.utils import cint, getdate

from rtc_conciliation.access import panel_assignments, states
from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.common import clock, findings, locks
from rtc_conciliation.common.files.records import claim_files
from rtc_conciliation.common.inputs import disown_foreign_rows, require, validate_row_counts
from rtc_conciliation.common.papers import richtext
from rtc_conciliation.common.record import Record
from rtc_conciliation.evaluation import panel_mails, panels
from rtc_conciliation.rules import Report
from rtc_conciliation.rules.evaluation import panel as rules

LIMITS = {"members": 50, "sittings": 200}
#: what may change in a seat once its holder is appointed
OPEN_IN_SEAT = ("to_date", "act", "organisation", "person")
OF_ACT = ("call", "act_number", "act_date")
IN_SITTING = ("held_on", "present", "minutes", "minutes_file", "closed")


class SeatKeptError(frappe.ValidationError):
	"""Who was appointed stays on record: a seat ends with its last day."""


class MinutesClosedError(frappe.PermissionError):
	"""The minutes of a sitting are closed."""


class OwnAppointmentError(frappe.PermissionError):
	"""Nobody appoints themselves."""


class EvaluationOpenError(frappe.ValidationError):
	"""Applications are still under evaluation."""


class RTCPanel(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_panel_member.rtc_panel_member import (
			RTCPanelMember,
		)
		from rtc_conciliation.rtc_conciliation.doctype.rtc_panel_sitting.rtc_panel_sitting import (
			RTCPanelSitting,
		)

		act_date: DF.Date | None
		act_number: DF.Data | None
		call: DF.Link
		call_title: DF.Data | None
		members: DF.Table[RTCPanelMember]
		sittings: DF.Table[RTCPanelSitting]
		workflow_state: DF.Link | None
	# end: auto-generated types

	def onload(self):
		self.set_onload("progress_html", panels.render_progress(self))

	def hold_others(self):
		# a change of the seats may find a conflict, which the scores of the call follow
		locks.hold("RTC Call", self.stored("call"))

	def before_validate(self):
		states.guard(self)
		validate_row_counts(self, LIMITS)
		disown_foreign_rows(self)
		self.call_title = frappe.db.get_value("RTC Call", self.call, "title")
		self.set_persons()
		self.set_sittings()

	def validate(self):
		self.validate_kept_seats()
		appointed = self.get(states.STATE) != "Draft"
		report = rules.check_panel(self.as_dict(), appointed)
		involved = panels.check_persons(self, self.new_seats())
		findings.refuse_report(
			Report.of([*report.findings, *involved]), self.meta, _("Check the Members of the Panel")
		)
		self.validate_appointer()
		self.validate_steps()

	def before_save(self):
		claim_files(self)

	def on_update(self):
		panels.look_for_links(self)
		panel_mails.tell_appointed(self)

	def on_trash(self):
		states.guard_delete(self)

	def set_persons(self):
		"""The name under which a member appears in the acts: the user's where nobody wrote one."""
		unnamed = [row.user for row in self.members if row.user and not row.person]
		names = dict(
			frappe.get_all("User", {"name": ("in", unnamed or [""])}, ["name", "full_name"], as_list=True)
		)
		for row in self.members:
			row.person = row.person or names.get(row.user)

	def set_sittings(self):
		"""Who closed the minutes and when comes from the server; closed ones stay as they are."""
		before = self.get_doc_before_save()
		stored = {row.name: row for row in (before.sittings if before else ())}
		for row in self.sittings:
			row.minutes = richtext.clean_html(row.minutes)
			old = stored.pop(row.name, None)
			if old and cint(old.closed):
				self.require_unchanged(old, row)
				row.closed_on, row.closed_by = old.closed_on, old.closed_by
			elif cint(row.closed):
				self.validate_closing(row)
				row.closed_on, row.closed_by = clock.now(), frappe.session.user
			else:
				row.closed_on = row.closed_by = None
		for old in stored.values():
			if cint(old.closed):
				self.refuse_closed(old)

	def require_unchanged(self, old, row):
		if any(str(old.get(name) or "") != str(row.get(name) or "") for name in IN_SITTING):
			self.refuse_closed(old)

	def refuse_closed(self, row):
		frappe.throw(
			_(
				"The minutes of the session of {0} are closed: they stay as they are. Correct them in a later session."
			).format(frappe.bold(row.get_formatted("held_on"))),
			MinutesClosedError,
			title=_("Minutes Closed"),
		)

	def validate_closing(self, row):
		if not (row.minutes or row.minutes_file) or getdate(row.held_on) > clock.now().date():
			frappe.throw(
				_(
					"Row #{0}: minutes are closed once the session was held and they are written or attached."
				).format(row.idx),
				title=_("Minutes Missing"),
			)

	def new_seats(self) -> list:
		"""The rows that this save appoints, or would."""
		before = self.get_doc_before_save()
		if not before or before.get(states.STATE) == "Draft":
			return self.members
		known = {row.name for row in before.members}
		return [row for row in self.members if row.name not in known]

	def validate_kept_seats(self):
		before = self.get_doc_before_save()
		if not before or before.get(states.STATE) == "Draft":
			return
		if any(str(before.get(name) or "") != str(self.get(name) or "") for name in OF_ACT):
			frappe.throw(
				_(
					"The act that appointed the panel stays as it is: who comes later has an act of their own in their row."
				),
				SeatKeptError,
				title=_("Seat of an Appointed Panel"),
			)
		now = {row.name: row for row in self.members}
		stored = {row.name: row for row in before.members}
		if self.new_seats() or any(differ(stored[name], row) for name, row in now.items() if name in stored):
			require_manager()
		for old in before.members:
			row = now.get(old.name)
			if not row or any(
				str(old.get(df.fieldname) or "") != str(row.get(df.fieldname) or "")
				for df in row.meta.fields
				if df.fieldname not in OPEN_IN_SEAT
			):
				frappe.throw(
					_(
						"{0} was appointed: the seat stays on record. Write To to end it, and add a row for who follows."
					).format(frappe.bold(frappe.utils.escape_html(old.person or old.user))),
					SeatKeptError,
					title=_("Seat of an Appointed Panel"),
				)
		for row in self.new_seats():
			if not row.act:
				frappe.throw(
					_("Row #{0}: write in {1} the number and the date of the act that appoints {2}.").format(
						row.idx,
						frappe.bold(_("Act")),
						frappe.bold(frappe.utils.escape_html(row.person or "")),
					),
					SeatKeptError,
					title=_("Act Missing"),
				)

	def validate_appointer(self):
		appointed = [] if self.get(states.STATE) == "Draft" else self.new_seats()
		if states.enters(self, panel_assignments.APPOINTED):
			appointed = self.members
		if frappe.session.user in {row.user for row in appointed}:
			frappe.throw(
				_("You are a member of this panel: another person must appoint it."),
				OwnAppointmentError,
				title=_("Self-Approval Refused"),
			)

	def validate_steps(self):
		if states.enters(self, panel_assignments.APPOINTED):
			require(self, "act_number", _("Write the act that appoints the panel."))
			require(self, "act_date", _("Write the date of the act that appoints the panel."))
		if states.enters(self, "Dissolved"):
			filters = {
				"call": self.call,
				"workflow_state": panel_assignments.UNDER_EVALUATION,
				"docstatus": 1,
			}
			if waiting := frappe.db.count(panel_assignments.APPLICATION, filters):
				frappe.throw(
					_(
						"Applications still under evaluation: {0}. The panel ends with the approval of the ranking."
					).format(waiting),
					EvaluationOpenError,
					title=_("Evaluation Not Finished"),
				)


def differ(old, row) -> bool:
	return any(str(old.get(name) or "") != str(row.get(name) or "") for name in OPEN_IN_SEAT)
