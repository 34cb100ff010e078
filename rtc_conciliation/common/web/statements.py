"""Two pages that every public site of an Italian body has: the accessibility statement and the privacy notice."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date, get_url

from rtc_conciliation.common import ats, privacy, programmes
from rtc_conciliation.common.web import page_cache

ACCESSIBILITY = "accessibilita"
PRIVACY = "informativa-privacy"
STATEMENT_TEMPLATE = "rtc_conciliation/templates/common/accessibility.html"
PRIVACY_TEMPLATE = "rtc_conciliation/templates/common/privacy.html"
SECONDS = 3600
#: when these pages were last tried, by program and by hand; the statement says so
REVIEWED = date(2026, 11, 22)
#: the ombudsman for digital matters, to whom an unsatisfied reader can turn (L. 4/2004, art. 3-quinquies)
OMBUDSMAN = "https://www.agid.gov.it/it/agenzia/difensore-civico-per-il-digitale"


def get_accessibility_page() -> tuple[str, int]:
	return page_cache.get_or_render(
		"statement:accessibility", lambda: render(STATEMENT_TEMPLATE), SECONDS
	), 200


def get_privacy_page() -> tuple[str, int]:
	return page_cache.get_or_render("statement:privacy", lambda: render(PRIVACY_TEMPLATE), SECONDS), 200


def render(template: str) -> str:
	name = programmes.get_active()
	office = frappe.get_cached_doc("RTC Programme", name) if name else frappe._dict()
	settings, identity = ats.get_settings(), ats.get_identity()
	context = {
		"title": _("Accessibility statement") if template == STATEMENT_TEMPLATE else _("Privacy notice"),
		"ats": identity["name"],
		"office": office.office or "",
		"email": settings.accessibility_email or settings.email or office.office_email or "",
		"pec": settings.pec or office.office_pec or "",
		"address": get_url(),
		"canonical": get_url(f"/{ACCESSIBILITY if template == STATEMENT_TEMPLATE else PRIVACY}"),
		"reviewed": format_date(REVIEWED, "d MMMM yyyy"),
		"ombudsman": OMBUDSMAN,
		"gaps": list_gaps(),
		"notice": privacy.get_notice(),
		"language": frappe.local.lang,
	}
	return frappe.render_template(template, context)


def get_privacy_notice(programme) -> dict:
	"""Title and paragraphs of the notice in plain words (Regulation (EU) 2016/679, art. 13)."""
	names = {
		"ats": programme.ats_name,
		"contact": programme.office_pec or programme.office_email or programme.ats_name,
	}
	texts = (
		_("{ats} is the controller of the data that you write in this form."),
		_(
			"They are used only to examine the adhesion and to run the network, as a task in the public interest "
			"(Regulation (EU) 2016/679, art. 6 par. 1 lett. e)."
		),
		_(
			"The name, type and territory of the organisation are published in the list of members and in the Plan "
			"sent to the Region. Names and contacts of people are not published."
		),
		_(
			"The data are kept as long as the rules on public archives require, and nobody sells them or profiles with them."
		),
		_("You can ask to see, correct or erase them, or complain to the Garante. Write to {contact}."),
	)
	return {
		"title": privacy.get_title(),
		"paragraphs": [text.format(**names) for text in texts],
	}


def list_gaps() -> list[str]:
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


PAGES = {ACCESSIBILITY: get_accessibility_page, PRIVACY: get_privacy_page}


def list_addresses() -> list[str]:
	return [ACCESSIBILITY, PRIVACY]
