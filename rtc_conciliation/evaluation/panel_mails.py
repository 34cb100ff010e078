"""Who is appointed to a panel hears of it: a mail and a notification that lead to the page Evaluation."""

import frappe
from frappe import _
from frappe.utils import cint, escape_html, get_url

from rtc_conciliation.access import panel_assignments
from rtc_conciliation.common import mails, notices
from rtc_conciliation.common.italian import rtc_day, use_italian
from rtc_conciliation.rules.plain_text import as_typed

TEMPLATE = "rtc_panel_appointed"
PAGE = "/app/rtc-evaluation"


def tell_appointed(panel) -> None:
	"""After the panel is saved: all of them with the act that appoints it, later who is added."""
	if panel.workflow_state != panel_assignments.APPOINTED:
		return
	before = panel.get_doc_before_save()
	known = set()
	if before and before.workflow_state == panel_assignments.APPOINTED:
		known = {row.user for row in before.members}
	for row in panel.members:
		if row.user not in known and not row.to_date:
			send_appointment(panel, row)


def send_appointment(panel, row) -> None:
	call = frappe.get_cached_doc("RTC Call", panel.call)
	programme = frappe.get_cached_doc("RTC Programme", call.programme)
	with use_italian():
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
				**mails.get_office(programme),
			},
			reply_to=programme.office_email or None,
			reference_doctype=panel.doctype,
			reference_name=panel.name,
		)
	notices.notify_users([row.user], "RTC Call", panel.call, escape_html(subject))
