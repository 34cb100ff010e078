"""A published row of the transparency register that was wrong: its new version, with the reason for everybody."""

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.common import locks
from rtc_conciliation.common.web.retry import retry_on_deadlock
from rtc_conciliation.records import awards, findings, transparency
from rtc_conciliation.rules import Report
from rtc_conciliation.rules import awards as rules

DOCTYPE = transparency.DOCTYPE
#: of the old version, what the new one begins with; the rest is read from the application
KEPT = (
	"application ranking call programme year project_title legal_basis selection office procedure_officer act_number "
	"act_date paid_amount paid_on"
).split()


class CorrectionError(frappe.ValidationError):
	pass


@frappe.whitelist(methods=["POST"])
@retry_on_deadlock
def correct(entry: str, reason: str, cup: str | None = None, cor: str | None = None) -> str:
	"""A new version of a published row, to be looked over and published in its place; its name. RTC Manager only.

	`cup` and `cor` mend the codes of the award too: there is no other way once its act has written them.
	"""
	require_manager()
	frappe.get_doc(DOCTYPE, entry).check_permission("write")
	# of two who correct or publish at the same moment the second waits, and finds what the first has made of it
	old = frappe.get_doc(DOCTYPE, entry, for_update=True)
	if old.workflow_state != transparency.PUBLISHED or not (reason or "").strip():
		refuse(
			_("Only a published row is corrected, and with a reason: it stands beside the row for everybody.")
		)
	if there := transparency.waiting(old.application, for_update=True):
		refuse(_("A correction waits to be published already: {0}.").format(frappe.bold(escape_html(there))))
	application = frappe.get_doc(awards.DOCTYPE, old.application)
	mend(application, cup, cor)
	values = {
		**{field: old.get(field) for field in KEPT},
		**transparency.of_application(application),
		"project_title": old.project_title,
		"corrects": old.name,
		"row_version": cint(old.row_version) + 1,
		"correction_reason": reason.strip(),
	}
	return transparency.stored(values).name


def mend(application, cup: str | None, cor: str | None) -> None:
	given = {"cup": rules.normalise(cup) or application.cup, "cor": rules.normalise(cor) or application.cor}
	if given == {"cup": application.cup, "cor": application.cor}:
		return
	locks.take_turn(awards.DOCTYPE)
	codes = rules.Codes(0, application.name, given["cup"], given["cor"])
	found = rules.check_written([codes], awards.taken_codes(given.values()))
	findings.refuse(Report.of(found), application.meta, _("Check the Award"))
	awards.write(application, given)


def refuse(message: str) -> None:
	frappe.throw(message, CorrectionError, title=_("Row Not Corrected"))
