"""Who is appointed to a panel hears of it: a mail and a notification that lead to the page Evaluation."""

import frappe
from frappe import _
from frappe.utils import cint, escape_html, get_url

from rtc_conciliation.access import duties
from rtc_conciliation.documents.italian import in_italian_language, rtc_day
from rtc_conciliation.records import mails, notices
from rtc_conciliation.rules.plain_text import as_typed

TEMPLATE = "rtc_panel_appointed"
PAGE = "/app/rtc-evaluation"


def tell_appointed(panel) -> None:
	"""After the panel is saved: all of them with the act that appoints it, later who is added."""
	if panel.workflow_state != duties.APPOINTED:
		return
	before = panel.get_doc_before_save()
	known = set()
	if before and before.workflow_state == duties.APPOINTED:
		known = {row.user for row in before.members}
	for row in panel.members:
		if row.user not in known and not row.to_date:
			tell(panel, row)


def tell(panel, row) -> None:
	call = frappe.get_cached_doc("RTC Call", panel.call)
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	with in_italian_language():
		office, act = _(row.office), row.act or f"{panel.act_number} ({rtc_day(panel.act_date)})"
		subject = _("You are appointed to a panel ({0}): {1}").format(office, as_typed(call.title))
		mails.send(
			[row.user],
			subject,
			template=TEMPLATE,
			args={
				"person": row.person or row.user,
				"office": office,
				"substitute": row.office == "Substitute",
				"act": act,
				"call": as_typed(call.title),
				"hidden": cint(call.hide_applicants),
				"link": get_url(PAGE),
				**mails.office(programme),
			},
			reply_to=programme.office_email or None,
			reference_doctype=panel.doctype,
			reference_name=panel.name,
		)
	notices.tell([row.user], "RTC Call", panel.call, escape_html(subject))
