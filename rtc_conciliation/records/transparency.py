"""The rows of the transparency register (artt. 26 and 27 D.Lgs. 33/2013): made by the award, never deleted.

What was published and was wrong gets a new version with its reason; the old one stays to be seen, as corrected.
"""

import html

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import cint, escape_html, getdate

from rtc_conciliation.access.roles import require_manager
from rtc_conciliation.documents.italian import in_italian_language, rtc_day
from rtc_conciliation.records import pseudonyms
from rtc_conciliation.rules import taxcodes

DOCTYPE = "RTC Transparency Entry"
WAITING, PUBLISHED, CORRECTED = "To Be Published", "Published", "Corrected"


class CorrectionError(frappe.ValidationError):
	pass


def current(application: str):
	"""{"name", "amount", "cup", "published_on", ...} of the row that stands published for `application`, or None."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"application": application, "workflow_state": PUBLISHED},
		fields=["name", "amount", "cup", "cor", "published_on", "act_number", "row_version"],
		order_by="row_version desc",
		limit=1,
	)
	return rows[0] if rows else None


def waiting(application: str) -> str:
	"""Name of the row of `application` that waits to be published, or ""."""
	return frappe.db.exists(DOCTYPE, {"application": application, "workflow_state": WAITING}) or ""


def enter(application, ranking):
	"""The row of an award; the next version of it where there is one already."""
	values = of_award(application, ranking)
	if open_row := waiting(application.name):
		return stored(frappe.get_doc(DOCTYPE, open_row), values)
	if earlier := current(application.name):
		with in_italian_language():
			reason = _("Later act no. {0} of {1}.").format(ranking.act_number, rtc_day(ranking.act_date))
		values |= {
			"corrects": earlier.name,
			"row_version": cint(earlier.row_version) + 1,
			"correction_reason": reason,
		}
	return stored(frappe.new_doc(DOCTYPE), values)


def stored(doc, values: dict):
	doc.update(values)
	doc.flags.by_the_app = True
	return doc.save() if doc.name else doc.insert()


def of_award(application, ranking) -> dict:
	"""What the register says of an award. Texts come as core keeps them, with "<" as "&lt;"."""
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	call = frappe.get_cached_doc("RTC Call", application.call)
	with in_italian_language():
		selection = _(
			"Public call “{0}”, act no. {1} of {2}; ranking approved with act no. {3} of {4}."
		).format(
			html.unescape(call.title),
			call.act_number or "",
			rtc_day(call.act_date),
			ranking.act_number,
			rtc_day(ranking.act_date),
		)
	return {
		"application": application.name,
		"ranking": ranking.name,
		"call": application.call,
		"programme": application.programme,
		"legal_basis": programme.legal_basis,
		"office": programme.office or programme.ats_name,
		"procedure_officer": programme.procedure_officer,
		"selection": selection,
		"act_number": ranking.act_number,
		"act_date": ranking.act_date,
		"year": getdate(ranking.act_date).year,
		"amount": application.granted_amount,
		**of_application(application),
	}


def of_application(application) -> dict:
	is_person = taxcodes.is_valid_person_code(application.lead_tax_code)
	code = pseudonyms.of(application.lead_tax_code) if is_person else application.lead_tax_code
	return {
		"project_title": application.title,
		"beneficiary": application.lead_name,
		"tax_code": application.lead_tax_code,
		"is_person": int(is_person),
		"public_beneficiary": code if is_person else application.lead_name,
		"public_tax_code": code,
		"cup": application.cup,
		"cor": application.cor,
	}


@frappe.whitelist(methods=["POST"])
def correct(entry: str, reason: str) -> str:
	"""A new version of a published row, to be mended and published in its place; its name. RTC Manager only."""
	require_manager()
	old = frappe.get_doc(DOCTYPE, entry)
	old.check_permission("read")
	if old.workflow_state != PUBLISHED or not (reason or "").strip():
		frappe.throw(
			_(
				"Only a published row is corrected, and with a reason: it stands beside the row for everybody."
			),
			CorrectionError,
			title=_("Row Not Corrected"),
		)
	if there := waiting(old.application):
		frappe.throw(
			_("A correction waits to be published already: {0}.").format(frappe.bold(escape_html(there))),
			CorrectionError,
			title=_("Row Not Corrected"),
		)
	new = frappe.copy_doc(old)
	values = {
		"corrects": old.name,
		"row_version": cint(old.row_version) + 1,
		"correction_reason": reason.strip(),
		**of_application(frappe.get_doc("RTC Application", old.application)),
		"project_title": old.project_title,
		"paid_amount": old.paid_amount,
		"paid_on": old.paid_on,
	}
	return stored(new, values).name


def take_place_of(doc) -> None:
	"""`on_update` of a row that was just published: the one that it corrects is marked."""
	if doc.corrects and frappe.db.get_value(DOCTYPE, doc.corrects, "workflow_state") == PUBLISHED:
		apply_workflow(frappe.get_doc(DOCTYPE, doc.corrects), "Mark as Corrected")
