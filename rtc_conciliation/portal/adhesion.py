"""The page with which an organisation joins the network; no login."""

import frappe
from frappe import _

from rtc_conciliation.portal import fields, page

CLOSED = "rtc_conciliation/templates/web_form/closed.html"


def show(context) -> None:
	programme = asked_programme()
	if not programme:
		page.plain(context, CLOSED)
		return
	form = context.doc
	pages = fields.pages(form)
	for field in all_fields(pages):
		if field["fieldname"] == "privacy_accepted":
			field["notice"] = privacy_notice(programme)
	page.show(
		context,
		{
			"form": "adhesion",
			"web_form": form.name,
			"doctype": form.doc_type,
			"title": _(form.title),
			"introduction": _(form.introduction_text),
			"button": _(form.button_label),
			"pages": pages,
			"options": {
				"organisation_types": fields.enabled("RTC Organisation Type"),
				"territories": fields.enabled("RTC Territory"),
			},
			"values": {"programme": programme.name},
			"programme": programme.title,
			"office_email": programme.office_email or "",
			"office": programme.ats_name,
		},
	)


def asked_programme():
	"""The active programme that the address asks for, else the one that started last; None if there is none."""
	filters = {"status": "Active"}
	asked = frappe.form_dict.get("programme")
	if asked and frappe.db.exists("RTC Programme", {"name": asked, **filters}):
		filters["name"] = asked
	names = frappe.get_all("RTC Programme", filters, order_by="start_date desc", limit=1, pluck="name")
	return frappe.get_cached_doc("RTC Programme", names[0]) if names else None


def all_fields(pages: list[dict]):
	for shown in pages:
		for section in shown["sections"]:
			yield from section["fields"]


def privacy_notice(programme) -> dict:
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
		"title": _("Privacy notice, version {0}").format(programme.privacy_notice_version or "1"),
		"paragraphs": [text.format(**names) for text in texts],
	}
