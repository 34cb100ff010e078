"""A published row of the transparency register that was wrong: its new version, with the reason for everybody."""

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.awards import award, register
from rtc_conciliation.common import findings, locks
from rtc_conciliation.common.italian import format_value
from rtc_conciliation.rules import Report
from rtc_conciliation.rules.award import codes as rules

DOCTYPE = register.DOCTYPE
#: of the old version, what the new one begins with; the rest is read from the application
KEPT = (
	"application ranking call programme year project_title legal_basis selection office procedure_officer act_number "
	"act_date paid_amount paid_on"
).split()


class CorrectionError(frappe.ValidationError):
	pass


def correct_entry(entry: str, reason: str, cup: str | None = None, cor: str | None = None) -> str:
	"""A new version of a published row, to be looked over and published in its place; its name. RTC Manager only.

	`cup` and `cor` mend the codes of the award too: there is no other way once its act has written them.
	"""
	require_manager()
	frappe.get_doc(DOCTYPE, entry).check_permission("write")
	# of two who correct or publish at the same moment the second waits, and finds what the first has made of it
	old = frappe.get_doc(DOCTYPE, entry, for_update=True)
	if old.workflow_state != register.PUBLISHED or not (reason or "").strip():
		refuse_correction(
			_("Only a published row is corrected, and with a reason: it stands beside the row for everybody.")
		)
	if there := register.list_waiting(old.application, for_update=True):
		refuse_correction(
			_("A correction waits to be published already: {0}.").format(frappe.bold(escape_html(there)))
		)
	application = frappe.get_doc(award.DOCTYPE, old.application)
	correct_codes(application, cup, cor)
	values = {
		**{field: old.get(field) for field in KEPT},
		**register.get_row_of_application(application),
		"project_title": old.project_title,
		"corrects": old.name,
		"row_version": cint(old.row_version) + 1,
		"correction_reason": reason.strip(),
	}
	return register.insert_row(values).name


def preview(entry: str, cup: str | None = None, cor: str | None = None) -> list[str]:
	"""What the new version of a row would say otherwise, a line for each value; nothing is kept. RTC Manager only."""
	require_manager()
	old = frappe.get_doc(DOCTYPE, entry)
	old.check_permission("write")
	application = frappe.get_doc(award.DOCTYPE, old.application)
	values = {**register.get_row_of_application(application), **given_codes(application, cup, cor)}
	values["project_title"] = old.project_title
	changed = [df for df in old.meta.fields if df.fieldname in values and differs(old, values, df.fieldname)]
	return [
		_("{0}: {1} → {2}").format(
			_(df.label), format_value(old.get(df.fieldname), df), format_value(values[df.fieldname], df)
		)
		for df in changed
	]


def differs(old, values: dict, field: str) -> bool:
	return (old.get(field) or "") != (values[field] or "")


def given_codes(application, cup: str | None, cor: str | None) -> dict:
	return {"cup": rules.normalise(cup) or application.cup, "cor": rules.normalise(cor) or application.cor}


def correct_codes(application, cup: str | None, cor: str | None) -> None:
	given = given_codes(application, cup, cor)
	if given == {"cup": application.cup, "cor": application.cor}:
		return
	locks.take_turn(award.DOCTYPE)
	codes = rules.Codes(0, application.name, given["cup"], given["cor"])
	found = rules.check_written([codes], award.get_taken_codes(given.values()))
	findings.refuse_report(Report.of(found), application.meta, _("Check the Award"))
	award.write(application, given)


def refuse_correction(message: str) -> None:
	frappe.throw(message, CorrectionError, title=_("Row Not Corrected"))
