"""Reminders of the day by which the Plan must be with the Region: a daily job."""

import frappe
from frappe import _
from frappe.utils import getdate

from rtc_conciliation.documents.italian import in_italian_language, rtc_day
from rtc_conciliation.documents.plan_deadline import days_to, open_deadlines
from rtc_conciliation.records import mails
from rtc_conciliation.records.notices import notify, staff
from rtc_conciliation.rules.plan import due_reminder


def remind() -> None:
	"""Tell officers and managers of every Plan that is due and was never sent, once for each threshold."""
	for programme in open_deadlines():
		deadline = getdate(programme.plan_deadline)
		threshold = due_reminder(days_to(deadline), last_threshold(programme.name, deadline))
		if threshold is not None:
			tell(programme, deadline)
			frappe.db.set_value(
				"RTC Programme",
				programme.name,
				"plan_reminded",
				f"{deadline.isoformat()} {threshold}",
				update_modified=False,
			)


def last_threshold(programme: str, deadline) -> int | None:
	"""The threshold of the last reminder of this very deadline: another deadline starts anew."""
	day, _space, threshold = (
		frappe.db.get_value("RTC Programme", programme, "plan_reminded") or ""
	).partition(" ")
	return int(threshold) if day == deadline.isoformat() else None


def tell(programme, deadline) -> None:
	title = frappe.utils.escape_html(programme.title)
	with in_italian_language():
		text = _("The Plan of {0} is due to the Region by {1}: {2} days left.").format(
			frappe.bold(title), rtc_day(deadline), days_to(deadline)
		)
	mails.send(
		staff(),
		frappe.utils.strip_html(text),
		message=f"<p>{text}</p>",
		reference_doctype="RTC Programme",
		reference_name=programme.name,
	)
	notify("RTC Programme", programme.name, text)
