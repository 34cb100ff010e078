"""The rows of the transparency register (artt. 26 and 27 D.Lgs. 33/2013): made by the award, never deleted.

What was published and was wrong gets a new version with its reason; the old one stays to be seen, as corrected.
"""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from rtc_conciliation.access.fields import allow
from rtc_conciliation.awards import pseudonyms
from rtc_conciliation.common.italian import rtc_day, use_italian
from rtc_conciliation.rules import tax_codes
from rtc_conciliation.rules.plain_text import as_typed

DOCTYPE = "RTC Transparency Entry"
WAITING, PUBLISHED, CORRECTED = "To Be Published", "Published", "Corrected"


def get_current(application: str):
	"""{"name", "amount", "cup", "published_on", ...} of the row that stands published for `application`, or None."""
	rows = frappe.get_all(
		DOCTYPE,
		filters={"application": application, "workflow_state": PUBLISHED},
		fields=["name", "amount", "cup", "cor", "published_on", "act_number", "row_version"],
		order_by="row_version desc",
		limit=1,
	)
	return rows[0] if rows else None


def list_waiting(application: str, for_update: bool = False) -> str:
	"""Name of the row of `application` that waits to be published, or ""."""
	filters = {"application": application, "workflow_state": WAITING}
	return frappe.db.get_value(DOCTYPE, filters, "name", for_update=for_update) or ""


def enter_award(application, ranking):
	"""The row of an award, made with its act and published later."""
	return insert_row({**make_row_of_award(application, ranking), "row_version": 1})


def insert_row(values: dict):
	doc = frappe.get_doc({"doctype": DOCTYPE, **values})
	allow(doc)
	return doc.insert()


def make_row_of_award(application, ranking) -> dict:
	"""What the register says of an award. Texts come as core keeps them, with "<" as "&lt;"."""
	programme = frappe.get_cached_doc("RTC Programme", application.programme)
	call = frappe.get_cached_doc("RTC Call", application.call)
	with use_italian():
		selection = _(
			"Public call “{0}”, act no. {1} of {2}; ranking approved with act no. {3} of {4}."
		).format(
			as_typed(call.title),
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
		**get_row_of_application(application),
	}


def get_row_of_application(application) -> dict:
	is_person = tax_codes.is_valid_person_code(application.lead_tax_code)
	code = pseudonyms.get_pseudonym(application.lead_tax_code) if is_person else application.lead_tax_code
	return {
		"project_title": application.title,
		"beneficiary": application.lead_name,
		"tax_code": application.lead_tax_code,
		"is_person": int(is_person),
		"public_beneficiary": code if is_person else application.lead_name,
		"public_tax_code": code,
		"cup": application.cup,
		"cor": application.cor,
		"amount": application.granted_amount,
	}


def take_place_of(doc) -> None:
	"""`on_update` of a row that was just published: the one that it corrects is marked."""
	if doc.corrects and frappe.db.get_value(DOCTYPE, doc.corrects, "workflow_state") == PUBLISHED:
		apply_workflow(frappe.get_doc(DOCTYPE, doc.corrects), "Mark as Corrected")
