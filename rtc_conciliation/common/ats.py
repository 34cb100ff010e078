"""Who the health agency (ATS) is: the record RTC Settings, as pages, papers and mails say it."""

import frappe
from frappe import _
from frappe.utils import get_url

from rtc_conciliation.common import programmes

DOCTYPE = "RTC Settings"
COLOUR = "#0b3d66"
LOGO = "logo-ats.png"
PNG = "data:image/png;base64,"
#: fields that a page or a paper shows as they are
PLAIN = ("pec", "email", "phone", "vat_number", "ipa_code")


def get_settings():
	return frappe.get_cached_doc(DOCTYPE)


def has_front_page() -> bool:
	return bool(get_settings().front_page)


def get_name() -> str:
	"""The agency's name; of the active programme where the settings say none."""
	return get_settings().ats_name or get_of_programme("ats_name")


def get_contact() -> str:
	"""Where people write: the agency's e-mail or PEC, else those of the programme's office; its name where there is none."""
	settings = get_settings()
	own = settings.email or settings.pec
	return own or get_of_programme("office_email") or get_of_programme("office_pec") or get_name()


def get_of_programme(field: str) -> str:
	programme = programmes.get_active()
	return (frappe.get_cached_value("RTC Programme", programme, field) or "") if programme else ""


def get_identity() -> dict:
	"""{"name", "heading", "address", "footer": [lines], "logo": address or "", "home": address, "colour", "pec", "email", …}; not escaped."""
	settings = get_settings()
	return {
		"name": get_name() or _("The health agency (ATS)"),
		"heading": split_lines(settings.heading),
		"address": split_lines(settings.address),
		"footer": split_lines(settings.footer_text),
		"logo": f"/{LOGO}?{settings.logo_version()}" if settings.logo_png else "",
		"home": "/" if settings.front_page else "/rete",
		"colour": settings.accent_color or COLOUR,
		**{field: settings.get(field) or "" for field in PLAIN},
	}


def get_letterhead() -> dict:
	"""What stands on a paper besides names: {"heading": [lines], "address": [lines], "colour", "contacts"}; not escaped."""
	settings = get_settings()
	contacts = (f"PEC {settings.pec}" if settings.pec else "", settings.email or "", settings.phone or "")
	codes = _("Codice Fiscale and VAT {0}").format(settings.vat_number) if settings.vat_number else ""
	return {
		"heading": split_lines(settings.heading),
		"address": split_lines(settings.address),
		"colour": settings.accent_color or COLOUR,
		"contacts": " · ".join(filter(None, (*contacts, codes))),
	}


def split_lines(text: str | None) -> list[str]:
	return [line.strip() for line in (text or "").splitlines() if line.strip()]


def get_logo_data() -> str:
	"""The logo as an address that a paper carries in itself; "" without one."""
	settings = get_settings()
	return f"{PNG}{settings.logo_png}" if settings.logo_png else ""


def get_logo_url() -> str:
	"""The address of the logo for mails, which show nothing of the site's own pages; "" without one."""
	settings = get_settings()
	return get_url(f"/{LOGO}?{settings.logo_version()}") if settings.logo_png else ""
