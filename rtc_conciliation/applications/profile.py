"""The organisation that an applicant writes for, kept once: new applications begin with it.

It is the applicant's own word and nobody else's: the register of the office (RTC Organisation) is not touched by it,
and an application that was begun does not change with it.
"""

import frappe
from frappe import _

from rtc_conciliation.applications.drafts import FormValuesError
from rtc_conciliation.common.web import fields, page
from rtc_conciliation.rules.plain_text import as_typed

WEB_FORM = "RTC Organisation Profile"
DOCTYPE = "RTC Applicant Profile"
#: what a new application takes for its request, by the same names
REQUEST = (
	"pec",
	"contact_person",
	"contact_email",
	"contact_phone",
	"legal_representative",
	"legal_representative_tax_code",
	"legal_representative_powers",
)
#: … and for the row of its lead
LEAD = ("organisation_name", "organisation_type", "tax_code", "runts_number", "contact_email")


def show(context) -> None:
	page.require_login()
	frappe.has_permission(DOCTYPE, "create", throw=True)
	form, doc = context.doc, get_own()
	page.show_page(
		context,
		lambda: get_common_settings(form),
		{"values": {name: as_typed(doc.get(name)) for name in list_fieldnames(form)} if doc else {}},
	)


def get_common_settings(form) -> dict:
	return {
		"form": "profile",
		"title": _(form.title),
		"introduction": _(form.introduction_text),
		"button": _(form.button_label),
		"pages": fields.get_pages(form),
		"options": fields.get_shared_lists(),
	}


def save_profile(profile: dict | str) -> dict:
	"""Keeps the values of the form's own fields, all else ignored, as the session's user's profile; {"modified"}."""
	frappe.has_permission(DOCTYPE, "create", throw=True)
	values = parse_values(profile)
	doc = get_own() or frappe.new_doc(DOCTYPE)
	for name in list_fieldnames(frappe.get_cached_doc("Web Form", WEB_FORM)):
		if name in values:
			doc.set(name, values[name])
	doc.save()
	return {"modified": str(doc.modified)}


def parse_values(profile) -> dict[str, str]:
	values = fields.parse_sent_values(profile)
	if values is None or any(isinstance(value, dict | list) for value in values.values()):
		frappe.throw(
			_("The form did not arrive whole. Reload the page and send it again."),
			FormValuesError,
			title=_("Form Not Understood"),
		)
	return values


def list_fieldnames(form) -> list[str]:
	return [row.fieldname for row in form.web_form_fields if row.fieldname]


def get_own():
	"""The profile of the session's user, or None."""
	name = frappe.db.get_value(DOCTYPE, {"user": frappe.session.user})
	return frappe.get_doc(DOCTYPE, name) if name else None


def get_first_values() -> dict:
	"""What a new application of the session's user begins with; {} without a profile."""
	doc = get_own()
	if not doc:
		return {}
	lead = {name: as_typed(doc.get(name)) for name in LEAD if doc.get(name)}
	found = {name: as_typed(doc.get(name)) for name in REQUEST if doc.get(name)}
	return {**found, "partners": [{**lead, "role": "Lead"}]}


FORMS = {WEB_FORM: show}
