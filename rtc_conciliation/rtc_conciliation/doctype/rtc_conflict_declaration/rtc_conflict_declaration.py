import frappe
from frappe import _

from rtc_conciliation.access import conflict_links, panel_assignments
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.inputs import require
from rtc_conciliation.common.record import Record
from rtc_conciliation.evaluation import panels

DOCTYPE = "RTC Conflict Declaration"


class NotAskedError(frappe.PermissionError):
	"""The application does not wait for a declaration of this person."""


class DeclaredError(frappe.PermissionError):
	"""What was declared stays, but for a conflict that comes later."""


class RTCConflictDeclaration(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		application: DF.Link
		call: DF.Link | None
		conflict_since: DF.Datetime | None
		declaration: DF.Literal["No Conflict", "Conflict"]
		declaration_key: DF.Data | None
		declared_on: DF.Datetime | None
		detected: DF.SmallText | None
		evaluator: DF.Link | None
		panel: DF.Link | None
		reason: DF.SmallText | None
	# end: auto-generated types

	def hold_others(self):
		locks.hold("RTC Call", self.stored("call"))

	def before_insert(self):
		self.set_who()
		if not self.flags.evaluation:
			locks.hold("RTC Call", self.call)
		if self.flags.links is None:
			self.flags.links = conflict_links.find_links(self.evaluator, self.panel, [self.application])
		self.detected = self.flags.links.get(self.application)
		if self.detected:
			self.declaration = panel_assignments.CONFLICT
		self.declared_on = clock.now()

	def validate(self):
		before = self.get_doc_before_save()
		if before:
			self.validate_change(before)
		if self.declaration == panel_assignments.CONFLICT:
			if not self.detected:
				require(self, "reason", _("Write in a few words what the conflict is."))
			self.conflict_since = (before and before.conflict_since) or clock.now()

	def on_update(self):
		if self.declaration == panel_assignments.CONFLICT and self.has_value_changed("declaration"):
			panels.notify_of_conflict(self)

	def set_who(self):
		"""Who declares, and for which panel, comes from the server, and only of an application that is theirs to review."""
		user = frappe.session.user
		found = self.flags.evaluation or panel_assignments.get_evaluation_of_application(self.application)
		if not found or not found.panel or not found.is_asked(self.application, user):
			frappe.throw(
				_("No declaration of yours is asked for {0}.").format(
					frappe.bold(frappe.utils.escape_html(self.application or ""))
				),
				NotAskedError,
				title=_("Declaration Refused"),
			)
		self.evaluator, self.call, self.panel = user, found.call, found.panel
		self.declaration_key = f"{self.application}|{user}"
		self.conflict_since = None

	def validate_change(self, before):
		"""A declaration without conflict may become a conflict; nothing else of it changes."""
		kept = [df.fieldname for df in self.meta.fields if df.fieldname not in ("declaration", "reason")]
		changed = any(str(before.get(name) or "") != str(self.get(name) or "") for name in kept)
		became = (
			before.declaration == panel_assignments.NO_CONFLICT
			and self.declaration == panel_assignments.CONFLICT
		)
		if changed or not became or frappe.session.user not in (self.evaluator, "Administrator"):
			frappe.throw(
				_(
					"A declaration stays as it was made. Who finds later that they have a conflict declares it: nothing else changes."
				),
				DeclaredError,
				title=_("Declaration Kept"),
			)
