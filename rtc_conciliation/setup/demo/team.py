"""Two applicants at one draft, and the organisation that one of them keeps for its applications."""

import frappe
from frappe.model.document import Document

from rtc_conciliation.applications import colleague_pages
from rtc_conciliation.setup.demo.acting import acting, make
from rtc_conciliation.setup.demo.bodies import bodies, rows_of
from rtc_conciliation.setup.demo.data import usual

#: what the lead of the demo's tables tells to a profile, by the same names
KEPT = ("organisation_name", "organisation_type", "tax_code", "runts_number", "municipality", "pec")


def share(application: Document, story: dict) -> None:
	"""The applicant of `story` invites whom it names, who accepts and may write but not send."""
	values = {"application": application.name, "email": story["shared_with"]}
	colleague = make(colleague_pages.DOCTYPE, values, story["applicant"])
	with acting(story["shared_with"]):
		colleague_pages.accept(frappe.get_doc(colleague_pages.DOCTYPE, colleague.name))


def keep_profile(key: str, story: dict) -> None:
	"""The lead of the application `key`, as its applicant's own organisation."""
	lead = bodies()[rows_of("partners", key)[0]["organisation"]]
	values = {
		**{field: lead.get(field) for field in KEPT},
		"contact_person": "Ufficio progetti",
		"contact_email": story["applicant"],
		"contact_phone": lead["phone"],
		"legal_representative": lead["legal_representative"],
		"legal_representative_powers": usual.POWERS,
	}
	make("RTC Applicant Profile", values, story["applicant"])
