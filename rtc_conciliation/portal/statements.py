"""Two pages that every public site of an Italian body has: the accessibility statement and the privacy notice."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date, get_url

from rtc_conciliation.portal import adhesion, frame
from rtc_conciliation.records import programmes

ACCESSIBILITY = "accessibilita"
PRIVACY = "informativa-privacy"
STATEMENT_TEMPLATE = "rtc_conciliation/templates/public/accessibility.html"
PRIVACY_TEMPLATE = "rtc_conciliation/templates/public/privacy.html"
SECONDS = 3600
#: when these pages were last tried, by program and by hand; the statement says so
REVIEWED = date(2026, 11, 22)
#: the ombudsman for digital matters, to whom an unsatisfied reader can turn (L. 4/2004, art. 3-quinquies)
OMBUDSMAN = "https://www.agid.gov.it/it/agenzia/difensore-civico-per-il-digitale"


def accessibility() -> tuple[str, int]:
	return frame.kept("statement:accessibility", lambda: render(STATEMENT_TEMPLATE), SECONDS), 200


def privacy() -> tuple[str, int]:
	return frame.kept("statement:privacy", lambda: render(PRIVACY_TEMPLATE), SECONDS), 200


def render(template: str) -> str:
	name = programmes.active()
	office = frappe.get_cached_doc("RTC Programme", name) if name else frappe._dict()
	context = {
		"title": _("Accessibility statement") if template == STATEMENT_TEMPLATE else _("Privacy notice"),
		"ats": office.ats_name or _("The health agency (ATS)"),
		"office": office.office or "",
		"email": office.office_email or "",
		"pec": office.office_pec or "",
		"address": get_url(),
		"canonical": get_url(f"/{ACCESSIBILITY if template == STATEMENT_TEMPLATE else PRIVACY}"),
		"reviewed": format_date(REVIEWED, "d MMMM yyyy"),
		"ombudsman": OMBUDSMAN,
		"gaps": gaps(),
		"notice": adhesion.privacy_notice(office) if name else None,
		"language": frappe.local.lang,
	}
	return frappe.render_template(template, context)


def gaps() -> list[str]:
	"""What is known not to conform, said plainly."""
	return [
		_(
			"The pages to log in, to sign up and to set a password come with the framework of the site: messages of error there are not always announced by screen readers."
		),
		_(
			"The receipt that is attached to an e-mail is not tagged: the same receipt, tagged, is on the page of the application. All other papers are tagged PDF."
		),
		_(
			"Documents sent by others and attached to calls or applications may not be accessible: ask the office for another form."
		),
	]
