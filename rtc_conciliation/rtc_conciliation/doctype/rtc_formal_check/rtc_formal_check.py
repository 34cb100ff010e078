import frappe
from frappe import _

from rtc_conciliation.access import preparers, states
from rtc_conciliation.access.roles import OFFICER
from rtc_conciliation.calls import template
from rtc_conciliation.common import clock, locks
from rtc_conciliation.common.inputs import disown_foreign_rows, validate_row_counts
from rtc_conciliation.common.record import Record
from rtc_conciliation.formal_check import check_screen
from rtc_conciliation.formal_check.checks import CHECKED_IN
from rtc_conciliation.rules.formal_check import checks as rules

FROM_CALL = ("item", "legal_reference", "description")
MOST_ITEMS = 100


class CheckClosedError(frappe.PermissionError):
	"""The application is not under formal check: what was checked stays as it is."""


class NotTheOfficerError(frappe.PermissionError):
	"""Who decides does not answer the checks."""


class CheckNoteError(frappe.ValidationError):
	pass


class RTCFormalCheck(locks.HeldInOrder, Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from rtc_conciliation.rtc_conciliation.doctype.rtc_formal_check_item.rtc_formal_check_item import (
			RTCFormalCheckItem,
		)

		application: DF.Link
		application_title: DF.Data | None
		call: DF.Link | None
		decided_on: DF.Datetime | None
		failed_items: DF.Int
		items: DF.Table[RTCFormalCheckItem]
		lead_name: DF.Data | None
		notice_protocol: DF.Data | None
		notice_sent_on: DF.Date | None
		observations: DF.SmallText | None
		open_items: DF.Int
	# end: auto-generated types

	def onload(self):
		self.set_onload("screen", check_screen.describe_screen(self))

	def hold_others(self):
		locks.hold("RTC Application", self.name)

	def before_validate(self):
		validate_row_counts(self, {"items": MOST_ITEMS})
		disown_foreign_rows(self)
		self.validate_open()
		self.set_items_of_call()
		self.set_answers()

	def validate(self):
		self.validate_notes()

	def before_save(self):
		items = self.plain_items()
		self.open_items, self.failed_items = len(rules.open_items(items)), len(rules.list_failed_items(items))

	def plain_items(self) -> list[dict]:
		return [row.as_dict() for row in self.items]

	def validate_open(self):
		state = locks.hold("RTC Application", self.application, states.STATE)
		if state not in CHECKED_IN:
			frappe.throw(
				_("The application {0} is in the state {1}: its formal check is closed.").format(
					frappe.bold(frappe.utils.escape_html(self.application or "")), frappe.bold(_(state or ""))
				),
				CheckClosedError,
				title=_("Formal Check Closed"),
			)

	def set_items_of_call(self):
		"""A row of the call cannot be taken away or reworded; rows added by the officer follow them."""
		call = frappe.db.get_value("RTC Application", self.application, "call")
		asked = rules_of_call(call)
		given = {row.item: row for row in self.items}
		rows = [given.pop(row["item"], None) or self.append("items", dict(row)) for row in asked]
		for row, of_call in zip(rows, asked, strict=True):
			row.update(of_call)
		self.set("items", [*rows, *given.values()])
		for number, row in enumerate(self.items, 1):
			row.idx = number

	def set_answers(self):
		"""Who answered and when comes from the server, and only the officers answer, or take a row of theirs away."""
		before = self.get_doc_before_save()
		stored = {row.name: row for row in before.items} if before else {}
		answered = bool(stored.keys() - {row.name for row in self.items})
		if answered:
			require_officer()
		for row in self.items:
			old = stored.get(row.name)
			same_item = not old or old.item == row.item
			if same_item and rules.answer_of(row) == rules.answer_of(old or {}):
				row.answered_by, row.answered_on = (old.answered_by, old.answered_on) if old else (None, None)
				continue
			require_officer()
			answered = True
			row.answered_by = frappe.session.user if row.answer else None
			row.answered_on = clock.now() if row.answer else None
		if answered:
			preparers.record_preparer(self.doctype, self.application)

	def validate_notes(self):
		missing = [row for row in self.items if row.answer == rules.FAILED and not (row.note or "").strip()]
		if missing:
			lines = [
				_(
					"Row #{0}: write in {1} what is wrong. It becomes the reason that the applicant reads."
				).format(row.idx, frappe.bold(_("Note")))
				for row in missing
			]
			frappe.throw(lines, CheckNoteError, title=_("Notes Missing"), as_list=True)


def require_officer() -> None:
	if frappe.session.user != "Administrator" and OFFICER not in frappe.get_roles():
		frappe.throw(
			_("The checks are answered by those with the role {0}; who decides reads them.").format(
				frappe.bold(_(OFFICER))
			),
			NotTheOfficerError,
			title=_("Not Permitted"),
		)


def rules_of_call(call: str) -> list[dict]:
	"""The manual checks of a call; the usual ones for a call made before there were any."""
	rows = frappe.get_cached_doc("RTC Call", call).formal_checks or template.get_formal_checks()
	by_name = {row.get("item"): {field: row.get(field) for field in FROM_CALL} for row in rows}
	return list(by_name.values())
