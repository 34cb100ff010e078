"""The privacy notice (Regulation (EU) 2016/679, artt. 13 and 14): the office's own text, else a complete one of ours."""

import frappe
from frappe import _
from frappe.utils import cint, escape_html

from rtc_conciliation.common import ats, clock
from rtc_conciliation.common.papers.richtext import clean_html

DOCTYPE = "RTC Privacy Notice"


def get_version() -> int:
	"""The version that holds today; 1 before the first change."""
	return cint(ats.get_settings().privacy_version) or 1


def keep_version(version: int, text: str | None) -> None:
	"""What is accepted under this number, kept once; an empty `text` is the proposed one as it reads today."""
	if frappe.db.exists(DOCTYPE, {"version": version}):
		return
	row = frappe.get_doc(
		{"doctype": DOCTYPE, "version": version, "since": clock.now().date(), "text": text or make_default()}
	)
	row.set_new_name()
	row.db_insert()  # nobody may write these rows, whoever saves the settings


def get_notice() -> dict:
	"""{"version", "title", "html"}: `html` is clean and can be shown as it is."""
	return {"version": get_version(), "title": get_title(), "html": render_notice()}


def get_title() -> str:
	return _("Privacy notice, version {0}").format(get_version())


def render_notice() -> str:
	return clean_html(ats.get_settings().privacy_notice) or make_default()


def make_default() -> str:
	"""Controller, officer, purposes and their basis, recipients, retention, rights: all that art. 13 asks for."""
	return "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in list_parts())


def list_parts() -> list[tuple[str, str]]:
	"""[(heading, text)], escaped."""
	settings = ats.get_settings()
	name, contact = ats.get_name(), ats.get_contact()
	who = {key: escape_html(value) for key, value in {"ats": name, "contact": contact}.items()}
	return [
		(
			_("Who is responsible"),
			_("{ats} is the controller of the data. Write to {contact}.").format(**who),
		),
		(_("Data protection officer"), describe_officer(settings, who)),
		(
			_("Why, and on what basis"),
			_(
				"The data of an adhesion are used to examine it and to run the network; those of an application to examine, choose, pay and check projects. Both are tasks in the public interest (art. 6 par. 1 lett. e); what the law has published (artt. 26 and 27 D.Lgs. 33/2013) is an obligation (lett. c)."
			),
		),
		(
			_("Who sees them"),
			_(
				"The office and those who evaluate; the Region, for what the Plan says; whoever the law names. Name, type and territory of the bodies of the network and what is granted to whom are public. A draft is seen by you and by those you invite to it. Nobody sells the data, profiles with them or takes them out of the European Union."
			),
		),
		(
			_("How long"),
			_(
				"As long as the rules on public archives require; what is published stays so for five years (art. 8 D.Lgs. 33/2013). Drafts that were never sent go when the call says so."
			),
		),
		(
			_("Must they be given?"),
			_(
				"What is marked as mandatory is needed to examine the request: without it the form cannot be sent."
			),
		),
		(
			_("Your rights"),
			_(
				"You can ask to see, correct, erase or limit the use of your data, or object to it (artt. 15 to 21), and complain to the Garante per la protezione dei dati personali (www.garanteprivacy.it)."
			),
		),
		(
			_("Cookies"),
			_(
				"These pages ask nothing of third parties. The only cookies are those that keep you logged in."
			),
		),
	]


def describe_officer(settings, who: dict) -> str:
	if not (settings.dpo_name or settings.dpo_email):
		return _("Ask {contact} for the address of the data protection officer.").format(**who)
	return " · ".join(escape_html(part) for part in (settings.dpo_name, settings.dpo_email) if part)
